import { resized } from './columns.ts';
import { type LatencyPart, latencyParts, partCount, partIndex } from './latency-parts.ts';
import type { Requests } from './requests.ts';
import { type LatencySummary, mean, percentile, summariseLatencies, valueAtRank } from './percentiles.ts';

/**
 * Why a request was not answered: turned away for want of room, its client gave up, nobody there to answer, its process
 * ended, over a limit of concurrency, a defect of the version that answered, over the time limit of the platform.
 */
export const errorKinds = [
  'lost',
  'timeout',
  'unavailable',
  'killed',
  'throttled',
  'bug',
  'time-limit',
] as const;
export type ErrorKind = (typeof errorKinds)[number];

export interface OutcomeCounters {
  arrived: number;
  served: number;
  /** Turned away at the door: no place in the system. */
  lost: number;
  /** Accepted and not answered, not answered in time, or nobody there to answer. */
  failed: number;
  /** Failed for their client, who gave up, and still being worked on. */
  abandoned: number;
  /** Waiting for their next attempt. */
  retrying: number;
}

interface Tally {
  arrived: number;
  /** Attempts after the first. */
  retries: number;
  readonly errors: Record<ErrorKind, number>;
}

const noErrors = (): Record<ErrorKind, number> =>
  Object.fromEntries(errorKinds.map((kind) => [kind, 0])) as Record<ErrorKind, number>;

const emptyTally = (): Tally => ({ arrived: 0, retries: 0, errors: noErrors() });

/** Where the time of some requests went, on average. The parts sum to the mean. */
export interface LatencyBreakdown {
  readonly requests: number;
  readonly meanMs: number;
  readonly parts: Readonly<Record<LatencyPart, number>>;
}

/** Beyond so many requests memory is taken when they have come. */
const mostRoomAtFirst = 262_144;

/** What became of every request: latencies kept one by one, errors counted. The warm-up is kept apart. */
export class Outcomes {
  /** Of the whole run, warm-up included. */
  readonly counters: OutcomeCounters = {
    arrived: 0,
    served: 0,
    lost: 0,
    failed: 0,
    abandoned: 0,
    retrying: 0,
  };
  /** After the warm-up, by service. */
  readonly tallies: readonly Tally[];

  private count = 0;
  private doneMs: Float64Array;
  private latencyMs: Float64Array;
  /** Single precision is enough for what is only ever summed up, and halves the memory of long runs. */
  private parts: Float32Array;
  private service: Int32Array;
  private measured: Uint8Array;
  private readonly summaries = new Map<number | undefined, LatencySummary>();
  private summarisedCount = -1;
  private errorCount = 0;
  private errorMs = new Float64Array(64);
  private errorService = new Int32Array(64);

  /** @param expected about how many requests will come; there is room for more */
  constructor(serviceCount: number, expected: number) {
    const room = Math.max(1024, Math.min(mostRoomAtFirst, Math.ceil(expected)));
    this.doneMs = new Float64Array(room);
    this.latencyMs = new Float64Array(room);
    this.parts = new Float32Array(room * partCount);
    this.service = new Int32Array(room);
    this.measured = new Uint8Array(room);
    this.tallies = Array.from({ length: serviceCount }, emptyTally);
  }

  arrived(service: number, measured: number): void {
    this.counters.arrived++;
    if (measured === 1) (this.tallies[service] as Tally).arrived++;
  }

  retried(service: number, measured: number): void {
    if (measured === 1) (this.tallies[service] as Tally).retries++;
  }

  served(requests: Requests, request: number, nowMs: number): void {
    const i = this.count++;
    if (i === this.doneMs.length) this.growServed();
    this.counters.served++;
    this.doneMs[i] = nowMs;
    this.latencyMs[i] = nowMs - (requests.issuedMs[request] as number);
    this.service[i] = requests.service[request] as number;
    this.measured[i] = requests.measured[request] as number;
    const from = request * partCount;
    const to = i * partCount;
    for (let part = 0; part < partCount; part++)
      this.parts[to + part] = requests.parts[from + part] as number;
  }

  error(service: number, measured: number, nowMs: number, kind: ErrorKind): void {
    if (kind === 'lost') this.counters.lost++;
    else this.counters.failed++;
    if (measured === 1) (this.tallies[service] as Tally).errors[kind]++;
    if (this.errorCount === this.errorMs.length) {
      this.errorMs = resized(this.errorMs, this.errorCount * 2);
      this.errorService = resized(this.errorService, this.errorCount * 2);
    }
    this.errorService[this.errorCount] = service;
    this.errorMs[this.errorCount++] = nowMs;
  }

  /** Latencies after the warm-up, of one service or of all. */
  latencies(service?: number): Float64Array {
    return this.select(this.latencyMs, service);
  }

  /** Answers after a moment, of one service or of all, whenever their requests came. */
  answersSince(fromMs: number, service?: number): number {
    const first = this.firstDoneAfter(fromMs);
    if (service === undefined) return this.count - first;
    let answers = 0;
    for (let i = first; i < this.count; i++) if (this.service[i] === service) answers++;
    return answers;
  }

