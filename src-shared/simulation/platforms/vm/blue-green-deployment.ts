import type { Kernel } from '../../platform.ts';
import type { Fleet } from './fleet.ts';
import type { Replacement } from './replacement.ts';
import type { Version, VirtualMachine } from './virtual-machine.ts';
import { vmEvent } from './vm-events.ts';

/**
 * A second fleet on the new version is launched beside the first; once all of it answers, requests go there and no longer
 * to the first, which is kept for a while to go back to at once.
 */
export class BlueGreenDeployment implements Replacement {
  private readonly kernel: Kernel;
  private readonly fleet: Fleet;
  /** Handle of the event at which the old VMs have been kept long enough, or -1. */
  private keepTimer = -1;
  private isBack = false;

  constructor(kernel: Kernel, fleet: Fleet) {
    this.kernel = kernel;
    this.fleet = fleet;
  }

  begin(version: Version): void {
    const { fleet } = this;
    // Of a second fleet that was given up nothing may stay: it would be taken for the one that is launched now.
    for (const vm of fleet.membersOf('standby')) fleet.cloud.terminate(vm);
    if (version === fleet.version) {
      this.isBack = true;
      return;
    }
    const kept = fleet.membersOf('old').filter((vm) => vm.version === version && vm.state === 'in-service');
    this.isBack = kept.length > 0;
    if (this.isBack) {
      this.cancelTimer();
      this.switchTo(kept, version);
      this.retireOld();
    } else {
      this.cancelTimer();
      this.retireOld();
      fleet.standbyVersion = version;
    }
  }

  advance(): boolean {
    const { fleet, kernel } = this;
    if (this.isBack) return true;
    const version = fleet.standbyVersion;
    const standby = fleet.membersOf('standby');
    if (version === null || standby.length < fleet.desired) return false;
    if (standby.some(({ state }) => state !== 'in-service')) return false;
    this.switchTo(standby, version);
    const { keepOldSeconds } = fleet.cloud.platform;
    this.keepTimer = kernel.events.schedule(
      kernel.nowMs + keepOldSeconds * 1000,
      vmEvent.oldKept,
      fleet.service,
    );
    return true;
  }

  cancel(): void {
    this.fleet.standbyVersion = null;
  }

  /** The time that the old VMs are kept is over. */
  oldKept(): void {
    this.keepTimer = -1;
    this.retireOld();
  }

  private switchTo(next: readonly VirtualMachine[], version: Version): void {
    const { fleet, kernel } = this;
    const { cloud } = fleet;
    const before = fleet.membersOf('live');
    // Those that are to answer come first, so that there is no moment without any.
    for (const vm of next) {
      vm.role = 'live';
      cloud.setAccepting(vm, true);
    }
    fleet.version = version;
    fleet.standbyVersion = null;
    for (const vm of before) {
      vm.role = 'old';
      if (vm.state === 'in-service') cloud.setAccepting(vm, false);
      else if (vm.state !== 'draining') cloud.terminate(vm);
    }
    const subject = kernel.services[fleet.service]?.name ?? '';
    const detail = { vms: next.length, version: version.number };
    kernel.log.add({ atMs: kernel.nowMs, kind: 'traffic-switched', subject, detail });
  }

  private retireOld(): void {
    const { fleet } = this;
    for (const vm of fleet.membersOf('old')) if (vm.state !== 'draining') fleet.cloud.retire(vm);
  }

  private cancelTimer(): void {
    if (this.keepTimer >= 0) this.kernel.events.cancel(this.keepTimer);
    this.keepTimer = -1;
  }
}
