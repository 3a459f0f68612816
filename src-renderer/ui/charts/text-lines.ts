let context: CanvasRenderingContext2D | null = null;

/** Width of a text in the font of the interface, in pixels. */
export function textWidth(text: string, sizePx: number, weight = 400): number {
  context ??= document.createElement('canvas').getContext('2d');
  if (!context) return text.length * sizePx;
  const family = getComputedStyle(document.documentElement).fontFamily;
  context.font = `${weight} ${sizePx}px ${family}`;
  return context.measureText(text).width;
}

interface Word {
  readonly segment: string;
  readonly isWordLike?: boolean | undefined;
}

/** A word that no line can hold, in pieces that a line can. */
function pieces({ segment, isWordLike }: Word, widthPx: number, sizePx: number, weight: number): Word[] {
  if (!isWordLike || textWidth(segment, sizePx, weight) <= widthPx) return [{ segment, isWordLike }];
  const all: string[] = [''];
  for (const { segment: sign } of new Intl.Segmenter().segment(segment)) {
    const last = all.at(-1) ?? '';
    if (last && textWidth(last + sign, sizePx, weight) > widthPx) all.push(sign);
    else all[all.length - 1] = last + sign;
  }
  return all.map((piece) => ({ segment: piece, isWordLike: true }));
}

/** Breaks a text into lines where its language allows it, and within words that are too long: SVG has no lines of its own. */
export function textLines(text: string, widthPx: number, sizePx: number, weight = 400): string[] {
  const segments = [...new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text)];
  const words = segments.flatMap((word) => pieces(word, widthPx, sizePx, weight));
  const lines: string[] = [];
  let line = '';
  for (const { segment, isWordLike } of words) {
    // A comma or a bracket never starts a line.
    if (line && isWordLike && textWidth((line + segment).trim(), sizePx, weight) > widthPx) {
      lines.push(line.trim());
      line = '';
    }
    line += segment;
  }
  return [...lines, line.trim()];
}

/** A text as far as a line can hold it; dots tell that it goes on, and whoever shows it says the whole elsewhere. */
export function shortened(text: string, widthPx: number, sizePx: number, weight = 400): string {
  if (textWidth(text, sizePx, weight) <= widthPx) return text;
  const signs = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
  while (signs.length > 1 && textWidth(`${signs.join('').trim()}…`, sizePx, weight) > widthPx) signs.pop();
  return `${signs.join('').trim()}…`;
}
