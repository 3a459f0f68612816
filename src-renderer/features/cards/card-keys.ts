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
  return shortcuts.add({
    title: 'nav.cards',
    shortcuts: [
      { keys: '/', label: 'cards.keys.search', run: keys.search },
      // In the table these act as often as they are repeated, which it sees to itself.
      { keys: 'ArrowUp or ArrowDown', label: 'cards.keys.move', enabled: isOnNothing, run: keys.toTable },
      {
        keys: 'shift+ArrowUp or shift+ArrowDown',
        label: 'cards.keys.extend',
        enabled: isOnNothing,
        run: keys.toTable,
      },
      { keys: 'Space', label: 'cards.keys.toggle', enabled, run: () => void cursor.toggle(cursor.active) },
      { keys: 'mod+a', label: 'cards.keys.selectAll', run: () => cursor.selectAll() },
      { keys: 'Escape', label: 'cards.clearSelection', run: () => cursor.clear() },
      { keys: 'Enter', label: 'cards.keys.open', enabled, run: keys.open },
      { keys: 's', label: 'cards.keys.suspend', run: () => keys.change({ do: 'suspend' }) },
      { keys: 'b', label: 'cards.keys.bury', run: () => keys.change({ do: 'bury' }) },
      ...cardFlags.map((flag) => ({
        keys: String(flag),
        label: `cards.flag.${flag}` as const,
        run: () => keys.change({ do: 'flag', flag }),
      })),
      { keys: 'r', label: 'cards.reset', run: () => keys.ask('reset') },
      { keys: 'd', label: 'cards.setDue', run: () => keys.ask('set-due') },
      { keys: 'p', label: 'cards.practise', run: () => keys.practise() },
    ],
  });
}
