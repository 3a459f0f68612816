import type { Lifecycle } from '../../hosts/lifecycle.ts';
import type { Estate } from '../../hosts/estate.ts';
import type { Group, Process } from '../../hosts/estate-parts.ts';
import type { Kernel } from '../../platform.ts';
import type { ContainerPlatform } from './container-parameters.ts';
import { CrashLoop } from './crash-loop.ts';
import { ImagePulls } from './image-pulls.ts';
import type { Node } from './node.ts';
import { NodePool } from './node-pool.ts';
import { oomScore } from './oom-score.ts';
import { PendingPods } from './pending-pods.ts';
import type { Pod, Version } from './pod.ts';
import type { PodSpec } from './pod-spec.ts';
import { chooseNode } from './scheduler.ts';

/** The pods of a cluster, from their creation to their end, and where they are. */
export class Cluster {
  readonly nodes: NodePool;
  /** The pods of every service that are not on their way out. */
  readonly podsOf: readonly Pod[][];
  readonly pending: PendingPods;
  readonly pulls: ImagePulls;
  /** Goes up whenever a pod or a node comes, goes or is placed. */
  revision = 0;
  /** Services whose pods have changed since somebody looked. */
  readonly changed = new Set<number>();
  private readonly kernel: Kernel;
  private readonly platform: ContainerPlatform;
  private readonly estate: Estate;
  private readonly lifecycle: Lifecycle;
  /** By service. */
  readonly specs: readonly PodSpec[];
  private made = 0;
  private readonly byGroup = new Map<Group, Pod>();
  private readonly named: number[];
  /** Whether there may be room that there was not when the pending pods were last looked at. */
  private hasNewRoom = false;

  constructor(
    kernel: Kernel,
    platform: ContainerPlatform,
    estate: Estate,
    lifecycle: Lifecycle,
    specs: readonly PodSpec[],
    zonesDown: ReadonlySet<number>,
  ) {
    this.kernel = kernel;
    this.platform = platform;
    this.estate = estate;
    this.lifecycle = lifecycle;
    this.specs = specs;
    this.nodes = new NodePool(kernel, platform, estate, zonesDown);
    this.podsOf = specs.map(() => []);
    this.named = specs.map(() => 0);
    this.pending = new PendingPods(kernel, specs);
    this.pulls = new ImagePulls(kernel);
    lifecycle.badness = (process) => this.badness(process);
    lifecycle.restartDelaySeconds = (process) => this.backOff(process);
    lifecycle.whenGroupRuns = (group) => {
      this.runs(group);
    };
  }

  /** Whether something has changed that controllers or the scheduler must see to. */
  get isUnsettled(): boolean {
    return this.changed.size > 0 || (this.hasNewRoom && this.pending.pods.length > 0);
  }

  /** Creates a pod, pending until `schedule` finds it a node. */
  create(service: number, version: Version, open: boolean): Pod {
    const { crashBackoffSeconds, crashBackoffMaxSeconds, crashBackoffResetSeconds } = this.platform;
    const number = ((this.named[service] as number) += 1);
    const pod: Pod = {
      index: this.made++,
      id: `${this.kernel.services[service]?.name ?? ''}-${number}`,
      service,
      version,
      crashLoop: new CrashLoop({
        firstSeconds: crashBackoffSeconds,
        maxSeconds: crashBackoffMaxSeconds,
        resetSeconds: crashBackoffResetSeconds,
      }),
      phase: 'pending',
      node: null,
      group: null,
      open,
      pull: -1,
      isUp: false,
      runsSinceMs: 0,
      usedAtLookMs: null,
    };
    (this.podsOf[service] as Pod[]).push(pod);
    this.revision++;
    this.pending.add(pod);
    this.hasNewRoom = true;
    return pod;
  }

  /**
   * Gives pending pods a node, in the order in which they came.
   *
   * @param start `at-once`: they run already, with their images there, as at the start of a run
   */
  schedule(start: 'at-once' | 'after-start' = 'after-start'): void {
    this.hasNewRoom = false;
    const candidates = this.nodes.schedulable;
    this.pending.place((pod) => {
      const { requests } = this.specs[pod.service] as PodSpec;
      const node = candidates[chooseNode(requests, candidates, this.platform.scheduler)];
      if (node !== undefined) this.bind(pod, node, start);
      return node !== undefined;
    });
  }

  /** The image of a pod has come: its container starts. */
  imagePulled(index: number): void {
    this.run(this.pulls.arrived(index), 'after-start');
  }

  /** Takes a pod away after it has had its time to finish requests. */
  remove(pod: Pod): void {
    if (pod.phase === 'leaving' || pod.phase === 'gone') return;
    const { phase, group } = pod;
    this.leave(pod);
    if (phase === 'placed' && group !== null) {
      this.lifecycle.drain(group, this.platform.drainSeconds, () => {
        this.end(pod);
      });
    } else {
      this.end(pod);
    }
  }

