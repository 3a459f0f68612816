import type { Locale } from '../locale.ts';
import {
  closenesses,
  type Closeness,
  type SearchDocument,
  type SearchHit,
  type SearchResult,
} from './document.ts';
import { findFit, type Fit } from './fit.ts';
import { marked, snippetOf, type Marker } from './highlight.ts';
import { shownCloseness } from './merge-hits.ts';
import { makeNames, type Names } from './names.ts';
import { fields, makePostings, type Postings } from './postings.ts';
import { parseQuery, type Query } from './query.ts';
import { scoreOf, shortness } from './rank.ts';

/** So many of the best by a first look are ranked in full. */
const ranked = 400;
/** Hits of a lower closeness come after all of a higher one. */
const pointsPerCloseness = 100;
const noNames = makeNames([]);

interface Candidates {
  readonly documents: number[];
  readonly bases: number[];
}

/** The best of many by their base, which is at least 0, in the order of the documents; without sorting them all. */
function bestOf({ documents, bases }: Candidates, count: number): Candidates {
  if (documents.length <= count) return { documents, bases };
  const steps = 2048;
  const stepOf = (base: number) => Math.min(steps - 1, Math.floor(base * 1000));
  const sizes = new Int32Array(steps);
  for (const base of bases) sizes[stepOf(base)] = (sizes[stepOf(base)] ?? 0) + 1;
  let least = steps - 1;
  for (let more = sizes[least] ?? 0; more < count && least > 0; more += sizes[least] ?? 0) least -= 1;
  let room = count;
  for (let step = least + 1; step < steps; step += 1) room -= sizes[step] ?? 0;
  const best: Candidates = { documents: [], bases: [] };
  documents.forEach((document, index) => {
    const base = bases[index] ?? 0;
    const step = stepOf(base);
    if (step < least || (step === least && room <= 0)) return;
    if (step === least) room -= 1;
    best.documents.push(document);
    best.bases.push(base);
  });
  return best;
}

function markerOf({ parts }: Query, fits: readonly Fit[]): Marker {
  const ways = parts.flatMap((part) => part.ways);
  return {
    words: new Set(fits.flatMap((fit) => fit.words)),
    prefixes: ways.filter(({ isWord, open }) => isWord && open).map(({ text }) => text),
    phrases: ways.filter(({ isWord }) => !isWord).map(({ text, open }) => ({ text, open })),
  };
}

/**
 * Documents of any kind that are searched as one. An inverted index in memory: words, and single Chinese characters, so that a
 * search of one character finds as much as one of ten; longer Chinese words are looked for in the texts that have their rarest
 * character. It holds the documents that it is made of, and never changes.
 */
export class SearchIndex {
  readonly #documents: readonly SearchDocument[];
  readonly #names: Names;
  readonly #postings: Postings;
  readonly #shortness: Float32Array;

  /** @param names what the glossary calls the same, in every language */
  constructor(documents: readonly SearchDocument[], names: Names = noNames) {
    this.#documents = documents;
    this.#names = names;
    this.#postings = makePostings(documents);
    const titles = [fields.titleEn, fields.titleZh].map((bit) => this.#postings.texts.get(bit) ?? []);
    this.#shortness = Float32Array.from(documents, ({ title }, number) =>
      title ? 0.1 * Math.max(...titles.map((all) => shortness(all[number] ?? ''))) : 0,
    );
  }

  /** Numbers and lengths of what is held, in bytes where they are of memory. */
  get size(): { readonly documents: number; readonly terms: number; readonly entryBytes: number } {
    const { terms, entries } = this.#postings;
    return { documents: this.#documents.length, terms: terms.length, entryBytes: entries.byteLength };
  }

  /**
   * @param locale the language that hits are shown in; texts of every language are looked through
   * @param limit most hits; the total counts all of them
   */
  search(text: string, { locale, limit }: { readonly locale: Locale; readonly limit: number }): SearchResult {
    const query = parseQuery(text, this.#names);
    if (query.parts.length === 0) return { hits: [], total: 0 };
    const fits = query.parts.map((part) => findFit(this.#postings, this.#documents.length, part));
    const byCloseness = this.#candidates(query, fits);
    const least = shownCloseness(byCloseness.map(({ documents }) => documents.length));
    const marker = markerOf(query, fits);
    const hits = byCloseness.slice(0, least + 1).flatMap((candidates, rank) => {
      const { documents, bases } = bestOf(candidates, ranked);
      return documents.map((number, index) => {
        const document = this.#documents[number];
        const score = document
          ? scoreOf(this.#postings, query, fits, number, document, bases[index] ?? 0) -
            rank * pointsPerCloseness
          : 0;
        return { number, score, closeness: closenesses[rank] ?? 'partial' };
      });
    });
    hits.sort((a, b) => b.score - a.score || a.number - b.number);
    return {
      hits: hits
        .slice(0, limit)
        .flatMap(({ number, score, closeness }) => this.#hit(number, score, closeness, locale, marker)),
      total: byCloseness.slice(0, least + 1).reduce((sum, { documents }) => sum + documents.length, 0),
    };
  }

  /** Which documents have the parts of a search, by closeness, with how well they fit. */
  #candidates({ parts }: Query, fits: readonly Fit[]): readonly Candidates[] {
    const all = this.#documents.length;
    const weights = fits.map(({ count }) => Math.log(1 + all / (1 + count)));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const found = closenesses.map((): Candidates => ({ documents: [], bases: [] }));
    const [whole, typo, partial] = [found[0], found[1], found[2]];
    const someGuessed = fits.some(({ guessed }) => guessed.size > 0);
    for (let number = 0; number < all; number += 1) {
      let [sum, met] = [0, 0];
      let lacksRequired = false;
      for (let index = 0; index < fits.length; index += 1) {
        const quality = fits[index]?.quality[number] ?? 0;
        if (quality > 0) met += 1;
        else if (parts[index]?.required) lacksRequired = true;
        sum += quality * (weights[index] ?? 0);
      }
      if (met === 0 || lacksRequired) continue;
      const isGuess = someGuessed && fits.some(({ guessed }) => guessed.has(number));
      const list = met < fits.length ? partial : isGuess ? typo : whole;
      list?.documents.push(number);
      list?.bases.push(sum / total + (this.#shortness[number] ?? 0));
    }
    return found;
  }

  #hit(number: number, score: number, closeness: Closeness, locale: Locale, marker: Marker): SearchHit[] {
    const document = this.#documents[number];
    if (!document) return [];
    const { id, kind, path, title, body, context } = document;
    const other = locale === 'en' ? 'zh-CN' : 'en';
    const ownTitle = title ? marked(title[locale], marker) : null;
    const otherTitle = title && title[other] !== title[locale] ? marked(title[other], marker) : null;
    const isNamed = kind === 'term' || (ownTitle?.marks.length === 0 && (otherTitle?.marks.length ?? 0) > 0);
    const hit: SearchHit = {
      id,
      kind,
      path,
      title: ownTitle,
      otherTitle: isNamed ? otherTitle : null,
      snippet: body[locale] ? snippetOf(body[locale], marker) : null,
      context,
      closeness,
      score,
    };
    return [hit];
  }
}
