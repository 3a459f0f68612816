import type { Estate } from '../../hosts/estate.ts';
import type { Group, Host } from '../../hosts/estate-parts.ts';
import type { Lifecycle } from '../../hosts/lifecycle.ts';
import type { Service } from '../../workload/service.ts';
import type { FleetSettings } from './fleet-settings.ts';
import { busyCoreMs, type Version, type VirtualMachine, type VmRole } from './virtual-machine.ts';
import type { VmBill } from './vm-bill.ts';
import { vmEvent } from './vm-events.ts';
import type { VmPlatform } from './vm-parameters.ts';

/** What is to be launched. */
export interface VmOrder {
  readonly service: number;
  readonly role: VmRole;
  readonly zone: number;
  readonly version: Version;
  /** From the order to the end of the boot. */
  readonly launchSeconds: number;
}

/** The provider of VMs: launches them, runs the service on them, loses some, terminates them, and bills. */
export class Cloud {
  /** All that there are and that somebody has ordered, by index. */
  readonly vms = new Map<number, VirtualMachine>();
  readonly platform: VmPlatform;
  readonly fleets: readonly FleetSettings[];
  /** Zones in which nothing can be launched now. */
  readonly zonesDown: ReadonlySet<number>;
  /** Told when a VM answers, is gone, or is ready in the pool. */
  whenChanged: (vm: VirtualMachine) => void = () => undefined;
  private readonly estate: Estate;
  private readonly lifecycle: Lifecycle;
  private readonly bill: VmBill;
  private readonly vmOfHost = new Map<Host, VirtualMachine>();
  private made = 0;

  constructor(
    platform: VmPlatform,
    fleets: readonly FleetSettings[],
    estate: Estate,
    lifecycle: Lifecycle,
    bill: VmBill,
    zonesDown: ReadonlySet<number>,
  ) {
    this.platform = platform;
    this.fleets = fleets;
    this.estate = estate;
    this.lifecycle = lifecycle;
    this.bill = bill;
    this.zonesDown = zonesDown;
    lifecycle.whenGroupRuns = (group) => {
      this.groupRuns(group);
    };
    lifecycle.whenHostLost = (host) => {
      this.hostLost(host);
    };
  }

  /** A VM that runs and answers as the run begins. */
  present(order: VmOrder): VirtualMachine {
    const vm = this.make(order, 0);
    this.bill.launched(vm, this.settingsOf(vm));
    const group = this.addMachine(vm);
    this.lifecycle.startGroup(group, 'at-once');
    this.lifecycle.enforceMemory(group.host);
    vm.state = 'in-service';
    vm.inServiceMs = this.estate.kernel.nowMs;
    vm.warmMs = vm.inServiceMs;
    return vm;
  }

  /** Orders a VM. It is billed from its boot on. */
  launch(order: VmOrder): VirtualMachine {
    const bootSeconds = Math.min(this.platform.bootSeconds, order.launchSeconds);
    const vm = this.make(order, bootSeconds);
    this.setTimer(vm, vmEvent.runs, order.launchSeconds - bootSeconds);
    return vm;
  }

  handle(kind: number, index: number): void {
    const vm = this.vms.get(index);
    if (vm === undefined) throw new Error(`there is no VM ${index}`);
    vm.timer = -1;
    switch (kind) {
      case vmEvent.runs:
        this.bill.launched(vm, this.settingsOf(vm));
        return this.setTimer(vm, vmEvent.booted, vm.bootSeconds);
      case vmEvent.booted:
        return this.booted(vm);
      case vmEvent.poolReady:
        return this.stop(vm);
      default:
        return this.lossNoticed(vm);
    }
  }

  /** Lets the VM finish its requests, and terminates it. */
  retire(vm: VirtualMachine): void {
    const { group } = vm;
    if (vm.state !== 'in-service' || group === null) return this.terminate(vm);
    vm.state = 'draining';
    this.lifecycle.drain(group, this.platform.drainSeconds, () => {
      this.terminate(vm);
    });
  }

  terminate(vm: VirtualMachine): void {
    if (vm.state === 'terminated') return;
    const { events } = this.estate.kernel;
    if (vm.timer >= 0) events.cancel(vm.timer);
    vm.timer = -1;
    this.bill.terminated(vm, this.settingsOf(vm));
    vm.state = 'terminated';
    this.vms.delete(vm.index);
    this.removeMachine(vm);
    this.whenChanged(vm);
  }

  /** Takes a VM out of the balancer or puts it back; it works on the requests that it has. */
  setAccepting(vm: VirtualMachine, accepting: boolean): void {
    if (vm.group === null) return;
    vm.group.accepting = accepting;
    this.estate.readinessChanged(vm.group);
  }

