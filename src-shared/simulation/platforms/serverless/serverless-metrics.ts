import { totalUsd } from '../../costs.ts';
import { commonMetrics, type MetricTree } from '../../metrics.ts';
import type { PlatformSeries } from '../../platform.ts';
import type { AliasDeployments } from './alias-deployments.ts';
import type { CallerMemory } from './caller-memory.ts';
import type { Cloud } from './cloud.ts';
import type { RunningFunction } from './running-function.ts';

export function serverlessMetrics(
  cloud: Cloud,
  deployments: AliasDeployments,
  callers: CallerMemory,
): MetricTree {
  const { kernel, functions, total } = cloud;
  const { nowMs } = kernel;
  const busyMean = sumOf(functions, (fn) => fn.busy.mean(nowMs));
  const environmentsMean = total.mean(nowMs);
  const count = (name: keyof RunningFunction['counts']): number => sumOf(functions, (fn) => fn.counts[name]);
  const share = 1 / functions.length;
  return {
    ...commonMetrics(kernel, {
      utilisation: environmentsMean > 0 ? busyMean / environmentsMean : null,
      memoryUtilisation: memoryUtilisation(cloud),
      meanWaiting: cloud.waiting.mean(nowMs),
      instances: total,
      costParts: cloud.bill.parts(),
      deploy: kernel.rollouts.metrics(deployments.expectedLeadSeconds(), share),
      // An environment is of one function.
      blastRadius: kernel.faultBook.blastRadius(share),
      services: functions.map((fn) => functionMetrics(cloud, callers, fn)),
    }),
    coldStartProbability: ratio(count('coldStarts'), count('invocations')),
    throttleProbability: ratio(count('throttled'), count('attempts')),
    environments: { mean: environmentsMean, max: total.maximum, busyMean },
    billedGbSeconds: sumOf(functions, (fn) => cloud.bill.billedGbSecondsOf(fn)),
    stateLostShare: callers.lostShare(),
  };
}

function functionMetrics(cloud: Cloud, callers: CallerMemory, fn: RunningFunction): MetricTree {
  const { kernel, bill } = cloud;
  const { nowMs, windowStartMs, outcomes } = kernel;
  const answers = outcomes.answersSince(windowStartMs, fn.index);
  const environments = fn.environments.mean(nowMs);
  const busyMean = fn.busy.mean(nowMs);
  return {
    coldStartProbability: ratio(fn.counts.coldStarts, fn.counts.invocations),
    throttleProbability: ratio(fn.counts.throttled, fn.counts.attempts),
    environments: { mean: environments, max: fn.environments.maximum, busyMean },
    utilisation: environments > 0 ? busyMean / environments : null,
    billedGbSeconds: bill.billedGbSecondsOf(fn),
    costPerMillionUsd: answers > 0 ? (totalUsd(bill.partsOf(fn)) / answers) * 1e6 : null,
    stateLostShare: callers.lostShare(fn.index),
  };
}

export function serverlessSeries(cloud: Cloud): PlatformSeries {
  const { nowMs } = cloud.kernel;
  const instances = cloud.total.series(nowMs);
  const busy = new Float64Array(instances.length);
  for (const fn of cloud.functions)
    fn.busy.series(nowMs).forEach((value, i) => (busy[i] = (busy[i] as number) + value));
  return {
    utilisation: instances.map((count, i) => (count > 0 ? (busy[i] as number) / count : 0)),
    waiting: cloud.waiting.series(nowMs),
    instances,
    // The hosts are the provider's: nobody is shown how busy they are.
    hosts: [],
  };
}

/** Share of the memory of all environments that heaps use. What leaks is left out: it ends with its environment. */
function memoryUtilisation({ functions, kernel }: Cloud): number | null {
  const { nowMs } = kernel;
  const held = sumOf(functions, (fn) => fn.environments.mean(nowMs) * fn.plan.memoryMiB);
  const used = sumOf(functions, (fn) => fn.environments.mean(nowMs) * fn.heapMiB);
  return held > 0 ? used / held : null;
}

function sumOf(functions: readonly RunningFunction[], of: (fn: RunningFunction) => number): number {
  return functions.reduce((sum, fn) => sum + of(fn), 0);
}

function ratio(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}
