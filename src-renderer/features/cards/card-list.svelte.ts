import { SvelteMap } from 'svelte/reactivity';
import type { CardPage, CardRow, CardSort } from '#shared/contract/contract.ts';
import type { AppError } from '#shared/contract/errors.ts';
import type { Result } from '#shared/contract/result.ts';
import type { CardSearchError } from '#shared/study/card-search.ts';
import { api } from '../../api/client.ts';
import { i18n } from '../../i18n/i18n.svelte.ts';

const pageSize = 100;
/** Pages that are kept; those furthest from what is in sight go first. */
const mostPages = 40;
/** Pages that are asked for at a time, so that a long drag of the scroll bar does not ask for all it passes. */
const mostUnderWay = 2;
/** The most that the core gives at once. */
const longestPage = 500;

/** The cards that a search finds, in order. They come page by page as they come into sight. */
export class CardList {
  /** The search whose cards are shown: the last one that could be read. */
  search = $state('');
  sort = $state<CardSort>('teaching');
  descending = $state(false);
  /** How many cards are found; null until it is known. */
  total = $state<number | null>(null);
  /** Why what is searched for cannot be read. */
  problem = $state.raw<{ readonly search: string; readonly error: CardSearchError } | null>(null);
  error = $state.raw<AppError | null>(null);
  loading = $state(false);
  readonly #pages = new SvelteMap<number, readonly CardRow[]>();
  readonly #underWay = new Set<number>();
  readonly #onOtherCards: () => void;
  #inSight = { first: 0, last: 0 };
  #wanted = '';
  #latest = 0;

  /** @param onOtherCards called when another search shows its cards, or they come in another order */
  constructor(onOtherCards: () => void) {
    this.#onOtherCards = onOtherCards;
  }

  row(index: number): CardRow | undefined {
    return this.#pages.get(Math.floor(index / pageSize))?.[index % pageSize];
  }

  /** Every row that is here now. */
  get rows(): readonly CardRow[] {
    return [...this.#pages.values()].flat();
  }

  /** Where a card stands, if its page is here; otherwise -1. */
  indexOf(id: string): number {
    for (const [page, rows] of this.#pages) {
      const at = rows.findIndex((row) => row.id === id);
      if (at >= 0) return page * pageSize + at;
    }
    return -1;
  }

  async ask(search: string): Promise<void> {
    this.#wanted = search;
    await this.#load(search, search !== this.search || this.total === null);
  }

  async orderBy(sort: CardSort, descending: boolean): Promise<void> {
    this.sort = sort;
    this.descending = descending;
    await this.#load(this.#readable, true);
  }

  /** Brings what is shown up to date and leaves it where it is. */
  async refresh(): Promise<void> {
    await this.#load(this.#readable, this.total === null);
  }

  /** Says which rows can be seen, so that they are fetched. */
  see(first: number, last: number): void {
    this.#inSight = { first, last };
    this.#fetchNext();
  }

  /** Ids of rows, `to` included; those whose pages are not here are fetched. null if the list changed meanwhile. */
  async idsBetween(from: number, to: number): Promise<readonly string[] | null> {
    const began = this.#latest;
    const ids: string[] = [];
    for (let at = from; at <= to;) {
      const here = this.row(at);
      if (here) {
        ids.push(here.id);
        at += 1;
        continue;
      }
      const result = await this.#fetch(this.search, at, longestPage);
      if (!result.ok) this.error = result.error;
      if (!result.ok || began !== this.#latest) return null;
      const { rows } = result.value;
      if (rows.length === 0) break;
      for (const { id } of rows.slice(0, to - at + 1)) ids.push(id);
      at += rows.length;
    }
    return ids;
  }

  /** While what is typed cannot be read, the cards before stay. */
  get #readable(): string {
    return this.problem ? this.search : this.#wanted;
  }

  #pagesInSight(): number[] {
    const last = Math.max(0, Math.min(this.#inSight.last, (this.total ?? 1) - 1));
    const from = Math.floor(Math.min(this.#inSight.first, last) / pageSize);
    const to = Math.floor(last / pageSize);
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  }

  #fetch(search: string, offset: number, limit: number): Promise<Result<CardPage>> {
    const { sort, descending } = this;
    return api.cards.search({ search, sort, descending, locale: i18n.locale, offset, limit });
  }

  async #load(search: string, fromTop: boolean): Promise<void> {
    this.#latest += 1;
    const mine = this.#latest;
    const pages = fromTop ? [0] : this.#pagesInSight();
    this.loading = true;
    const results = await Promise.all(pages.map((page) => this.#fetch(search, page * pageSize, pageSize)));
    // What was typed since then has overtaken this.
    if (mine !== this.#latest) return;
    this.loading = false;
    const failed = results.find((result) => !result.ok);
    this.error = failed && !failed.ok ? failed.error : null;
    const found = results.flatMap((result) => (result.ok ? [result.value] : []));
    const [first] = found;
    if (this.error || !first) return;
    if (search === this.#wanted) this.problem = first.problem && { search, error: first.problem };
    if (first.problem) return;
    this.search = search;
    this.total = first.total;
    this.#pages.clear();
    for (const [place, page] of pages.entries()) this.#pages.set(page, found[place]?.rows ?? []);
    if (fromTop) this.#onOtherCards();
    this.#fetchNext();
  }

  #fetchNext(): void {
    if (this.error || this.total === null || this.#underWay.size >= mostUnderWay) return;
    const page = this.#pagesInSight().find((each) => !this.#pages.has(each) && !this.#underWay.has(each));
    if (page !== undefined) void this.#fetchPage(page);
  }

  async #fetchPage(page: number): Promise<void> {
    const began = this.#latest;
    this.#underWay.add(page);
    const result = await this.#fetch(this.search, page * pageSize, pageSize);
    this.#underWay.delete(page);
    if (began === this.#latest) {
      if (result.ok) this.#keep(page, result.value.rows);
      else this.error = result.error;
    }
    this.#fetchNext();
  }

  #keep(page: number, rows: readonly CardRow[]): void {
    this.#pages.set(page, rows);
    if (this.#pages.size <= mostPages) return;
    const here = this.#inSight.first / pageSize;
    const [furthest] = [...this.#pages.keys()].sort((a, b) => Math.abs(b - here) - Math.abs(a - here));
    if (furthest !== undefined) this.#pages.delete(furthest);
  }
}
