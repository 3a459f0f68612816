import { IntQueue } from '../../engine/columns.ts';
import { partIndex } from '../../engine/latency-parts.ts';
import type { RandomStream } from '../../engine/random.ts';
import { bookAttempt, bookStart, bookWork } from './booking.ts';
import type { Cloud } from './cloud.ts';
import { noRequest } from './environments.ts';
import { event } from './events.ts';
import { readsStream } from './function-settings.ts';
import type { Invocations } from './invocations.ts';
import { throttleBackoffSeconds } from './retry-backoff.ts';
import type { RunningFunction } from './running-function.ts';

/** When a record of a batch was worked on, and what it was held up by. */
interface WorkedRecord {
  readonly fromMs: number;
  readonly workMs: number;
  readonly contentionMs: number;
  readonly pausedMs: number;
  readonly untilMs: number;
}

interface Shard {
  readonly index: number;
  readonly fn: RunningFunction;
  /** Records that wait, in order. */
  readonly line: IntQueue;
  /** The batch that is worked on, or waits to be tried again; empty where there is none. */
  batch: number[];
  worked: WorkedRecord[];
  /** Attempts at the batch in vain, one after another. */
  failures: number;
  /** Whether the last of them began. */
  failed: boolean;
  /** Event at which the shard is looked at again, or -1. */
  timer: number;
}

/**
 * Streams: records come in order into shards, and each shard is worked off batch by batch, one at a time. A batch on which
 * the function fails is tried again as a whole, and everything behind it waits, until its records are too old.
 *
 * Source: AWS Lambda Developer Guide, event source mapping for Kinesis.
 */
export class Streams {
  private readonly cloud: Cloud;
  private readonly shards: Shard[] = [];
  private readonly firstShard: Int32Array;
  private readonly chance: readonly RandomStream[];
  private readonly windowMs: number;
  private readonly maxAgeMs: number;

  constructor(cloud: Cloud) {
    const { functions, kernel, platform } = cloud;
    this.cloud = cloud;
    this.windowMs = platform.batchWindowMs;
    this.maxAgeMs = platform.maxRecordAgeSeconds * 1000;
    this.firstShard = new Int32Array(functions.length);
    this.chance = functions.map(({ name }) => kernel.stream(`shard:${name}`));
    for (const fn of functions) {
      this.firstShard[fn.index] = this.shards.length;
      const count = readsStream(fn.plan.trigger) ? fn.plan.shards : 0;
      for (let i = 0; i < count; i++) {
        const index = this.shards.length;
        const line = new IntQueue();
        this.shards.push({ index, fn, line, batch: [], worked: [], failures: 0, failed: false, timer: -1 });
      }
    }
  }

  /** A record comes into one of its stream's shards, all alike. */
  arrive(fn: RunningFunction, request: number, invocations: Invocations): void {
    const { waiting, kernel } = this.cloud;
    const place = (this.chance[fn.index] as RandomStream).below(fn.plan.shards);
    const shard = this.shards[(this.firstShard[fn.index] as number) + place] as Shard;
    shard.line.push(request);
    waiting.set(waiting.value + 1, kernel.nowMs);
    if (shard.batch.length > 0) return;
    if (this.windowMs === 0 || shard.line.length >= fn.plan.batchSize) this.gather(shard, invocations);
    else if (shard.timer < 0) this.lookAgain(shard, this.windowMs);
  }

  /** The wait of a shard for a full batch, or for another attempt, is over. */
  polled(index: number, invocations: Invocations): void {
    const shard = this.shards[index] as Shard;
    shard.timer = -1;
    if (shard.batch.length === 0) this.gather(shard, invocations);
    else this.tryAgain(shard, invocations);
  }

  /** Keeps what the record was held up by, until all of the batch are answered together. Returns the next one. */
  recordDone(row: number): number {
    const { environments, kernel } = this.cloud;
    const shard = this.shardOf(row);
    shard.worked.push({
      fromMs: environments.recordMs[row] as number,
      workMs: environments.workMs[row] as number,
      contentionMs: environments.contentionMs[row] as number,
      pausedMs: environments.pausedMs[row] as number,
      untilMs: kernel.nowMs,
    });
    return shard.batch[shard.worked.length] ?? noRequest;
  }

