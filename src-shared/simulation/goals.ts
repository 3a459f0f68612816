import type { Goal } from '../pack/schema.ts';
import { flattenMetrics } from './metrics.ts';
import type { RunResult } from './run-result.ts';

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
