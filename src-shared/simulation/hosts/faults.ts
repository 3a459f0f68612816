import type { FaultOccurrence } from '../faults/fault-schema.ts';
import { type Estate } from './estate.ts';
import { event, type Group, type Host, type Process } from './estate-parts.ts';
import type { Lifecycle } from './lifecycle.ts';

/** How often a leak grows. */
const leakStepMs = 1000;

/** A service counts as hit by endless loops if one request of it would run at less than this share of a core's speed. */
const slowed = 0.5;

/** Faults that come over hosts and what runs on them; others are somebody else's. */
const ours = new Set<FaultOccurrence['kind']>([
  'leak',
  'cpu-hog',
  'crash',
  'pause',
  'host-loss',
  'zone-loss',
]);

/** Brings about the faults of a scenario on an estate, and keeps book of the services that each one hit. */
export class FaultInjector {
  private readonly estate: Estate;
  private readonly lifecycle: Lifecycle;
  private readonly faults: readonly FaultOccurrence[];
  private readonly zones: number | undefined;
  private readonly active: boolean[];
  /** What each fault has come over: its process may be another's by the time that it ends. */
  private readonly targets: (Process | null)[];
  private readonly lostHosts: Host[][];
  /** How many faults keep a host away: of two that overlap, the end of one does not bring it back. */
  private readonly losses = new WeakMap<Host, number>();
  /** Zones that are lost. */
  readonly zonesDown = new Set<number>();
  /** Told when a zone can be used again. */
  whenZoneBack: (zone: number) => void = () => undefined;

  constructor(estate: Estate, lifecycle: Lifecycle, faults: readonly FaultOccurrence[], zones?: number) {
    this.estate = estate;
    this.zones = zones;
    this.lifecycle = lifecycle;
    this.faults = faults;
    this.active = faults.map(() => false);
    this.targets = faults.map(() => null);
    this.lostHosts = faults.map(() => []);
    lifecycle.whenKilledForMemory = (process) => {
      this.blameLeaks(process);
    };
    faults.forEach((fault, i) => {
      if (ours.has(fault.kind)) estate.kernel.events.schedule(fault.atSeconds * 1000, event.faultStarts, i);
    });
  }

  start(index: number): void {
    const fault = this.faults[index] as FaultOccurrence;
    this.active[index] = true;
    if (fault.kind === 'host-loss') {
      const { hosts } = this.estate;
      const host = hosts[(fault.host - 1) % hosts.length];
      this.lose(index, host === undefined ? [] : [host]);
      if (fault.forSeconds !== undefined) this.endAfter(index, fault.forSeconds);
    } else if (fault.kind === 'zone-loss') {
      this.loseZone(index, fault.zone);
      if (fault.forSeconds !== undefined) this.endAfter(index, fault.forSeconds);
    } else if ('instance' in fault) {
      this.strike(index, fault);
    }
  }

  end(index: number): void {
    const { kernel, hosts } = this.estate;
    const fault = this.faults[index] as FaultOccurrence;
    this.active[index] = false;
    if (fault.kind === 'host-loss' || fault.kind === 'zone-loss') {
      const zone = fault.kind === 'zone-loss' ? this.zoneOf(fault.zone) : null;
      const zoneBack = zone !== null && !this.isLost(zone);
      if (zoneBack) {
        this.zonesDown.delete(zone);
        this.note('zone-back', `zone-${zone + 1}`, {});
      }
      for (const host of this.lostHosts[index] ?? [])
        if (this.changeLosses(host, -1) === 0 && !host.up && hosts.includes(host))
          this.lifecycle.hostBack(host);
      if (zoneBack) this.whenZoneBack(zone);
      return;
    }
    const process = this.targets[index];
    if (process === null || process === undefined) return;
    if (fault.kind === 'cpu-hog') this.lifecycle.stopSpinning(process, fault.cores);
    // Another pause may last longer than the one that ends.
    if (fault.kind === 'pause' && process.pausedUntilMs <= kernel.nowMs) this.lifecycle.resume(process);
    const service = 'service' in fault ? fault.service : '';
    this.note('fault-ended', process.id, { fault: fault.kind, service });
  }

