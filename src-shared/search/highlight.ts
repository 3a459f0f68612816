import type { MarkedText } from './document.ts';
import { foldWithPlaces } from './fold.ts';
import { findPhrase, tokenise } from './tokens.ts';

/** What to mark in a text; all canonical. */
export interface Marker {
  readonly words: ReadonlySet<string>;
  /** Starts of words, such as the one that is being typed. */
  readonly prefixes: readonly string[];
  readonly phrases: readonly { readonly text: string; readonly open: boolean }[];
}

type Range = readonly [start: number, end: number];

/** Joins what overlaps or touches. */
function joined(ranges: readonly Range[]): Range[] {
  const result: [number, number][] = [];
  for (const [start, end] of [...ranges].sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const last = result.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else result.push([start, end]);
  }
  return result;
}

/** The parts of a text that are to be marked: places in the text as it is shown, in order and apart. Never throws. */
export function markedRanges(text: string, marker: Marker): readonly Range[] {
  const folded = foldWithPlaces(text);
  const { tokens, canonical, places } = tokenise(folded.text);
  const ranges: Range[] = [];
  const mark = (start: number, end: number) => {
    const [from, to] = [folded.starts[start], folded.ends[end - 1]];
    if (from !== undefined && to !== undefined) ranges.push([from, to]);
  };
  for (const { start, end } of tokens) {
    const word = folded.text.slice(start, end);
    if (marker.words.has(word)) mark(start, end);
    else
      for (const prefix of marker.prefixes) if (word.startsWith(prefix)) mark(start, start + prefix.length);
  }
  for (const { text: phrase, open } of marker.phrases) {
    let token = 0;
    for (
      let at = findPhrase(canonical, phrase, open);
      at >= 0;
      at = findPhrase(canonical, phrase, open, at + 1)
    ) {
      // The tokens from the one that starts here to the one that the phrase ends in.
      while ((places[token] ?? Infinity) < at) token += 1;
      let last = token;
      while ((places[last + 1] ?? Infinity) < at + phrase.length) last += 1;
      const [first, final] = [tokens[token], tokens[last]];
      if (!first || !final) continue;
      const length = at + phrase.length - (places[last] ?? 0);
      mark(first.start, Math.min(final.end, final.start + length));
    }
  }
  return joined(ranges);
}

export const marked = (text: string, marker: Marker): MarkedText => ({
  text,
  marks: markedRanges(text, marker),
});

/** Chinese characters are about twice as wide as others. */
const isWide = (code: number) => code >= 0x1100;

/** Width that a snippet has at most, in narrow characters, and how much of it stands before what was found. */
const snippetWidth = 150;
const leadWidth = 40;

const sentenceEnd = /[.!?。！？；;]\s*$/;
const wordStart = /[\s，。、；：！？,.;:!?()（）]/;

/** Goes back from a place while the width allows, to the start of a sentence or else of a word. */
function startBefore(text: string, at: number): number {
  let [start, width] = [at, 0];
  let wordAt = at;
  while (start > 0) {
    if (start < at && sentenceEnd.test(text.slice(Math.max(0, start - 3), start))) return start;
    width += isWide(text.charCodeAt(start - 1)) ? 2 : 1;
    if (width > leadWidth) break;
    start -= 1;
    if (wordStart.test(text.charAt(start - 1)) || isWide(text.charCodeAt(start))) wordAt = start;
  }
  return start === 0 ? 0 : wordAt;
}

function endAfter(text: string, start: number): number {
  let [end, width] = [start, 0];
  let wordEnd = start;
  while (end < text.length && width < snippetWidth) {
    width += isWide(text.charCodeAt(end)) ? 2 : 1;
    end += 1;
    if (wordStart.test(text.charAt(end)) || isWide(text.charCodeAt(end - 1))) wordEnd = end;
  }
  if (end === text.length) return end;
  const cut = wordEnd > start ? wordEnd : end;
  // Half a pair would be shown as a box.
  return /[\ud800-\udbff]/.test(text.charAt(cut - 1)) ? cut - 1 : cut;
}

/** How many different texts are marked within a window: a piece with all of the words tells more than one with the same word often. */
function kindsWithin(text: string, marks: readonly Range[], from: number): number {
  let width = from;
  const kinds = new Set<string>();
  for (const [start, end] of marks) {
    if (start < from) continue;
    width = end - from;
    if (width > snippetWidth - leadWidth) break;
    kinds.add(text.slice(start, end).toLowerCase());
  }
  return kinds.size;
}

/** The piece of a text that shows best what was found; the start of the text if nothing was. */
export function snippetOf(text: string, marker: Marker): MarkedText {
  const marks = markedRanges(text, marker);
  let best = 0;
  let most = 0;
  for (const [start] of marks) {
    const kinds = kindsWithin(text, marks, start);
    if (kinds > most) [best, most] = [start, kinds];
  }
  let start = most > 0 ? startBefore(text, best) : 0;
  while (start > 0 && start < best && /[\s，。、；：！？,.;:!?)）·]/.test(text.charAt(start))) start += 1;
  const end = endAfter(text, start);
  const before = start > 0 ? '…' : '';
  const piece = `${before}${text.slice(start, end).trimEnd()}${end < text.length ? '…' : ''}`;
  const shift = before.length - start;
  const lastPlace = before.length + text.slice(start, end).trimEnd().length;
  return {
    text: piece,
    marks: marks.flatMap(([from, to]): Range[] => {
      const [shownFrom, shownTo] = [Math.max(before.length, from + shift), Math.min(lastPlace, to + shift)];
      return shownFrom < shownTo ? [[shownFrom, shownTo]] : [];
    }),
  };
}
