/** A word, or one character of a script that writes none apart. Places are in the folded text. */
export interface Token {
  readonly start: number;
  readonly end: number;
  readonly isCjk: boolean;
}

const inRanges = (code: number, ranges: readonly (readonly [number, number])[]) =>
  ranges.some(([from, to]) => code >= from && code <= to);

/** Kana, bopomofo, and Han with its extensions. */
const cjkRanges = [
  [0x3005, 0x3007],
  [0x3041, 0x30ff],
  [0x3105, 0x312f],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xf900, 0xfaff],
  [0x20000, 0x3ffff],
] as const;
const letterOrDigit = /^[\p{L}\p{N}]/u;

type Class = 'space' | 'sign' | 'word' | 'cjk';

function classOf(code: number): Class {
  if (code < 0x80) {
    if ((code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39)) return 'word';
    return code === 0x20 || (code >= 0x09 && code <= 0x0d) ? 'space' : 'sign';
  }
  const point = String.fromCodePoint(code);
  if (inRanges(code, cjkRanges)) return letterOrDigit.test(point) ? 'cjk' : 'sign';
  if (letterOrDigit.test(point)) return 'word';
  return /^\s/.test(point) ? 'space' : 'sign';
}

const classes = new Map<number, Class>();

function knownClassOf(code: number): Class {
  let known = classes.get(code);
  if (!known) classes.set(code, (known = classOf(code)));
  return known;
}

export interface Tokenised {
  readonly tokens: readonly Token[];
  /**
   * The text as it is compared: words with one space between them, Chinese characters without, a space where a sign stood
   * between them. `JVM 堆`, `JVM堆` and `jvm-堆` differ only where a sign does.
   */
  readonly canonical: string;
  /** Where each token starts in `canonical`. */
  readonly places: readonly number[];
}

/** Splits a folded text; never throws, whatever is in it. */
export function tokenise(folded: string): Tokenised {
  const tokens: Token[] = [];
  const places: number[] = [];
  // Put together at the end: a text that grows a word at a time holds on to each word of its own.
  const written: string[] = [];
  let length = 0;
  let signsBetween = false;
  const add = (start: number, end: number, isCjk: boolean) => {
    const before = tokens.at(-1);
    const bothWords = before && !before.isCjk && !isCjk;
    if (before && (bothWords || signsBetween)) {
      written.push(' ');
      length += 1;
    }
    signsBetween = false;
    places.push(length);
    written.push(folded.slice(start, end));
    length += end - start;
    tokens.push({ start, end, isCjk });
  };
  let at = 0;
  while (at < folded.length) {
    const code = folded.codePointAt(at) ?? 0;
    const units = code > 0xffff ? 2 : 1;
    const kind = knownClassOf(code);
    if (kind === 'word') {
      const start = at;
      while (at < folded.length) {
        const next = folded.codePointAt(at) ?? 0;
        if (knownClassOf(next) !== 'word') break;
        at += next > 0xffff ? 2 : 1;
      }
      add(start, at, false);
      continue;
    }
    if (kind === 'cjk') add(at, at + units, true);
    else if (kind === 'sign') signsBetween = true;
    at += units;
  }
  return { tokens, canonical: written.join(''), places };
}

/** Whether a word goes on over the edge before this place of a canonical text. */
export function isInsideWord(canonical: string, at: number): boolean {
  if (at <= 0 || at >= canonical.length) return false;
  return isWordUnit(canonical.charCodeAt(at - 1)) && isWordUnit(canonical.charCodeAt(at));
}

function isWordUnit(code: number): boolean {
  // Half of a pair: only CJK is written with these in any number.
  return !(code >= 0xd800 && code <= 0xdfff) && knownClassOf(code) === 'word';
}

/**
 * Where a phrase starts in a canonical text, from a place on; -1 if nowhere. It does not start or end inside a word.
 *
 * @param open whether the last word of the phrase may go on, as while it is typed
 */
export function findPhrase(canonical: string, phrase: string, open: boolean, from = 0): number {
  if (phrase === '') return -1;
  let at = canonical.indexOf(phrase, from);
  while (at >= 0) {
    if (!isInsideWord(canonical, at) && (open || !isInsideWord(canonical, at + phrase.length))) return at;
    at = canonical.indexOf(phrase, at + 1);
  }
  return -1;
}
