import { resized } from '../../engine/columns.ts';

export const environmentState = { none: 0, starting: 1, idle: 2, busy: 3 } as const;

/** No request: none is worked on, or its caller has been told that it failed. */
export const noRequest = -1;

/**
 * Environments, a column for each fact. Each works on one invocation at a time, and nothing else disturbs it, so one event
 * is enough for the end of what it does at present: a request, or one record of a batch.
 */
export class Environments {
  /** environmentState */
  state = new Uint8Array(64);
  /** Index of the version that it runs. */
  version = new Int32Array(64);
  /** Grows from environment to environment, and never comes again. */
  serial = new Float64Array(64);
  host = new Int32Array(64);
  /** 1 if it is kept ready and paid for all the time. */
  provisioned = new Uint8Array(64);
  /** Since when it is idle. */
  idleSinceMs = new Float64Array(64);
  /** It stands still until then. */
  pausedUntilMs = new Float64Array(64);
  leakedMiB = new Float64Array(64);
  /** Requests and records that it has begun to work on. */
  taken = new Float64Array(64);
  leakMiBPerMs = new Float64Array(64);
  /** Event at which its present work, or its start, ends. */
  handle = new Int32Array(64);

  // Of the invocation.
  request = new Int32Array(64);
  /** Index of the shard whose batch it works on; -1 for a single request. */
  shard = new Int32Array(64);
  begunMs = new Float64Array(64);
  /** Init that the invocation waited for; 0 in a warm environment. */
  initMs = new Float64Array(64);
  /** When its handler was called. */
  invokedMs = new Float64Array(64);
  /** The time limit counts from here: when the handler was called, or an init began that counts as part of the request. */
  limitedMs = new Float64Array(64);
  /** Time in which the invocation was frozen before its handler was called. */
  initPausedMs = new Float64Array(64);
  /** CPU time of records of the batch that are done. */
  doneCpuMs = new Float64Array(64);

  // Of the request or record.
  recordMs = new Float64Array(64);
  /** When its CPU time ends. */
  cpuEndMs = new Float64Array(64);
  /** When it ends, if nothing comes between. */
  endMs = new Float64Array(64);
  workMs = new Float64Array(64);
  /** CPU time beyond its work, shared with endless loops. */
  contentionMs = new Float64Array(64);
  pausedMs = new Float64Array(64);
  /** Frozen before its CPU time ended. */
  cpuPausedMs = new Float64Array(64);
  /** When a leak will have filled the memory; Infinity without one. */
  fullMs = new Float64Array(64);

  /** Rows in use now or before. */
  rows = 0;
  private free = new Int32Array(64);
  private freeCount = 0;
  private started = 0;

  /** A fresh row. */
  take(): number {
    let row: number;
    if (this.freeCount > 0) row = this.free[--this.freeCount] as number;
    else {
      if (this.rows === this.state.length) this.grow();
      row = this.rows++;
    }
    this.serial[row] = ++this.started;
    this.request[row] = noRequest;
    this.shard[row] = -1;
    this.pausedUntilMs[row] = 0;
    this.leakedMiB[row] = 0;
    this.taken[row] = 0;
    this.leakMiBPerMs[row] = 0;
    this.fullMs[row] = Infinity;
    return row;
  }

  release(row: number): void {
    this.state[row] = environmentState.none;
    this.free[this.freeCount++] = row;
  }

  private grow(): void {
    const length = this.rows * 2;
    this.state = resized(this.state, length);
    this.version = resized(this.version, length);
    this.serial = resized(this.serial, length);
    this.host = resized(this.host, length);
    this.provisioned = resized(this.provisioned, length);
    this.idleSinceMs = resized(this.idleSinceMs, length);
    this.pausedUntilMs = resized(this.pausedUntilMs, length);
    this.leakedMiB = resized(this.leakedMiB, length);
    this.taken = resized(this.taken, length);
    this.leakMiBPerMs = resized(this.leakMiBPerMs, length);
    this.handle = resized(this.handle, length);
    this.request = resized(this.request, length);
    this.shard = resized(this.shard, length);
    this.begunMs = resized(this.begunMs, length);
    this.initMs = resized(this.initMs, length);
    this.invokedMs = resized(this.invokedMs, length);
    this.limitedMs = resized(this.limitedMs, length);
    this.initPausedMs = resized(this.initPausedMs, length);
    this.doneCpuMs = resized(this.doneCpuMs, length);
    this.recordMs = resized(this.recordMs, length);
    this.cpuEndMs = resized(this.cpuEndMs, length);
    this.endMs = resized(this.endMs, length);
    this.workMs = resized(this.workMs, length);
    this.contentionMs = resized(this.contentionMs, length);
    this.pausedMs = resized(this.pausedMs, length);
    this.cpuPausedMs = resized(this.cpuPausedMs, length);
    this.fullMs = resized(this.fullMs, length);
    this.free = resized(this.free, length);
  }
}
