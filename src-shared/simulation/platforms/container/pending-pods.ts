import { Level } from '../../engine/level.ts';
import type { Kernel } from '../../platform.ts';
import type { Pod } from './pod.ts';
import type { PodSpec } from './pod-spec.ts';

/** Pods that wait for a node, the longest waiting first. */
export class PendingPods {
  pods: readonly Pod[] = [];
  readonly level: Level;
  private readonly kernel: Kernel;
  private readonly specs: readonly PodSpec[];
  private readonly known = new Set<Pod>();

  constructor(kernel: Kernel, specs: readonly PodSpec[]) {
    this.kernel = kernel;
    this.specs = specs;
    this.level = new Level(kernel.buckets);
  }

  add(pod: Pod): void {
    this.set([...this.pods, pod]);
  }

  remove(pod: Pod): void {
    this.known.delete(pod);
    this.set(this.pods.filter((other) => other !== pod));
  }

  /**
   * Tries to place every pod in turn. What found no room finds none for its like either, until something changes.
   *
   * @param place puts a pod on a node; false where there is no room for it
   */
  place(place: (pod: Pod) => boolean): void {
    if (this.pods.length === 0) return;
    const hopeless = new Set<number>();
    const left = this.pods.filter((pod) => {
      if (!hopeless.has(pod.service) && place(pod)) {
        this.known.delete(pod);
        return false;
      }
      hopeless.add(pod.service);
      this.note(pod);
      return true;
    });
    this.set(left);
  }

  private set(pods: readonly Pod[]): void {
    this.pods = pods;
    this.level.set(pods.length, this.kernel.nowMs);
  }

  /** The log tells of a pod once. */
  private note(pod: Pod): void {
    const { log, nowMs } = this.kernel;
    if (this.known.has(pod)) return;
    this.known.add(pod);
    const { milliCpu, memoryMiB } = (this.specs[pod.service] as PodSpec).requests;
    log.add({
      atMs: nowMs,
      kind: 'pod-pending',
      subject: pod.id,
      detail: { cores: milliCpu / 1000, memoryMiB },
    });
  }
}
