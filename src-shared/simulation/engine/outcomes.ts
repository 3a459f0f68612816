import { resized } from './columns.ts';
import { type LatencySummary, mean, percentile, summariseLatencies } from './percentiles.ts';

/** Why a request was not answered in time. */
export const errorKinds = ['lost', 'timeout', 'unavailable', 'killed'] as const;
export type ErrorKind = (typeof errorKinds)[number];

export interface OutcomeCounters {
  arrived: number;
  served: number;
  /** Turned away at the door: no place in the system. */
  lost: number;
  /** Accepted and not answered, not answered in time, or nobody there to answer. */
  failed: number;
}

interface Tally {
  arrived: number;
  readonly errors: Record<ErrorKind, number>;
}

const emptyTally = (): Tally => ({ arrived: 0, errors: { lost: 0, timeout: 0, unavailable: 0, killed: 0 } });

/** What became of every request: latencies kept one by one, errors counted. The warm-up is kept apart. */
export class Outcomes {
  /** Of the whole run, warm-up included. */
  readonly counters: OutcomeCounters = { arrived: 0, served: 0, lost: 0, failed: 0 };
  /** After the warm-up, by service. */
  readonly tallies: readonly Tally[];

  private count = 0;
  private doneMs = new Float64Array(4096);
  private latencyMs = new Float64Array(4096);
  private waitMs = new Float64Array(4096);
  private service = new Int32Array(4096);
  private measured = new Uint8Array(4096);
  private errorCount = 0;
  private errorMs = new Float64Array(64);

  constructor(serviceCount: number) {
    this.tallies = Array.from({ length: serviceCount }, emptyTally);
  }

  arrived(service: number, measured: number): void {
    this.counters.arrived++;
    if (measured === 1) (this.tallies[service] as Tally).arrived++;
  }

  served(service: number, measured: number, nowMs: number, latencyMs: number, waitMs: number): void {
    const i = this.count++;
    if (i === this.doneMs.length) this.growServed();
    this.counters.served++;
    this.doneMs[i] = nowMs;
    this.latencyMs[i] = latencyMs;
    this.waitMs[i] = waitMs;
    this.service[i] = service;
    this.measured[i] = measured;
  }

  error(service: number, measured: number, nowMs: number, kind: ErrorKind): void {
    if (kind === 'lost') this.counters.lost++;
    else this.counters.failed++;
    if (measured === 1) (this.tallies[service] as Tally).errors[kind]++;
    if (this.errorCount === this.errorMs.length) this.errorMs = resized(this.errorMs, this.errorCount * 2);
    this.errorMs[this.errorCount++] = nowMs;
  }

  /** Latencies after the warm-up, of one service or of all. */
  latencies(service?: number): Float64Array {
    return this.select(this.latencyMs, service);
  }

  latencySummary(service?: number): LatencySummary {
    return summariseLatencies(this.latencies(service));
  }

  /** Times spent waiting and not being worked on, after the warm-up. */
  waits(): Float64Array {
    return this.select(this.waitMs, undefined);
  }

  /** Arrivals and errors after the warm-up, of one service or of all. */
  tally(service?: number): Tally {
    if (service !== undefined) return this.tallies[service] as Tally;
    const sum = emptyTally();
    for (const tally of this.tallies) {
      sum.arrived += tally.arrived;
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
      const latencies = this.latencyMs.slice(firstServed, served).sort();
      latencyMeanMs.push(mean(latencies));
      latencyP95Ms.push(percentile(latencies, 0.95));
      throughputPerSecond.push(latencies.length / seconds);
      errorsPerSecond.push((failed - firstFailed) / seconds);
    }
    return { latencyMeanMs, latencyP95Ms, throughputPerSecond, errorsPerSecond };
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
    this.waitMs = resized(this.waitMs, length);
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
