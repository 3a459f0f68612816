import type { Kernel } from '../../platform.ts';
import type { Fleet } from './fleet.ts';
import { scheduledChange, type ScheduledSize } from './scheduled-scaling.ts';
import { SimpleScaling } from './simple-scaling.ts';
import { TargetTracking } from './target-tracking.ts';
import { busyCoreMs, type VirtualMachine } from './virtual-machine.ts';
import { vmEvent } from './vm-events.ts';

/** Measures a fleet point by point, and resizes it by its policy. */
export class Autoscaler {
  private readonly kernel: Kernel;
  private readonly fleet: Fleet;
  private readonly tracking: TargetTracking | null;
  private readonly simple: SimpleScaling | null;
  /** Requests that came since the last point. */
  private requests = 0;
  private lastPointMs = 0;
  /** Which change of the schedule comes next. */
  private turn = 0;

  constructor(kernel: Kernel, fleet: Fleet) {
    const { scaling } = fleet.settings;
    const { policy, targetRequestsPerSecond, targetUtilisation } = scaling;
    this.kernel = kernel;
    this.fleet = fleet;
    this.tracking =
      policy === 'target-tracking'
        ? new TargetTracking({ ...scaling, target: targetRequestsPerSecond ?? targetUtilisation })
        : null;
    this.simple = policy === 'simple' ? new SimpleScaling(scaling) : null;
    fleet.whenComplete = () => {
      this.simple?.changeComplete(kernel.nowMs);
    };
  }

  begin(): void {
    const { policy } = this.fleet.settings.scaling;
    if (policy === 'scheduled') this.awaitSchedule();
    else if (policy !== 'fixed') this.awaitPoint();
  }

  arrive(): void {
    this.requests++;
  }

  /** One point of the metric is complete. */
  metricPoint(): void {
    const { fleet, kernel, tracking, simple } = this;
    const { desired } = fleet;
    const { targetRequestsPerSecond } = fleet.settings.scaling;
    const live = fleet.membersOf('live');
    const counted = live.filter((vm) => this.counts(vm));
    const utilisation = this.utilisation(counted);
    const perSecond = counted.length === 0 ? null : this.requestRate() / counted.length;
    this.beginPoint(live);
    if (tracking !== null) {
      const metric = targetRequestsPerSecond === undefined ? utilisation : perSecond;
      const warmingUp = live.some((vm) => vm.warmMs > kernel.nowMs);
      const wanted = tracking.point({ metric, counted: counted.length, desired, warmingUp });
      fleet.resize(wanted, 'target-tracking');
    } else if (simple !== null) {
      const wanted = simple.point({ atMs: kernel.nowMs, utilisation, desired });
      if (fleet.withinLimits(wanted) !== desired) simple.changeOrdered();
      fleet.resize(wanted, 'simple');
    }
    this.awaitPoint();
  }

  /** The next change of the schedule is due. */
  scheduledSize(): void {
    const change = this.nextChange();
    this.turn++;
    if (change !== null) this.fleet.resize(change.instances, 'scheduled');
    this.awaitSchedule();
  }

  /** Whether a VM is part of the metric: in service for the whole of the point and, where there is a warm-up, warm. */
  private counts({ state, warmMs, inServiceMs }: VirtualMachine): boolean {
    if (state !== 'in-service' || inServiceMs === null) return false;
    return (this.tracking === null ? inServiceMs : warmMs) <= this.lastPointMs;
  }

  /** Busy cores over cores, of those that count, since the last point. */
  private utilisation(counted: readonly VirtualMachine[]): number | null {
    const { nowMs } = this.kernel;
    const lastedMs = nowMs - this.lastPointMs;
    if (counted.length === 0 || lastedMs <= 0) return null;
    const busyMs = counted.reduce((sum, vm) => sum + busyCoreMs(vm, nowMs) - vm.busyAtPointMs, 0);
    return busyMs / (counted.length * this.fleet.settings.vCpus * lastedMs);
  }

  private requestRate(): number {
    return this.requests / ((this.kernel.nowMs - this.lastPointMs) / 1000);
  }

  private beginPoint(live: readonly VirtualMachine[]): void {
    const { nowMs } = this.kernel;
    this.lastPointMs = nowMs;
    this.requests = 0;
    for (const vm of live) vm.busyAtPointMs = busyCoreMs(vm, nowMs);
  }

  private awaitPoint(): void {
    const { events, nowMs } = this.kernel;
    const { pointSeconds } = this.fleet.settings.scaling;
    events.schedule(nowMs + pointSeconds * 1000, vmEvent.metricPoint, this.fleet.service);
  }

  private awaitSchedule(): void {
    const change = this.nextChange();
    if (change === null) return;
    this.kernel.events.schedule(change.atSeconds * 1000, vmEvent.scheduledSize, this.fleet.service);
  }

  private nextChange(): ScheduledSize | null {
    const { schedule, repeatSeconds } = this.fleet.settings.scaling;
    return scheduledChange(schedule, repeatSeconds ?? null, this.turn);
  }
}
