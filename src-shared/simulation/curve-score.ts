import type { CurvePoints } from './curve.ts';

/** The least share of the points that must be near for a curve to count as close. */
const closeShare = 0.75;

/** A bend, peak or rise under this share of the curve's own height is none. */
const leastFeature = 0.15;

/** A curve that keeps within this share of its axis is level. */
const levelShare = 0.05;

export interface CurveScore {
  /** How many of the measured points were drawn near enough. */
  readonly near: number;
  /** How many points could be measured. */
  readonly of: number;
  /** Mean distance between the curves, as a share of the axis: 0 to 1. */
  readonly distance: number;
  readonly close: boolean;
}

/**
 * How near a drawn curve came. What leaves the axis counts as at its edge, where it was drawn at best.
 *
 * @param closeWithin share of the axis within which a point counts as near
 */
export function scoreCurve(
  drawn: readonly number[],
  measured: CurvePoints,
  axis: { readonly from: number; readonly to: number },
  closeWithin: number,
): CurveScore {
  const shareOf = (value: number) => Math.min(1, Math.max(0, (value - axis.from) / (axis.to - axis.from)));
  const distances = measured.flatMap((value, i) => {
    const guess = drawn[i];
    return value === null || guess === undefined ? [] : [Math.abs(shareOf(guess) - shareOf(value))];
  });
  const near = distances.filter((distance) => distance <= closeWithin + 1e-9).length;
  const of = distances.length;
  return {
    near,
    of,
    distance: of === 0 ? 1 : distances.reduce((sum, one) => sum + one, 0) / of,
    close: of > 0 && near >= closeShare * of,
  };
}

/** What a curve is looked at for: where it bends, where it is highest, where it has risen or fallen half of its way. */
export const curveFeatures = ['knee', 'peak', 'halfway'] as const;
export type CurveFeature = (typeof curveFeatures)[number];

/** Where on the x axis a curve has its feature; null where it has none, or is level to the eye. */
export function featureOf(
  feature: CurveFeature,
  xs: readonly number[],
  ys: CurvePoints,
  axis: { readonly from: number; readonly to: number },
): number | null {
  const points = xs.flatMap((x, i) => {
    const y = ys[i] ?? null;
    return y === null ? [] : [{ x, y }];
  });
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last || points.length < 3) return null;
  const low = Math.min(...points.map(({ y }) => y));
  const height = Math.max(...points.map(({ y }) => y)) - low;
  if (height <= levelShare * (axis.to - axis.from)) return null;
  switch (feature) {
    case 'knee':
      return kneeOf(points, height);
    case 'peak': {
      const top = points.reduce((best, point) => (point.y > best.y ? point : best));
      return top.x;
    }
    case 'halfway': {
      if (Math.abs(last.y - first.y) < leastFeature * height) return null;
      const half = (first.y + last.y) / 2;
      const rising = last.y > first.y;
      const passed = points.findIndex(({ y }) => (rising ? y >= half : y <= half));
      const [before, after] = [points[passed - 1], points[passed]];
      if (!before || !after) return null;
      return before.x + ((half - before.y) / (after.y - before.y)) * (after.x - before.x);
    }
  }
}

/** The point that is farthest from the straight line between the ends: where a curve bends (Satopää et al., Kneedle, 2011). */
function kneeOf(
  points: readonly { readonly x: number; readonly y: number }[],
  height: number,
): number | null {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return null;
  let knee: number | null = null;
  let farthest = leastFeature * height;
  for (const { x, y } of points) {
    const chord = first.y + ((x - first.x) / (last.x - first.x)) * (last.y - first.y);
    if (Math.abs(y - chord) > farthest) {
      farthest = Math.abs(y - chord);
      knee = x;
    }
  }
  return knee;
}
