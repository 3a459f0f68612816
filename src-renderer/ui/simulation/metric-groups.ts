/** What the metrics of a run are about, in the order in which one asks: the first part of a metric's name decides. */
const groups = {
  response: [
    'latencyMs',
    'waitMs',
    'waitProbability',
    'coldStartProbability',
    'throughputPerSecond',
    'meanInSystem',
    'meanWaiting',
    'backlog',
  ],
  failures: [
    'errorRate',
    'errors',
    'lossProbability',
    'throttleProbability',
    'retries',
    'blastRadius',
    'oomKills',
    'restarts',
    'stateLostShare',
  ],
  machines: [
    'utilisation',
    'cpuCores',
    'throttledShare',
    'memoryUtilisation',
    'memoryMiB',
    'hosts',
    'nodes',
    'pods',
    'processes',
    'instances',
    'environments',
    'scaleOuts',
    'scaleIns',
    'imagePulls',
  ],
  cost: ['costPerHourUsd', 'costPerMillionUsd', 'billedGbSeconds'],
  deployment: ['deploy'],
} as const;

export type MetricGroup = keyof typeof groups;

/** Metrics (dotted names, of the whole) by what they are about; groups of nothing are left out, as is what has no group. */
export function groupMetrics(
  metrics: readonly string[],
): { readonly group: MetricGroup; readonly metrics: readonly string[] }[] {
  return Object.entries(groups)
    .map(([group, roots]: [string, readonly string[]]) => ({
      group: group as MetricGroup,
      metrics: roots.flatMap((root) => metrics.filter((metric) => metric.split('.')[0] === root)),
    }))
    .filter((found) => found.metrics.length > 0);
}
