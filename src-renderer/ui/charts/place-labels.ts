import { textLines, textWidth } from './text-lines.ts';

const sizeRem = 0.75;
/** From one line of a legend to the next. */
export const leadingRem = 1.25;

interface Placed {
  readonly x: number;
  /** Its first line, counted from the top. */
  readonly line: number;
  readonly lines: readonly string[];
}

/**
 * The names of a legend one after the other, each with room for its sign before it, in as many lines as they need. Pixels.
 */
export function placeLabels(labels: readonly string[], width: number, rem: number): readonly Placed[] {
  let x = 0;
  let line = 0;
  let deepest = 1;
  return labels.map((label) => {
    const lines = textLines(label, width - rem, sizeRem * rem);
    const own = Math.max(...lines.map((part) => textWidth(part, sizeRem * rem))) + 2.2 * rem;
    if (x > 0 && x + own > width + rem) {
      x = 0;
      line += deepest;
      deepest = 1;
    }
    deepest = Math.max(deepest, lines.length);
    const placed = { x, line, lines };
    x += own;
    return placed;
  });
}

/** How many lines a legend with these names takes. */
export function labelLines(labels: readonly string[], width: number, rem: number): number {
  return Math.max(0, ...placeLabels(labels, width, rem).map(({ line, lines }) => line + lines.length));
}