  leakGrows(index: number): void {
    const { kernel } = this.estate;
    const fault = this.faults[index];
    if (fault?.kind !== 'leak') return;
    const process = this.target(fault.service, fault.instance);
    if (process?.state === 'running') {
      process.leakedMiB += (fault.mibPerSecond * leakStepMs) / 1000;
      this.lifecycle.memoryChanged(process.group);
      this.lifecycle.enforceMemory(process.group.host);
    }
    kernel.events.schedule(kernel.nowMs + leakStepMs, event.leakGrows, index);
  }

  private strike(index: number, fault: Extract<FaultOccurrence, { instance: number }>): void {
    const { kernel } = this.estate;
    const process = this.target(fault.service, fault.instance);
    this.targets[index] = process;
    const detail = { fault: fault.kind, service: fault.service };
    this.note('fault-started', process?.id ?? fault.service, detail);
    // A leak is in the code of the service: it comes back with every start.
    if (fault.kind === 'leak') kernel.events.schedule(kernel.nowMs + leakStepMs, event.leakGrows, index);
    if (process === null) return;
    switch (fault.kind) {
      case 'crash':
        this.hit(index, process.group);
        if (process.state === 'running') this.lifecycle.kill(process, 'crashed');
        break;
      case 'pause':
        this.hit(index, process.group);
        if (process.state !== 'running') break;
        this.lifecycle.pause(process, kernel.nowMs + fault.forSeconds * 1000);
        this.endAfter(index, fault.forSeconds);
        break;
      case 'cpu-hog':
        this.spin(index, process, fault.cores, fault.service);
        if (fault.forSeconds !== undefined) this.endAfter(index, fault.forSeconds);
        break;
      case 'leak':
        break;
    }
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

  private loseZone(index: number, zone: number): void {
    const lost = this.zoneOf(zone);
    this.zonesDown.add(lost);
    this.note('zone-lost', `zone-${lost + 1}`, {});
    this.lose(
      index,
      this.estate.hosts.filter((host) => host.zone === lost),
    );
  }

  private lose(index: number, hosts: readonly Host[]): void {
    for (const host of hosts) {
      for (const group of host.groups) this.hit(index, group);
      this.lostHosts[index]?.push(host);
      this.changeLosses(host, 1);
      if (host.up) this.lifecycle.loseHost(host);
    }
  }

  private changeLosses(host: Host, by: number): number {
    const losses = (this.losses.get(host) ?? 0) + by;
    this.losses.set(host, losses);
    return losses;
  }

  /** Whether some fault still keeps a zone away. */
  private isLost(zone: number): boolean {
    return this.faults.some(
      (fault, i) => fault.kind === 'zone-loss' && this.active[i] === true && this.zoneOf(fault.zone) === zone,
    );
  }

  /** Zones are taken modulo those that there are. */
  private zoneOf(zone: number): number {
    const zones = this.zones ?? Math.max(0, ...this.estate.everyHost.map((host) => host.zone)) + 1;
    return (zone - 1) % zones;
  }

  /** A process was killed for want of memory: whoever leaks on its host is to blame. */
  private blameLeaks(killed: Process): void {
    this.faults.forEach((fault, i) => {
      if (fault.kind !== 'leak' || !this.active[i]) return;
      if (this.target(fault.service, fault.instance)?.group.host === killed.group.host)
        this.hit(i, killed.group);
    });
  }

  private hit(index: number, group: Group): void {
    for (const instance of group.instances) this.estate.kernel.faultBook.hit(index, instance.service);
  }

  private note(
    kind: 'fault-started' | 'fault-ended' | 'zone-lost' | 'zone-back',
    subject: string,
    detail: Readonly<Record<string, string>>,
  ): void {
    const { kernel } = this.estate;
    kernel.log.add({ atMs: kernel.nowMs, kind, subject, detail });
  }

  private endAfter(index: number, seconds: number): void {
    const { events, nowMs } = this.estate.kernel;
    events.schedule(nowMs + seconds * 1000, event.faultEnds, index);
  }

  /** The process that carries an instance, the first of them where it has several; null where the service has none now. */
  private target(service: string, instance: number): Process | null {
    const instances = this.estate.instancesOf[this.serviceIndex(service)] ?? [];
    return instances[(instance - 1) % instances.length]?.group.processes[0] ?? null;
  }

  private serviceIndex(name: string): number {
    return this.estate.services.findIndex((service) => service.name === name);
  }
}
