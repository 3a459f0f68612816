import type { MetricTree } from '../metrics.ts';
import type { PlatformSeries } from '../platform.ts';
import { cpuMsByService } from './cpu-meter.ts';
import type { Estate } from './estate.ts';
import type { Group } from './estate-parts.ts';

/** Of many hosts the first so many have series of their own. */
const hostsWithSeries = 100;

/** Share of the cores in use after the warm-up, 0 to 1. */
export function busyShare({ everyHost, past, cores, kernel }: Estate): number {
  const before = past.busyCores.mean(kernel.nowMs);
  const busy = everyHost.reduce((sum, host) => sum + host.busyCores.mean(kernel.nowMs), before);
  const there = cores.mean(kernel.nowMs);
  return there > 0 ? busy / there : 0;
}

/** Share of the memory in use after the warm-up, 0 to 1. */
export function memoryShare({ everyHost, past, memoryLimitMiB, kernel }: Estate): number {
  const before = past.memoryMiB.mean(kernel.nowMs);
  const used = everyHost.reduce((sum, host) => sum + host.memoryMiB.mean(kernel.nowMs), before);
  const there = memoryLimitMiB.mean(kernel.nowMs);
  return there > 0 ? used / there : 0;
}

/** The share of the services that the crash of one process would hit, at worst, 0 to 1. */
export function crashRadius({ groups, services }: Estate): number {
  const counts = groups.map((group) => new Set(group.plan.services).size);
  return Math.max(0, ...counts) / services.length;
}

/**
 * What each service uses. From outside only processes can be seen: of services that share one, neither cores nor memory can
 * be told apart.
 */
export function serviceUsage(estate: Estate): MetricTree[] {
  const { nowMs, windowStartMs } = estate.kernel;
  const windowMs = nowMs - windowStartMs;
  const usedMs = cpuMsByService(estate);
  const shared = new Set<number>();
  const memoryMiB = Float64Array.from(estate.past.memoryOfService, (level) => level.mean(nowMs));
  for (const group of estate.everyGroup) {
    for (const service of group.plan.services) {
      if (!isMetered(group)) shared.add(service);
      else memoryMiB[service] = (memoryMiB[service] as number) + group.memoryMiB.mean(nowMs);
    }
  }
  return estate.services.map((_, service) => {
    if (shared.has(service) || windowMs <= 0) return { cpuCores: null, memoryMiB: null };
    const coreMs = (usedMs[service] as number) - (estate.cpuMsBeforeWindow[service] as number);
    // Of sums that should be equal rounding may make the later one the smaller.
    return { cpuCores: Math.max(0, coreMs) / windowMs, memoryMiB: memoryMiB[service] as number };
  });
}

/** Whether all that the group uses is one instance's use. */
export function isMetered(group: Group): boolean {
  return group.plan.services.length === 1;
}

export function estateSeries(estate: Estate): PlatformSeries {
  const { kernel, everyHost, cores } = estate;
  const { nowMs } = kernel;
  const waiting = estate.waiting.series(nowMs);
  const there = cores.series(nowMs);
  const busy = Float64Array.from(estate.past.busyCores.series(nowMs));
  const hosts = everyHost.map((host) => {
    const busyCores = host.busyCores.series(nowMs);
    busyCores.forEach((used, i) => (busy[i] = (busy[i] as number) + used));
    return {
      id: host.id,
      cpuUtilisation: busyCores.map((used) => used / host.cores),
      memoryUsedMiB: host.memoryMiB.series(nowMs),
    };
  });
  return {
    utilisation: there.map((count, i) => (count > 0 ? (busy[i] as number) / count : 0)),
    waiting,
    instances: estate.ready.series(nowMs),
    hosts: hosts.slice(0, hostsWithSeries),
  };
}
