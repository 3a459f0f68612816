import { costKinds } from '#shared/simulation/costs.ts';
import { latencyParts } from '#shared/simulation/engine/latency-parts.ts';
import type { LatencyShares, RunExplanation } from '#shared/simulation/run-explanation.ts';
import type { LatencyPart, RunResult } from '#shared/simulation/simulate.ts';

type Breakdown = RunResult['explanation']['latency']['all'];

const meanOf = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

function meanShares(breakdowns: readonly Breakdown[]): LatencyShares | null {
  const told = breakdowns.filter((breakdown) => breakdown !== null);
  if (told.length === 0) return null;
  const parts = Object.fromEntries(
    latencyParts.map((part) => [part, meanOf(told.map((breakdown) => breakdown.parts[part]))]),
  ) as Record<LatencyPart, number>;
  return { meanMs: meanOf(told.map(({ meanMs }) => meanMs)), parts };
}

/** USD per hour of simulated time after the warm-up; 0 for a run without any. */
function perHour(usd: number, { simulatedMs, windowStartMs }: RunResult): number {
  const hours = (simulatedMs - windowStartMs) / 3_600_000;
  return hours > 0 ? usd / hours : 0;
}

/** Over all seeds, each of which counts the same, as for the metrics. */
export function explainRuns(runs: readonly RunResult[]): RunExplanation {
  const parts = costKinds.flatMap((kind) => {
    if (!runs.some(({ explanation }) => explanation.cost.parts[kind] !== undefined)) return [];
    const usd = runs.map((run) => perHour(run.explanation.cost.parts[kind] ?? 0, run));
    return [{ kind, perHourUsd: meanOf(usd) }];
  });
  return {
    slowestShare: runs[0]?.explanation.latency.slowestShare ?? 0.01,
    slowest: meanShares(runs.map(({ explanation }) => explanation.latency.slowest)),
    all: meanShares(runs.map(({ explanation }) => explanation.latency.all)),
    cost: { perHourUsd: parts.reduce((sum, part) => sum + part.perHourUsd, 0), parts },
  };
}
