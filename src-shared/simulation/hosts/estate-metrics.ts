import { answerMetrics, type MetricTree } from '../metrics.ts';
import type { PlatformSeries } from '../platform.ts';
import { cpuMsByService } from './cpu-meter.ts';
import type { Deployments } from './deployments.ts';
import type { Estate, Group } from './estate.ts';
import type { FaultInjector } from './faults.ts';

/** What a run on hosts has come to, after the warm-up. */
export function estateMetrics(estate: Estate, faults: FaultInjector, deployments: Deployments): MetricTree {
  const { kernel, plan, hosts } = estate;
  const { nowMs, windowStartMs, outcomes } = kernel;
  const windowMs = nowMs - windowStartMs;
  const answers = answerMetrics(outcomes, windowMs);
  const cores = hosts.length * plan.coresPerHost;
  const memoryMiB = hosts.length * plan.memoryMiBPerHost;
  const costPerHourUsd = hosts.length * plan.pricePerHostHourUsd;
  const servedPerHour = (answers.throughputPerSecond ?? 0) * 3600;
  const usedCpuMs = cpuMsByService(estate);
  const meanOf = (level: 'busyCores' | 'memoryMiB'): number =>
    hosts.reduce((sum, host) => sum + host[level].mean(nowMs), 0);
  return {
    ...answers,
    utilisation: meanOf('busyCores') / cores,
    memoryUtilisation: meanOf('memoryMiB') / memoryMiB,
    meanWaiting: estate.waiting.mean(nowMs),
    hosts: hosts.length,
    processes: estate.processes.length,
    instances: estate.instances.length,
    costPerHourUsd,
    costPerMillionUsd: servedPerHour > 0 ? (costPerHourUsd / servedPerHour) * 1e6 : null,
    deploy: { leadSeconds: deployments.leadSeconds(), restartedShare: deployments.restartedShare() },
    blastRadius: faults.blastRadius(),
    oomKills: estate.oomKills,
    restarts: estate.restarts,
    services: Object.fromEntries(
      estate.services.map(({ name }, service) => {
        const usedMs = (usedCpuMs[service] as number) - (estate.cpuMsBeforeWindow[service] as number);
        const usage = serviceUsage(estate, service, usedMs, windowMs);
        return [name, { ...answerMetrics(outcomes, windowMs, service), ...usage }];
      }),
    ),
  };
}

/**
 * What one service uses. From outside only processes can be seen: of services that share one, neither cores nor memory can
 * be told apart.
 */
function serviceUsage(estate: Estate, service: number, usedMs: number, windowMs: number): MetricTree {
  const groups = (estate.instancesOf[service] ?? []).map((instance) => instance.group);
  if (!groups.every((group) => isMetered(group)) || windowMs <= 0) return { cpuCores: null, memoryMiB: null };
  const { nowMs } = estate.kernel;
  return {
    cpuCores: usedMs / windowMs,
    memoryMiB: groups.reduce((sum, group) => sum + group.memoryMiB.mean(nowMs), 0),
  };
}

/** Whether all that the group uses is one instance's use. */
export function isMetered(group: Group): boolean {
  return group.plan.services.length === 1;
}

export function estateSeries(estate: Estate): PlatformSeries {
  const { kernel, plan, hosts } = estate;
  const { nowMs } = kernel;
  const hostSeries = hosts.map((host) => ({
    id: host.id,
    cpuUtilisation: host.busyCores.series(nowMs).map((busy) => busy / plan.coresPerHost),
    memoryUsedMiB: host.memoryMiB.series(nowMs),
  }));
  const waiting = estate.waiting.series(nowMs);
  return {
    utilisation: waiting.map(
      (_, i) => hostSeries.reduce((sum, host) => sum + (host.cpuUtilisation[i] ?? 0), 0) / hosts.length,
    ),
    waiting,
    hosts: hostSeries,
  };
}
