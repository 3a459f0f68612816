import type { CostParts } from '../../costs.ts';
import type { Deployment } from '../../deployments/deployment-schema.ts';
import { EstateRuntime } from '../../hosts/estate-runtime.ts';
import type { MetricTree } from '../../metrics.ts';
import type { Kernel, PlatformInput, PlatformSeries, RunningPlatform } from '../../platform.ts';
import type { TopologySnapshot } from '../../topology.ts';
import { BlueGreen } from './blue-green.ts';
import { Cluster } from './cluster.ts';
import { event } from './container-events.ts';
import { ClusterMeter } from './cluster-meter.ts';
import { clusterSnapshot } from './cluster-snapshot.ts';
import type { ContainerPlatform } from './container-parameters.ts';
import { NodeAutoscaling } from './node-autoscaling.ts';
import { NodeLosses } from './node-losses.ts';
import { PodAutoscaling } from './pod-autoscaling.ts';
import { podSpec } from './pod-spec.ts';
import { RollingUpdate } from './rolling-update.ts';
import type { WorkloadController } from './workload-controller.ts';

/** One service instance per container on a cluster of nodes, in one run. */
export class RunningContainer implements RunningPlatform {
  private readonly kernel: Kernel;
  private readonly runtime: EstateRuntime;
  private readonly cluster: Cluster;
  private readonly controllers: readonly WorkloadController[];
  private readonly podAutoscaling: PodAutoscaling;
  private readonly nodeAutoscaling: NodeAutoscaling | null;
  private readonly losses: NodeLosses;
  private readonly meter: ClusterMeter;
  private readonly deployments: readonly Deployment[];

  constructor({ platform, services, faults, deployments }: PlatformInput<ContainerPlatform>, kernel: Kernel) {
    const specs = services.map((service, i) => podSpec(platform, service, i));
    this.kernel = kernel;
    this.deployments = deployments;
    this.runtime = new EstateRuntime(
      kernel,
      {
        runtimeOverheadMiB: platform.runtimeOverheadMiB,
        threadsPerProcess: platform.threadsPerProcess,
        coresPerProcess: Infinity,
        balancer: platform.balancer,
        balanced: 'each-service',
        restartDelaySeconds: platform.crashBackoffSeconds,
        networkMs: platform.networkMs,
        weighted: true,
        classPerProcess: true,
      },
      faults,
      platform.zones,
    );
    const { estate, lifecycle } = this.runtime;
    this.cluster = new Cluster(kernel, platform, estate, lifecycle, specs, this.runtime.faults.zonesDown);
    const Controller = platform.deployOrder === 'blue-green' ? BlueGreen : RollingUpdate;
    this.controllers = specs.map(
      (spec, service) => new Controller(platform, kernel, this.cluster, service, spec),
    );
    for (const controller of this.controllers) controller.reconcile();
    this.cluster.schedule('at-once');
    for (const host of estate.hosts) lifecycle.enforceMemory(host);
    this.podAutoscaling = new PodAutoscaling(kernel, specs, this.controllers);
    const { nodeAutoscaler } = platform;
    this.nodeAutoscaling =
      nodeAutoscaler?.enabled === true
        ? new NodeAutoscaling(kernel, this.cluster, nodeAutoscaler, specs)
        : null;
    const forGood = new Set(
      faults.flatMap((fault) =>
        (fault.kind === 'host-loss' || fault.kind === 'zone-loss') && fault.forSeconds === undefined
          ? [fault.atSeconds * 1000]
          : [],
      ),
    );
    this.losses = new NodeLosses(kernel, platform, this.cluster, lifecycle, () => !forGood.has(kernel.nowMs));
    this.meter = new ClusterMeter(kernel, platform, estate, this.cluster, specs);
    estate.whenReadinessChanges = (group) => {
      const [service] = group?.plan.services ?? [];
      if (service === undefined) for (const controller of this.controllers) controller.noteCapacity();
      else this.controllers[service]?.noteCapacity();
    };
    deployments.forEach(({ atSeconds }, i) =>
      kernel.events.schedule(atSeconds * 1000, event.deployStarts, i),
    );
  }

  arrive(request: number): void {
    this.runtime.path.arrive(request);
  }

  handle(kind: number, subject: number): void {
    if (!this.runtime.handle(kind, subject)) this.handleOwn(kind, subject);
    if (this.cluster.isUnsettled) this.settle();
  }

  openWindow(): void {
    this.runtime.openWindow();
    this.meter.openWindow();
  }

  metrics(): MetricTree {
    return this.meter.metrics();
  }

  costParts(): CostParts {
    return this.cluster.nodes.costParts();
  }

  placement(): Record<string, string> {
    return this.meter.placement();
  }

  series(): PlatformSeries {
    return this.meter.series();
  }

  snapshot(): TopologySnapshot {
    return clusterSnapshot(this.runtime.estate, this.cluster);
  }

  private handleOwn(kind: number, subject: number): void {
    const { cluster } = this;
    switch (kind) {
      case event.imagePulled:
        return cluster.imagePulled(subject);
      case event.nodeBooted:
        cluster.nodes.booted(subject);
        return cluster.roomMade();
      case event.lossNoticed:
        return this.losses.noticed(subject);
      case event.lossTolerated:
        return this.losses.tolerated(subject);
      case event.podScaling:
        if (this.podAutoscaling.look(subject)) cluster.changed.add(subject);
        return;
      case event.nodeScaling:
        return this.nodeAutoscaling?.look();
      case event.deployStarts: {
        const deployment = this.deployments[subject] as Deployment;
        const service = this.kernel.services.findIndex(({ name }) => name === deployment.service);
        return this.controllers[service]?.deploy(deployment);
      }
      case event.oldKept:
        return this.controllers[subject]?.oldKept();
      default:
        throw new Error(`no event on a cluster is of kind ${kind}`);
    }
  }

  /** Lets controllers and scheduler act on what has changed until nothing is left to do. */
  private settle(): void {
    const { cluster } = this;
    while (cluster.isUnsettled) {
      for (const service of cluster.changed) {
        cluster.changed.delete(service);
        this.controllers[service]?.reconcile();
      }
      cluster.schedule();
      for (const node of cluster.nodes.nodes)
        if (node.state === 'draining' && node.pods === 0) cluster.nodes.terminate(node);
    }
  }
}
