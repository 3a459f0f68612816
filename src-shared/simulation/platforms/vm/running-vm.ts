import type { CostParts } from '../../costs.ts';
import type { Deployment } from '../../deployments/deployment-schema.ts';
import { Level } from '../../engine/level.ts';
import { memoryShare, serviceUsage } from '../../hosts/estate-metrics.ts';
import { EstateRuntime } from '../../hosts/estate-runtime.ts';
import { event } from '../../hosts/estate-parts.ts';
import { commonMetrics, type MetricTree } from '../../metrics.ts';
import type { Kernel, PlatformInput, PlatformSeries, RunningPlatform } from '../../platform.ts';
import type { TopologySnapshot } from '../../topology.ts';
import { Autoscaler } from './autoscaler.ts';
import { BlueGreenDeployment } from './blue-green-deployment.ts';
import { Cloud } from './cloud.ts';
import { FleetDeployments, type VersionOrder } from './fleet-deployments.ts';
import { bakeSeconds, fleetSettings } from './fleet-settings.ts';
import { Fleet } from './fleet.ts';
import { leadSeconds } from './lead-time.ts';
import { RollingDeployment } from './rolling-deployment.ts';
import type { VirtualMachine } from './virtual-machine.ts';
import { VmBill } from './vm-bill.ts';
import { vmEvent } from './vm-events.ts';
import { backlog, vmSeries, vmSnapshot } from './vm-figures.ts';
import type { VmPlatform } from './vm-parameters.ts';

/** A fleet with what acts on it. */
interface Managed {
  readonly fleet: Fleet;
  readonly scaler: Autoscaler;
  readonly deployments: FleetDeployments;
  readonly blueGreen: BlueGreenDeployment | null;
}

/** One service instance per VM, a fleet for each service, in one run. */
export class RunningVm implements RunningPlatform {
  private readonly kernel: Kernel;
  private readonly platform: VmPlatform;
  private readonly runtime: EstateRuntime;
  private readonly bill: VmBill;
  private readonly cloud: Cloud;
  private readonly managed: readonly Managed[];
  private readonly planned: readonly Deployment[];
  private readonly orders: { readonly order: VersionOrder; readonly deployments: FleetDeployments }[] = [];
  /** Cores of VMs whose service is up. */
  private readonly coresInService: Level;
  private backlogMax = 0;

  constructor({ platform, services, faults, deployments }: PlatformInput<VmPlatform>, kernel: Kernel) {
    const policy = {
      runtimeOverheadMiB: platform.runtimeOverheadMiB,
      threadsPerProcess: platform.threadsPerProcess,
      coresPerProcess: Infinity,
      balancer: platform.balancer,
      balanced: 'each-service',
      restartDelaySeconds: platform.restartDelaySeconds,
      networkMs: platform.networkMs,
      weighted: false,
      classPerProcess: faults.some(({ kind }) => kind === 'pause'),
    } as const;
    this.kernel = kernel;
    this.platform = platform;
    this.planned = deployments;
    this.runtime = new EstateRuntime(kernel, policy, faults, platform.zones);
    const { estate, lifecycle } = this.runtime;
    this.bill = new VmBill(kernel, platform.billingMinimumSeconds);
    this.coresInService = new Level(kernel.buckets);
    const fleets = services.map((service) => fleetSettings(platform, service));
    this.cloud = new Cloud(platform, fleets, estate, lifecycle, this.bill, this.runtime.faults.zonesDown);
    this.managed = services.map((_, service) => this.manage(service));
    for (const { fleet } of this.managed) fleet.begin();
    estate.whenReadinessChanges = (group) => {
      if (group === undefined) this.readinessChanged();
      else for (const service of group.plan.services) this.readinessChangedOf(service);
    };
    this.cloud.whenChanged = (vm) => {
      this.changed(vm);
    };
    this.readinessChanged();
    this.countCores();
    for (const { fleet, scaler } of this.managed) {
      fleet.settle();
      scaler.begin();
    }
    // Nobody can notice anything of a version before there is an image of it.
    const blindSeconds = bakeSeconds(platform);
    deployments.forEach(({ atSeconds, rollback }, i) => {
      const orderedSeconds = atSeconds + (rollback ? blindSeconds : 0);
      kernel.events.schedule(orderedSeconds * 1000, vmEvent.deployOrdered, i);
    });
  }

  arrive(request: number): void {
    const { requests } = this.kernel;
    this.of(requests.service[request] as number).scaler.arrive();
    this.runtime.path.arrive(request);
    // Only an arrival can make the backlog longer, and it is never longer than all that is in the system.
    if (requests.inSystem > this.backlogMax)
      this.backlogMax = Math.max(this.backlogMax, backlog(this.runtime.estate));
  }

  handle(kind: number, subject: number): void {
    if (this.runtime.handle(kind, subject)) {
      // A zone may be back, which a fleet without any VM would not notice.
      if (kind === event.faultEnds) for (const { fleet } of this.managed) fleet.settle();
      return;
    }
    switch (kind) {
      case vmEvent.metricPoint:
        return this.of(subject).scaler.metricPoint();
      case vmEvent.scheduledSize:
        return this.of(subject).scaler.scheduledSize();
      case vmEvent.oldKept:
        return this.of(subject).blueGreen?.oldKept();
      case vmEvent.deployOrdered:
        return this.deployOrdered(this.planned[subject] as Deployment);
      case vmEvent.imageBaked: {
        const { order, deployments } = this.orders[subject] as (typeof this.orders)[number];
        return deployments.imageMade(order);
      }
      default:
        return this.cloud.handle(kind, subject);
    }
  }

