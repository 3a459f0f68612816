import type { GroupSnapshot, GroupState, InstanceSnapshot, TopologySnapshot } from '../topology.ts';
import type { Estate } from './estate.ts';
import type { Group, Instance } from './estate-parts.ts';
import { isMetered } from './estate-metrics.ts';

/** Of many hosts the first so many are shown. */
const shownHosts = 100;

/**
 * Where everything runs at this moment, and how busy it is.
 *
 * @param kind what a group is called that holds one instance
 */
export function estateSnapshot(estate: Estate, kind: GroupSnapshot['kind']): TopologySnapshot {
  const { kernel, hosts } = estate;
  return {
    atMs: kernel.nowMs,
    waiting: estate.waiting.value,
    hosts: hosts.slice(0, shownHosts).map((host) => ({
      id: host.id,
      state: host.up ? 'up' : 'down',
      cores: host.cores,
      busyCores: host.pool.busyCores,
      cpuUtilisation: host.busyCores.recentMean(kernel.nowMs) / host.cores,
      memoryMiB: host.memoryLimitMiB,
      memoryUsedMiB: host.memoryMiB.value,
      osMiB: host.up ? host.osMemoryMiB : 0,
      groups: host.groups.map((group) => groupSnapshot(estate, group, kind)),
    })),
    ...(hosts.length > shownHosts && { more: hosts.length - shownHosts }),
    counters: { ...kernel.outcomes.counters },
  };
}

function groupSnapshot(estate: Estate, group: Group, kind: GroupSnapshot['kind']): GroupSnapshot {
  const running = group.processes.filter((process) => process.state === 'running');
  const instances = group.instances.map((instance) => instanceSnapshot(estate, instance));
  const { host, plan } = group;
  const limitCores = plan.cpuLimitCores ?? plan.cpuQuotaCores ?? null;
  return {
    id: group.id,
    kind: group.processes.length === 1 && isMetered(group) ? kind : 'process-group',
    state: groupState(group),
    memoryMiB: group.memoryMiB.value,
    reservedMiB: group.processes.reduce((sum, { baseMiB }) => sum + baseMiB, 0),
    memoryLimitMiB: plan.memoryLimitMiB,
    leakedMiB: group.processes.reduce((sum, process) => sum + process.leakedMiB, 0),
    cpuCores: instances.reduce((sum, instance) => sum + instance.cpuCores, 0),
    cpuLimitCores: limitCores,
    throttled: limitCores !== null && group.processes.some(({ cpuClass }) => host.pool.isHeldBack(cpuClass)),
    processes: group.processes.length,
    processesRunning: running.length,
    instances,
  };
}

/** The state of a group is that of its first process, unless something is being done to the whole of it. */
function groupState(group: Group): GroupState {
  if (!group.accepting) return 'draining';
  const first = group.processes.find((process) => process.state === 'running') ?? group.processes[0];
  if (first === undefined) return 'killed';
  return first.pausedUntilMs > 0 ? 'paused' : first.state;
}

function instanceSnapshot({ services }: Estate, instance: Instance): InstanceSnapshot {
  const { group } = instance;
  const { pool } = group.host;
  const running = group.processes.some((process) => process.state === 'running');
  const starting = group.processes.some(({ state }) => state === 'starting' || state === 'restarting');
  // All processes of a group are in alike classes; the busiest decides little, so the first stands for all.
  const rate = pool.rateOf(group.processes[0]?.cpuClass ?? 0);
  const spinning = group.processes.reduce((sum, process) => {
    const isOurs =
      process.spinningService === instance.service &&
      group.instances.find(({ service }) => service === instance.service) === instance;
    return isOurs ? sum + process.spinning * pool.rateOf(process.cpuClass) : sum;
  }, 0);
  return {
    id: instance.id,
    service: services[instance.service]?.name ?? null,
    state: running ? (instance.available ? 'running' : 'starting') : starting ? 'starting' : 'stopped',
    busy: instance.inFlight - instance.waiting,
    waiting: instance.waiting,
    cpuCores: instance.onCpu * rate + spinning,
    memoryMiB: isMetered(group) ? group.memoryMiB.value : null,
    taken: instance.taken,
    version: instance.version,
    defective: instance.defect !== null,
  };
}
