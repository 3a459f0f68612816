import { SharedProcessor } from '../engine/shared-processor.ts';
import { CfsBandwidth } from './cfs-throttling.ts';

/** What sets a scheduling class apart. */
export interface CpuClass {
  /** Weight against other classes; null: every runnable thread counts alike, whichever class it is in. */
  readonly weight: number | null;
  /** The most cores that the class may use at any moment; Infinity for no limit. */
  readonly maxCores: number;
  /** CPU time of the class in every period of CFS bandwidth control, in core-milliseconds; without it there is no quota. */
  readonly quotaMs?: number;
}

/** A class in a pool, and what has become of it by `advancedMs`. */
export class ClassState {
  readonly weight: number | null;
  readonly maxCores: number;
  readonly processor = new SharedProcessor();
  readonly bandwidth: CfsBandwidth | null;
  /** Endless loops. They are never done, so they are no jobs. */
  spinning = 0;
  paused = false;
  advancedMs: number;
  /** Core-milliseconds used. */
  usedMs = 0;
  /** How long the class had stood still for want of quota when each job came, by its handle. */
  joinedMs: Float64Array;

  constructor({ weight, maxCores, quotaMs = Infinity }: CpuClass, nowMs: number) {
    this.weight = weight;
    this.maxCores = maxCores;
    this.bandwidth = quotaMs === Infinity ? null : new CfsBandwidth(quotaMs);
    this.joinedMs = new Float64Array(this.bandwidth === null ? 0 : 16);
    this.advancedMs = nowMs;
  }

  get threads(): number {
    return this.processor.count + this.spinning;
  }

  get runnable(): boolean {
    return !this.paused && this.threads > 0;
  }
}