  settingsOf({ service }: VirtualMachine): FleetSettings {
    return this.fleets[service] as FleetSettings;
  }

  openWindow(): void {
    this.bill.openWindow();
    for (const vm of this.vms.values()) vm.busyAtWindowMs = busyCoreMs(vm, this.estate.kernel.nowMs);
  }

  private make({ service, role, zone, version }: VmOrder, bootSeconds: number): VirtualMachine {
    const index = this.made++;
    const vm: VirtualMachine = {
      index,
      id: `${this.estate.services[service]?.name ?? ''}-vm-${index + 1}`,
      service,
      zone,
      version,
      role,
      bootSeconds,
      state: 'launching',
      timer: -1,
      host: null,
      group: null,
      launchedMs: null,
      inServiceMs: null,
      warmMs: Infinity,
      busyAtPointMs: 0,
      busyAtWindowMs: 0,
    };
    this.vms.set(index, vm);
    return vm;
  }

  /** The system is up: the service starts on it. */
  private booted(vm: VirtualMachine): void {
    if (this.zonesDown.has(vm.zone)) return this.terminate(vm);
    if (vm.role === 'pool') {
      vm.state = 'starting';
      const { startSeconds } = this.estate.services[vm.service] as Service;
      return this.setTimer(vm, vmEvent.poolReady, startSeconds);
    }
    this.lifecycle.startGroup(this.addMachine(vm), 'after-start');
  }

  private addMachine(vm: VirtualMachine): Group {
    const { vCpus, memoryMiB } = this.settingsOf(vm);
    const { osMemoryMiB } = this.platform;
    const host = this.estate.addHost({ id: vm.id, cores: vCpus, memoryMiB, osMemoryMiB, zone: vm.zone });
    const group = this.estate.addGroup(host, {
      services: [vm.service],
      processes: 1,
      weight: null,
      cpuLimitCores: null,
      memoryLimitMiB: null,
    });
    for (const instance of group.instances) {
      instance.defect = vm.version.defect;
      instance.version = vm.version.number + 1;
    }
    group.accepting = vm.role === 'live';
    vm.state = 'starting';
    vm.host = host;
    vm.group = group;
    this.vmOfHost.set(host, vm);
    return group;
  }

  /** The service answers; after a crash, again. */
  private groupRuns(group: Group): void {
    const vm = this.vmOfHost.get(group.host);
    if (vm === undefined || vm.state !== 'starting') return;
    const { nowMs } = this.estate.kernel;
    vm.state = 'in-service';
    vm.inServiceMs = nowMs;
    vm.warmMs = nowMs + this.settingsOf(vm).scaling.warmupSeconds * 1000;
    this.whenChanged(vm);
  }

  /** A VM of the pool is made: it is stopped, and costs nothing until it is needed. */
  private stop(vm: VirtualMachine): void {
    this.bill.terminated(vm, this.settingsOf(vm));
    vm.state = 'stopped';
    this.whenChanged(vm);
  }

  /** The machine is gone with all that ran on it, though its fleet does not know yet. */
  private hostLost(host: Host): void {
    const vm = this.vmOfHost.get(host);
    if (vm === undefined) return;
    if (vm.state === 'draining') return this.terminate(vm);
    this.bill.terminated(vm, this.settingsOf(vm));
    this.removeMachine(vm);
    vm.state = 'lost';
    this.setTimer(vm, vmEvent.lossNoticed, this.platform.statusCheckSeconds);
    this.whenChanged(vm);
  }

  /** The cloud's check finds nobody there: the fleet gets to know, and orders another. */
  private lossNoticed(vm: VirtualMachine): void {
    const { kernel, services } = this.estate;
    if (vm.role !== 'old') {
      const subject = services[vm.service]?.name ?? '';
      kernel.log.add({ atMs: kernel.nowMs, kind: 'instance-replaced', subject, detail: { vm: vm.id } });
    }
    this.terminate(vm);
  }

  private removeMachine(vm: VirtualMachine): void {
    const { host, group } = vm;
    if (host === null) return;
    vm.host = null;
    vm.group = null;
    this.vmOfHost.delete(host);
    if (group !== null) this.lifecycle.endGroup(group);
    this.estate.removeHost(host);
  }

  private setTimer(vm: VirtualMachine, kind: number, inSeconds: number): void {
    const { events, nowMs } = this.estate.kernel;
    vm.timer = events.schedule(nowMs + inSeconds * 1000, kind, vm.index);
  }
}
