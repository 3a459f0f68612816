import type { NotableKind } from '../../engine/notable-log.ts';
import type { FaultOccurrence } from '../../faults/fault-schema.ts';
import type { Cloud } from './cloud.ts';
import { event } from './events.ts';
import type { Invocations } from './invocations.ts';
import type { RunningFunction } from './running-function.ts';
import type { Slowdowns } from './slowdowns.ts';

/** A service counts as hit by endless loops if its requests run at less than this share of their speed. */
const slowed = 0.5;

/** Brings about the faults of a scenario. Bad versions are deployments; slow dependencies and crowds are the clients'. */
export class CloudFaults {
  private readonly cloud: Cloud;
  private readonly invocations: Invocations;
  private readonly slowdowns: Slowdowns;
  private readonly faults: readonly FaultOccurrence[];

  constructor(
    cloud: Cloud,
    invocations: Invocations,
    slowdowns: Slowdowns,
    faults: readonly FaultOccurrence[],
  ) {
    this.cloud = cloud;
    this.invocations = invocations;
    this.slowdowns = slowdowns;
    this.faults = faults;
    faults.forEach(({ kind, atSeconds }, i) => {
      if (kind === 'bad-deploy' || kind === 'dependency-slowdown' || kind === 'retry-storm') return;
      cloud.kernel.events.schedule(atSeconds * 1000, event.faultStarts, i);
    });
  }

  start(index: number): void {
    const fault = this.faults[index] as FaultOccurrence;
    switch (fault.kind) {
      case 'crash':
        return this.crash(index, this.functionOf(fault.service), fault.instance);
      case 'leak':
        return this.leak(index, this.functionOf(fault.service), fault.instance, fault.mibPerSecond / 1000);
      case 'pause':
        return this.pause(index, this.functionOf(fault.service), fault.instance, fault.forSeconds);
      case 'cpu-hog':
        return this.hog(index, this.functionOf(fault.service), fault.cores, fault.forSeconds);
      case 'host-loss':
      case 'zone-loss':
        this.log(fault.kind === 'host-loss' ? 'host-lost' : 'zone-lost', this.placeOf(fault), {});
        this.lose(index, this.hostsOf(fault));
        if (fault.forSeconds !== undefined) this.endAfter(index, fault.forSeconds);
        return;
      default:
        throw new Error(`no fault of environments is a ${fault.kind}`);
    }
  }

  end(index: number): void {
    const { cloud, slowdowns } = this;
    const fault = this.faults[index] as FaultOccurrence;
    if (fault.kind === 'host-loss' || fault.kind === 'zone-loss') {
      for (const host of this.hostsOf(fault)) cloud.changeLosses(host, -1);
      this.log(fault.kind === 'host-loss' ? 'host-back' : 'zone-back', this.placeOf(fault), {});
      for (const version of cloud.versions) cloud.startMissing(version);
      return;
    }
    if (!('service' in fault)) return;
    if (fault.kind === 'cpu-hog') {
      const fn = this.functionOf(fault.service);
      slowdowns.setLoops(fn, fn.loops - fault.cores);
    }
    this.log('fault-ended', fault.service, { fault: fault.kind, service: fault.service });
  }

  private crash(index: number, fn: RunningFunction, instance: number): void {
    const row = this.target(fn, instance);
    if (row < 0) return;
    this.log('crashed', this.idOf(row), { fault: 'crash', service: fn.name });
    this.hit(index, fn);
    this.invocations.kill(row);
  }

  /** Where there is no environment yet, the first to start will leak. */
  private leak(index: number, fn: RunningFunction, instance: number, mibPerMs: number): void {
    const leak = { fault: index, mibPerMs, row: -1 };
    const row = this.target(fn, instance);
    fn.leaks.push(leak);
    this.log('fault-started', row < 0 ? fn.name : this.idOf(row), { fault: 'leak', service: fn.name });
    if (row < 0) return;
    this.cloud.attach(leak, row);
    this.slowdowns.leak(row, mibPerMs);
  }

  private pause(index: number, fn: RunningFunction, instance: number, seconds: number): void {
    const row = this.target(fn, instance);
    if (row < 0) return;
    this.log('fault-started', this.idOf(row), { fault: 'pause', service: fn.name });
    this.hit(index, fn);
    this.slowdowns.freeze(row, this.cloud.kernel.nowMs + seconds * 1000);
    this.endAfter(index, seconds);
  }

  /** The loops are in the code, so they run in every environment of the function beside its requests. */
  private hog(index: number, fn: RunningFunction, loops: number, seconds: number | undefined): void {
    this.log('fault-started', fn.name, { fault: 'cpu-hog', service: fn.name });
    this.slowdowns.setLoops(fn, fn.loops + loops);
    if (fn.speed < slowed * fn.plainSpeed) this.hit(index, fn);
    if (seconds !== undefined) this.endAfter(index, seconds);
  }

  private lose(index: number, hosts: readonly number[]): void {
    const { cloud } = this;
    for (const host of hosts) cloud.changeLosses(host, 1);
    for (const row of cloud.rows()) {
      if (!hosts.includes(cloud.environments.host[row] as number)) continue;
      this.hit(index, cloud.versionOf(row).fn);
      this.invocations.kill(row);
    }
  }

  /** The environment that a fault means: the oldest is the first; -1 where there is none. */
  private target(fn: RunningFunction, instance: number): number {
    const rows = this.cloud.rowsOf(fn);
    return rows[(instance - 1) % rows.length] ?? -1;
  }

  private hostsOf(fault: FaultOccurrence): number[] {
    const { workerHosts, zones } = this.cloud.platform;
    if (fault.kind === 'host-loss') return [(fault.host - 1) % workerHosts];
    if (fault.kind !== 'zone-loss') return [];
    const zone = (fault.zone - 1) % zones;
    return Array.from({ length: workerHosts }, (_, host) => host).filter((host) => host % zones === zone);
  }

  private placeOf(fault: FaultOccurrence): string {
    if (fault.kind === 'host-loss') return `host-${((fault.host - 1) % this.cloud.platform.workerHosts) + 1}`;
    return fault.kind === 'zone-loss' ? `zone-${((fault.zone - 1) % this.cloud.platform.zones) + 1}` : '';
  }

  private hit(index: number, fn: RunningFunction): void {
    this.cloud.kernel.faultBook.hit(index, fn.index);
  }

  private endAfter(index: number, seconds: number): void {
    const { events, nowMs } = this.cloud.kernel;
    events.schedule(nowMs + seconds * 1000, event.faultEnds, index);
  }

  private idOf(row: number): string {
    return `env-${this.cloud.environments.serial[row] as number}`;
  }

  private log(kind: NotableKind, subject: string, detail: Record<string, string | number>): void {
    const { kernel } = this.cloud;
    kernel.log.add({ atMs: kernel.nowMs, kind, subject, detail });
  }

  private functionOf(name: string): RunningFunction {
    const found = this.cloud.functions.find((fn) => fn.name === name);
    if (found === undefined) throw new Error(`no function is called ${name}`);
    return found;
  }
}
