import {
  documentOf,
  endOfPrefix,
  fieldBits,
  fields,
  fieldsOf,
  firstTermFrom,
  termNumber,
  type Postings,
} from './postings.ts';
import type { Part, Wanted } from './query.ts';
import { findPhrase, tokenise } from './tokens.ts';
import { errorsAllowed, typingErrors } from './typing-errors.ts';

const fieldWeights: readonly (readonly [number, number])[] = [
  [fields.titleEn | fields.titleZh, 1],
  [fields.keywords, 0.45],
  [fields.bodyEn | fields.bodyZh, 0.3],
  [fields.context, 0.15],
];

/** For each set of fields, the weight of the best one. */
const weightOf = Float32Array.from({ length: 64 }, (_, bits) =>
  Math.max(0, ...fieldWeights.filter(([mask]) => (bits & mask) > 0).map(([, weight]) => weight)),
);

/** What else than the typed word itself is taken for it, and for how much. */
const worth = { exact: 1, inflected: 0.92, begun: 0.85, otherName: 0.95, typo: 0.55 } as const;

/** A fit of at least so much is one in the title, however the word was met. */
export const titleFit = 0.5;
export const keywordFit = 0.4;

/** With fewer documents than this a word may have been mistyped. */
const rare = 3;

/** How well each document fits a part of a search. */
export interface Fit {
  /** 0-1 for each document. */
  readonly quality: Float32Array;
  /** How many documents fit at all. */
  readonly count: number;
  /** Documents that fit by a guess at what was meant only. */
  readonly guessed: ReadonlySet<number>;
  /** Words that were taken for what was typed, to be marked. */
  readonly words: readonly string[];
}

/** Plurals and other endings of an English word; whether they are words is for the index to say. */
function inflections(word: string): string[] {
  if (!/^[a-z]{3,}$/.test(word)) return [];
  const endings = ['s', 'es', 'ed', 'd', 'ing'].map((ending) => word + ending);
  if (word.endsWith('y')) endings.push(`${word.slice(0, -1)}ies`);
  if (word.endsWith('e')) endings.push(`${word.slice(0, -1)}ing`);
  for (const [ending, stems] of [
    ['ies', ['y']],
    ['es', ['']],
    ['s', ['']],
    ['ing', ['', 'e']],
    ['ed', ['', 'e']],
  ] as const) {
    const stem = word.slice(0, -ending.length);
    if (word.endsWith(ending) && !word.endsWith('ss') && stem.length >= 3)
      endings.push(...stems.map((rest) => stem + rest));
  }
  return endings;
}

class FitFinder {
  readonly #postings: Postings;
  readonly #quality: Float32Array;
  readonly #guessed = new Set<number>();
  readonly #words = new Set<string>();
  #count = 0;

  constructor(postings: Postings, documents: number) {
    this.#postings = postings;
    this.#quality = new Float32Array(documents);
  }

  get fit(): Fit {
    return { quality: this.#quality, count: this.#count, guessed: this.#guessed, words: [...this.#words] };
  }

  add(way: Wanted): void {
    const share = way.isOtherName ? worth.otherName : 1;
    if (way.isWord) this.#addWord(way, share);
    else this.#addPhrase(way, share);
  }

  /** Words that are a letter or two from what was typed. */
  addGuesses({ text, open }: Wanted): void {
    const most = errorsAllowed(text);
    if (most === 0 || this.#count >= rare || !/^[a-z]+$/.test(text)) return;
    const { terms } = this.#postings;
    const isNew = (document: number) => this.#quality[document] === 0;
    const before = new Set<number>();
    // The first letter is seldom wrong, but it may be.
    for (let term = firstTermFrom(this.#postings, 'a'); term < endOfPrefix(this.#postings, 'z'); term += 1) {
      const word = terms[term] ?? '';
      const errors = typingErrors(text, word, most, open);
      if (errors === 0 || errors > most) continue;
      this.#words.add(word);
      this.#addTerms(term, term + 1, worth.typo - (errors - 1) * 0.02, (document) => {
        if (isNew(document)) before.add(document);
      });
    }
    for (const document of before) this.#guessed.add(document);
  }

  #addWord({ text, open }: Wanted, share: number): void {
    const postings = this.#postings;
    const own = termNumber(postings, text);
    if (own >= 0) this.#addTerms(own, own + 1, share * worth.exact);
    this.#words.add(text);
    for (const word of inflections(text)) {
      const other = termNumber(postings, word);
      if (other < 0) continue;
      this.#words.add(word);
      this.#addTerms(other, other + 1, share * worth.inflected);
    }
    if (open) this.#addTerms(firstTermFrom(postings, text), endOfPrefix(postings, text), share * worth.begun);
  }

  #addTerms(from: number, to: number, share: number, before?: (document: number) => void): void {
    const { offsets, entries } = this.#postings;
    const end = offsets[to] ?? 0;
    for (let at = offsets[from] ?? 0; at < end; at += 1) {
      const entry = entries[at] ?? 0;
      before?.(documentOf(entry));
      this.#set(documentOf(entry), share * (weightOf[fieldsOf(entry)] ?? 0));
    }
  }

  /** The documents with the rarest of its words are looked through. */
  #addPhrase({ text, open }: Wanted, share: number): void {
    const { offsets, entries, texts } = this.#postings;
    const { tokens } = tokenise(text);
    const closed = open && !tokens.at(-1)?.isCjk ? tokens.slice(0, -1) : tokens;
    let [from, to] = [0, Infinity];
    for (const { start, end } of closed) {
      const term = termNumber(this.#postings, text.slice(start, end));
      if (term < 0) return;
      const [first, last] = [offsets[term] ?? 0, offsets[term + 1] ?? 0];
      if (last - first < to - from) [from, to] = [first, last];
    }
    for (let at = from; at < to; at += 1) {
      const entry = entries[at] ?? 0;
      const document = documentOf(entry);
      let bits = 0;
      for (const bit of fieldBits) {
        if ((entry & bit) === 0) continue;
        if (findPhrase(texts.get(bit)?.[document] ?? '', text, open) >= 0) bits |= bit;
      }
      if (bits > 0) this.#set(document, share * (weightOf[bits] ?? 0));
    }
  }

  #set(document: number, quality: number): void {
    const before = this.#quality[document] ?? 0;
    if (before === 0) this.#count += 1;
    if (quality > before) this.#quality[document] = quality;
  }
}

export function findFit(postings: Postings, documents: number, part: Part): Fit {
  const finder = new FitFinder(postings, documents);
  for (const way of part.ways) finder.add(way);
  const [own] = part.ways;
  if (own?.isWord && !part.required) finder.addGuesses(own);
  return finder.fit;
}
