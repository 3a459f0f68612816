import type { CostParts } from '../../costs.ts';
import { Level } from '../../engine/level.ts';
import type { Estate } from '../../hosts/estate.ts';
import type { Host } from '../../hosts/estate-parts.ts';
import type { Kernel } from '../../platform.ts';
import { costOfInstance } from '../vm/instance-billing.ts';
import { event } from './container-events.ts';
import type { ContainerPlatform } from './container-parameters.ts';
import { ImageCache } from './image-cache.ts';
import type { Node } from './node.ts';
import type { Pod } from './pod.ts';
import { type Resources, scoredAs, sum } from './scheduler.ts';

const nothing: Resources = { milliCpu: 0, memoryMiB: 0 };

type NodeCost = ReturnType<typeof costOfInstance>;
const noCost: NodeCost = { work: 0, idle: 0, starting: 0, minimum: 0 };

function added(a: NodeCost, b: NodeCost): NodeCost {
  return {
    work: a.work + b.work,
    idle: a.idle + b.idle,
    starting: a.starting + b.starting,
    minimum: a.minimum + b.minimum,
  };
}

/** The nodes of a cluster: ordered, booted, given back and paid for, and what is reserved on them. */
export class NodePool {
  /** Those that are paid for, in the order in which they came. */
  nodes: readonly Node[] = [];
  /** What the pods of a node may request. */
  readonly allocatable: Resources;
  /** Nodes that are paid for. */
  readonly paid: Level;
  /** Nodes that have pods. */
  readonly used: Level;
  private readonly kernel: Kernel;
  readonly platform: ContainerPlatform;
  private readonly estate: Estate;
  private readonly zonesDown: ReadonlySet<number>;
  private readonly byHost = new Map<Host, Node>();
  private made = 0;
  /** What nodes that are gone have cost after the warm-up. */
  private pastCost = noCost;

  /** @param zonesDown zones in which nothing can be ordered now */
  constructor(kernel: Kernel, platform: ContainerPlatform, estate: Estate, zonesDown: ReadonlySet<number>) {
    this.kernel = kernel;
    this.platform = platform;
    this.estate = estate;
    this.zonesDown = zonesDown;
    this.paid = new Level(kernel.buckets);
    this.used = new Level(kernel.buckets);
    this.allocatable = {
      milliCpu: Math.max(0, Math.round((platform.nodeCores - platform.reservedCores) * 1000)),
      memoryMiB: Math.max(0, platform.nodeMemoryMiB - platform.reservedMemoryMiB),
    };
    for (let i = 0; i < platform.nodes; i++) this.join(this.create(this.zoneForNext() ?? 0));
  }

  /** Nodes that take pods. */
  get ready(): Node[] {
    return this.nodes.filter(({ state }) => state === 'ready');
  }

  /** Nodes that the scheduler takes to be there. */
  get schedulable(): Node[] {
    return this.nodes.filter(({ state }) => state === 'ready' || state === 'silent');
  }

  /** How many are ordered and not there yet. */
  get booting(): number {
    return this.nodes.reduce((count, { state }) => (state === 'booting' ? count + 1 : count), 0);
  }

  /** Nodes that take pods or will do so, as far as anybody knows. */
  get size(): number {
    return this.schedulable.length + this.booting;
  }

  /** Orders a node, unless every zone is lost. It is paid for from now on. */
  launch(): void {
    const { kernel, platform } = this;
    const zone = this.zoneForNext();
    if (zone === null) return;
    const node = this.create(zone);
    this.note('node-ordered', node);
    kernel.events.schedule(kernel.nowMs + platform.nodeBootSeconds * 1000, event.nodeBooted, node.index);
  }

  /** The node of this index is up; or, where its zone has been lost meanwhile, never will be. */
  booted(index: number): void {
    const node = this.nodes.find((candidate) => candidate.index === index) as Node;
    if (this.zonesDown.has(node.zone)) return this.terminate(node);
    this.join(node);
    this.note('node-ready', node);
  }

  /** Gives a node back that has no pods. */
  terminate(node: Node): void {
    const { kernel, estate } = this;
    node.state = 'gone';
    node.terminatedMs = kernel.nowMs;
    this.pastCost = added(this.pastCost, this.costOf(node));
    this.nodes = this.nodes.filter((other) => other !== node);
    if (node.host !== null) {
      this.byHost.delete(node.host);
      estate.removeHost(node.host);
    }
    this.paid.set(this.paid.value - 1, kernel.nowMs);
    this.note('node-removed', node);
    if (kernel.traced) {
      kernel.trace({ atMs: kernel.nowMs, kind: 'instance-terminated', subject: node.id, detail: {} });
    }
  }

