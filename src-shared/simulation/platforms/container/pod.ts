import type { Defect } from '../../deployments/deployment-schema.ts';
import type { Group } from '../../hosts/estate-parts.ts';
import type { CrashLoop } from './crash-loop.ts';
import type { Image } from './image-cache.ts';
import type { Node } from './node.ts';

/** A version of a service. */
export interface Version {
  readonly image: Image;
  /** Of its service, counted from 1. */
  readonly number: number;
  /** null for a version as it should be. */
  readonly defect: Defect | null;
  /** Index of the fault that brought it, or null. */
  readonly fault: number | null;
  /** The last one before it that was as it should be; null for the first of all. */
  readonly soundBefore: Version | null;
}

/**
 * `pending`: no node has room; `pulling`: waits for its image; `placed`: its container starts, runs or waits to be started
 * again; `leaving`: finishes its requests; `gone`: no longer there.
 */
export type PodPhase = 'pending' | 'pulling' | 'placed' | 'leaving' | 'gone';

/** One instance of a service in a container of its own. */
export interface Pod {
  readonly index: number;
  readonly id: string;
  readonly service: number;
  readonly version: Version;
  readonly crashLoop: CrashLoop;
  phase: PodPhase;
  node: Node | null;
  group: Group | null;
  /** Whether the balancer may send to it once it runs; false for a version that waits for its switch. */
  open: boolean;
  /** Handle of the end of its pull, or -1. */
  pull: number;
  /** Whether its container ran when its node was last heard of. */
  isUp: boolean;
  /** When its container last came to run. */
  runsSinceMs: number;
  /** What its container had used at the autoscaler's last look, in core-milliseconds; null where it did not run then. */
  usedAtLookMs: number | null;
}

/** Whether a pod answers, or would if it were let. */
export function isReady({ phase, group }: Pod): boolean {
  return phase === 'placed' && group !== null && group.running > 0;
}

/** Whether the control plane takes a pod to be ready: it is, or it was when its node was lost and nobody has noticed. */
function seemsReady(pod: Pod): boolean {
  return isReady(pod) || (pod.phase === 'placed' && pod.group?.goneUnnoticed === true);
}

/** How many of the pods are ready, as far as the control plane knows. */
export function readyOf(pods: readonly Pod[]): number {
  return pods.reduce((count, pod) => (seemsReady(pod) ? count + 1 : count), 0);
}

/** Who is taken away first of pods of one version: the unplaced, then the unready, then the youngest. */
export function byDispensability(a: Pod, b: Pod): number {
  return rank(a) - rank(b) || b.index - a.index;
}

function rank(pod: Pod): number {
  if (pod.phase === 'pending') return 0;
  return seemsReady(pod) ? 2 : 1;
}
