import type { CardRow, WhichCards } from '#shared/contract/contract.ts';
import type { CardList } from './card-list.svelte.ts';
import type { CardSelection } from './card-selection.svelte.ts';

/** Changes that are asked about first. */
export type AskedChange = 'reset' | 'set-due';

/** The cards that an action is for. */
export interface Target {
  readonly which: WhichCards;
  readonly count: number;
  /** Those of them that are known here; a search may mean more. */
  readonly rows: readonly CardRow[];
}

/** What is selected; null where nothing is. */
export function targetOf(list: CardList, selection: CardSelection, count: number): Target | null {
  if (count === 0) return null;
  return {
    which: selection.which(list.search),
    count,
    rows: list.rows.filter(({ id }) => selection.has(id)),
  };
}
