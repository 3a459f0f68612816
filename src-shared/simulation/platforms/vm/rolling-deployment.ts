import type { Fleet } from './fleet.ts';
import { outAtOnce } from './lead-time.ts';
import type { Replacement } from './replacement.ts';
import type { Version } from './virtual-machine.ts';

/**
 * Batch after batch: old VMs finish their requests and go, new ones are launched in their place, and the next batch waits
 * until those answer. Where no VM may be missed, the new ones of a batch are launched first.
 */
export class RollingDeployment implements Replacement {
  private readonly fleet: Fleet;
  private readonly batchSize: number;
  private readonly minHealthyShare: number;
  private readonly servingNow: () => number;

  constructor(fleet: Fleet, servingNow: () => number) {
    const { batchSize, minHealthyShare } = fleet.cloud.platform;
    this.fleet = fleet;
    this.batchSize = batchSize;
    this.minHealthyShare = minHealthyShare;
    this.servingNow = servingNow;
  }

  begin(version: Version): void {
    const { fleet } = this;
    fleet.version = version;
    // Whoever does not answer yet need not be waited for.
    for (const vm of fleet.membersOf('live'))
      if (vm.version !== version && (vm.state === 'launching' || vm.state === 'starting'))
        fleet.cloud.terminate(vm);
  }

  advance(): boolean {
    const { fleet } = this;
    const live = fleet.membersOf('live');
    // A batch is under way: some VM goes, is ordered, or is about to be.
    if (live.length < fleet.desired + fleet.surge) return false;
    if (live.some(({ state }) => state !== 'in-service')) return false;
    const old = live.filter(({ version }) => version !== fleet.version);
    if (old.length === 0) {
      // An old VM may have been lost while its successor was launched beside it.
      fleet.surge = 0;
      return true;
    }
    if (fleet.surge > 0) {
      const gone = old.slice(0, fleet.surge);
      fleet.surge = 0;
      for (const vm of gone) fleet.cloud.retire(vm);
      return false;
    }
    const out = outAtOnce(fleet.desired, this.servingNow(), this.batchSize, this.minHealthyShare);
    if (out === 0) fleet.surge = Math.min(this.batchSize, old.length);
    for (const vm of old.slice(0, out)) fleet.cloud.retire(vm);
    return false;
  }

  cancel(): void {
    this.fleet.surge = 0;
  }
}
