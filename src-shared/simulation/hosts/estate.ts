import { cpuShares } from '../catalogue/linux.ts';
import { IntQueue } from '../engine/columns.ts';
import { Level } from '../engine/level.ts';
import type { Kernel } from '../platform.ts';
import type { Service } from '../workload/service.ts';
import { canAnswer } from './balancer.ts';
import { cfsPeriodMs } from './cfs-throttling.ts';
import { type CpuClass, CpuPool } from './cpu-pool.ts';
import { Past } from './past.ts';
import { event, type Group, type Host, type Instance, type Process } from './estate-parts.ts';
import type { EstatePolicy, GroupPlan, HostPlan } from './plan.ts';

/** So many hosts keep what they are measured by when they are gone; of later ones only sums are kept. */
const rememberedHosts = 100;

/** Hosts, groups, processes and instances of a run, and the levels that are measured on them. */
export class Estate {
  readonly kernel: Kernel;
  readonly policy: EstatePolicy;
  readonly services: readonly Service[];
  /** Those that are there now. */
  readonly hosts: Host[] = [];
  readonly groups: Group[] = [];
  /** By index: those that are there, and those that are gone until another takes their place. */
  readonly everyHost: Host[] = [];
  readonly everyGroup: Group[] = [];
  readonly processes: Process[] = [];
  readonly instances: Instance[] = [];
  /** The instances of every service that are there now. */
  readonly instancesOf: readonly Instance[][];
  /** Of hosts and groups that are gone and whose place may be taken. */
  readonly past: Past;
  readonly waiting: Level;
  /** Instances that can answer. */
  readonly ready: Level;
  readonly cores: Level;
  readonly memoryLimitMiB: Level;
  /** Core-milliseconds of each service, by requests and endless loops that have ended. */
  readonly cpuMsBooked: Float64Array;
  /** Core-milliseconds that each service had used when the warm-up ended. */
  cpuMsBeforeWindow: Float64Array;
  oomKills = 0;
  restarts = 0;
  /** Called whenever other instances than before may be able to answer, with their group where it is only one. */
  whenReadinessChanges: (group?: Group) => void = () => undefined;
  private readonly named: Int32Array;
  private readonly freeHosts: number[] = [];
  private readonly freeGroups: number[] = [];
  private readonly freeProcesses: number[] = [];
  private readonly freeInstances: number[] = [];
  private hostsMade = 0;

  constructor(kernel: Kernel, policy: EstatePolicy) {
    const { buckets, services } = kernel;
    this.kernel = kernel;
    this.policy = policy;
    this.services = services;
    this.instancesOf = services.map(() => []);
    this.past = new Past(kernel);
    this.waiting = new Level(buckets);
    this.ready = new Level(buckets);
    this.cores = new Level(buckets);
    this.memoryLimitMiB = new Level(buckets);
    this.cpuMsBooked = new Float64Array(services.length);
    this.cpuMsBeforeWindow = new Float64Array(services.length);
    this.named = new Int32Array(services.length);
  }

  /** Adds a host that is up and empty. */
  addHost(plan: HostPlan): Host {
    const { kernel, everyHost } = this;
    const index = this.freeHosts.pop() ?? everyHost.length;
    const number = (this.hostsMade += 1);
    const classes = this.policy.classPerProcess ? [] : [this.classFor(null)];
    const host: Host = {
      index,
      id: plan.id ?? `host-${number}`,
      zone: plan.zone,
      cores: plan.cores,
      memoryLimitMiB: plan.memoryMiB,
      osMemoryMiB: plan.osMemoryMiB,
      pool: new CpuPool(kernel, plan.cores, classes, event.cpuDone, index),
      groups: [],
      groupsMade: 0,
      busyCores: newLevel(kernel),
      memoryMiB: newLevel(kernel),
      up: true,
    };
    host.memoryMiB.set(plan.osMemoryMiB, kernel.nowMs);
    this.hosts.push(host);
    const gone = everyHost[index];
    if (gone !== undefined) this.past.takePlace(gone);
    everyHost[index] = host;
    this.capacityChanged();
    return host;
  }

  /** Takes a host out. Its groups must have been taken out before. */
  removeHost(host: Host): void {
    const { nowMs } = this.kernel;
    if (host.groups.length > 0) throw new Error(`${host.id} still has groups`);
    host.up = false;
    host.busyCores.set(0, nowMs);
    host.memoryMiB.set(0, nowMs);
    this.hosts.splice(this.hosts.indexOf(host), 1);
    if (host.index >= rememberedHosts) {
      this.past.takeHost(host);
      this.freeHosts.push(host.index);
    }
    this.capacityChanged();
  }

  /** Adds a group, with its processes in the state `killed`: `Lifecycle` starts them. */
  addGroup(host: Host, plan: GroupPlan): Group {
    const { kernel, everyGroup } = this;
    const seconds =
      plan.startSeconds ??
      plan.services.reduce((sum, service) => sum + (this.services[service] as Service).startSeconds, 0);
    const group: Group = {
      index: this.freeGroups.pop() ?? everyGroup.length,
      id: plan.id ?? `${host.id}/group-${(host.groupsMade += 1)}`,
      host,
      instances: [],
      processes: [],
      plan,
      // Servers such as Tomcat start the applications in them one after another (startStopThreads is 1 by default).
      startMs: seconds * 1000,
      memoryMiB: newLevel(kernel),
      inFlight: 0,
      accepting: true,
      running: 0,
      ready: 0,
      goneUnnoticed: false,
      whenDrained: null,
      drainTimer: -1,
      removed: false,
    };
    for (const service of plan.services) this.addInstance(group, service);
    for (let i = 0; i < plan.processes; i++) this.addProcess(group, i);
    host.groups.push(group);
    this.groups.push(group);
    everyGroup[group.index] = group;
    return group;
  }

