import { applyChanges } from './apply-changes.ts';
import { type Contender, parseComparison } from './compare.ts';
import type { Problem } from './platform.ts';

/** The most points of a sweep. */
export const maxSweepPoints = 10_000;

/** One value of a file that takes one number after the other. */
export interface Sweep {
  /** Where in the file: `workload.services[0].arrivals.perSecond`. */
  readonly path: string;
  readonly values: readonly number[];
}

/** One point of a sweep: the swept values, and what runs there. */
export interface SweepPoint {
  readonly values: readonly number[];
  readonly contenders: readonly Contender[];
}

export type SweepPoints =
  | { readonly ok: true; readonly points: readonly SweepPoint[] }
  /** The file at the first point that cannot run. */
  | { readonly ok: false; readonly values: readonly number[]; readonly problems: readonly Problem[] };

/** How the values of a sweep lie: evenly, or each the same factor above the one before. */
export type Spacing = 'linear' | 'logarithmic';

export interface Span {
  readonly from: number;
  readonly to: number;
  /** At least 2. */
  readonly count: number;
  readonly spacing: Spacing;
  /** Only whole numbers; those that would come twice come once. */
  readonly whole: boolean;
}

/**
 * The values from one end to the other, both included, in twelve digits at most.
 *
 * @throws RangeError for a logarithmic span that does not lie above 0
 */
export function spacedValues({ from, to, count, spacing, whole }: Span): number[] {
  if (spacing === 'logarithmic' && (from <= 0 || to <= 0))
    throw new RangeError('a logarithmic span lies above 0');
  const at = (share: number): number => {
    if (share === 0) return from;
    if (share === 1) return to;
    const value = spacing === 'linear' ? from + share * (to - from) : from * (to / from) ** share;
    // Rounding must not lead beyond the ends.
    return Math.min(Math.max(from, to), Math.max(Math.min(from, to), Number(value.toPrecision(12))));
  };
  const values = Array.from({ length: count }, (_, i) => at(i / (count - 1)));
  return [...new Set(whole ? values.map(Math.round) : values)];
}

/**
 * Every combination of the values of some sweeps, each with the file that it makes; or what is wrong with the first that
 * cannot run.
 *
 * @throws RangeError for too many combinations, or a path that leads nowhere
 */
export function sweepPoints(file: unknown, sweeps: readonly Sweep[]): SweepPoints {
  const combinations = sweeps.reduce<number[][]>(
    (made, { values }) => made.flatMap((point) => values.map((value) => [...point, value])),
    [[]],
  );
  if (combinations.length > maxSweepPoints)
    throw new RangeError(`${combinations.length} combinations; expected at most ${maxSweepPoints}`);
  const points: SweepPoint[] = [];
  for (const values of combinations) {
    const changes = Object.fromEntries(sweeps.map(({ path }, i) => [path, values[i] ?? 0]));
    const parsed = parseComparison(applyChanges(file, changes));
    if (!parsed.ok) return { ok: false, values, problems: parsed.problems };
    points.push({ values, contenders: parsed.contenders });
  }
  return { ok: true, points };
}
