import type { Estimate } from './engine/confidence.ts';
import type { NotableEvent } from './engine/notable-log.ts';
import type { CostParts } from './costs.ts';
import type { LatencyBreakdown, OutcomeSeries } from './engine/outcomes.ts';
import type { MetricTree } from './metrics.ts';
import type { PlatformSeries } from './platform.ts';

/** A run over time, for charts: at most 300 buckets of equal width, warm-up included. */
export interface RunSeries extends OutcomeSeries, PlatformSeries {
  readonly bucketMs: number;
  /** Start of every bucket. */
  readonly atMs: readonly number[];
}

/** Why a run came out as it did. */
export interface Explanation {
  readonly latency: {
    /** Which requests count as the slowest: this share of those that were answered. */
    readonly slowestShare: number;
    readonly slowest: LatencyBreakdown | null;
    readonly all: LatencyBreakdown | null;
  };
  /** USD after the warm-up; the parts sum to the total. */
  readonly cost: { readonly totalUsd: number; readonly parts: CostParts };
}

/** What came out of a run on one seed, or has so far. */
export interface RunResult {
  readonly seed: number;
  readonly events: number;
  readonly simulatedMs: number;
  /** End of the warm-up. */
  readonly windowStartMs: number;
  readonly finished: boolean;
  readonly metrics: MetricTree;
  readonly explanation: Explanation;
  /** Instance by host, where the platform places instances. */
  readonly placement?: Readonly<Record<string, string>>;
  readonly series: RunSeries;
  readonly log: readonly NotableEvent[];
  /** Notable events beyond those that the log holds. */
  readonly logDropped: number;
}

/** Over all seeds, by dotted name. A metric that some seed could not tell is left out. */
export type RunSummary = Readonly<Record<string, Estimate>>;
