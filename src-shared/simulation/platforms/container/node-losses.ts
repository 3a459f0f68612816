import type { Host } from '../../hosts/estate-parts.ts';
import type { Lifecycle } from '../../hosts/lifecycle.ts';
import type { Kernel } from '../../platform.ts';
import type { Cluster } from './cluster.ts';
import { event } from './container-events.ts';
import type { ContainerPlatform } from './container-parameters.ts';
import type { Node } from './node.ts';

interface Loss {
  readonly node: Node;
  /** Which of the losses of the node. */
  readonly number: number;
  readonly comesBack: boolean;
}

/**
 * What follows when a node is gone. For a while nobody knows, and requests are still sent to its pods; then it counts as
 * not ready; and when that has been tolerated for long enough, its pods are given up and started elsewhere.
 *
 * Source: Kubernetes documentation, Nodes, "Node controller"; Taints and Tolerations, "Taint based Evictions".
 */
export class NodeLosses {
  private readonly kernel: Kernel;
  private readonly platform: ContainerPlatform;
  private readonly cluster: Cluster;
  private readonly losses: Loss[] = [];
  /** Whether a node that is lost now comes back. */
  private readonly comesBack: (host: Host) => boolean;

  constructor(
    kernel: Kernel,
    platform: ContainerPlatform,
    cluster: Cluster,
    lifecycle: Lifecycle,
    comesBack: (host: Host) => boolean,
  ) {
    this.kernel = kernel;
    this.platform = platform;
    this.cluster = cluster;
    this.comesBack = comesBack;
    lifecycle.whenHostLost = (host) => {
      this.lose(host);
    };
    lifecycle.whenHostBack = (host) => {
      this.comeBack(host);
    };
  }

  /** The control plane has heard nothing of the node for so long that it counts as lost: nothing is sent to it any more. */
  noticed(index: number): void {
    const { kernel, platform } = this;
    const { node } = this.losses[index] as Loss;
    if (!this.isStillLost(index)) return;
    node.state = 'lost';
    this.cluster.roomMade();
    this.pretend(node, false);
    this.note('node-not-ready', node);
    const atMs = kernel.nowMs + platform.evictionTolerationSeconds * 1000;
    kernel.events.schedule(atMs, event.lossTolerated, index);
  }

  /** The pods of the node are given up. */
  tolerated(index: number): void {
    const { node, comesBack } = this.losses[index] as Loss;
    if (!this.isStillLost(index)) return;
    this.note('pods-evicted', node);
    for (const pod of [...node.placed]) this.cluster.evict(pod);
    if (!comesBack) this.cluster.nodes.terminate(node);
  }

  private lose(host: Host): void {
    const { kernel, platform, cluster } = this;
    const node = cluster.nodes.nodeOf(host);
    if (node === undefined) return;
    node.state = 'silent';
    node.losses++;
    node.unneededSinceMs = null;
    cluster.interrupt(node);
    this.pretend(node, true);
    const index = this.losses.push({ node, number: node.losses, comesBack: this.comesBack(host) }) - 1;
    const atMs = kernel.nowMs + platform.nodeMonitorGraceSeconds * 1000;
    kernel.events.schedule(atMs, event.lossNoticed, index);
  }

  private comeBack(host: Host): void {
    const node = this.cluster.nodes.nodeOf(host);
    if (node?.state !== 'lost' && node?.state !== 'silent') return;
    node.state = 'ready';
    this.pretend(node, false);
    this.cluster.resume(node);
  }

  /** Whether the pods that ran on a lost node are taken to be there still: by the balancer, and by their controllers. */
  private pretend(node: Node, unnoticed: boolean): void {
    for (const { group, phase, isUp, service } of node.placed) {
      if (group !== null) group.goneUnnoticed = unnoticed && isUp && phase === 'placed';
      this.cluster.changed.add(service);
    }
  }

  private isStillLost(index: number): boolean {
    const { node, number } = this.losses[index] as Loss;
    return (node.state === 'lost' || node.state === 'silent') && node.losses === number;
  }

  private note(kind: 'node-not-ready' | 'pods-evicted', { id, pods }: Node): void {
    const { log, nowMs } = this.kernel;
    log.add({ atMs: nowMs, kind, subject: id, detail: { pods } });
  }
}
