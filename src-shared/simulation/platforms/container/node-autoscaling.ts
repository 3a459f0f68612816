import type { Kernel } from '../../platform.ts';
import { nodesNeeded } from './bin-packing.ts';
import type { Cluster } from './cluster.ts';
import { event } from './container-events.ts';
import type { Node } from './node.ts';
import type { NodeAutoscalerSettings } from './pod-parameters.ts';
import type { PodSpec } from './pod-spec.ts';
import { fits, type Resources, sum } from './scheduler.ts';

/**
 * The cluster autoscaler: orders nodes for pods that find no room, as many as first-fit decreasing needs for them, and
 * gives back a node that for a while has had little requested of it and whose pods would find room on others.
 *
 * Source: Kubernetes Cluster Autoscaler FAQ, "How does scale-up work?", "How does scale-down work?".
 */
export class NodeAutoscaling {
  private readonly kernel: Kernel;
  private readonly cluster: Cluster;
  private readonly settings: NodeAutoscalerSettings;
  private readonly specs: readonly PodSpec[];
  /** The state of the cluster that was looked at last, and what was found then. */
  private seen = -1;
  private neededForPending = 0;
  private unneeded: Node[] = [];

  constructor(kernel: Kernel, cluster: Cluster, settings: NodeAutoscalerSettings, specs: readonly PodSpec[]) {
    this.kernel = kernel;
    this.cluster = cluster;
    this.settings = settings;
    this.specs = specs;
    this.scheduleNext();
  }

  look(): void {
    const { cluster } = this;
    this.scheduleNext();
    if (this.seen !== cluster.revision) {
      this.seen = cluster.revision;
      this.neededForPending = this.nodesForPending();
      this.unneeded = cluster.nodes.ready.filter((node) => this.isUnneeded(node));
    }
    this.scaleUp();
    this.scaleDown();
  }

  private scheduleNext(): void {
    const { events, nowMs } = this.kernel;
    events.schedule(nowMs + this.settings.scanSeconds * 1000, event.nodeScaling, 0);
  }

  private scaleUp(): void {
    const { nodes } = this.cluster;
    const { settings } = this;
    const needed = this.neededForPending - nodes.booting;
    const missing = settings.minNodes - nodes.size;
    const count = Math.min(Math.max(needed, missing), settings.maxNodes - nodes.size);
    for (let i = 0; i < count; i++) nodes.launch();
  }

  private nodesForPending(): number {
    const { nodes, pending } = this.cluster;
    const requests = pending.pods.map(({ service }) => this.requestsOf(service));
    return nodesNeeded(requests, nodes.allocatable, nodes.platform.podsPerNode);
  }

  private scaleDown(): void {
    const { kernel, settings, unneeded } = this;
    const { nodes } = this.cluster;
    let isChanged = false;
    for (const node of nodes.ready) {
      if (!unneeded.includes(node)) node.unneededSinceMs = null;
      else node.unneededSinceMs ??= kernel.nowMs;
    }
    // The empty ones first: nobody has to move for them.
    for (const node of unneeded.sort((a, b) => a.pods - b.pods)) {
      const sinceMs = node.unneededSinceMs ?? kernel.nowMs;
      if (kernel.nowMs - sinceMs < settings.unneededSeconds * 1000) continue;
      if (node.state !== 'ready') continue;
      if (nodes.size <= settings.minNodes) return;
      if (node.pods > 0) {
        // Where a node has just gone, or another one is being emptied, there may be less room for its pods than was seen.
        if (!isChanged) this.drain(node);
        return;
      }
      nodes.terminate(node);
      this.seen = -1;
      isChanged = true;
    }
  }

  /** Little is requested of the node, and all that is on it would find room elsewhere. */
  private isUnneeded(node: Node): boolean {
    const { allocatable, requested } = node;
    const share = Math.max(
      requested.milliCpu / allocatable.milliCpu,
      requested.memoryMiB / allocatable.memoryMiB,
    );
    if (node.pods > 0 && share >= this.settings.utilisationThreshold) return false;
    const others = this.cluster.nodes.ready
      .filter((other) => other !== node)
      .map((other) => ({ ...other, requested: other.requested }));
    for (const pod of node.placed) {
      const requests = this.requestsOf(pod.service);
      const other = others.find((candidate) => fits(requests, candidate));
      if (other === undefined) return false;
      other.requested = sum(other.requested, requests);
      other.pods++;
    }
    return true;
  }

  private drain(node: Node): void {
    const { kernel, cluster } = this;
    const { nowMs } = kernel;
    node.state = 'draining';
    kernel.log.add({ atMs: nowMs, kind: 'node-drained', subject: node.id, detail: { pods: node.pods } });
    for (const pod of [...node.placed]) cluster.remove(pod);
    cluster.roomMade();
  }

  private requestsOf(service: number): Resources {
    return (this.specs[service] as PodSpec).requests;
  }
}
