import type { CostParts } from '../../costs.ts';
import type { Kernel } from '../../platform.ts';
import type { FleetSettings } from './fleet-settings.ts';
import { type BilledInstance, costOfInstance } from './instance-billing.ts';
import { busyCoreMs, type VirtualMachine } from './virtual-machine.ts';

/** The bill of all VMs after the warm-up of the run: of those that are gone, and of those that still run. */
export class VmBill {
  private readonly kernel: Kernel;
  private readonly minimumSeconds: number;
  private closed: Record<string, number> = {};
  /** Of VMs that are gone, after the warm-up: core-milliseconds in use, and in service. */
  private closedBusyMs = 0;

  constructor(kernel: Kernel, minimumSeconds: number) {
    this.kernel = kernel;
    this.minimumSeconds = minimumSeconds;
  }

  /** The VM runs: from now on it is billed. */
  launched(vm: VirtualMachine, settings: FleetSettings): void {
    vm.launchedMs = this.kernel.nowMs;
    this.trace('instance-launched', vm, settings);
  }

  /** The VM is terminated, or stopped: it is billed no more. */
  terminated(vm: VirtualMachine, settings: FleetSettings): void {
    const { kernel } = this;
    if (vm.launchedMs === null) return;
    const instance = this.billed(vm, settings, kernel.nowMs);
    this.add(this.closed, costOfInstance(instance, kernel.windowStartMs, kernel.nowMs, this.minimumSeconds));
    this.closedBusyMs += instance.busyCoreMs;
    vm.launchedMs = null;
    vm.busyAtWindowMs += instance.busyCoreMs;
    this.trace('instance-terminated', vm, settings);
  }

  /** The warm-up of the run is over: what came before costs nothing. */
  openWindow(): void {
    this.closed = {};
    this.closedBusyMs = 0;
  }

  costParts(running: Iterable<VirtualMachine>, settingsOf: (vm: VirtualMachine) => FleetSettings): CostParts {
    const { nowMs, windowStartMs } = this.kernel;
    const parts: Record<string, number> = { work: 0, idle: 0, starting: 0, minimum: 0, ...this.closed };
    for (const vm of running) {
      if (vm.launchedMs === null) continue;
      const instance = this.billed(vm, settingsOf(vm), null);
      this.add(parts, costOfInstance(instance, windowStartMs, nowMs, this.minimumSeconds));
    }
    return parts;
  }

  /** Core-milliseconds in use on all VMs after the warm-up. */
  busyCoreMs(running: Iterable<VirtualMachine>): number {
    let busyMs = this.closedBusyMs;
    for (const vm of running)
      if (vm.host !== null) busyMs += busyCoreMs(vm, this.kernel.nowMs) - vm.busyAtWindowMs;
    return busyMs;
  }

  private billed(vm: VirtualMachine, settings: FleetSettings, terminatedMs: number | null): BilledInstance {
    const { nowMs } = this.kernel;
    return {
      pricePerHourUsd: settings.pricePerHourUsd,
      cores: settings.vCpus,
      launchedMs: vm.launchedMs ?? nowMs,
      inServiceMs: vm.inServiceMs,
      terminatedMs,
      busyCoreMs: busyCoreMs(vm, nowMs) - vm.busyAtWindowMs,
    };
  }

  private trace(kind: string, vm: VirtualMachine, settings: FleetSettings): void {
    const { kernel } = this;
    if (!kernel.traced) return;
    const { instanceType: type, pricePerHourUsd } = settings;
    const service = kernel.services[vm.service]?.name ?? '';
    const detail = { service, type, pricePerHourUsd };
    kernel.trace({ atMs: kernel.nowMs, kind, subject: vm.id, detail });
  }

  private add(sum: Record<string, number>, parts: CostParts): void {
    for (const [kind, usd] of Object.entries(parts)) sum[kind] = (sum[kind] ?? 0) + usd;
  }
}
