import type { Deployment } from '../../deployments/deployment-schema.ts';
import type { Kernel } from '../../platform.ts';
import type { Fleet } from './fleet.ts';
import type { Replacement } from './replacement.ts';
import type { Version } from './virtual-machine.ts';

/** A version on its way to a fleet. */
export interface VersionOrder {
  /** Number in the book of rollouts. */
  readonly rollout: number;
  readonly version: Version;
  /** Whether its image is made. */
  hasImage: boolean;
}

/** The versions of a fleet, one after another: image, replacement of the VMs, and the way back. */
export class FleetDeployments {
  private readonly kernel: Kernel;
  private readonly fleet: Fleet;
  private readonly replacement: Replacement;
  private readonly servingNow: () => number;
  private readonly queue: VersionOrder[] = [];
  private current: VersionOrder | null = null;
  /** Versions that the fleet has had or is getting, without those that were taken back. */
  private readonly history: Version[];
  private made = 0;

  constructor(kernel: Kernel, fleet: Fleet, replacement: Replacement, servingNow: () => number) {
    this.kernel = kernel;
    this.fleet = fleet;
    this.replacement = replacement;
    this.servingNow = servingNow;
    this.history = [fleet.version];
    fleet.whenSettling = () => {
      this.advance();
    };
  }

  /** A new version is ordered. Its image is to be made next. */
  order({ bad, fault }: Deployment): VersionOrder {
    const version: Version = { number: ++this.made, defect: bad, fault };
    const order: VersionOrder = { rollout: this.book(false), version, hasImage: false };
    this.queue.push(order);
    return order;
  }

  imageMade(order: VersionOrder): void {
    order.hasImage = true;
    this.fleet.settle();
  }

  /** Takes back the version that a fault has ordered, wherever it has got to. */
  rollBack(fault: number | null): void {
    const { kernel, fleet, history } = this;
    const waiting = this.queue.findIndex(({ version }) => version.fault === fault);
    if (waiting >= 0) {
      // Nothing of it has been launched: to give it up is all that is to be done.
      for (const { rollout } of this.queue.splice(waiting, 1)) kernel.rollouts.abandon(rollout);
      kernel.rollouts.finish(this.bookRollback());
      return;
    }
    const at = history.findIndex((version) => version.fault === fault);
    const isLatest = at === history.length - 1;
    if (at >= 0) history.splice(at, 1);
    const target = history.at(-1);
    // A later version has replaced it already.
    if (at < 0 || !isLatest || target === undefined) return;
    if (this.current !== null) {
      this.replacement.cancel();
      kernel.rollouts.abandon(this.current.rollout);
      this.current = null;
    }
    this.queue.unshift({ rollout: this.bookRollback(), version: target, hasImage: true });
    fleet.settle();
  }

  /** So many VMs can answer now: rollouts under way take note of it. */
  capacityChanged(serving: number): void {
    if (this.current !== null) this.kernel.rollouts.capacity(this.current.rollout, serving);
    for (const { rollout } of this.queue) this.kernel.rollouts.capacity(rollout, serving);
  }

  private advance(): void {
    const { kernel, fleet } = this;
    for (;;) {
      const [next] = this.queue;
      if (this.current === null && next?.hasImage === true) {
        this.queue.shift();
        this.current = next;
        if (!this.history.includes(next.version)) this.history.push(next.version);
        this.replacement.begin(next.version);
      }
      this.noteSpoilt();
      if (this.current === null || !this.replacement.advance()) return;
      kernel.rollouts.finish(this.current.rollout);
      this.current = null;
      if (kernel.traced) {
        const detail = { version: fleet.version.number };
        kernel.trace({ atMs: kernel.nowMs, kind: 'version-live', subject: this.name, detail });
      }
    }
  }

  /** A bad version has hit its service as soon as it answers requests. */
  private noteSpoilt(): void {
    const { kernel, fleet } = this;
    const { fault } = fleet.version;
    if (fault === null) return;
    const answers = fleet
      .membersOf('live')
      .some((vm) => vm.version === fleet.version && vm.state === 'in-service');
    if (answers) kernel.faultBook.hit(fault, fleet.service);
  }

  private book(rollback: boolean): number {
    const { kernel, fleet } = this;
    return kernel.rollouts.begin(fleet.service, this.servingNow(), { vms: fleet.desired }, { rollback });
  }

  private bookRollback(): number {
    const { kernel } = this;
    kernel.log.add({ atMs: kernel.nowMs, kind: 'rollback-started', subject: this.name, detail: {} });
    return this.book(true);
  }

  private get name(): string {
    return this.kernel.services[this.fleet.service]?.name ?? '';
  }
}
