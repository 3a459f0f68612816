import { resized } from '../engine/columns.ts';
import type { Kernel } from '../platform.ts';
import { cfsPeriodMs } from './cfs-throttling.ts';
import { ClassState, type CpuClass } from './cpu-class.ts';
import { fairShares } from './fair-share.ts';
import { MovingEvent } from './moving-event.ts';

export type { CpuClass } from './cpu-class.ts';

/** Part of a nanosecond: a job that is done with the last of a quota is done before its class is throttled. */
const toleranceMs = 1e-6;

/** The cores of a host, shared by all that is runnable on it. */
export class CpuPool {
  busyCores = 0;
  /** How long the job that came out last, by `finishNext` or `remove`, had stood still because its class was throttled. */
  standstillMs = 0;
  private readonly kernel: Pick<Kernel, 'nowMs' | 'events'>;
  private readonly cores: number;
  private readonly next: MovingEvent;
  private readonly classes: ClassState[] = [];
  private readonly freeClasses: number[] = [];
  private weights = new Float64Array(1);
  private demands = new Float64Array(1);
  private shares = new Float64Array(1);
  private newShares = new Float64Array(1);
  /** When the first job of a class is done or, where `isQuotaDue`, when the class is throttled or goes on. */
  private dues = new Float64Array(1);
  private isQuotaDue = new Uint8Array(1);
  /** Whether the classes want more than there is. Where not, a change of one leaves the others alone. */
  private contended = false;
  private nextClass = 0;
  /** Of classes that were removed. */
  private pastPeriods = 0;
  private pastThrottledPeriods = 0;

  /** When something is due, an event of kind `doneEvent` about `subject` comes; answer it with `finishNext`. */
  constructor(
    kernel: Pick<Kernel, 'nowMs' | 'events'>,
    cores: number,
    classes: readonly CpuClass[],
    doneEvent: number,
    subject: number,
  ) {
    this.kernel = kernel;
    this.cores = cores;
    this.next = new MovingEvent(kernel, doneEvent, subject);
    for (const cpuClass of classes) this.addClass(cpuClass);
  }

  /** Adds a class and returns its number. Numbers of classes that were removed are used again. */
  addClass(cpuClass: CpuClass): number {
    const index = this.freeClasses.pop() ?? this.classes.length;
    this.classes[index] = new ClassState(cpuClass, this.kernel.nowMs);
    if (index === this.dues.length) {
      const length = index + 1;
      this.weights = resized(this.weights, length);
      this.demands = resized(this.demands, length);
      this.shares = resized(this.shares, length);
      this.newShares = resized(this.newShares, length);
      this.dues = resized(this.dues, length);
      this.isQuotaDue = resized(this.isQuotaDue, length);
    }
    this.dues[index] = Infinity;
    return index;
  }

  /** Removes a class that has neither jobs nor endless loops. */
  removeClass(cpuClass: number): void {
    const { bandwidth, threads } = this.state(cpuClass);
    if (threads > 0) throw new Error(`class ${cpuClass} still has ${threads} threads`);
    this.pastPeriods += bandwidth?.periods(this.kernel.nowMs, false) ?? 0;
    this.pastThrottledPeriods += bandwidth?.throttledPeriods ?? 0;
    // What stays in its place uses nothing.
    this.classes[cpuClass] = new ClassState({ weight: 1, maxCores: 0 }, this.kernel.nowMs);
    this.freeClasses.push(cpuClass);
  }

  /** Adds a job and returns its handle. */
  add(cpuClass: number, job: number, workMs: number): number {
    const handle = this.change(cpuClass).add(job, workMs);
    this.share(cpuClass);
    return handle;
  }

  /** Takes out a job before its end and returns the core-milliseconds that it still lacked. */
  remove(cpuClass: number, handle: number): number {
    const state = this.change(cpuClass);
    const missingMs = state.processor.remove(handle);
    this.standstillMs = state.standstillOf(handle);
    this.share(cpuClass);
    return missingMs;
  }

  /** Core-milliseconds that a job still lacks. */
  missing(cpuClass: number, handle: number): number {
    const { processor, advancedMs } = this.state(cpuClass);
    return processor.missing(handle) - (this.kernel.nowMs - advancedMs) * processor.rate;
  }

  /** Does what the event said is due. Returns the job that is done, or -1 where it was about the quota of a class. */
  finishNext(): number {
    const cpuClass = this.nextClass;
    const state = this.change(cpuClass);
    this.next.happened();
    let job = -1;
    if (this.isQuotaDue[cpuClass] === 1) {
      state.bandwidth?.turn(this.kernel.nowMs);
    } else {
      const handle = state.processor.nextHandle;
      job = state.processor.finishNext();
      this.standstillMs = state.standstillOf(handle);
    }
    this.share(cpuClass);
    return job;
  }

  /** Adds endless loops to a class, or takes some away. */
  spin(cpuClass: number, more: number): void {
    this.change(cpuClass).spin(more);
    this.share(cpuClass);
  }