  /** Takes a pod away at once, as one whose node is no longer there. */
  evict(pod: Pod): void {
    if (pod.phase === 'gone') return;
    this.leave(pod);
    this.end(pod);
  }

  /** The node is up again: what was on it begins anew. */
  resume(node: Node): void {
    this.revision++;
    this.hasNewRoom = true;
    for (const pod of node.placed) {
      if (pod.phase === 'pulling') this.pullFor(pod, node);
      else if (pod.phase === 'placed')
        for (const process of pod.group?.processes ?? []) this.lifecycle.restart(process);
    }
  }

  /** The node is down: nothing more is pulled to it. */
  interrupt(node: Node): void {
    this.revision++;
    node.images.interrupt(this.kernel.nowMs);
    for (const pod of node.placed) this.pulls.forget(pod);
  }

  /** A node has come, is known to be lost, or has got room. */
  roomMade(): void {
    this.revision++;
    this.hasNewRoom = true;
  }

  /** Lets the balancer send to some of the pods and not to the others. */
  open(pods: readonly Pod[], isOpen: (pod: Pod) => boolean): void {
    for (const pod of pods) {
      pod.open = isOpen(pod);
      for (const instance of pod.group?.instances ?? []) instance.available = pod.open;
    }
    this.estate.readinessChanged();
  }

  private badness(process: Process): number {
    const { host } = process.group;
    const service = process.group.plan.services[0] ?? 0;
    const { oomScoreAdjustment } = this.specs[service] as PodSpec;
    return oomScore(this.lifecycle.memoryOf(process), host.memoryLimitMiB, oomScoreAdjustment);
  }

  private bind(pod: Pod, node: Node, start: 'at-once' | 'after-start'): void {
    this.revision++;
    pod.node = node;
    this.nodes.reserve(node, pod, (this.specs[pod.service] as PodSpec).requests);
    if (start === 'at-once') {
      node.images.preload(pod.version.image);
      this.run(pod, start);
    } else {
      this.pullFor(pod, node);
    }
  }

  private pullFor(pod: Pod, node: Node): void {
    pod.phase = 'pulling';
    // Nobody has noticed that the node is down: the pod waits on it until it is back, or given up.
    if (node.state === 'silent') return;
    if (this.pulls.order(pod, node)) this.run(pod, 'after-start');
  }

  /** The image is there: the container starts. */
  private run(pod: Pod, start: 'at-once' | 'after-start'): void {
    const host = pod.node?.host;
    if (host === undefined || host === null) return;
    const group = this.estate.addGroup(host, { ...(this.specs[pod.service] as PodSpec).plan, id: pod.id });
    pod.group = group;
    pod.phase = 'placed';
    this.byGroup.set(group, pod);
    for (const instance of group.instances) {
      instance.defect = pod.version.defect;
      instance.version = pod.version.number;
      instance.available = pod.open;
    }
    pod.isUp = start === 'at-once';
    this.lifecycle.startGroup(group, start);
  }

  private runs(group: Group): void {
    const pod = this.byGroup.get(group);
    if (pod === undefined) return;
    pod.isUp = true;
    pod.runsSinceMs = this.kernel.nowMs;
    this.changed.add(pod.service);
  }

  private leave(pod: Pod): void {
    const pods = this.podsOf[pod.service] as Pod[];
    const place = pods.indexOf(pod);
    if (place >= 0) pods.splice(place, 1);
    if (pod.phase === 'pending') this.pending.remove(pod);
    this.pulls.forget(pod);
    pod.phase = 'leaving';
    this.changed.add(pod.service);
  }

  private end(pod: Pod): void {
    const { node, group } = pod;
    this.revision++;
    pod.phase = 'gone';
    if (group !== null) {
      this.lifecycle.endGroup(group);
      this.byGroup.delete(group);
    }
    if (node !== null) this.nodes.release(node, pod, (this.specs[pod.service] as PodSpec).requests);
    this.changed.add(pod.service);
    this.hasNewRoom = true;
  }

  /** A container has ended: how long it waits to be started again. */
  private backOff(process: Process): number | null {
    const { kernel } = this;
    const pod = this.byGroup.get(process.group);
    if (pod === undefined || pod.phase !== 'placed') return null;
    pod.isUp = false;
    const delaySeconds = pod.crashLoop.delaySeconds((kernel.nowMs - pod.runsSinceMs) / 1000);
    this.changed.add(pod.service);
    if (delaySeconds > 0)
      kernel.log.add({ atMs: kernel.nowMs, kind: 'crash-loop', subject: pod.id, detail: { delaySeconds } });
    return delaySeconds;
  }
}
