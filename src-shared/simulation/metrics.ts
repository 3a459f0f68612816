import { type CostParts, totalUsd } from './costs.ts';
import type { DeployMetrics } from './deployments/rollouts.ts';
import type { Level } from './engine/level.ts';
import type { ErrorKind } from './engine/outcomes.ts';
import type { LatencySummary } from './engine/percentiles.ts';
import type { Kernel } from './platform.ts';

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
  /** Answers after the warm-up, over that time, whenever their requests came. */
  readonly throughputPerSecond: number | null;
  /** Share of the arrivals that were not answered in time, 0 to 1. */
  readonly errorRate: number | null;
  readonly errors: Readonly<Record<ErrorKind, number>>;
  /** Attempts after the first. */
  readonly retries: number;
}

/** Over less time than this nothing can be said of what comes in an hour or a second. */
const leastWindowMs = 1e-6;

/** Latency and errors, of one service or of all; the same on every platform. */
function answerMetrics({ outcomes, windowStartMs, nowMs }: Kernel, service?: number): AnswerMetrics {
  const windowMs = nowMs - windowStartMs;
  const { arrived, errors, retries } = outcomes.tally(service);
  // Of whoever came in the warm-up too: behind a long line they are the most of those that are answered after it.
  const answers = outcomes.answersSince(windowStartMs, service);
  const failed = Object.values(errors).reduce((sum, count) => sum + count, 0);
  return {
    latencyMs: { ...outcomes.latencySummary(service) },
    throughputPerSecond: windowMs > leastWindowMs ? (answers / windowMs) * 1000 : null,
    errorRate: arrived > 0 ? failed / arrived : null,
    errors: { ...errors },
    retries,
  };
}

/** What only the platform knows of the metrics that all of them report. */
export interface PlatformFigures {
  /** Share of the cores in use, 0 to 1; of environments on a platform without visible cores. */
  readonly utilisation: number | null;
  readonly memoryUtilisation: number | null;
  /** Requests that wait for a place to be worked on, on average. */
  readonly meanWaiting: number;
  /** Instances that can answer. */
  readonly instances: Level;
  readonly costParts: CostParts;
  readonly deploy: DeployMetrics;
  readonly blastRadius: number;
  /** More of each service, in the order of the services. */
  readonly services?: readonly MetricTree[];
}

/** What every platform reports under the same names, so that any two can be compared. */
export function commonMetrics(kernel: Kernel, figures: PlatformFigures) {
  const { nowMs, windowStartMs, services } = kernel;
  const windowMs = nowMs - windowStartMs;
  const answers = answerMetrics(kernel);
  const costPerHourUsd =
    windowMs > leastWindowMs ? totalUsd(figures.costParts) / (windowMs / 3_600_000) : null;
  const servedPerHour = (answers.throughputPerSecond ?? 0) * 3600;
  return {
    ...answers,
    utilisation: figures.utilisation,
    memoryUtilisation: figures.memoryUtilisation,
    meanWaiting: figures.meanWaiting,
    instances: { mean: figures.instances.mean(nowMs), max: figures.instances.maximum },
    costPerHourUsd,
    costPerMillionUsd:
      servedPerHour > 0 && costPerHourUsd !== null ? (costPerHourUsd / servedPerHour) * 1e6 : null,
    deploy: { ...figures.deploy },
    blastRadius: figures.blastRadius,
    services: Object.fromEntries(
      services.map(({ name }, service): [string, MetricTree] => [
        name,
        { ...answerMetrics(kernel, service), ...figures.services?.[service] },
      ]),
    ),
  } satisfies MetricTree;
}
