import { CardActions, type CardChange } from './card-actions.svelte.ts';
import { CardList } from './card-list.svelte.ts';
import { CardSelection } from './card-selection.svelte.ts';
import { Cursor, mostByName } from './cursor.svelte.ts';
import { targetOf, type AskedChange, type Target } from './target.ts';

/** More than anybody practises at once; the core takes no more either. */
const mostToPractise = 1000;

/** What the table does on the screen. */
interface Shown {
  reveal(index: number): void;
  toTop(): void;
  hasFocus(): boolean;
}

/** The list of cards, what is selected in it, and what is done to it. */
export class CardsState {
  readonly selection = new CardSelection();
  readonly actions = new CardActions();
  readonly list: CardList;
  readonly cursor: Cursor;
  /** What is asked about before it is done. */
  asked = $state.raw<{ readonly change: AskedChange; readonly target: Target } | null>(null);
  readonly target = $derived.by(() =>
    targetOf(this.list, this.selection, this.selection.count(this.list.total ?? 0)),
  );
  readonly #shown: () => Shown | undefined;
  #listed = '';

  /** @param shown the table, while there is one */
  constructor(shown: () => Shown | undefined) {
    this.#shown = shown;
    this.list = new CardList(() => this.#onOtherCards());
    this.cursor = new Cursor(this.list, this.selection, {
      reveal: (index) => shown()?.reveal(index),
      refuse: () => this.actions.tell({ is: 'too-many', most: mostByName }),
    });
  }

  change(wanted: CardChange, on: Target | null = this.#meant()): void {
    if (on) void this.actions.change(on.which, wanted);
  }

  ask(wanted: AskedChange, on: Target | null = this.#meant()): void {
    if (on) this.asked = { change: wanted, target: on };
  }

  async practise(on: Target | null = this.#meant()): Promise<void> {
    if (!on) return;
    const last = Math.min(on.count, mostToPractise) - 1;
    const ids = 'ids' in on.which ? on.which.ids : await this.list.idsBetween(0, last);
    if (ids) await this.actions.practise(ids.slice(0, mostToPractise));
  }

  /** What is selected, or else the row that the keyboard is on. */
  #meant(): Target | null {
    if (this.target) return this.target;
    const row = this.#shown()?.hasFocus() ? this.list.row(this.cursor.active) : undefined;
    return row ? { which: { ids: [row.id] }, count: 1, rows: [row] } : null;
  }

  #onOtherCards(): void {
    // Another order leaves the same cards selected.
    if (this.list.search !== this.#listed) this.selection.clear();
    this.#listed = this.list.search;
    this.cursor.reset();
    this.actions.forget();
    this.#shown()?.toTop();
  }
}
