let context: CanvasRenderingContext2D | null = null;

/** Width of a text in the font of the interface, in pixels. */
export function textWidth(text: string, sizePx: number, weight = 400): number {
  context ??= document.createElement('canvas').getContext('2d');
  if (!context) return text.length * sizePx;
  const family = getComputedStyle(document.documentElement).fontFamily;
  context.font = `${weight} ${sizePx}px ${family}`;
  return context.measureText(text).width;
}

/** Breaks a text into lines where its language allows it: SVG has no lines of its own. A word that is too long stays whole. */
export function textLines(text: string, widthPx: number, sizePx: number, weight = 400): string[] {
  const words = [...new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text)];
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
