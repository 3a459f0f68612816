import type { CostParts } from '../costs.ts';
import type { Deployment } from '../deployments/deployment-schema.ts';
import type { FaultOccurrence } from '../faults/fault-schema.ts';
import { commonMetrics, type MetricTree } from '../metrics.ts';
import type { Kernel, PlatformSeries, RunningPlatform } from '../platform.ts';
import type { TopologySnapshot } from '../topology.ts';
import type { DeployPlan } from './deploy-scope.ts';
import { Deployments } from './deployments.ts';
import { busyShare, crashRadius, estateSeries, memoryShare, serviceUsage } from './estate-metrics.ts';
import { EstateRuntime } from './estate-runtime.ts';
import { estateSnapshot } from './estate-snapshot.ts';
import type { EstatePolicy, GroupPlan, HostPlan } from './plan.ts';

/** Hosts that are there from the start to the end of a run, with what runs on each. */
export interface FixedEstatePlan {
  readonly hosts: readonly { readonly host: HostPlan; readonly groups: readonly GroupPlan[] }[];
  readonly policy: EstatePolicy;
  readonly deploy: DeployPlan;
  readonly pricePerHostHourUsd: number;
}

/** A platform on a fixed set of hosts, in one run. */
export class FixedEstate implements RunningPlatform {
  private readonly kernel: Kernel;
  private readonly plan: FixedEstatePlan;
  private readonly runtime: EstateRuntime;
  private readonly deployments: Deployments;

  constructor(
    kernel: Kernel,
    plan: FixedEstatePlan,
    scenario: { readonly faults: readonly FaultOccurrence[]; readonly deployments: readonly Deployment[] },
  ) {
    this.kernel = kernel;
    this.plan = plan;
    this.runtime = new EstateRuntime(kernel, plan.policy, scenario.faults);
    const { estate, lifecycle } = this.runtime;
    const groups = plan.hosts.flatMap(({ host, groups: planned }) => {
      const added = estate.addHost(host);
      return planned.map((group) => estate.addGroup(added, group));
    });
    this.deployments = new Deployments(estate, lifecycle, plan.deploy, scenario.deployments);
    for (const group of groups) lifecycle.startGroup(group, 'at-once');
    for (const host of estate.hosts) lifecycle.enforceMemory(host);
  }

  arrive(request: number): void {
    this.runtime.path.arrive(request);
  }

  handle(kind: number, subject: number): void {
    if (this.runtime.handle(kind, subject) || this.deployments.handle(kind, subject)) return;
    throw new Error(`no event on a fixed estate is of kind ${kind}`);
  }

  openWindow(): void {
    this.runtime.openWindow();
  }

  metrics(): MetricTree {
    const { kernel, deployments } = this;
    const { estate } = this.runtime;
    const { nowMs } = kernel;
    return {
      ...commonMetrics(kernel, {
        utilisation: busyShare(estate),
        memoryUtilisation: memoryShare(estate),
        meanWaiting: estate.waiting.mean(nowMs),
        instances: estate.ready,
        costParts: this.costParts(),
        deploy: kernel.rollouts.metrics(deployments.expectedLeadSeconds(), deployments.restartedShare()),
        blastRadius: kernel.faultBook.blastRadius(crashRadius(estate)),
        services: serviceUsage(estate),
      }),
      hosts: estate.hosts.length,
      processes: estate.processes.length,
      oomKills: estate.oomKills,
      restarts: estate.restarts,
    };
  }

  /** Hosts are paid for whether they are busy or not, and whether they are up or not. */
  costParts(): CostParts {
    const { nowMs, windowStartMs } = this.kernel;
    const hours = (nowMs - windowStartMs) / 3_600_000;
    const usd = this.plan.hosts.length * this.plan.pricePerHostHourUsd * hours;
    const work = usd * busyShare(this.runtime.estate);
    return { work, idle: usd - work };
  }

  series(): PlatformSeries {
    return estateSeries(this.runtime.estate);
  }

  snapshot(): TopologySnapshot {
    return estateSnapshot(this.runtime.estate, 'process');
  }
}
