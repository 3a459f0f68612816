const nonAscii = /[^\0-\x7f]/;
const dropped = /['\u2019\p{M}]/gu;

/**
 * A text without what a search does not tell apart: case, accents, full-width and other compatible forms, apostrophes.
 * `ＡＢＣ` and `abc`, `Café` and `cafe`, `Little’s` and `littles` are one.
 */
export function fold(text: string): string {
  const plain = nonAscii.test(text) ? text.normalize('NFKD') : text;
  return plain.replace(dropped, '').toLowerCase().replaceAll('ς', 'σ');
}

/** A folded text that knows where in the text before each of its UTF-16 units comes from. */
export interface FoldedText {
  readonly text: string;
  /** Start of the code point that a unit comes from. */
  readonly starts: readonly number[];
  /** Its end, with the accents after it. */
  readonly ends: readonly number[];
}

const foldedPoints = new Map<string, string>();

function foldPoint(point: string): string {
  let folded = foldedPoints.get(point);
  if (folded === undefined) foldedPoints.set(point, (folded = fold(point)));
  return folded;
}

/** As `fold`, a code point at a time, for marks in the text as it is shown. */
export function foldWithPlaces(text: string): FoldedText {
  const starts: number[] = [];
  const ends: number[] = [];
  let folded = '';
  let at = 0;
  for (const point of text) {
    const units = foldPoint(point);
    const end = at + point.length;
    // An accent belongs to the letter before it.
    if (units === '' && ends.length > 0) {
      const lastStart = starts.at(-1);
      for (let unit = ends.length - 1; unit >= 0 && starts[unit] === lastStart; unit -= 1) ends[unit] = end;
    }
    for (let unit = 0; unit < units.length; unit += 1) {
      starts.push(at);
      ends.push(end);
    }
    folded += units;
    at = end;
  }
  return { text: folded, starts, ends };
}
