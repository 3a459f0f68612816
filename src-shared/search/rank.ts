import type { SearchDocument, SearchKind } from './document.ts';
import { keywordFit, titleFit, type Fit } from './fit.ts';
import { canonicalOf } from './names.ts';
import { fields, type Postings } from './postings.ts';
import type { Query } from './query.ts';
import { findPhrase } from './tokens.ts';

/** Within hits that are as close, what is likelier meant. */
const kindWeights: Readonly<Record<SearchKind, number>> = {
  lesson: 2,
  term: 1.8,
  command: 1.4,
  setting: 1.3,
  section: 1.2,
  scenario: 1,
  note: 0.8,
  interview: 0.8,
  question: 0.4,
};

const tierOf = { exact: 6, otherName: 5.8, start: 5, title: 4, keyword: 3, text: 1 } as const;
const pointsPerTier = 10;

const titleFields = [fields.titleEn, fields.titleZh];
const bodyFields = [fields.bodyEn, fields.bodyZh];

/** How close a title comes to the whole search. */
function titleTier({ whole, otherNames, open }: Query, title: string): number {
  if (title === '') return 0;
  if (title === whole) return tierOf.exact;
  if (otherNames.includes(title)) return tierOf.otherName;
  if (title.startsWith(whole) && findPhrase(title, whole, open) === 0) return tierOf.start;
  return 0;
}

function countPhrase(text: string, phrase: string, open: boolean, most: number): number {
  let count = 0;
  let at = findPhrase(text, phrase, open);
  while (at >= 0 && count < most) {
    count += 1;
    at = findPhrase(text, phrase, open, at + phrase.length);
  }
  return count;
}

/** 1 for no title at all, near 0 for a long one: of two titles the shorter is more about what was searched for. */
export function shortness(title: string): number {
  const last = title.charCodeAt(title.length - 1);
  // A Chinese character says about as much as two letters.
  return 1 / (1 + (last > 0x2fff ? 2 : 1) * (title.length / 12));
}

/**
 * The score of a document that has all parts of a search or, with less of a base, some of them.
 *
 * @param base how well it fits on average, 0-1
 */
export function scoreOf(
  postings: Postings,
  query: Query,
  fits: readonly Fit[],
  number: number,
  document: SearchDocument,
  base: number,
): number {
  const textIn = (bit: number) => postings.texts.get(bit)?.[number] ?? '';
  const titles = titleFields.map(textIn);
  let tier = Math.max(...titles.map((title) => titleTier(query, title)));
  const qualities = fits.map(({ quality }) => quality[number] ?? 0);
  if (tier === 0) {
    const least = Math.min(...qualities);
    tier = least >= titleFit ? tierOf.title : least >= keywordFit ? tierOf.keyword : tierOf.text;
    // What is shown by its text alone has no name to be found by.
    if (!document.title) tier = tierOf.text;
    else if (document.keywords.some((keyword) => canonicalOf(keyword) === query.whole))
      tier = tierOf.otherName;
  }
  const { whole, open } = query;
  const inTitle = fits.length > 1 && titles.some((title) => findPhrase(title, whole, open) >= 0);
  const often = Math.max(...bodyFields.map((bit) => countPhrase(textIn(bit), whole, open, 4)));
  const shortest = document.title ? Math.max(...titles.map(shortness)) : 0;
  return (
    tier * pointsPerTier +
    3 * base +
    (document.isAside ? 0 : kindWeights[document.kind]) +
    3 * shortest +
    (inTitle ? 2 : 0) +
    0.25 * often
  );
}