  openWindow(): void {
    const { nowMs } = this.kernel;
    this.runtime.openWindow();
    this.cloud.openWindow();
    this.coresInService.startWindow(nowMs);
    for (const { fleet } of this.managed) fleet.serving.startWindow(nowMs);
    this.backlogMax = backlog(this.runtime.estate);
  }

  metrics(): MetricTree {
    const { kernel, managed } = this;
    const { estate } = this.runtime;
    const { nowMs } = kernel;
    const sum = (of: (fleet: Fleet) => number): number =>
      managed.reduce((total, { fleet }) => total + of(fleet), 0);
    const usage = serviceUsage(estate);
    const share = 1 / managed.length;
    return {
      ...commonMetrics(kernel, {
        utilisation: this.utilisation(),
        memoryUtilisation: memoryShare(estate),
        meanWaiting: estate.waiting.mean(nowMs),
        instances: estate.ready,
        costParts: this.costParts(),
        deploy: kernel.rollouts.metrics(this.expectedLeadSeconds(), share),
        blastRadius: kernel.faultBook.blastRadius(share),
        services: managed.map(({ fleet }, service) => ({
          ...usage[service],
          instances: { mean: fleet.serving.mean(nowMs), max: fleet.serving.maximum },
        })),
      }),
      backlog: { max: this.backlogMax },
      scaleOuts: sum(({ scaleOuts }) => scaleOuts),
      scaleIns: sum(({ scaleIns }) => scaleIns),
      oomKills: estate.oomKills,
      restarts: estate.restarts,
    };
  }

  costParts(): CostParts {
    return this.bill.costParts(this.cloud.vms.values(), (vm) => this.cloud.settingsOf(vm));
  }

  series(): PlatformSeries {
    return vmSeries(this.runtime.estate, this.coresInService, this.kernel);
  }

  snapshot(): TopologySnapshot {
    return vmSnapshot(this.runtime.estate, this.cloud.vms.values(), (vm) => this.cloud.settingsOf(vm));
  }

  private manage(service: number): Managed {
    const { kernel, cloud, platform } = this;
    const { estate } = this.runtime;
    const fleet = new Fleet(kernel, cloud, service, cloud.fleets[service] as Managed['fleet']['settings']);
    const servingNow = (): number => estate.readyOf(service);
    const blueGreen = platform.deployOrder === 'blue-green' ? new BlueGreenDeployment(kernel, fleet) : null;
    const replacement = blueGreen ?? new RollingDeployment(fleet, servingNow);
    const deployments = new FleetDeployments(kernel, fleet, replacement, servingNow);
    return { fleet, scaler: new Autoscaler(kernel, fleet), deployments, blueGreen };
  }

  private deployOrdered(deployment: Deployment): void {
    const { kernel, platform, orders } = this;
    const service = kernel.services.findIndex(({ name }) => name === deployment.service);
    const { deployments } = this.of(service);
    if (deployment.rollback) {
      deployments.rollBack(deployment.fault);
      return;
    }
    const order = deployments.order(deployment);
    orders.push({ order, deployments });
    const bakedMs = kernel.nowMs + bakeSeconds(platform) * 1000;
    kernel.events.schedule(bakedMs, vmEvent.imageBaked, orders.length - 1);
  }

  private changed(vm: VirtualMachine): void {
    this.countCores();
    this.of(vm.service).fleet.settle();
  }

  private readinessChanged(): void {
    for (const { fleet } of this.managed) this.readinessChangedOf(fleet.service);
  }

  private readinessChangedOf(service: number): void {
    const { fleet, deployments } = this.of(service);
    const serving = this.runtime.estate.readyOf(service);
    fleet.serving.set(serving, this.kernel.nowMs);
    deployments.capacityChanged(serving);
  }

  private countCores(): void {
    let cores = 0;
    for (const vm of this.cloud.vms.values())
      if (vm.state === 'in-service' || vm.state === 'draining') cores += this.cloud.settingsOf(vm).vCpus;
    this.coresInService.set(cores, this.kernel.nowMs);
  }

  /** Busy cores over the cores of VMs in service, after the warm-up. */
  private utilisation(): number {
    const { nowMs, windowStartMs } = this.kernel;
    const coreMs = this.coresInService.mean(nowMs) * (nowMs - windowStartMs);
    return coreMs > 0 ? Math.min(1, this.bill.busyCoreMs(this.cloud.vms.values()) / coreMs) : 0;
  }

  /** What a new version of the slowest service would take, with nothing to drain. */
  private expectedLeadSeconds(): number {
    const { deployOrder: order, batchSize, minHealthyShare, launchSeconds } = this.platform;
    const leads = this.managed.map(({ fleet }, service) =>
      leadSeconds({
        order,
        bakeSeconds: bakeSeconds(this.platform),
        launchSeconds,
        bootstrapSeconds: this.kernel.services[service]?.startSeconds ?? 0,
        size: fleet.desired,
        batchSize,
        minHealthyShare,
      }),
    );
    return Math.max(...leads);
  }

  private of(service: number): Managed {
    return this.managed[service] as Managed;
  }
}
