import { Level } from '../engine/level.ts';
import type { Kernel } from '../platform.ts';
import type { Group, Host } from './estate-parts.ts';

/** What is left of hosts and groups that are gone: sums, so that a run in which thousands come and go stays small. */
export class Past {
  readonly busyCores: Level;
  readonly memoryMiB: Level;
  /** Of groups with one instance, by its service. */
  readonly memoryOfService: readonly Level[];
  /** Periods in which processes with a quota could run, and those in which they were held back. */
  periods = 0;
  throttledPeriods = 0;

  constructor({ buckets, services }: Kernel) {
    this.busyCores = new Level(buckets);
    this.memoryMiB = new Level(buckets);
    this.memoryOfService = services.map(() => new Level(buckets));
  }

  startWindow(nowMs: number): void {
    for (const level of [this.busyCores, this.memoryMiB, ...this.memoryOfService]) level.startWindow(nowMs);
  }

  /** A host is gone for good: nobody looks at its levels any more. */
  takeHost(host: Host): void {
    this.busyCores.absorb(host.busyCores);
    this.memoryMiB.absorb(host.memoryMiB);
  }

  /** Another host takes the place of one that is gone. */
  takePlace(gone: Host): void {
    const { periods, throttled } = gone.pool.quotaPeriods();
    this.periods += periods;
    this.throttledPeriods += throttled;
  }

  takeGroup(group: Group): void {
    const [service, ...others] = group.plan.services;
    if (service !== undefined && others.length === 0) this.memoryOfService[service]?.absorb(group.memoryMiB);
  }
}
