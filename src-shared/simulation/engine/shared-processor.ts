import { EventList } from './event-list.ts';

/**
 * Processor sharing among equals, without touching every job at every change. All jobs are served at one rate, so it is
 * enough to know the service that a job present all along would have attained (a virtual clock), and to keep the jobs
 * in a heap by the attained service at which each will be done. A change of the rate moves no job in that heap.
 *
 * Source: the virtual time of fair queueing, Parekh and Gallager, IEEE/ACM Transactions on Networking 1 (1993) 344-357.
 */
export class SharedProcessor {
  /** Cores that each job has at present, 0 to 1. Set it only after `advance`. */
  rate = 0;
  /** Core-milliseconds that a job present all along would have had. */
  private attainedMs = 0;
  private readonly jobs = new EventList(16);

  get count(): number {
    return this.jobs.size;
  }

  /** The virtual clock: the difference of two readings is what one job got in between, in core-milliseconds. */
  get attained(): number {
    return this.attainedMs;
  }

  /** Lets time pass at the present rate. */
  advance(elapsedMs: number): void {
    this.attainedMs += elapsedMs * this.rate;
  }

  /** Adds a job of so many core-milliseconds and returns its handle. */
  add(job: number, workMs: number): number {
    return this.jobs.schedule(this.attainedMs + workMs, 0, job);
  }

  /** Core-milliseconds that a job still lacks. */
  missing(handle: number): number {
    return this.jobs.timeOf(handle) - this.attainedMs;
  }

  /** Takes out a job before its end and returns the core-milliseconds that it still lacked. */
  remove(handle: number): number {
    const missingMs = this.missing(handle);
    this.jobs.cancel(handle);
    return missingMs;
  }

  /** Milliseconds until the first job is done at the present rate; Infinity where none will be. */
  get nextInMs(): number {
    if (this.jobs.size === 0 || this.rate === 0) return Infinity;
    return Math.max(0, this.jobs.nextAtMs - this.attainedMs) / this.rate;
  }

  /** The handle of the job that is done first. Meaningless without jobs. */
  get nextHandle(): number {
    return this.jobs.nextHandle;
  }

  /** Takes out the job that is done first. Must not be called without jobs. */
  finishNext(): number {
    this.jobs.pop();
    // The clock is put right by what rounding has cost, which would add up over a long run.
    this.attainedMs = this.jobs.atMs;
    return this.jobs.subject;
  }
}
