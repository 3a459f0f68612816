import type { FaultOccurrence } from '../faults/fault-schema.ts';
import type { Kernel } from '../platform.ts';
import { cpuMsByService } from './cpu-meter.ts';
import { Estate } from './estate.ts';
import { event, type Group, type Host, type Process } from './estate-parts.ts';
import { FaultInjector } from './faults.ts';
import { Lifecycle } from './lifecycle.ts';
import type { EstatePolicy } from './plan.ts';
import { RequestPath } from './request-path.ts';

/**
 * An estate with all that moves on it: requests, starts and ends, faults. What runs where and when is up to the platform,
 * which adds and ends hosts and groups, before and during the run.
 */
export class EstateRuntime {
  readonly estate: Estate;
  readonly path: RequestPath;
  readonly lifecycle: Lifecycle;
  readonly faults: FaultInjector;

  /** @param zones availability zones that there are; left out: those that hosts are in */
  constructor(kernel: Kernel, policy: EstatePolicy, faults: readonly FaultOccurrence[], zones?: number) {
    this.estate = new Estate(kernel, policy);
    this.path = new RequestPath(this.estate);
    this.lifecycle = new Lifecycle(this.estate, this.path);
    this.faults = new FaultInjector(this.estate, this.lifecycle, faults, zones);
  }

  /** Handles an event of an estate. Returns false for one that is not. */
  handle(kind: number, subject: number): boolean {
    const { everyHost, everyGroup, processes } = this.estate;
    switch (kind) {
      case event.cpuDone:
        this.path.cpuDone(everyHost[subject] as Host);
        return true;
      case event.ioDone:
        this.path.ioDone(subject);
        return true;
      case event.networkDone:
        this.path.networkDone(subject);
        return true;
      case event.processRestarts:
        this.lifecycle.restart(processes[subject] as Process);
        return true;
      case event.processStarted:
        this.lifecycle.started(processes[subject] as Process);
        return true;
      case event.drainOver:
        this.lifecycle.drainOver(everyGroup[subject] as Group);
        return true;
      case event.faultStarts:
        this.faults.start(subject);
        return true;
      case event.faultEnds:
        this.faults.end(subject);
        return true;
      case event.leakGrows:
        this.faults.leakGrows(subject);
        return true;
      default:
        return false;
    }
  }

  openWindow(): void {
    const { estate } = this;
    const { nowMs } = estate.kernel;
    estate.cpuMsBeforeWindow = cpuMsByService(estate);
    for (const level of [estate.waiting, estate.ready, estate.cores, estate.memoryLimitMiB])
      level.startWindow(nowMs);
    estate.past.startWindow(nowMs);
    for (const group of estate.everyGroup) group.memoryMiB.startWindow(nowMs);
    for (const host of estate.everyHost) {
      host.busyCores.startWindow(nowMs);
      host.memoryMiB.startWindow(nowMs);
    }
  }
}
