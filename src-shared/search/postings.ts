import { locales } from '../locale.ts';
import type { SearchDocument } from './document.ts';
import { fold } from './fold.ts';
import { tokenise } from './tokens.ts';

/** Where a word stands in a document, as bits. */
export const fields = { titleEn: 1, titleZh: 2, bodyEn: 4, bodyZh: 8, keywords: 16, context: 32 } as const;
export const fieldBits = Object.values(fields);
const bitsPerEntry = 64;

export const documentOf = (entry: number): number => Math.floor(entry / bitsPerEntry);
export const fieldsOf = (entry: number): number => entry % bitsPerEntry;

/** The words of many documents, and in which of them each one stands. */
export interface Postings {
  /** In the order of their UTF-16 units, so that all that start alike stand together. */
  readonly terms: readonly string[];
  /** Entries of the term with number `i`: from `offsets[i]` to `offsets[i + 1]`. */
  readonly offsets: Int32Array;
  /** A document and its fields each; ascending within a term. */
  readonly entries: Int32Array;
  /** Canonical text of each document, by field bit. */
  readonly texts: ReadonlyMap<number, readonly string[]>;
}

function fieldTexts({
  title,
  body,
  keywords,
  context,
}: SearchDocument): readonly (readonly [number, string])[] {
  return [
    [fields.titleEn, title?.en ?? ''],
    [fields.titleZh, title?.['zh-CN'] ?? ''],
    [fields.bodyEn, body.en],
    [fields.bodyZh, body['zh-CN'] === body.en ? '' : body['zh-CN']],
    [fields.keywords, keywords.join(' | ')],
    [fields.context, context ? locales.map((locale) => context[locale]).join(' | ') : ''],
  ];
}

export function makePostings(documents: readonly SearchDocument[]): Postings {
  const lists = new Map<string, number[]>();
  const texts = new Map<number, string[]>(fieldBits.map((bit) => [bit, []]));
  documents.forEach((document, number) => {
    const found = new Map<string, number>();
    for (const [bit, text] of fieldTexts(document)) {
      const folded = fold(text);
      const { tokens, canonical } = tokenise(folded);
      texts.get(bit)?.push(canonical);
      for (const { start, end } of tokens) {
        const term = folded.slice(start, end);
        found.set(term, (found.get(term) ?? 0) | bit);
      }
    }
    for (const [term, bits] of found) {
      const entry = number * bitsPerEntry + bits;
      const list = lists.get(term);
      if (list) list.push(entry);
      else lists.set(term, [entry]);
    }
  });
  const terms = [...lists.keys()].sort();
  const offsets = new Int32Array(terms.length + 1);
  let size = 0;
  terms.forEach((term, index) => {
    offsets[index] = size;
    size += lists.get(term)?.length ?? 0;
  });
  offsets[terms.length] = size;
  const entries = new Int32Array(size);
  terms.forEach((term, index) => entries.set(lists.get(term) ?? [], offsets[index]));
  return { terms, offsets, entries, texts };
}

/** Number of the first term that is not before a text. */
export function firstTermFrom({ terms }: Postings, text: string): number {
  let [low, high] = [0, terms.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((terms[middle] ?? '') < text) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Number of a term, or -1. */
export function termNumber(postings: Postings, term: string): number {
  const at = firstTermFrom(postings, term);
  return postings.terms[at] === term ? at : -1;
}

/** Number of the term after the last one that starts so. */
export function endOfPrefix(postings: Postings, prefix: string): number {
  return firstTermFrom(postings, `${prefix}\uffff`);
}
