import { z } from 'zod';
import { flattenMetrics } from './metrics.ts';
import type { RunResult } from './run-result.ts';

const metricName = /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/;

/** A predicate over a metric of a run, such as `latencyMs.p99 <= 300`. */
export const goalSchema = z.strictObject({
  /** Dotted name of a metric in the run's summary. */
  metric: z.string().regex(metricName, 'expected a dotted metric name such as "latencyMs.p99"'),
  op: z.enum(['<=', '>=']),
  value: z.number(),
});
export type Goal = z.infer<typeof goalSchema>;

const goalText = /^\s*(\S+)\s*(<=|>=)\s*([-+]?[\d.]+(?:[eE][-+]?\d+)?)\s*$/;

/** The same as an object or as people write it: `latencyMs.p99 <= 300`. */
export const writtenGoalSchema = z.union([
  goalSchema,
  z
    .string()
    .regex(goalText, 'expected a metric, <= or >=, and a number, such as "latencyMs.p99 <= 300"')
    .transform((text) => {
      const [, metric = '', op = '', value = ''] = goalText.exec(text) ?? [];
      return { metric, op, value: Number(value) };
    })
    .pipe(goalSchema),
]);

/** A goal that luck alone cannot meet is held against so many seeds at least. */
export const leastGoalSeeds = 3;

export interface GoalResult {
  readonly goal: Goal;
  /** Whether it holds on every seed. */
  readonly met: boolean;
  /** The worst value over the seeds; null where some seed could not tell. */
  readonly worst: number | null;
  /** By how much the worst seed keeps the goal, in the metric's unit; negative where it is missed. */
  readonly margin: number | null;
}

/** Holds every goal against every seed. A metric that cannot be told meets no goal. */
export function meetsGoals(
  goals: readonly Goal[],
  runs: readonly Pick<RunResult, 'metrics'>[],
): GoalResult[] {
  const flat = runs.map((run) => flattenMetrics(run.metrics));
  return goals.map((goal) => {
    const values = flat.map((metrics) => metrics[goal.metric]).filter((value) => value !== undefined);
    if (values.length === 0 || values.length < flat.length)
      return { goal, met: false, worst: null, margin: null };
    const worst = goal.op === '<=' ? Math.max(...values) : Math.min(...values);
    const margin = goal.op === '<=' ? goal.value - worst : worst - goal.value;
    return { goal, met: margin >= 0, worst, margin };
  });
}

/**
 * How far the goals are met or missed as a whole: the room of the goal that is nearest to failing, as a share of the value
 * it asks for; negative where one is missed. A goal of 0 has no room to speak of: it counts as -1 where it is missed, and
 * only where there is no other otherwise. null without goals, and where one could not be told.
 */
export function nearestMargin(results: readonly GoalResult[]): number | null {
  const rooms: number[] = [];
  for (const { goal, margin } of results) {
    if (margin === null) return null;
    if (goal.value !== 0) rooms.push(margin / Math.abs(goal.value));
    else if (margin < 0) rooms.push(-1);
  }
  if (results.length === 0) return null;
  return rooms.length === 0 ? 0 : Math.min(...rooms);
}