  /** Freezes all threads of a class, or lets them go on. */
  setPaused(cpuClass: number, paused: boolean): void {
    this.change(cpuClass).setPaused(paused);
    this.share(cpuClass);
  }

  /** Cores that each runnable thread of a class has at this moment. */
  rateOf(cpuClass: number): number {
    return this.state(cpuClass).processor.rate;
  }

  /** Whether a class has work that a limit of its own keeps from the cores at this moment. */
  isHeldBack(cpuClass: number): boolean {
    const { bandwidth, runnable, threads, maxCores } = this.state(cpuClass);
    return runnable && (bandwidth?.throttled === true || threads > maxCores);
  }

  /** Core-milliseconds that a thread which has run in the class all along would have had. */
  attainedBy(cpuClass: number): number {
    const { processor, advancedMs } = this.state(cpuClass);
    return processor.attained + (this.kernel.nowMs - advancedMs) * processor.rate;
  }

  /** Core-milliseconds that all threads of a class have used so far. */
  usedBy(cpuClass: number): number {
    const { usedMs, advancedMs } = this.state(cpuClass);
    return usedMs + (this.kernel.nowMs - advancedMs) * (this.shares[cpuClass] as number);
  }

  /** Periods of CFS bandwidth control in which a class with a quota could run, and those in which one was throttled. */
  quotaPeriods(): { readonly periods: number; readonly throttled: number } {
    let periods = this.pastPeriods;
    let throttled = this.pastThrottledPeriods;
    for (const { bandwidth, runnable } of this.classes) {
      periods += bandwidth?.periods(this.kernel.nowMs, runnable) ?? 0;
      throttled += bandwidth?.throttledPeriods ?? 0;
    }
    return { periods, throttled };
  }

  /** Cores that one single request of a class would have if besides it nothing but endless loops ran on the host. */
  rateAgainstLoops(cpuClass: number): number {
    const count = this.classes.length;
    const weights = new Float64Array(count);
    const demands = new Float64Array(count);
    const shares = new Float64Array(count);
    this.classes.forEach((state, i) => {
      const threads = state.spinning + (i === cpuClass ? 1 : 0);
      const inTheLongRun = state.bandwidth === null ? Infinity : state.bandwidth.quotaMs / cfsPeriodMs;
      weights[i] = state.weight ?? threads;
      demands[i] = state.paused ? 0 : Math.min(threads, state.maxCores, inTheLongRun);
    });
    fairShares(this.cores, weights, demands, shares);
    return (shares[cpuClass] as number) / (this.state(cpuClass).spinning + 1);
  }

  private state(cpuClass: number): ClassState {
    return this.classes[cpuClass] as ClassState;
  }

  /** To be called before anything changes in a class, and `share` after it. */
  private change(cpuClass: number): ClassState {
    const state = this.state(cpuClass);
    state.advance(this.kernel.nowMs, this.shares[cpuClass] as number);
    return state;
  }

  /** Divides the cores anew after a change in one class, and puts the event of what is due next where it now belongs. */
  private share(changed: number): void {
    const { demands, shares, dues, cores } = this;
    const count = this.classes.length;
    this.setDemand(changed);
    let wanted = 0;
    for (let i = 0; i < count; i++) wanted += demands[i] as number;
    const contended = wanted > cores;
    if (contended || this.contended) {
      this.shareAll(changed);
    } else {
      shares[changed] = demands[changed] as number;
      this.setRate(changed);
    }
    this.contended = contended;

    let busy = 0;
    let dueMs = Infinity;
    for (let i = 0; i < count; i++) {
      busy += shares[i] as number;
      const due = dues[i] as number;
      if (due < dueMs) {
        dueMs = due;
        this.nextClass = i;
      }
    }
    this.busyCores = busy;
    this.next.moveTo(dueMs);
  }

  private shareAll(changed: number): void {
    const { weights, demands, shares, newShares, cores } = this;
    if (shares.length === 1) newShares[0] = Math.min(cores, demands[0] as number);
    else fairShares(cores, weights, demands, newShares);
    for (let i = 0; i < shares.length; i++) {
      if (i !== changed && newShares[i] === shares[i]) continue;
      this.change(i);
      shares[i] = newShares[i] as number;
      this.setRate(i);
    }
  }

  private setDemand(cpuClass: number): void {
    const state = this.state(cpuClass);
    this.weights[cpuClass] = state.weight ?? state.threads;
    this.demands[cpuClass] = state.demand;
  }

  private setRate(cpuClass: number): void {
    const { processor, bandwidth, runnable, threads } = this.state(cpuClass);
    const { nowMs } = this.kernel;
    const share = this.shares[cpuClass] as number;
    processor.rate = threads > 0 ? share / threads : 0;
    let dueMs = nowMs + processor.nextInMs;
    this.isQuotaDue[cpuClass] = 0;
    if (bandwidth !== null && runnable) {
      const quotaDueMs = bandwidth.dueMs(nowMs, share);
      if (quotaDueMs + toleranceMs < dueMs) {
        dueMs = quotaDueMs;
        this.isQuotaDue[cpuClass] = 1;
      }
    }
    this.dues[cpuClass] = dueMs;
  }
}
