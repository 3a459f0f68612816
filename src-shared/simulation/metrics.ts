import type { ErrorKind, Outcomes } from './engine/outcomes.ts';
import type { LatencySummary } from './engine/percentiles.ts';

/** Metrics as they are printed: nested by name. null is a number that cannot be told, such as the mean of nothing. */
export interface MetricTree {
  readonly [name: string]: MetricTree | number | null;
}

/** The same with dotted names, as goals use them. What cannot be told is left out. */
export function flattenMetrics(metrics: MetricTree): Record<string, number> {
  const flat: Record<string, number> = {};
  const walk = (tree: MetricTree, prefix: string): void => {
    for (const [name, value] of Object.entries(tree)) {
      if (typeof value === 'number') flat[prefix + name] = value;
      else if (value !== null) walk(value, `${prefix}${name}.`);
    }
  };
  walk(metrics, '');
  return flat;
}

export interface AnswerMetrics extends MetricTree {
  readonly latencyMs: { readonly [name in keyof LatencySummary]: number | null };
  readonly throughputPerSecond: number | null;
  /** Share of the arrivals that were not answered in time, 0 to 1. */
  readonly errorRate: number | null;
  readonly errors: Readonly<Record<ErrorKind, number>>;
}

/** Latency and errors, of one service or of all; the same on every platform. */
export function answerMetrics(outcomes: Outcomes, windowMs: number, service?: number): AnswerMetrics {
  const { arrived, errors } = outcomes.tally(service);
  const served = outcomes.latencies(service).length;
  const failed = Object.values(errors).reduce((sum, count) => sum + count, 0);
  return {
    latencyMs: { ...outcomes.latencySummary(service) },
    throughputPerSecond: windowMs > 0 ? (served / windowMs) * 1000 : null,
    errorRate: arrived > 0 ? failed / arrived : null,
    errors: { ...errors },
  };
}
