import { totalUsd } from './costs.ts';
import type { Kernel, RunningPlatform } from './platform.ts';
import type { Explanation, RunResult, RunSeries } from './run-result.ts';

/** Requests that take longer than all but this share of the others are explained by themselves. */
const slowestShare = 0.01;

/** What a platform has come to by now in a run, and why. */
export function reportOn(
  platform: RunningPlatform,
  kernel: Kernel,
): Pick<RunResult, 'metrics' | 'explanation' | 'placement' | 'series' | 'log' | 'logDropped'> {
  const placement = platform.placement?.();
  return {
    metrics: platform.metrics(),
    explanation: explanationOf(platform, kernel),
    ...(placement && { placement }),
    series: seriesOf(platform, kernel),
    log: [...kernel.log.entries],
    logDropped: kernel.log.dropped,
  };
}

function explanationOf(platform: RunningPlatform, { outcomes }: Kernel): Explanation {
  const parts = platform.costParts();
  return {
    latency: { slowestShare, slowest: outcomes.breakdown(slowestShare), all: outcomes.breakdown(1) },
    cost: { totalUsd: totalUsd(parts), parts },
  };
}

function seriesOf(platform: RunningPlatform, { buckets, outcomes, nowMs }: Kernel): RunSeries {
  const count = buckets.bucketsUntil(nowMs);
  return {
    bucketMs: buckets.widthMs,
    atMs: Array.from({ length: count }, (_, i) => i * buckets.widthMs),
    ...outcomes.series(buckets.widthMs, count, nowMs),
    ...platform.series(),
  };
}
