import type { Kernel } from '../../platform.ts';
import { event } from './container-events.ts';
import type { Node } from './node.ts';
import type { Pod } from './pod.ts';

/** The images on their way to nodes, and the pods that wait for them. */
export class ImagePulls {
  /** Pulls so far: of whole images, or of what a node lacked of one. */
  count = 0;
  private readonly kernel: Kernel;
  /** Pods that wait, by index. */
  private readonly waiting = new Map<number, Pod>();

  constructor(kernel: Kernel) {
    this.kernel = kernel;
  }

  /** Orders what a node lacks of the image of a pod. Returns whether nothing is lacking; otherwise `arrived` is due. */
  order(pod: Pod, { images }: Node): boolean {
    const { events, nowMs } = this.kernel;
    const { readyMs, pulledMiB } = images.pull(pod.version.image, nowMs);
    if (pulledMiB > 0) this.count++;
    if (readyMs <= nowMs) return true;
    pod.pull = events.schedule(readyMs, event.imagePulled, pod.index);
    this.waiting.set(pod.index, pod);
    return false;
  }

  /** The image is there that the pod of this index has waited for. */
  arrived(index: number): Pod {
    const pod = this.waiting.get(index) as Pod;
    this.waiting.delete(index);
    pod.pull = -1;
    return pod;
  }

  /** The pod waits no longer. What has been ordered comes all the same, unless the node is interrupted. */
  forget(pod: Pod): void {
    if (pod.pull >= 0) this.kernel.events.cancel(pod.pull);
    pod.pull = -1;
    this.waiting.delete(pod.index);
  }
}