  /** Reserves what a pod requests. */
  reserve(node: Node, pod: Pod, requests: Resources): void {
    node.placed.add(pod);
    node.pods++;
    node.requested = sum(node.requested, requests);
    node.scored = sum(node.scored, scoredAs(requests));
    this.countUsed();
  }

  /** The pod is gone, and what it requested is free. */
  release(node: Node, pod: Pod, requests: Resources): void {
    const { milliCpu, memoryMiB } = scoredAs(requests);
    node.placed.delete(pod);
    node.pods--;
    node.requested = sum(node.requested, { milliCpu: -requests.milliCpu, memoryMiB: -requests.memoryMiB });
    node.scored = sum(node.scored, { milliCpu: -milliCpu, memoryMiB: -memoryMiB });
    // Of many additions and subtractions of fractions nothing may be left.
    if (node.pods === 0) node.requested = node.scored = nothing;
    this.countUsed();
  }

  /** The node that a host of the estate stands for. */
  nodeOf(host: Host): Node | undefined {
    return this.byHost.get(host);
  }

  openWindow(): void {
    this.paid.startWindow(this.kernel.nowMs);
    this.used.startWindow(this.kernel.nowMs);
    this.pastCost = noCost;
    for (const node of this.nodes) node.busyBeforeMs = node.host?.busyCores.integral(this.kernel.nowMs) ?? 0;
  }

  /** What the nodes cost after the warm-up. They are billed from their order on, by the second. */
  costParts(): CostParts {
    return this.nodes.map((node) => this.costOf(node)).reduce(added, this.pastCost);
  }

  private costOf({ launchedMs, readyMs, terminatedMs, host, busyBeforeMs }: Node): NodeCost {
    const { nowMs, windowStartMs } = this.kernel;
    const { nodePricePerHourUsd, nodeCores, billingMinimumSeconds } = this.platform;
    const billed = {
      pricePerHourUsd: nodePricePerHourUsd,
      cores: nodeCores,
      launchedMs,
      inServiceMs: readyMs,
      terminatedMs,
      busyCoreMs: (host?.busyCores.integral(nowMs) ?? 0) - busyBeforeMs,
    };
    return costOfInstance(billed, windowStartMs, nowMs, billingMinimumSeconds);
  }

  /** The zone with the fewest nodes, of those that are there. */
  private zoneForNext(): number | null {
    const counts = Array.from({ length: this.platform.zones }, () => 0);
    for (const { zone } of this.nodes) counts[zone] = (counts[zone] as number) + 1;
    const open = counts.map((_, zone) => zone).filter((zone) => !this.zonesDown.has(zone));
    return open.reduce<number | null>(
      (best, zone) => (best === null || (counts[zone] as number) < (counts[best] as number) ? zone : best),
      null,
    );
  }

  private create(zone: number): Node {
    const { kernel, platform } = this;
    const index = this.made++;
    const node: Node = {
      index,
      id: `node-${index + 1}`,
      zone,
      images: new ImageCache(platform.baseImageMiB, platform.pullMiBPerSecond),
      launchedMs: kernel.nowMs,
      placed: new Set(),
      allocatable: this.allocatable,
      maxPods: platform.podsPerNode,
      state: 'booting',
      host: null,
      requested: nothing,
      scored: nothing,
      pods: 0,
      readyMs: null,
      terminatedMs: null,
      unneededSinceMs: null,
      busyBeforeMs: 0,
      losses: 0,
    };
    this.nodes = [...this.nodes, node];
    this.paid.set(this.paid.value + 1, kernel.nowMs);
    if (kernel.traced) {
      const detail = { pricePerHourUsd: platform.nodePricePerHourUsd };
      kernel.trace({ atMs: kernel.nowMs, kind: 'instance-launched', subject: node.id, detail });
    }
    return node;
  }

  /** The node is up and takes pods. */
  private join(node: Node): void {
    const { kernel, platform, estate } = this;
    node.host = estate.addHost({
      id: node.id,
      cores: platform.nodeCores,
      memoryMiB: platform.nodeMemoryMiB,
      osMemoryMiB: platform.osMemoryMiB,
      zone: node.zone,
    });
    node.state = 'ready';
    node.readyMs = kernel.nowMs;
    this.byHost.set(node.host, node);
  }

  private countUsed(): void {
    const used = this.nodes.reduce((count, { pods }) => (pods > 0 ? count + 1 : count), 0);
    this.used.set(used, this.kernel.nowMs);
  }

  private note(kind: 'node-ordered' | 'node-ready' | 'node-removed', { id }: Node): void {
    const { log, nowMs } = this.kernel;
    log.add({ atMs: nowMs, kind, subject: id, detail: { nodes: this.paid.value } });
  }
}
