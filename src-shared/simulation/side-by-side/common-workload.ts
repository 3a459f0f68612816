import { z } from 'zod';
import { field } from '../field.ts';
import type { Fault } from '../faults/fault-schema.ts';
import { maxServices } from '../workload/service.ts';

/** One workload that every pattern gets, in a few numbers: so many services alike, each with the same requests. */
export const commonWorkloadSchema = z.strictObject({
  perSecond: field(z.number().min(0.001).max(200).default(10), {
    en: 'Requests to each service',
    'zh-CN': '每个服务的请求率',
    unit: '1/s',
  }),
  burstiness: field(z.number().min(1).max(20).default(1), {
    en: 'Peak over mean',
    'zh-CN': '峰均比',
    unit: '1',
  }),
  services: field(z.int().min(1).max(Math.min(40, maxServices)).default(6), {
    en: 'Services',
    'zh-CN': '服务数',
    unit: '1',
  }),
  cpuMs: field(z.number().min(0.1).max(5000).default(20), {
    en: 'CPU time of a request',
    'zh-CN': '每个请求的 CPU 时间',
    unit: 'ms',
  }),
  cpuCv: field(z.number().min(0).max(5).default(1), {
    en: 'How much that differs (coefficient of variation)',
    'zh-CN': 'CPU 时间的变异系数',
    unit: '1',
  }),
  ioMs: field(z.number().min(0).max(5000).default(20), {
    en: 'Wait for others (I/O)',
    'zh-CN': '等待依赖（I/O）的时间',
    unit: 'ms',
  }),
  heapMiB: field(z.number().min(16).max(8192).default(256), {
    en: 'Heap of an instance',
    'zh-CN': '每个实例的堆内存',
    unit: 'MiB',
  }),
  goalP99Ms: field(z.number().min(1).max(60_000).default(500), {
    en: 'Goal: 99th percentile at most',
    'zh-CN': '目标：99 分位响应时间不超过',
    unit: 'ms',
  }),
  redundant: field(z.boolean().default(true), {
    en: 'At least two of each, so that one can be lost',
    'zh-CN': '每种至少两份，允许损失一份',
  }),
});
export type CommonWorkload = z.infer<typeof commonWorkloadSchema>;

/** Mean length of a burst. */
const burstSeconds = 5;
/** Closer to a steady rate than this is one. */
const leastBurstiness = 1.05;

/** How much is simulated: of each seed, at least so many requests and so many bursts, within a limit. */
export interface Effort {
  readonly seeds: readonly number[];
  readonly requests: number;
  readonly bursts: number;
  readonly mostRequests: number;
  /** The warm-up, and what is watched after it, are at least so long: functions have started and lines have formed by then. */
  readonly leastSeconds: number;
}

/** For numbers that are read one by one. */
export const fullEffort: Effort = {
  seeds: [1, 2, 3],
  requests: 12_000,
  bursts: 30,
  mostRequests: 60_000,
  leastSeconds: 20,
};
/** For one of many cells of a map. */
export const mapEffort: Effort = {
  seeds: [1],
  requests: 1500,
  bursts: 10,
  mostRequests: 4000,
  leastSeconds: 10,
};

const warmupShare = 0.1;
/** Two months: of the rarest requests not so many come. */
const longestSeconds = 5_000_000;
/** A run may have a million changes of its rate, of which each burst is two; this leaves room for chance and for the warm-up. */
const mostBursts = 400_000;

/** Seconds that are watched. */
function windowOf({ perSecond, services, burstiness }: CommonWorkload, effort: Effort): number {
  const rate = perSecond * services;
  const isBursty = burstiness >= leastBurstiness;
  const cycleSeconds = burstSeconds * burstiness;
  const bursts = isBursty ? effort.bursts * cycleSeconds : 0;
  return Math.min(
    longestSeconds,
    isBursty ? mostBursts * cycleSeconds : Infinity,
    Math.max(
      effort.leastSeconds,
      Math.min(Math.max(effort.requests / rate, bursts), effort.mostRequests / rate),
    ),
  );
}

/** The name of the first service, in which faults happen and which is deployed. */
export function firstService({ services }: CommonWorkload): string {
  return services === 1 ? 'service' : 'service-1';
}

/** The services that share a platform with the first. */
export function otherServices({ services }: CommonWorkload): string[] {
  return Array.from({ length: services - 1 }, (_, i) => `service-${i + 2}`);
}

/** A simulation file, not yet checked, of the workload on a platform. */
export function fileOf(
  workload: CommonWorkload,
  platform: object,
  effort: Effort,
  faults: readonly Fault[] = [],
): object {
  const warmupSeconds = warmupOf(workload, effort);
  return {
    platform,
    workload: { services: [serviceOf(workload, arrivalsOf(workload))] },
    faults,
    run: { horizonSeconds: warmupSeconds + windowOf(workload, effort), warmupSeconds, seeds: effort.seeds },
  };
}

/** The moment in seconds at which what is watched begins. */
export function warmupOf(workload: CommonWorkload, effort: Effort): number {
  return Math.max(effort.leastSeconds, windowOf(workload, effort) * warmupShare);
}

/** A file of one deployment of the first service, with few requests: a deployment takes as long without them. */
export function deploymentFileOf(workload: CommonWorkload, platform: object): object {
  return {
    platform,
    workload: { services: [serviceOf(workload, { kind: 'poisson', perSecond: 0.02 })] },
    deployments: [{ service: firstService(workload), atSeconds: 10 }],
    run: { horizonSeconds: 10_800, seeds: [1] },
  };
}

function arrivalsOf({ perSecond, burstiness }: CommonWorkload): object {
  if (burstiness < leastBurstiness) return { kind: 'poisson', perSecond };
  return {
    kind: 'bursts',
    perSecond: perSecond * burstiness,
    onSeconds: burstSeconds,
    offSeconds: burstSeconds * (burstiness - 1),
  };
}

function serviceOf({ services, cpuMs, cpuCv, ioMs, heapMiB }: CommonWorkload, arrivals: object): object {
  return {
    name: 'service',
    count: services,
    arrivals,
    cpu: { kind: 'lognormal', meanMs: cpuMs, cv: cpuCv },
    ...(ioMs > 0 && { ioMs: { kind: 'exponential', meanMs: ioMs } }),
    memoryMiB: heapMiB,
  };
}