  /** Takes out a group whose processes have ended. */
  removeGroup(group: Group): void {
    const { host } = group;
    group.removed = true;
    for (const instance of group.instances) {
      const siblings = this.instancesOf[instance.service] as Instance[];
      siblings.splice(siblings.indexOf(instance), 1);
    }
    if (this.policy.classPerProcess) {
      for (const { cpuClass } of group.processes) host.pool.removeClass(cpuClass);
    }
    host.groups.splice(host.groups.indexOf(group), 1);
    this.groups.splice(this.groups.indexOf(group), 1);
    this.readinessChanged(group);
    // Services that share a process cannot be told apart; that they shared one must be known to the end.
    if (group.plan.services.length > 1) return;
    this.past.takeGroup(group);
    this.freeGroups.push(group.index);
    for (const { index } of group.processes) this.freeProcesses.push(index);
    for (const { index } of group.instances) this.freeInstances.push(index);
  }

  /** To be called when an instance may have become able to answer, or unable: one of a group, or of any. */
  readinessChanged(group?: Group): void {
    let ready = this.ready.value;
    for (const changed of group === undefined ? this.groups : [group]) {
      const before = changed.ready;
      changed.ready = changed.removed ? 0 : this.readyIn(changed);
      ready += changed.ready - before;
    }
    this.ready.set(ready, this.kernel.nowMs);
    this.whenReadinessChanges(group);
  }

  /** Instances of a service that can answer. */
  readyOf(service: number): number {
    return (this.instancesOf[service] as Instance[]).filter(canAnswer).length;
  }

  /** Where every group carries all services, the group is the instance: of the application that they are modules of. */
  private readyIn({ instances }: Group): number {
    const ready = instances.filter(canAnswer).length;
    return this.policy.balanced === 'all-services' ? Math.min(1, ready) : ready;
  }

  private capacityChanged(): void {
    const { nowMs } = this.kernel;
    this.cores.set(
      this.hosts.reduce((sum, host) => sum + host.cores, 0),
      nowMs,
    );
    this.memoryLimitMiB.set(
      this.hosts.reduce((sum, host) => sum + host.memoryLimitMiB, 0),
      nowMs,
    );
  }

  private addInstance(group: Group, service: number): void {
    const number = ((this.named[service] as number) += 1);
    const instance: Instance = {
      index: this.freeInstances.pop() ?? this.instances.length,
      id: `${(this.services[service] as Service).name}/${number}`,
      service,
      group,
      available: true,
      defect: null,
      version: 1,
      inFlight: 0,
      waiting: 0,
      onCpu: 0,
      taken: 0,
    };
    (this.instancesOf[service] as Instance[]).push(instance);
    group.instances.push(instance);
    this.instances[instance.index] = instance;
  }

  private addProcess(group: Group, indexInGroup: number): void {
    const { plan, host } = group;
    const heapMiB = plan.services.reduce(
      (sum, service) => sum + (this.services[service] as Service).memoryMiB,
      0,
    );
    const process: Process = {
      index: this.freeProcesses.pop() ?? this.processes.length,
      id: `${group.id}/process-${indexInGroup + 1}`,
      group,
      cpuClass: this.policy.classPerProcess ? host.pool.addClass(this.classFor(plan)) : 0,
      baseMiB: this.policy.runtimeOverheadMiB + heapMiB + (plan.extraMiB ?? 0),
      memoryLimitMiB: (plan.memoryLimitMiB ?? Infinity) / plan.processes,
      state: 'killed',
      leakedMiB: 0,
      active: 0,
      line: new IntQueue(),
      spinning: 0,
      spinningSince: 0,
      spinningService: 0,
      pausedUntilMs: 0,
      pausedSinceMs: 0,
      pausedForMs: 0,
      timer: -1,
    };
    group.processes.push(process);
    this.processes[process.index] = process;
  }

  private classFor(plan: GroupPlan | null): CpuClass {
    if (plan === null) return { weight: null, maxCores: Infinity };
    const { weighted, coresPerProcess } = this.policy;
    const limit = (plan.cpuLimitCores ?? Infinity) / plan.processes;
    const quota = (plan.cpuQuotaCores ?? Infinity) / plan.processes;
    return {
      weight: weighted ? (plan.weight ?? cpuShares.value) / plan.processes : null,
      maxCores: Math.min(limit, coresPerProcess),
      quotaMs: quota * cfsPeriodMs,
    };
  }
}

/** A level of what has come only now. Like all others its mean is over the whole time since the end of the warm-up. */
function newLevel({ buckets, windowStartMs }: Kernel): Level {
  const level = new Level(buckets);
  level.startWindow(windowStartMs);
  return level;
}
