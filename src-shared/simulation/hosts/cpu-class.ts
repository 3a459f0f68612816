import { resized } from '../engine/columns.ts';
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

/** A class in a pool, and what has become of it by `advancedMs`. What it has of the cores, the pool knows. */
export class ClassState {
  readonly weight: number | null;
  readonly maxCores: number;
  readonly processor = new SharedProcessor();
  readonly bandwidth: CfsBandwidth | null;
  /** Endless loops. They are never done, so they are no jobs. */
  private loops = 0;
  private isPaused = false;
  advancedMs: number;
  /** Core-milliseconds used. */
  usedMs = 0;
  /** How long the class had stood still for want of quota when each job came, by its handle. */
  private joinedMs: Float64Array;

  constructor({ weight, maxCores, quotaMs = Infinity }: CpuClass, nowMs: number) {
    this.weight = weight;
    this.maxCores = maxCores;
    this.bandwidth = quotaMs === Infinity ? null : new CfsBandwidth(quotaMs);
    this.joinedMs = new Float64Array(this.bandwidth === null ? 0 : 16);
    this.advancedMs = nowMs;
  }

  get threads(): number {
    return this.processor.count + this.loops;
  }

  get spinning(): number {
    return this.loops;
  }

  get paused(): boolean {
    return this.isPaused;
  }

  get runnable(): boolean {
    return !this.isPaused && this.threads > 0;
  }

  /** The most cores that it can use at this moment. */
  get demand(): number {
    const stands = this.isPaused || (this.bandwidth !== null && this.bandwidth.throttled);
    return stands ? 0 : Math.min(this.threads, this.maxCores);
  }

  /** Lets the time until now pass, through which the class has had so many cores. */
  advance(nowMs: number, cores: number): void {
    const elapsedMs = nowMs - this.advancedMs;
    if (elapsedMs === 0) return;
    this.processor.advance(elapsedMs);
    this.usedMs += elapsedMs * cores;
    if (this.bandwidth !== null && this.runnable) this.bandwidth.pass(this.advancedMs, nowMs, cores);
    this.advancedMs = nowMs;
  }

  /** Adds a job and returns its handle. */
  add(job: number, workMs: number): number {
    const handle = this.processor.add(job, workMs);
    if (this.bandwidth !== null) {
      if (handle >= this.joinedMs.length) this.joinedMs = resized(this.joinedMs, handle * 2);
      if (this.threads === 1) this.wakeUnless(false);
      this.joinedMs[handle] = this.bandwidth.standstillMs;
    }
    return handle;
  }

  /** How long a job has stood still for want of quota since it came, in milliseconds. */
  standstillOf(handle: number): number {
    return this.bandwidth === null ? 0 : this.bandwidth.standstillMs - (this.joinedMs[handle] as number);
  }

  /** Adds endless loops, or takes some away. */
  spin(more: number): void {
    const wasRunnable = this.runnable;
    this.loops += more;
    this.wakeUnless(wasRunnable);
  }

  setPaused(paused: boolean): void {
    const wasRunnable = this.runnable;
    this.isPaused = paused;
    this.wakeUnless(wasRunnable);
  }

  private wakeUnless(wasRunnable: boolean): void {
    if (!wasRunnable && this.runnable) this.bandwidth?.wake(this.advancedMs);
  }
}
