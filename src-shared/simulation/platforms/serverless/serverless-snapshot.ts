import type { GroupSnapshot, HostSnapshot, TopologySnapshot } from '../../topology.ts';
import type { Cloud } from './cloud.ts';
import { environmentState } from './environments.ts';

/** Of the environments of a host the first so many are shown. */
const shownEnvironments = 64;

export function serverlessSnapshot(cloud: Cloud): TopologySnapshot {
  const { kernel, losses, environments, waiting } = cloud;
  const rowsByHost: number[][] = Array.from(losses, () => []);
  for (const row of cloud.rows()) rowsByHost[environments.host[row] as number]?.push(row);
  return {
    atMs: kernel.nowMs,
    waiting: waiting.value,
    hosts: rowsByHost.map((rows, host) => hostSnapshot(cloud, host, rows)),
    more: rowsByHost.reduce((more, rows) => more + Math.max(0, rows.length - shownEnvironments), 0),
    counters: { ...kernel.outcomes.counters },
  };
}

/** A host is as large as its environments together: what else runs there is the provider's business. */
function hostSnapshot(cloud: Cloud, host: number, rows: readonly number[]): HostSnapshot {
  const { environments } = cloud;
  const fnOf = (row: number) => cloud.versionOf(row).fn;
  const cores = rows.reduce((sum, row) => sum + fnOf(row).plan.vcpus, 0);
  const busyCores = rows.reduce((sum, row) => sum + coresOf(cloud, row), 0);
  const serialOf = (row: number): number => environments.serial[row] as number;
  return {
    id: `host-${host + 1}`,
    elastic: true,
    state: cloud.losses[host] === 0 ? 'up' : 'down',
    cores: Math.max(1, Math.ceil(cores)),
    busyCores,
    cpuUtilisation: cores > 0 ? busyCores / cores : 0,
    memoryMiB: rows.reduce((sum, row) => sum + fnOf(row).plan.memoryMiB, 0),
    memoryUsedMiB: rows.reduce((sum, row) => sum + fnOf(row).heapMiB + leakedMiB(cloud, row), 0),
    osMiB: 0,
    groups: [...rows]
      .sort((a, b) => serialOf(a) - serialOf(b))
      .slice(0, shownEnvironments)
      .map((row) => environmentSnapshot(cloud, row)),
  };
}

function environmentSnapshot(cloud: Cloud, row: number): GroupSnapshot {
  const { environments, kernel } = cloud;
  const version = cloud.versionOf(row);
  const { fn } = version;
  const busy = environments.state[row] === environmentState.busy;
  const starts =
    environments.state[row] === environmentState.starting ||
    (busy &&
      (environments.initMs[row] as number) > 0 &&
      kernel.nowMs < (environments.invokedMs[row] as number));
  const frozen = (environments.pausedUntilMs[row] as number) > kernel.nowMs;
  const id = `env-${environments.serial[row] as number}`;
  const cpuCores = coresOf(cloud, row);
  return {
    id,
    kind: 'environment',
    ...(starts && { startsBy: 'cold-start' as const }),
    ...(environments.provisioned[row] === 1 && { provisioned: true as const }),
    state: starts ? 'starting' : frozen ? 'paused' : 'running',
    memoryMiB: fn.heapMiB + leakedMiB(cloud, row),
    reservedMiB: fn.plan.memoryMiB,
    memoryLimitMiB: fn.plan.memoryMiB,
    leakedMiB: leakedMiB(cloud, row),
    cpuCores,
    cpuLimitCores: fn.plan.vcpus,
    // A function has the share of a core that comes with its memory.
    throttled: fn.plan.vcpus < 1 && cpuCores >= fn.plan.vcpus,
    processes: 1,
    processesRunning: starts ? 0 : 1,
    instances: [
      {
        id: `${id}:${fn.name}`,
        service: fn.name,
        state: starts ? 'starting' : 'running',
        busy: busy ? 1 : 0,
        waiting: 0,
        cpuCores,
        memoryMiB: fn.heapMiB,
        taken: environments.taken[row] as number,
        version: version.number,
        defective: version.bad !== null,
      },
    ],
  };
}

/** Cores that an environment uses: its share, or the one core that a single request can use, endless loops added. */
function coresOf(cloud: Cloud, row: number): number {
  const { environments, kernel } = cloud;
  const { fn } = cloud.versionOf(row);
  const { nowMs } = kernel;
  if (environments.state[row] !== environmentState.busy) return 0;
  if (nowMs < (environments.recordMs[row] as number) || nowMs < (environments.pausedUntilMs[row] as number))
    return 0;
  const request = nowMs < (environments.cpuEndMs[row] as number) ? 1 : 0;
  return Math.min(fn.plan.vcpus, request + fn.loops);
}

function leakedMiB({ environments, kernel }: Cloud, row: number): number {
  const leak = environments.leakMiBPerMs[row] as number;
  const leaked = environments.leakedMiB[row] as number;
  if (leak === 0 || environments.state[row] !== environmentState.busy) return leaked;
  return leaked + leak * Math.max(0, kernel.nowMs - (environments.recordMs[row] as number));
}
