import type { Kernel, PlatformSeries } from '../../platform.ts';
import { estateSeries } from '../../hosts/estate-metrics.ts';
import { estateSnapshot } from '../../hosts/estate-snapshot.ts';
import type { Estate } from '../../hosts/estate.ts';
import type { Instance } from '../../hosts/estate-parts.ts';
import type { GroupSnapshot, HostSnapshot, TopologySnapshot } from '../../topology.ts';
import type { Level } from '../../engine/level.ts';
import type { FleetSettings } from './fleet-settings.ts';
import type { VirtualMachine } from './virtual-machine.ts';

/** Requests that have neither a thread nor a core of their own now: in line, or beyond the cores of their VM. */
export function backlog(estate: Estate): number {
  let requests = 0;
  for (const { groups, cores } of estate.hosts) {
    for (const { instances } of groups) {
      const { onCpu, waiting } = instances[0] as Instance;
      requests += waiting + Math.max(0, onCpu - cores);
    }
  }
  return requests;
}

/** The series of the estate, with the utilisation over the cores in service. */
export function vmSeries(estate: Estate, coresInService: Level, kernel: Kernel): PlatformSeries {
  const series = estateSeries(estate);
  const there = estate.cores.series(kernel.nowMs);
  const inService = coresInService.series(kernel.nowMs);
  const utilisation = series.utilisation.map((share, i) => {
    const cores = inService[i] ?? 0;
    return cores > 0 ? Math.min(1, (share * (there[i] ?? 0)) / cores) : 0;
  });
  return { ...series, utilisation };
}

/** Where everything runs, with the VMs that are ordered, start, finish, or are lost. */
export function vmSnapshot(
  estate: Estate,
  vms: Iterable<VirtualMachine>,
  settingsOf: (vm: VirtualMachine) => FleetSettings,
): TopologySnapshot {
  const snapshot = estateSnapshot(estate, 'vm');
  const byId = new Map<string, VirtualMachine>();
  const unseen: HostSnapshot[] = [];
  for (const vm of vms) {
    if (vm.host !== null) byId.set(vm.id, vm);
    else if (vm.role !== 'pool') unseen.push(emptyHost(vm, settingsOf(vm)));
  }
  const hosts = snapshot.hosts.map((host): HostSnapshot => {
    const vm = byId.get(host.id);
    if (vm?.state === 'starting')
      return { ...host, state: 'starting', groups: host.groups.map(startingGroup) };
    if (vm?.state === 'draining' || vm?.role === 'old') return { ...host, state: 'draining' };
    if (vm?.role === 'standby') return { ...host, groups: host.groups.map(readyGroup) };
    return host;
  });
  return { ...snapshot, hosts: [...hosts, ...unseen] };
}

/** A VM that has not booted, or that is gone. */
function emptyHost({ id, state }: VirtualMachine, { vCpus, memoryMiB }: FleetSettings): HostSnapshot {
  return {
    id,
    state: state === 'lost' ? 'down' : 'starting',
    cores: vCpus,
    busyCores: 0,
    cpuUtilisation: 0,
    memoryMiB,
    memoryUsedMiB: 0,
    osMiB: 0,
    groups: [],
  };
}

const startingGroup = (group: GroupSnapshot): GroupSnapshot => ({ ...group, state: 'starting' });

/** It would answer, if it were asked. */
const readyGroup = (group: GroupSnapshot): GroupSnapshot =>
  group.state === 'draining' ? { ...group, state: 'running' } : group;
