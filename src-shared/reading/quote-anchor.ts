import search from 'approx-string-match';

/**
 * Where a mark stands in a text that may have changed since: by what was marked and some of what stood around it, as the
 * TextQuoteSelector of the W3C Web Annotation Data Model has it.
 */
export interface Quote {
  readonly quote: string;
  readonly prefix: string;
  readonly suffix: string;
}

/** A stretch of a text in UTF-16 code units, the end not included. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

const contextLength = 32;
/** Of a quote so many characters may be others, and it is still the same place. */
const changedShare = 0.3;
/** The search for likenesses takes quotes in pieces of so many characters, to stay fast. */
const longestSearched = 256;

/** What is marked, with what stands around it. White space at the ends is no part of a mark. */
export function quoteAt(text: string, { start, end }: Stretch): Quote {
  const marked = text.slice(start, end);
  const from = start + (marked.length - marked.trimStart().length);
  const to = end - (marked.length - marked.trimEnd().length);
  if (from >= to) return { quote: '', prefix: '', suffix: '' };
  return {
    quote: text.slice(from, to),
    prefix: text.slice(Math.max(0, from - contextLength), from),
    suffix: text.slice(to, to + contextLength),
  };
}

/** How many characters two texts share, from their ends backwards. */
function sharedEnd(one: string, other: string): number {
  const longest = Math.min(one.length, other.length);
  let shared = 0;
  while (shared < longest && one.at(-1 - shared) === other.at(-1 - shared)) shared += 1;
  return shared;
}

function sharedStart(one: string, other: string): number {
  const longest = Math.min(one.length, other.length);
  let shared = 0;
  while (shared < longest && one[shared] === other[shared]) shared += 1;
  return shared;
}

function exactPlaces(text: string, quote: string): Stretch[] {
  const places: Stretch[] = [];
  for (let start = text.indexOf(quote); start >= 0; start = text.indexOf(quote, start + 1))
    places.push({ start, end: start + quote.length });
  return places;
}

/** Where something like the quote stands, nearest to it in wording. */
function likePlaces(text: string, quote: string): Stretch[] {
  const head = quote.slice(0, longestSearched);
  const found = search(text, head, Math.floor(head.length * changedShare));
  const fewest = Math.min(...found.map(({ errors }) => errors));
  return found
    .filter(({ errors }) => errors === fewest)
    .map(({ start, end }) => ({ start, end: Math.min(text.length, end + (quote.length - head.length)) }));
}

/**
 * Finds a mark again. Of several places the one counts whose surroundings are most like those that it had.
 *
 * @returns null where nothing in the text is like it
 */
export function findQuote(text: string, { quote, prefix, suffix }: Quote): Stretch | null {
  if (quote === '') return null;
  const exact = exactPlaces(text, quote);
  const places = exact.length > 0 ? exact : likePlaces(text, quote);
  const likeness = ({ start, end }: Stretch) =>
    sharedEnd(text.slice(0, start), prefix) + sharedStart(text.slice(end), suffix);
  let best: Stretch | null = null;
  for (const place of places) if (best === null || likeness(place) > likeness(best)) best = place;
  return best;
}
