import type { CardList } from './card-list.svelte.ts';
import type { CardSelection } from './card-selection.svelte.ts';

/** More cards than this are selected by a search only: their names would not fit into one request. */
export const mostByName = 10_000;

interface CursorPort {
  /** Brings a row into sight. */
  reveal(index: number): void;
  /** Tells that more were meant than can be selected by name. */
  refuse(): void;
}

/** The row that the keyboard is on, and how rows are selected from it: as in a list of files. */
export class Cursor {
  active = $state(0);
  readonly #list: CardList;
  readonly #selection: CardSelection;
  readonly #port: CursorPort;
  /** Where an extended selection starts, and what was selected before it. */
  #anchor = 0;
  #base: ReadonlySet<string> = new Set();
  #turn = 0;

  constructor(list: CardList, selection: CardSelection, port: CursorPort) {
    this.#list = list;
    this.#selection = selection;
    this.#port = port;
  }

  get #last(): number {
    return (this.#list.total ?? 0) - 1;
  }

  /** The list is another one. */
  reset(): void {
    this.active = 0;
    this.#hold(0);
  }

  /** Goes to a row. With `extend`, all from where it started are selected. */
  move(to: number, extend: boolean): void {
    if (this.#last < 0) return;
    this.active = Math.max(0, Math.min(this.#last, to));
    this.#port.reveal(this.active);
    if (extend) void this.#selectRange();
    else this.#hold(this.active);
  }

  /** A click selects one row, with Ctrl one more or one less, with Shift all from the last one on. */
  click(index: number, { toggle, extend }: { readonly toggle: boolean; readonly extend: boolean }): void {
    if (extend) return this.move(index, true);
    this.active = index;
    if (toggle) return void this.toggle(index);
    const row = this.#list.row(index);
    if (!row) return;
    this.#selection.set([row.id]);
    this.#hold(index);
  }

  async toggle(index: number): Promise<void> {
    const row = this.#list.row(index);
    if (!row) return;
    this.#turn += 1;
    if (this.#selection.all) {
      // All but one are meant: from here on they have to be named.
      const ids = await this.#named(0, this.#last);
      if (ids) this.#selection.set(ids.filter((id) => id !== row.id));
    } else {
      this.#selection.toggle(row.id);
    }
    this.#hold(index);
  }

  toggleAll(): void {
    this.#turn += 1;
    const { all } = this.#selection;
    const hasEvery = all || this.#selection.ids.size === this.#list.total;
    if (hasEvery) this.#selection.clear();
    else this.#selection.setAll();
    this.#hold(this.active);
  }

  selectAll(): void {
    this.#turn += 1;
    this.#selection.setAll();
  }

  clear(): void {
    this.#turn += 1;
    this.#selection.clear();
    this.#hold(this.active);
  }

  #hold(index: number): void {
    this.#anchor = index;
    this.#base = this.#selection.ids;
  }

  async #selectRange(): Promise<void> {
    if (this.#selection.all) return;
    this.#turn += 1;
    const mine = this.#turn;
    const from = Math.min(this.#anchor, this.active);
    const to = Math.max(this.#anchor, this.active);
    if (from === 0 && to === this.#last) return this.#selection.setAll();
    const ids = await this.#named(from, to);
    // A longer or shorter range has been asked for since.
    if (ids && mine === this.#turn) this.#selection.set([...this.#base, ...ids]);
  }

  async #named(from: number, to: number): Promise<readonly string[] | null> {
    if (to - from < mostByName) return this.#list.idsBetween(from, to);
    this.#port.refuse();
    return null;
  }
}
