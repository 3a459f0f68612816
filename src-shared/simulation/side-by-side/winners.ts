import type { Evaluation, Measured } from './evaluate-pattern.ts';
import type { ComparedPattern } from './pattern-sizes.ts';

/** By what a pattern wins. */
export const criteria = ['cost', 'isolated-cost', 'latency'] as const;
export type Criterion = (typeof criteria)[number];

/** Closer together than this nobody wins alone: runs on other seeds differ by as much. */
export const tieMargin = 0.05;
/** What a service that misbehaves may do to the others where they count as walled off: times their 99th percentile. */
export const mostSlowdown = 1.5;

/** What an evaluation is held against others by; null where it is out of the running. */
export function criterionValue(evaluation: Evaluation, criterion: Criterion): number | null {
  const { meetsGoal, costPerMonthUsd, p99Ms, isolation } = evaluation;
  if (!meetsGoal) return null;
  if (criterion === 'latency') return p99Ms?.mean ?? null;
  const walled = isolation === null || (isolation.slowdown !== null && isolation.slowdown <= mostSlowdown);
  if (criterion === 'isolated-cost' && !walled) return null;
  return costPerMonthUsd?.mean ?? null;
}

/**
 * The patterns that win: the best by the criterion among those that meet the goal, and all that are within the margin of
 * it. Nobody where none meets the goal.
 */
export function winnersOf(evaluations: readonly Evaluation[], criterion: Criterion): ComparedPattern[] {
  const values = evaluations.flatMap((evaluation) => {
    const value = criterionValue(evaluation, criterion);
    return value === null ? [] : [{ pattern: evaluation.pattern, value }];
  });
  const best = Math.min(...values.map(({ value }) => value));
  return values.filter(({ value }) => value <= best * (1 + tieMargin)).map(({ pattern }) => pattern);
}

/** What of an evaluation patterns are held against each other by. */
export const measures = [
  'p50Ms',
  'p99Ms',
  'costPerMonthUsd',
  'slowdown',
  'leadSeconds',
  'utilisation',
] as const;
export type Measure = (typeof measures)[number];

/** A measure of a pattern with its interval; null where it cannot be told. */
export function measureOf(evaluation: Evaluation, measure: Measure): Measured | null {
  if (measure === 'slowdown') return plain(evaluation.isolation?.slowdown);
  if (measure === 'leadSeconds') return plain(evaluation.leadSeconds);
  return evaluation[measure];
}

const plain = (value: number | null | undefined): Measured | null =>
  value === null || value === undefined ? null : { mean: value, ci95: null };

/**
 * The patterns that are best by a measure, of those that meet the goal if any does: the least of it, or the most of
 * utilisation. All whose intervals reach to that of the best, or that are within the margin, are among them.
 */
export function bestBy(evaluations: readonly Evaluation[], measure: Measure): ComparedPattern[] {
  const good = evaluations.filter(({ meetsGoal }) => meetsGoal);
  const told = (good.length > 0 ? good : evaluations).flatMap((evaluation) => {
    const value = measureOf(evaluation, measure);
    return value ? [{ pattern: evaluation.pattern, ...value }] : [];
  });
  const most = measure === 'utilisation';
  const [best] = told.toSorted((a, b) => (most ? b.mean - a.mean : a.mean - b.mean));
  if (!best) return [];
  const reach = (best.ci95 ?? 0) + tieMargin * best.mean;
  return told
    .filter(({ mean, ci95 }) => Math.abs(mean - best.mean) <= reach + (ci95 ?? 0))
    .map(({ pattern }) => pattern);
}
