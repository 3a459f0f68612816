import { cardFlags } from '#shared/study/card.ts';
import { shortcuts } from '../../state/shortcuts.svelte.ts';
import type { CardChange } from './card-actions.svelte.ts';
import type { Cursor } from './cursor.svelte.ts';
import type { AskedChange } from './target.ts';

interface CardKeys {
  readonly cursor: Cursor;
  change(change: CardChange): void;
  ask(change: AskedChange): void;
  practise(): void;
  search(): void;
  toTable(): void;
  inTable(): boolean;
  /** Shows the card that the keyboard is on. */
  open(): void;
}

/** Whether the arrow keys would otherwise only scroll the page. */
const isOnNothing = () =>
  document.activeElement === document.body || document.activeElement?.matches('[data-page-title]') === true;

/** Adds the keys of this screen and returns the function that takes them away. */
export function addCardKeys({ cursor, ...keys }: CardKeys): () => void {
  const { inTable: enabled } = keys;
  return shortcuts.add('nav.cards', {
    'cards.keys.search': keys.search,
    // In the table these act as often as they are repeated, which it sees to itself.
    'cards.keys.move': { enabled: isOnNothing, run: keys.toTable },
    'cards.keys.extend': { enabled: isOnNothing, run: keys.toTable },
    'cards.keys.toggle': { enabled, run: () => void cursor.toggle(cursor.active) },
    'cards.keys.selectAll': () => cursor.selectAll(),
    'cards.clearSelection': () => cursor.clear(),
    'cards.keys.open': { enabled, run: keys.open },
    'cards.keys.suspend': () => keys.change({ do: 'suspend' }),
    'cards.keys.bury': () => keys.change({ do: 'bury' }),
    ...Object.fromEntries(
      cardFlags.map((flag) => [`cards.flag.${flag}` as const, () => keys.change({ do: 'flag', flag })]),
    ),
    'cards.reset': () => keys.ask('reset'),
    'cards.setDue': () => keys.ask('set-due'),
    'cards.practise': () => keys.practise(),
  });
}
