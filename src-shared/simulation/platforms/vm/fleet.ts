import { Level } from '../../engine/level.ts';
import type { Kernel } from '../../platform.ts';
import type { Cloud } from './cloud.ts';
import type { FleetSettings } from './fleet-settings.ts';
import type { Version, VirtualMachine, VmRole } from './virtual-machine.ts';
import { WarmPool } from './warm-pool.ts';

/** The VMs of one service: keeps as many as are wanted, replaces those that are lost, spreads them over the zones. */
export class Fleet {
  readonly service: number;
  readonly settings: FleetSettings;
  readonly cloud: Cloud;
  /** VMs that it is to have. */
  desired: number;
  /** What its live VMs are launched with. */
  version: Version = { number: 0, defect: null, fault: null };
  /** What a second fleet is made of before a blue/green switch; null where there is none. */
  standbyVersion: Version | null = null;
  /** VMs that it may have beyond those, while it is deployed. */
  surge = 0;
  scaleOuts = 0;
  scaleIns = 0;
  /** VMs that can answer. */
  readonly serving: Level;
  /** Asked to go on with a deployment before the numbers are put right; and told when all is as it is to be. */
  whenSettling: () => void = () => undefined;
  whenComplete: () => void = () => undefined;
  private readonly kernel: Kernel;
  private readonly vms = new Set<VirtualMachine>();
  private readonly pool: WarmPool;
  private settling = false;
  private unsettled = false;

  constructor(kernel: Kernel, cloud: Cloud, service: number, settings: FleetSettings) {
    this.kernel = kernel;
    this.cloud = cloud;
    this.service = service;
    this.settings = settings;
    this.desired = settings.instances;
    this.serving = new Level(kernel.buckets);
    this.pool = new WarmPool(cloud, service, settings.warmPool);
  }

  /** The VMs that are there as the run begins. */
  begin(): void {
    for (let i = 0; i < this.desired; i++) {
      const zone = this.emptiestZone('live') ?? 0;
      const { service, version } = this;
      this.vms.add(this.cloud.present({ service, role: 'live', zone, version, launchSeconds: 0 }));
    }
  }

  membersOf(role: VmRole): VirtualMachine[] {
    return [...this.vms].filter((vm) => vm.role === role && vm.state !== 'terminated');
  }

  withinLimits(wanted: number): number {
    const { min, max } = this.settings;
    return Math.min(max, Math.max(min, wanted));
  }

  /** Sets the size, held to its limits. */
  resize(wanted: number, reason: string): void {
    const before = this.desired;
    this.desired = this.withinLimits(wanted);
    if (this.desired === before) return;
    const isMore = this.desired > before;
    if (isMore) this.scaleOuts++;
    else this.scaleIns++;
    const subject = this.kernel.services[this.service]?.name ?? '';
    const detail = { from: before, to: this.desired, reason };
    const kind = isMore ? 'scaled-out' : 'scaled-in';
    this.kernel.log.add({ atMs: this.kernel.nowMs, kind, subject, detail });
    if (this.kernel.traced) this.kernel.trace({ atMs: this.kernel.nowMs, kind, subject, detail });
    this.settle();
  }

  /** Puts the numbers right, until nothing more is to be done now. To be called whenever something has changed. */
  settle(): void {
    this.unsettled = true;
    if (this.settling) return;
    this.settling = true;
    while (this.unsettled) {
      this.unsettled = false;
      for (const vm of this.vms) if (vm.state === 'terminated') this.vms.delete(vm);
      this.whenSettling();
      this.reconcile('live', this.desired + this.surge, this.version);
      this.reconcile('standby', this.standbyVersion === null ? 0 : this.desired, this.standbyVersion);
      this.pool.fill(this.standbyVersion ?? this.version, this.emptiestZone('live'));
    }
    this.settling = false;
    const live = this.membersOf('live');
    if (live.length === this.desired && live.every((vm) => vm.state === 'in-service')) this.whenComplete();
  }

  private reconcile(role: VmRole, wanted: number, version: Version | null): void {
    const members = this.membersOf(role);
    const staying = members.filter((vm) => vm.state !== 'draining');
    if (staying.length > wanted) this.retireSome(staying, staying.length - wanted);
    else if (version !== null) {
      for (let i = members.length; i < wanted; i++) if (!this.launch(role, version)) return;
    }
  }

  private launch(role: VmRole, version: Version): boolean {
    const zone = this.emptiestZone(role);
    if (zone === null) return false;
    const { launchSeconds, warmPoolLaunchSeconds } = this.cloud.platform;
    const seconds = this.pool.take(version) ? warmPoolLaunchSeconds : launchSeconds;
    this.vms.add(this.cloud.launch({ service: this.service, role, zone, version, launchSeconds: seconds }));
    return true;
  }

  /**
   * Who goes first: what is lost or does not answer yet, then old versions, then the fullest zone, then the oldest.
   *
   * Source: Amazon EC2 Auto Scaling User Guide, default termination policy; there versions come after zones.
   */
  private retireSome(staying: readonly VirtualMachine[], count: number): void {
    const left = new Set(staying);
    const inZone = new Int32Array(this.cloud.platform.zones);
    for (const { zone } of staying) inZone[zone] = (inZone[zone] as number) + 1;
    const goesBefore = (a: VirtualMachine, b: VirtualMachine): boolean => {
      const byState = this.useOf(a) - this.useOf(b);
      if (byState !== 0) return byState < 0;
      const byZone = (inZone[b.zone] as number) - (inZone[a.zone] as number);
      return byZone !== 0 ? byZone < 0 : a.index < b.index;
    };
    for (let i = 0; i < count; i++) {
      let first: VirtualMachine | null = null;
      for (const vm of left) if (first === null || goesBefore(vm, first)) first = vm;
      if (first === null) return;
      left.delete(first);
      inZone[first.zone] = (inZone[first.zone] as number) - 1;
      this.cloud.retire(first);
    }
  }

  /** The less, the sooner a VM can be missed. */
  private useOf({ state, version }: VirtualMachine): number {
    if (state === 'lost') return 0;
    const isCurrent = version === this.version ? 1 : 0;
    return (state === 'in-service' ? 3 : 1) + isCurrent;
  }

  /** Of the zones that are up, the one with the fewest VMs; null where none is up. */
  private emptiestZone(role: VmRole): number | null {
    const members = this.membersOf(role);
    let best: number | null = null;
    let fewest = Infinity;
    for (let zone = 0; zone < this.cloud.platform.zones; zone++) {
      const count = members.filter((vm) => vm.zone === zone).length;
      if (this.cloud.zonesDown.has(zone) || count >= fewest) continue;
      best = zone;
      fewest = count;
    }
    return best;
  }
}
