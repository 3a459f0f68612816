import type { ContainerPlatform } from './container-parameters.ts';
import { readyOf } from './pod.ts';
import { rollingLimits, rollingStep } from './rolling-limits.ts';
import { WorkloadController } from './workload-controller.ts';

/** Replaces pods some at a time; going back is the same in the other direction. */
export class RollingUpdate extends WorkloadController {
  private readonly surgePercent: number;
  private readonly unavailablePercent: number;

  constructor(platform: ContainerPlatform, ...base: ConstructorParameters<typeof WorkloadController>) {
    super(...base);
    this.surgePercent = platform.maxSurgePercent;
    this.unavailablePercent = platform.maxUnavailablePercent;
  }

  reconcile(): void {
    const { replicas, version } = this;
    const fresh = this.podsOn(version);
    const old = this.pods.filter((pod) => pod.version !== version);
    const ready = { old: readyOf(old), fresh: readyOf(fresh) };
    this.noteDefect();
    if (fresh.length > replicas) this.remove(fresh.length - replicas, fresh);
    if (old.length === 0 && ready.fresh >= replicas) this.finish();
    const { create, remove } = rollingStep(
      { replicas, oldPods: old.length, oldReady: ready.old, newPods: fresh.length, newReady: ready.fresh },
      rollingLimits(replicas, this.surgePercent, this.unavailablePercent),
    );
    this.create(create, version, true);
    this.remove(remove, old);
  }

  oldKept(): void {
    throw new Error('a rolling update keeps no old pods');
  }

  protected begin(): void {
    // What there should be has changed; nothing else has.
  }
}
