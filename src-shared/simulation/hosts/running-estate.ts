import type { MetricTree } from '../metrics.ts';
import type { Kernel, PlatformSeries, RunningPlatform } from '../platform.ts';
import type { Service } from '../workload/service.ts';
import type { TopologySnapshot } from '../topology.ts';
import { cpuMsByService } from './cpu-meter.ts';
import type { Deployment } from './deployment-schema.ts';
import { Deployments } from './deployments.ts';
import { buildEstate, type Estate, event, type Host, type Process } from './estate.ts';
import { estateMetrics, estateSeries } from './estate-metrics.ts';
import { estateSnapshot } from './estate-snapshot.ts';
import type { Fault } from './fault-schema.ts';
import { FaultInjector } from './faults.ts';
import { Lifecycle } from './lifecycle.ts';
import type { EstatePlan } from './plan.ts';
import { RequestPath } from './request-path.ts';

/** A platform of hosts, processes and instances in one run. */
export class RunningEstate implements RunningPlatform {
  private readonly estate: Estate;
  private readonly path: RequestPath;
  private readonly lifecycle: Lifecycle;
  private readonly faults: FaultInjector;
  private readonly deployments: Deployments;

  constructor(
    kernel: Kernel,
    plan: EstatePlan,
    scenario: {
      readonly services: readonly Service[];
      readonly faults: readonly Fault[];
      readonly deployments: readonly Deployment[];
    },
  ) {
    const pausable = scenario.faults.some((fault) => fault.kind === 'pause');
    this.estate = buildEstate(kernel, plan, scenario.services, pausable);
    this.path = new RequestPath(this.estate, (group) => this.deployments.groupIdle(group));
    this.lifecycle = new Lifecycle(this.estate, this.path);
    this.faults = new FaultInjector(this.estate, this.lifecycle, scenario.faults);
    this.deployments = new Deployments(this.estate, this.lifecycle, scenario.deployments);
    for (const group of this.estate.groups) this.lifecycle.memoryChanged(group);
    for (const host of this.estate.hosts) {
      this.lifecycle.hostMemoryChanged(host);
      this.lifecycle.enforceMemory(host);
    }
  }

  arrive(request: number): void {
    this.path.arrive(request);
  }

  handle(kind: number, subject: number): void {
    const { hosts, processes } = this.estate;
    switch (kind) {
      case event.cpuDone:
        return this.path.cpuDone(hosts[subject] as Host);
      case event.ioDone:
        return this.path.ioDone(subject);
      case event.processRestarts:
        return this.lifecycle.restart(processes[subject] as Process);
      case event.processStarted:
        return this.lifecycle.started(processes[subject] as Process);
      case event.faultStarts:
        return this.faults.start(subject);
      case event.faultEnds:
        return this.faults.end(subject);
      case event.leakGrows:
        return this.faults.leakGrows(subject);
      case event.deployStarts:
        return this.deployments.start(subject);
      case event.artefactCopied:
        return this.deployments.artefactCopied(subject);
      case event.drainOver:
        return this.deployments.drainOver(subject);
      case event.instanceStarted:
        return this.deployments.instanceStarted(subject);
      default:
        throw new Error(`no event on an estate is of kind ${kind}`);
    }
  }

  openWindow(): void {
    const { estate } = this;
    const { nowMs } = estate.kernel;
    estate.cpuMsBeforeWindow = cpuMsByService(estate);
    estate.waiting.startWindow(nowMs);
    for (const group of estate.groups) group.memoryMiB.startWindow(nowMs);
    for (const host of estate.hosts) {
      host.busyCores.startWindow(nowMs);
      host.memoryMiB.startWindow(nowMs);
    }
  }

  metrics(): MetricTree {
    return estateMetrics(this.estate, this.faults, this.deployments);
  }

  series(): PlatformSeries {
    return estateSeries(this.estate);
  }

  snapshot(): TopologySnapshot {
    return estateSnapshot(this.estate);
  }
}
