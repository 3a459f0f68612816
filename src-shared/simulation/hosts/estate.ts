import { IntQueue } from '../engine/columns.ts';
import { Level } from '../engine/level.ts';
import { firstPlatformEvent, type Kernel } from '../platform.ts';
import type { Service } from '../workload/service.ts';
import { type CpuClass, CpuPool } from './cpu-pool.ts';
import type { EstatePlan, GroupPlan } from './plan.ts';

/** Kinds of events on an estate, each with what its subject is. */
export const event = {
  /** host */ cpuDone: firstPlatformEvent,
  /** request */ ioDone: firstPlatformEvent + 1,
  /** process */ processRestarts: firstPlatformEvent + 2,
  /** process */ processStarted: firstPlatformEvent + 3,
  /** fault */ faultStarts: firstPlatformEvent + 4,
  /** fault */ faultEnds: firstPlatformEvent + 5,
  /** fault */ leakGrows: firstPlatformEvent + 6,
  /** deployment */ deployStarts: firstPlatformEvent + 7,
  /** step */ artefactCopied: firstPlatformEvent + 8,
  /** step */ drainOver: firstPlatformEvent + 9,
  /** step */ instanceStarted: firstPlatformEvent + 10,
} as const;

/** The weight of a scheduling class that is given none. Source: Linux kernel, cgroup v1 cpu.shares. */
const defaultWeight = 1024;

export type ProcessState = 'running' | 'starting' | 'killed' | 'restarting';

export interface Host {
  readonly index: number;
  readonly id: string;
  readonly pool: CpuPool;
  readonly groups: Group[];
  readonly busyCores: Level;
  readonly memoryMiB: Level;
  up: boolean;
}

/** What is started and stopped together: one process, a parent with its children, or a server that holds many instances. */
export interface Group {
  readonly index: number;
  readonly id: string;
  readonly host: Host;
  readonly instances: Instance[];
  readonly processes: Process[];
  readonly plan: GroupPlan;
  readonly startMs: number;
  readonly memoryMiB: Level;
  inFlight: number;
  /** False while it finishes its last requests before it is stopped. */
  accepting: boolean;
}

export interface Instance {
  readonly index: number;
  readonly id: string;
  readonly service: number;
  readonly group: Group;
  /** False while a new version of this one instance starts within a group that goes on. */
  available: boolean;
  inFlight: number;
  waiting: number;
  onCpu: number;
}

export interface Process {
  readonly index: number;
  readonly id: string;
  readonly group: Group;
  /** Its scheduling class in the pool of its host. */
  readonly cpuClass: number;
  /** Memory after a start. */
  readonly baseMiB: number;
  readonly memoryLimitMiB: number;
  state: ProcessState;
  leakedMiB: number;
  /** Requests that hold a thread. */
  active: number;
  readonly line: IntQueue;
  /** Endless loops, which service's they are, and what a thread of the class had attained when they began. */
  spinning: number;
  spinningSince: number;
  spinningService: number;
  pausedUntilMs: number;
  /** Handle of the event of its next state, or -1. */
  timer: number;
}

/** Hosts, groups, processes and instances of a run, and the levels that are measured on them. */
export interface Estate {
  readonly kernel: Kernel;
  readonly plan: EstatePlan;
  readonly services: readonly Service[];
  readonly hosts: readonly Host[];
  readonly groups: readonly Group[];
  readonly processes: readonly Process[];
  readonly instances: readonly Instance[];
  /** The instances of every service. */
  readonly instancesOf: readonly (readonly Instance[])[];
  readonly waiting: Level;
  /** Core-milliseconds of each service, by requests and endless loops that have ended. */
  readonly cpuMsBooked: Float64Array;
  /** Core-milliseconds that each service had used when the warm-up ended. */
  cpuMsBeforeWindow: Float64Array;
  oomKills: number;
  restarts: number;
}

