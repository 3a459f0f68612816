import type { Host } from '../../hosts/estate-parts.ts';
import type { ImageCache } from './image-cache.ts';
import type { Pod } from './pod.ts';
import type { Candidate, Resources } from './scheduler.ts';

/**
 * `booting`: ordered and paid for; `ready`: takes pods; `draining`: its pods are moved away; `silent`: down, and nobody has
 * noticed yet; `lost`: known to be down; `gone`: given back.
 */
export type NodeState = 'booting' | 'ready' | 'draining' | 'silent' | 'lost' | 'gone';

/** A virtual machine that pods run on. */
export interface Node extends Candidate {
  readonly index: number;
  readonly id: string;
  readonly zone: number;
  readonly images: ImageCache;
  readonly launchedMs: number;
  /** Pods that it has reserved room for, those on their way out included. */
  readonly placed: Set<Pod>;
  state: NodeState;
  /** null while it boots, or where it is gone before. */
  host: Host | null;
  requested: Resources;
  scored: Resources;
  pods: number;
  readyMs: number | null;
  terminatedMs: number | null;
  /** Since when the autoscaler has had no need of it, or null. */
  unneededSinceMs: number | null;
  /** Core-milliseconds that were used on it before the end of the warm-up. */
  busyBeforeMs: number;
  /** How often it was lost, so that what was to follow a loss does not follow a later one. */
  losses: number;
}
