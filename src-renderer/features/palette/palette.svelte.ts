import { push, router } from 'svelte-spa-router';
import { untrack } from 'svelte';
import type { AppError } from '#shared/contract/errors.ts';
import { locales, type Locale } from '#shared/locale.ts';
import type { SearchHit } from '#shared/search/document.ts';
import { mergeHits } from '#shared/search/merge-hits.ts';
import { SearchIndex } from '#shared/search/search-index.ts';
import { api } from '../../api/client.ts';
import { i18n, loadLanguages } from '../../i18n/i18n.svelte.ts';
import { showSetting } from '../../state/setting-places.ts';
import { shortcuts, type Shortcut } from '../../state/shortcuts.svelte.ts';
import { commandOf, possibleNow, settingDocuments, type Command } from './own-documents.ts';

/** As many as anybody looks through; what is further down is found by another word. */
const limit = 30;
const recentMost = 6;
const commandSign = /^\s*[>＞》]/;

/** Where the learner went by the palette, newest first, while the window is open; in the language it was in. */
let recent: readonly { readonly hit: SearchHit; readonly locale: Locale }[] = [];

const plain = (hit: SearchHit): SearchHit => ({
  ...hit,
  title: hit.title && { ...hit.title, marks: [] },
  otherTitle: null,
  snippet: hit.title || !hit.snippet ? null : { ...hit.snippet, marks: [] },
});

/** Leads to the section or term of an address that the window is at already. */
function showAgain(path: string): void {
  const name = path.split('/').at(-1) ?? '';
  const place = document.getElementById(name) ?? document.getElementById(`term-${name}`);
  place?.scrollIntoView();
}

/** What is typed into the palette, what was found for it, and which hit is chosen; made anew each time it is opened. */
export class Palette {
  text = $state('');
  hits = $state.raw<readonly SearchHit[]>([]);
  /** Of all that was found, shown or not. */
  total = $state(0);
  error = $state.raw<AppError | null>(null);
  chosen = $state(0);
  /** What the hits are for. While a new answer is awaited the old one stays. */
  shownFor = $state('');
  /** With nothing typed, so many of the hits are where the learner went lately. */
  recentCount = $state(0);
  #commands: ReadonlyMap<string, Command> = new Map();
  #commandIndex = new SearchIndex([]);
  #ownIndex = new SearchIndex([]);
  /** What can be done and set is found in every language, once those are there. */
  readonly #indexed: Promise<AppError | null>;
  #latest = 0;
  /** The search of what is in the field. */
  #pending: Promise<void> = Promise.resolve();

  constructor() {
    this.#indexed = this.#index(untrack(() => possibleNow(shortcuts.listed, 'palette.open')));
    // While the first word is typed, the index of the course is made.
    void this.search();
  }

  async #index(now: readonly Shortcut[]): Promise<AppError | null> {
    const error = await loadLanguages(locales);
    const commands = now.map(commandOf);
    const documents = commands.map(({ document }) => document);
    this.#commands = new Map(commands.map((command) => [command.document.id, command]));
    this.#commandIndex = new SearchIndex(documents);
    this.#ownIndex = new SearchIndex([...documents, ...settingDocuments()]);
    return error;
  }

  get isEmpty(): boolean {
    return this.shownFor.trim() === '';
  }

  keysOf(hit: SearchHit): string | null {
    const shortcut = this.#commands.get(hit.id)?.shortcut;
    return shortcut ? shortcuts.keysOf(shortcut.place, shortcut.action) || null : null;
  }

  /** Looks for what is typed; an answer that a later search has overtaken is dropped. */
  search(): Promise<void> {
    this.#pending = this.#find();
    return this.#pending;
  }

  /** The chosen hit, of what is in the field and not of what was there before. */
  async settled(): Promise<SearchHit | undefined> {
    for (let awaited: Promise<void> | null = null; awaited !== this.#pending;) {
      awaited = this.#pending;
      await awaited;
    }
    return this.hits[this.chosen];
  }

  async #find(): Promise<void> {
    const mine = ++this.#latest;
    const { text } = this;
    const { locale } = i18n;
    const unspoken = await this.#indexed;
    if (mine !== this.#latest) return;
    if (commandSign.test(text)) return this.#showCommands(text);
    const own = this.#ownIndex.search(text, { locale, limit });
    const result = await api.search.find({ search: text, locale, limit });
    if (mine !== this.#latest) return;
    this.error = result.ok ? unspoken : result.error;
    const found = result.ok ? result.value : { hits: [], total: 0 };
    const hits = mergeHits([found.hits, own.hits], limit);
    const ownTotal = own.hits.some((hit) => hits.includes(hit)) ? own.total : 0;
    this.#show(text, text.trim() === '' ? this.#start() : hits, found.total + ownTotal);
  }

  move(by: number): void {
    const count = this.hits.length;
    if (count > 0) this.chosen = (this.chosen + by + count) % count;
  }

  /** Goes to a hit or does it; call it when the palette is closed and the focus is back. */
  follow(hit: SearchHit): void {
    const command = this.#commands.get(hit.id);
    const others = recent.filter((other) => other.hit.id !== hit.id);
    recent = [{ hit: plain(hit), locale: i18n.locale }, ...others].slice(0, recentMost);
    if (command) command.shortcut.run();
    else if (router.location !== hit.path) void push(hit.path);
    else if (hit.kind === 'setting') void showSetting(hit.path.split('/').at(-1));
    else showAgain(hit.path);
  }

  #showCommands(text: string): void {
    const wanted = text.replace(commandSign, '');
    const { hits, total } = this.#commandIndex.search(wanted, { locale: i18n.locale, limit });
    this.error = null;
    const isAll = wanted.trim() === '';
    this.#show(text, isAll ? this.#allCommands() : hits, isAll ? this.#commands.size : total);
  }

  #allCommands(): SearchHit[] {
    return [...this.#commands.values()].map(({ document: { id, kind, path, title, context } }) => ({
      id,
      kind,
      path,
      context,
      title: title && { text: title[i18n.locale], marks: [] },
      otherTitle: null,
      snippet: null,
      closeness: 'whole',
      score: 0,
    }));
  }

  /** Where the learner was lately, and where one can go. */
  #start(): SearchHit[] {
    const lately = recent
      .filter(({ hit, locale }) => locale === i18n.locale && (hit.path !== '' || this.#commands.has(hit.id)))
      .map(({ hit }) => hit);
    const screens = this.#allCommands().filter(({ id }) => id.includes('/nav.'));
    this.recentCount = lately.length;
    return [...lately, ...screens.filter(({ id }) => !lately.some((hit) => hit.id === id))];
  }

  #show(text: string, hits: readonly SearchHit[], total: number): void {
    this.shownFor = text;
    this.hits = hits;
    this.total = total;
    this.chosen = 0;
  }
}