  /** Made anew only where there are more answers than last time. */
  latencySummary(service?: number): LatencySummary {
    if (this.summarisedCount !== this.count) {
      this.summarisedCount = this.count;
      this.summaries.clear();
    }
    // Of one service alone they are those of all.
    const key = this.tallies.length === 1 ? undefined : service;
    let summary = this.summaries.get(key);
    if (summary === undefined) {
      summary = summariseLatencies(this.latencies(key));
      this.summaries.set(key, summary);
    }
    return summary;
  }

  /** Times spent on one part of latency, request by request, after the warm-up. */
  partTimes(part: LatencyPart): Float64Array {
    const column = partIndex[part];
    const selected = new Float64Array(this.count);
    let length = 0;
    for (let i = 0; i < this.count; i++) {
      if (this.measured[i] === 1) selected[length++] = this.parts[i * partCount + column] as number;
    }
    return selected.subarray(0, length);
  }

  /** Where the time of the slowest requests after the warm-up went; of all of them with a share of 1. */
  breakdown(slowestShare: number): LatencyBreakdown | null {
    const latencies = this.latencies();
    if (latencies.length === 0) return null;
    const slowest = Math.max(1, Math.round(latencies.length * slowestShare));
    const least = slowest === latencies.length ? 0 : valueAtRank(latencies, latencies.length - slowest);
    const sums = new Float64Array(partCount);
    let requests = 0;
    let total = 0;
    for (let i = 0; i < this.count; i++) {
      if (this.measured[i] !== 1 || (this.latencyMs[i] as number) < least) continue;
      requests++;
      total += this.latencyMs[i] as number;
      for (let part = 0; part < partCount; part++)
        sums[part] = (sums[part] as number) + (this.parts[i * partCount + part] as number);
    }
    const parts = Object.fromEntries(
      latencyParts.map((part, i) => [part, (sums[i] as number) / requests]),
    ) as Record<LatencyPart, number>;
    return { requests, meanMs: total / requests, parts };
  }

  /** Latencies of a service's answers in a stretch of time, warm-up included. */
  latenciesBetween(service: number, fromMs: number, untilMs: number): Float64Array {
    const selected: number[] = [];
    for (let i = this.firstDoneAfter(fromMs); i < this.count && (this.doneMs[i] as number) <= untilMs; i++)
      if (this.service[i] === service) selected.push(this.latencyMs[i] as number);
    return Float64Array.from(selected);
  }

  /** Requests of a service that failed in a stretch of time, warm-up included. */
  errorsBetween(service: number, fromMs: number, untilMs: number): number {
    let errors = 0;
    for (let i = 0; i < this.errorCount; i++) {
      const atMs = this.errorMs[i] as number;
      if (atMs > fromMs && atMs <= untilMs && this.errorService[i] === service) errors++;
    }
    return errors;
  }

  /** Arrivals and errors after the warm-up, of one service or of all. */
  tally(service?: number): Tally {
    if (service !== undefined) return this.tallies[service] as Tally;
    const sum = emptyTally();
    for (const tally of this.tallies) {
      sum.arrived += tally.arrived;
      sum.retries += tally.retries;
      for (const kind of errorKinds) sum.errors[kind] += tally.errors[kind];
    }
    return sum;
  }

  /** Latency, throughput and errors in every bucket of the run, warm-up included. */
  series(widthMs: number, buckets: number, nowMs: number): OutcomeSeries {
    const latencyMeanMs: (number | null)[] = [];
    const latencyP95Ms: (number | null)[] = [];
    const throughputPerSecond: number[] = [];
    const errorsPerSecond: number[] = [];
    let served = 0;
    let failed = 0;
    for (let bucket = 0; bucket < buckets; bucket++) {
      const endMs = bucket === buckets - 1 ? nowMs : (bucket + 1) * widthMs;
      const seconds = (endMs - bucket * widthMs) / 1000;
      const firstServed = served;
      while (served < this.count && (this.doneMs[served] as number) <= endMs) served++;
      const firstFailed = failed;
      while (failed < this.errorCount && (this.errorMs[failed] as number) <= endMs) failed++;
      const latencies = this.latencyMs.slice(firstServed, served);
      latencyMeanMs.push(mean(latencies));
      latencyP95Ms.push(percentile(latencies, 0.95));
      throughputPerSecond.push(latencies.length / seconds);
      errorsPerSecond.push((failed - firstFailed) / seconds);
    }
    return { latencyMeanMs, latencyP95Ms, throughputPerSecond, errorsPerSecond };
  }

  private firstDoneAfter(atMs: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.doneMs[middle] as number) > atMs) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  private select(column: Float64Array, service: number | undefined): Float64Array {
    const selected = new Float64Array(this.count);
    let length = 0;
    for (let i = 0; i < this.count; i++) {
      if (this.measured[i] === 1 && (service === undefined || this.service[i] === service)) {
        selected[length++] = column[i] as number;
      }
    }
    return selected.subarray(0, length);
  }

  private growServed(): void {
    const length = this.doneMs.length * 2;
    this.doneMs = resized(this.doneMs, length);
    this.latencyMs = resized(this.latencyMs, length);
    this.parts = resized(this.parts, length * partCount);
    this.service = resized(this.service, length);
    this.measured = resized(this.measured, length);
  }
}

export interface OutcomeSeries {
  readonly latencyMeanMs: readonly (number | null)[];
  readonly latencyP95Ms: readonly (number | null)[];
  readonly throughputPerSecond: readonly number[];
  readonly errorsPerSecond: readonly number[];
}
