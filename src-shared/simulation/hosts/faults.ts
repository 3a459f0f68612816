import { type Estate, event, type Group, type Host, type Process } from './estate.ts';
import type { Fault } from './fault-schema.ts';
import type { Lifecycle } from './lifecycle.ts';

/** How often a leak grows. */
const leakStepMs = 1000;

/** A service counts as hit by endless loops if one request of it would run at less than this share of a core's speed. */
const slowed = 0.5;

/** Brings about the faults of a scenario and keeps book of the services that each one hit. */
export class FaultInjector {
  private readonly estate: Estate;
  private readonly lifecycle: Lifecycle;
  private readonly faults: readonly Fault[];
  private readonly active: boolean[];
  private readonly hits: readonly Set<number>[];

  constructor(estate: Estate, lifecycle: Lifecycle, faults: readonly Fault[]) {
    this.estate = estate;
    this.lifecycle = lifecycle;
    this.faults = faults;
    this.active = faults.map(() => false);
    this.hits = faults.map(() => new Set());
    lifecycle.whenKilledForMemory = (process) => this.blameLeaks(process);
    faults.forEach((fault, i) => estate.kernel.events.schedule(fault.atSeconds * 1000, event.faultStarts, i));
  }

  /**
   * The share of the services that one fault hit, at worst, 0 to 1. Hit is a service that had an instance stopped or frozen
   * by the fault, or slowed to less than half of its speed. Without faults: what the crash of one process would hit.
   */
  blastRadius(): number {
    const { groups, services } = this.estate;
    const counts =
      this.faults.length > 0
        ? this.hits.map((hit) => hit.size)
        : groups.map((group) => new Set(group.instances.map((instance) => instance.service)).size);
    return Math.max(...counts) / services.length;
  }

  start(index: number): void {
    const { kernel, hosts } = this.estate;
    const fault = this.faults[index] as Fault;
    this.active[index] = true;
    if (fault.kind === 'host-loss') {
      const host = hosts[fault.host - 1] as Host;
      for (const group of host.groups) this.hit(index, group);
      if (host.up) this.lifecycle.loseHost(host);
      if (fault.forSeconds !== undefined) this.endAfter(index, fault.forSeconds);
      return;
    }
    const process = this.target(fault.service, fault.instance);
    kernel.log.add({
      atMs: kernel.nowMs,
      kind: 'fault-started',
      subject: process.id,
      detail: { fault: fault.kind, service: fault.service },
    });
    switch (fault.kind) {
      case 'crash':
        this.hit(index, process.group);
        if (process.state === 'running') this.lifecycle.kill(process, 'crashed');
        break;
      case 'leak':
        kernel.events.schedule(kernel.nowMs + leakStepMs, event.leakGrows, index);
        break;
      case 'pause':
        this.pause(index, process, fault.forSeconds);
        break;
      case 'cpu-hog':
        this.spin(index, process, fault.cores, fault.service);
        if (fault.forSeconds !== undefined) this.endAfter(index, fault.forSeconds);
        break;
    }
  }

  end(index: number): void {
    const { kernel, hosts } = this.estate;
    const fault = this.faults[index] as Fault;
    this.active[index] = false;
    if (fault.kind === 'host-loss') {
      const host = hosts[fault.host - 1] as Host;
      if (!host.up) this.lifecycle.hostBack(host);
      return;
    }
    const process = this.target(fault.service, 'instance' in fault ? fault.instance : 1);
    if (fault.kind === 'cpu-hog') this.lifecycle.stopSpinning(process);
    // Another pause may last longer than the one that ends.
    if (fault.kind === 'pause' && process.pausedUntilMs <= kernel.nowMs) this.lifecycle.resume(process);
    kernel.log.add({
      atMs: kernel.nowMs,
      kind: 'fault-ended',
      subject: process.id,
      detail: { fault: fault.kind, service: fault.service },
    });
  }

  leakGrows(index: number): void {
    const { kernel } = this.estate;
    const fault = this.faults[index] as Fault & { kind: 'leak' };
    const process = this.target(fault.service, fault.instance);
    if (process.state === 'running') {
      process.leakedMiB += (fault.mibPerSecond * leakStepMs) / 1000;
      this.lifecycle.memoryChanged(process.group);
      this.lifecycle.enforceMemory(process.group.host);
    }
    kernel.events.schedule(kernel.nowMs + leakStepMs, event.leakGrows, index);
  }

  private pause(index: number, process: Process, seconds: number): void {
    const { nowMs } = this.estate.kernel;
    const { host } = process.group;
    this.hit(index, process.group);
    if (process.state !== 'running') return;
    process.pausedUntilMs = Math.max(process.pausedUntilMs, nowMs + seconds * 1000);
    host.pool.setPaused(process.cpuClass, true);
    host.busyCores.set(host.pool.busyCores, nowMs);
    this.endAfter(index, seconds);
  }

  private spin(index: number, process: Process, cores: number, service: string): void {
    const { host } = process.group;
    this.hit(index, process.group);
    if (process.state !== 'running') return;
    this.lifecycle.bookSpinning(process);
    process.spinning += cores;
    process.spinningSince = host.pool.attainedBy(process.cpuClass);
    process.spinningService = this.serviceIndex(service);
    host.pool.spin(process.cpuClass, cores);
    host.busyCores.set(host.pool.busyCores, this.estate.kernel.nowMs);
    for (const group of host.groups) {
      if (group.processes.some(({ cpuClass }) => host.pool.rateAgainstLoops(cpuClass) < slowed))
        this.hit(index, group);
    }
  }

  /** A process was killed for want of memory: whoever leaks on its host is to blame. */
  private blameLeaks(killed: Process): void {
    this.faults.forEach((fault, i) => {
      if (fault.kind !== 'leak' || !this.active[i]) return;
      if (this.target(fault.service, fault.instance).group.host === killed.group.host)
        this.hit(i, killed.group);
    });
  }

  private hit(index: number, group: Group): void {
    for (const instance of group.instances) this.hits[index]?.add(instance.service);
  }

  private endAfter(index: number, seconds: number): void {
    const { events, nowMs } = this.estate.kernel;
    events.schedule(nowMs + seconds * 1000, event.faultEnds, index);
  }

  /** The process that carries an instance; the first of them where it has several. */
  private target(service: string, instance: number): Process {
    const found = this.estate.instancesOf[this.serviceIndex(service)]?.[instance - 1]?.group.processes[0];
    if (found === undefined) throw new Error(`no instance ${instance} of ${service}`);
    return found;
  }

  private serviceIndex(name: string): number {
    return this.estate.services.findIndex((service) => service.name === name);
  }
}