  batchAnswered(row: number): void {
    const { environments, kernel } = this.cloud;
    const { requests, nowMs } = kernel;
    const shard = this.shardOf(row);
    const begunMs = environments.begunMs[row] as number;
    const invokedMs = environments.invokedMs[row] as number;
    shard.batch.forEach((request, i) => {
      const { fromMs, workMs, contentionMs, pausedMs, untilMs } = shard.worked[i] as WorkedRecord;
      const waitedMs = begunMs - (requests.startedMs[request] as number);
      // Others of the batch are worked on before it, and after it.
      const othersMs = fromMs - invokedMs + (nowMs - untilMs);
      requests.addPart(request, partIndex.queueing, waitedMs + othersMs);
      bookStart(this.cloud, row, request);
      bookWork(this.cloud, row, request, workMs, contentionMs);
      requests.addPart(request, partIndex.pause, pausedMs);
    });
    for (const request of shard.batch) kernel.serve(request);
    shard.batch = [];
    shard.failures = 0;
  }

  batchFailed(row: number): void {
    const { waiting, kernel } = this.cloud;
    const shard = this.shardOf(row);
    for (const request of shard.batch) bookAttempt(this.cloud, row, request);
    waiting.set(waiting.value + shard.batch.length, kernel.nowMs);
    shard.failed = true;
    this.backOff(shard);
  }

  /** The environment of the last batch is free. */
  batchOver(index: number, invocations: Invocations): void {
    const shard = this.shards[index] as Shard;
    if (shard.batch.length > 0 || shard.line.length === 0) return;
    if (this.windowMs === 0 || shard.line.length >= shard.fn.plan.batchSize) this.gather(shard, invocations);
    else this.lookAgain(shard, this.windowMs);
  }

  /** Makes a batch of what waits, and has it worked on. */
  private gather(shard: Shard, invocations: Invocations): void {
    if (shard.timer >= 0) this.cloud.kernel.events.cancel(shard.timer);
    shard.timer = -1;
    do {
      while (shard.line.length > 0 && shard.batch.length < shard.fn.plan.batchSize)
        shard.batch.push(shard.line.shift());
      this.dropOld(shard);
    } while (shard.batch.length === 0 && shard.line.length > 0);
    if (shard.batch.length > 0) this.attempt(shard, invocations);
  }

  private tryAgain(shard: Shard, invocations: Invocations): void {
    const { requests, nowMs } = this.cloud.kernel;
    if (shard.failed) {
      for (const request of shard.batch) {
        requests.addPart(request, partIndex.retry, nowMs - (requests.startedMs[request] as number));
        requests.startedMs[request] = nowMs;
      }
      shard.failed = false;
    }
    this.dropOld(shard);
    if (shard.batch.length === 0) this.gather(shard, invocations);
    else this.attempt(shard, invocations);
  }

  private attempt(shard: Shard, invocations: Invocations): void {
    const { waiting, kernel } = this.cloud;
    shard.worked = [];
    if (invocations.invoke(shard.fn, shard.batch[0] as number, shard.index) === 'begun')
      waiting.set(waiting.value - shard.batch.length, kernel.nowMs);
    else this.backOff(shard);
  }

  private dropOld(shard: Shard): void {
    const { waiting, kernel } = this.cloud;
    const { requests, nowMs } = kernel;
    const isOld = (request: number): boolean =>
      nowMs - (requests.arrivedMs[request] as number) >= this.maxAgeMs;
    const old = shard.batch.filter(isOld);
    if (old.length === 0) return;
    shard.batch = shard.batch.filter((request) => !isOld(request));
    shard.failures = 0;
    waiting.set(waiting.value - old.length, nowMs);
    shard.fn.note('events-dropped');
    for (const request of old) kernel.fail(request, 'lost');
  }

  private backOff(shard: Shard): void {
    const { throttleRetrySeconds, longestRetrySeconds } = this.cloud.platform;
    const seconds = throttleBackoffSeconds(++shard.failures, throttleRetrySeconds, longestRetrySeconds);
    this.lookAgain(shard, seconds * 1000);
  }

  private lookAgain(shard: Shard, inMs: number): void {
    const { events, nowMs } = this.cloud.kernel;
    shard.timer = events.schedule(nowMs + inMs, event.shardPolled, shard.index);
  }

  private shardOf(row: number): Shard {
    return this.shards[this.cloud.environments.shard[row] as number] as Shard;
  }
}
