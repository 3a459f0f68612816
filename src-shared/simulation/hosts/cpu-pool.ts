import { SharedProcessor } from '../engine/shared-processor.ts';
import type { Kernel } from '../platform.ts';
import { fairShares } from './fair-share.ts';

/** What sets a scheduling class apart. */
export interface CpuClass {
  /** Weight against other classes; null: every runnable thread counts alike, whichever class it is in. */
  readonly weight: number | null;
  /** The most cores that the class may use; Infinity for no limit. */
  readonly maxCores: number;
}

/** The cores of a host, shared by all that is runnable on it. */
export class CpuPool {
  busyCores = 0;
  private readonly kernel: Kernel;
  private readonly cores: number;
  private readonly doneEvent: number;
  private readonly subject: number;
  private readonly classes: readonly CpuClass[];
  private readonly processors: readonly SharedProcessor[];
  /** Endless loops by class. They are never done, so they are no jobs. */
  private readonly spinning: Int32Array;
  private readonly paused: Uint8Array;
  private readonly weights: Float64Array;
  private readonly demands: Float64Array;
  private readonly shares: Float64Array;
  private advancedMs = 0;
  private next = -1;
  private nextClass = 0;

  /** When the first job is done, an event of kind `doneEvent` about `subject` comes; answer it with `finishNext`. */
  constructor(
    kernel: Kernel,
    cores: number,
    classes: readonly CpuClass[],
    doneEvent: number,
    subject: number,
  ) {
    this.kernel = kernel;
    this.cores = cores;
    this.classes = classes;
    this.doneEvent = doneEvent;
    this.subject = subject;
    this.processors = classes.map(() => new SharedProcessor());
    this.spinning = new Int32Array(classes.length);
    this.paused = new Uint8Array(classes.length);
    this.weights = new Float64Array(classes.length);
    this.demands = new Float64Array(classes.length);
    this.shares = new Float64Array(classes.length);
  }

  /** Adds a job and returns its handle. */
  add(cpuClass: number, job: number, workMs: number): number {
    this.advance();
    const handle = this.processor(cpuClass).add(job, workMs);
    this.share();
    return handle;
  }

  /** Takes out a job before its end and returns the core-milliseconds that it still lacked. */
  remove(cpuClass: number, handle: number): number {
    this.advance();
    const missingMs = this.processor(cpuClass).remove(handle);
    this.share();
    return missingMs;
  }

  /** Core-milliseconds that a job still lacks. */
  missing(cpuClass: number, handle: number): number {
    const processor = this.processor(cpuClass);
    return processor.missing(handle) - (this.kernel.nowMs - this.advancedMs) * processor.rate;
  }

  /** Takes out the job that the event said is done. */
  finishNext(): number {
    this.advance();
    this.next = -1;
    const job = this.processor(this.nextClass).finishNext();
    this.share();
    return job;
  }

  /** Adds endless loops to a class, or takes some away. */
  spin(cpuClass: number, more: number): void {
    this.advance();
    this.spinning[cpuClass] = (this.spinning[cpuClass] as number) + more;
    this.share();
  }

  setPaused(cpuClass: number, paused: boolean): void {
    this.advance();
    this.paused[cpuClass] = paused ? 1 : 0;
    this.share();
  }

  /** Cores that each runnable thread of a class has at this moment. */
  rateOf(cpuClass: number): number {
    return this.processor(cpuClass).rate;
  }

  /** Core-milliseconds that a thread which has run in the class all along would have had. */
  attainedBy(cpuClass: number): number {
    const processor = this.processor(cpuClass);
    return processor.attained + (this.kernel.nowMs - this.advancedMs) * processor.rate;
  }

  /** Cores that one single request of a class would have if besides it nothing but endless loops ran on the host. */
  rateAgainstLoops(cpuClass: number): number {
    const weights = new Float64Array(this.classes.length);
    const demands = new Float64Array(this.classes.length);
    const shares = new Float64Array(this.classes.length);
    this.classes.forEach((_, i) => {
      this.setDemand(i, (this.spinning[i] as number) + (i === cpuClass ? 1 : 0), weights, demands);
    });
    fairShares(this.cores, weights, demands, shares);
    return (shares[cpuClass] as number) / ((this.spinning[cpuClass] as number) + 1);
  }

  private processor(cpuClass: number): SharedProcessor {
    return this.processors[cpuClass] as SharedProcessor;
  }

  private advance(): void {
    const elapsedMs = this.kernel.nowMs - this.advancedMs;
    if (elapsedMs === 0) return;
    for (const processor of this.processors) processor.advance(elapsedMs);
    this.advancedMs = this.kernel.nowMs;
  }

  private setDemand(cpuClass: number, threads: number, weights: Float64Array, demands: Float64Array): void {
    const { weight, maxCores } = this.classes[cpuClass] as CpuClass;
    weights[cpuClass] = weight ?? threads;
    demands[cpuClass] = this.paused[cpuClass] === 1 ? 0 : Math.min(threads, maxCores);
  }

  /** Divides the cores anew and puts the event of the next completion where it now belongs. */
  private share(): void {
    const { processors, spinning, shares } = this;
    for (let i = 0; i < processors.length; i++) {
      const threads = this.processor(i).count + (spinning[i] as number);
      this.setDemand(i, threads, this.weights, this.demands);
    }
    if (processors.length === 1) shares[0] = Math.min(this.cores, this.demands[0] as number);
    else fairShares(this.cores, this.weights, this.demands, shares);

    let busy = 0;
    let nextInMs = Infinity;
    for (let i = 0; i < processors.length; i++) {
      const processor = this.processor(i);
      const threads = processor.count + (spinning[i] as number);
      const share = shares[i] as number;
      processor.rate = threads > 0 ? share / threads : 0;
      busy += share;
      const inMs = processor.nextInMs;
      if (inMs < nextInMs) {
        nextInMs = inMs;
        this.nextClass = i;
      }
    }
    this.busyCores = busy;
    this.moveEvent(nextInMs);
  }

  private moveEvent(inMs: number): void {
    const { events, nowMs } = this.kernel;
    if (inMs === Infinity) {
      if (this.next >= 0) events.cancel(this.next);
      this.next = -1;
    } else if (this.next < 0) {
      this.next = events.schedule(nowMs + inMs, this.doneEvent, this.subject);
    } else {
      events.move(this.next, nowMs + inMs);
    }
  }
}