/** Builds what a plan says, all of it up and running. */
export function buildEstate(
  kernel: Kernel,
  plan: EstatePlan,
  services: readonly Service[],
  pausable: boolean,
): Estate {
  const groups: Group[] = [];
  const processes: Process[] = [];
  const instances: Instance[] = [];
  const instancesOf: Instance[][] = services.map(() => []);

  const hosts = plan.hosts.map(({ groups: groupPlans }, hostIndex): Host => {
    const id = `host-${hostIndex + 1}`;
    const classes = cpuClasses(plan, groupPlans, pausable);
    const host: Host = {
      index: hostIndex,
      id,
      pool: new CpuPool(kernel, plan.coresPerHost, classes, event.cpuDone, hostIndex),
      groups: [],
      busyCores: new Level(kernel.buckets),
      memoryMiB: new Level(kernel.buckets),
      up: true,
    };
    let processesOnHost = 0;
    for (const groupPlan of groupPlans) {
      const group = buildGroup(kernel, services, host, groups.length, groupPlan);
      host.groups.push(group);
      groups.push(group);
      for (const service of groupPlan.services) {
        const siblings = instancesOf[service] as Instance[];
        const instance: Instance = {
          index: instances.length,
          id: `${(services[service] as Service).name}/${siblings.length + 1}`,
          service,
          group,
          available: true,
          inFlight: 0,
          waiting: 0,
          onCpu: 0,
        };
        siblings.push(instance);
        group.instances.push(instance);
        instances.push(instance);
      }
      for (let i = 0; i < groupPlan.processes; i++) {
        const cpuClass = classes.length === 1 ? 0 : processesOnHost++;
        const process = buildProcess(plan, services, group, processes.length, i, cpuClass);
        group.processes.push(process);
        processes.push(process);
      }
    }
    return host;
  });
  return {
    kernel,
    plan,
    services,
    hosts,
    groups,
    processes,
    instances,
    instancesOf,
    waiting: new Level(kernel.buckets),
    cpuMsBooked: new Float64Array(services.length),
    cpuMsBeforeWindow: new Float64Array(services.length),
    oomKills: 0,
    restarts: 0,
  };
}

/** One class for all where nothing tells processes apart, which is fastest; otherwise one for each. */
function cpuClasses(plan: EstatePlan, groups: readonly GroupPlan[], pausable: boolean): CpuClass[] {
  const limited = groups.some((group) => group.cpuLimitCores !== null);
  if (!plan.weighted && !limited && !pausable && plan.coresPerProcess === Infinity) {
    return [{ weight: null, maxCores: Infinity }];
  }
  return groups.flatMap((group) => {
    const limit = (group.cpuLimitCores ?? Infinity) / group.processes;
    const cpuClass: CpuClass = {
      weight: plan.weighted ? (group.weight ?? defaultWeight) / group.processes : null,
      maxCores: Math.min(limit, plan.coresPerProcess),
    };
    return Array.from({ length: group.processes }, () => cpuClass);
  });
}

function buildGroup(
  kernel: Kernel,
  services: readonly Service[],
  host: Host,
  index: number,
  plan: GroupPlan,
): Group {
  const seconds = plan.services.reduce(
    (sum, service) => sum + (services[service] as Service).startSeconds,
    0,
  );
  return {
    index,
    id: `${host.id}/group-${host.groups.length + 1}`,
    host,
    instances: [],
    processes: [],
    plan,
    // Servers such as Tomcat start the applications in them one after another (startStopThreads is 1 by default).
    startMs: seconds * 1000,
    memoryMiB: new Level(kernel.buckets),
    inFlight: 0,
    accepting: true,
  };
}

function buildProcess(
  plan: EstatePlan,
  services: readonly Service[],
  group: Group,
  index: number,
  indexInGroup: number,
  cpuClass: number,
): Process {
  const heapMiB = group.plan.services.reduce(
    (sum, service) => sum + (services[service] as Service).memoryMiB,
    0,
  );
  return {
    index,
    id: `${group.id}/process-${indexInGroup + 1}`,
    group,
    cpuClass,
    baseMiB: plan.runtimeOverheadMiB + heapMiB,
    memoryLimitMiB: (group.plan.memoryLimitMiB ?? Infinity) / group.plan.processes,
    state: 'running',
    leakedMiB: 0,
    active: 0,
    line: new IntQueue(),
    spinning: 0,
    spinningSince: 0,
    spinningService: 0,
    pausedUntilMs: 0,
    timer: -1,
  };
}
