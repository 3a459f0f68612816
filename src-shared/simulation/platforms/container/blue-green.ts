import { event } from './container-events.ts';
import type { ContainerPlatform } from './container-parameters.ts';
import { type Pod, readyOf, type Version } from './pod.ts';
import { WorkloadController } from './workload-controller.ts';

/**
 * Starts the new version besides the old one and, once all of it is ready, has the balancer send to it instead. The old
 * pods are kept for a while, so that going back is no more than a switch.
 */
export class BlueGreen extends WorkloadController {
  /** The version that gets the requests. */
  private active: Version;
  private readonly keepMs: number;
  /** Handle of the end of keeping the old pods, or -1. */
  private timer = -1;

  constructor(platform: ContainerPlatform, ...base: ConstructorParameters<typeof WorkloadController>) {
    super(...base);
    this.keepMs = platform.keepOldSeconds * 1000;
    this.active = this.version;
  }

  reconcile(): void {
    const { active, version, replicas } = this;
    this.scale(active, true);
    if (version !== active) {
      this.scale(version, false);
      if (readyOf(this.podsOn(version)) >= replicas) this.switchTo(version);
    } else if (readyOf(this.podsOn(active)) >= replicas) {
      this.finish();
    }
    this.noteDefect();
  }

  /** The old pods are no longer needed to go back. */
  oldKept(): void {
    this.timer = -1;
    this.remove(Infinity, this.others());
  }

  protected begin(): void {
    if (this.timer >= 0) this.kernel.events.cancel(this.timer);
    this.timer = -1;
    // Pods of a third version, of a rollout that was given up for this one, are of no use any more.
    this.remove(
      Infinity,
      this.pods.filter(({ version }) => version !== this.active && version !== this.version),
    );
    // What has got the requests is back: nobody has to wait for anything.
    if (this.version === this.active) this.remove(Infinity, this.others());
  }

  private scale(version: Version, open: boolean): void {
    const pods = this.podsOn(version);
    const missing = this.replicas - pods.length;
    if (missing > 0) this.create(missing, version, open);
    else this.remove(-missing, pods);
  }

  private switchTo(version: Version): void {
    const { kernel, cluster, active: before } = this;
    this.active = version;
    cluster.open(this.pods, ({ version: its }) => its === version);
    const subject = kernel.services[this.service]?.name ?? '';
    kernel.log.add({ atMs: kernel.nowMs, kind: 'traffic-switched', subject, detail: { pods: this.serving } });
    this.finish();
    // Nobody wants to go back to a version that was taken back.
    if (this.keepMs > 0 && before.defect === null) {
      this.timer = kernel.events.schedule(kernel.nowMs + this.keepMs, event.oldKept, this.service);
    } else {
      this.oldKept();
    }
  }

  private others(): Pod[] {
    return this.pods.filter(({ version }) => version !== this.active);
  }
}
