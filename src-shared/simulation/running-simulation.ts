import { EventList } from './engine/event-list.ts';
import { BucketClock } from './engine/level.ts';
import { createNotableLog } from './engine/notable-log.ts';
import { Outcomes } from './engine/outcomes.ts';
import { type RandomStream, randomStream } from './engine/random.ts';
import { Requests } from './engine/requests.ts';
import type { MetricTree } from './metrics.ts';
import { firstPlatformEvent, type Kernel, type RunningPlatform } from './platform.ts';
import { startPlatform } from './platforms/registry.ts';
import type { RunResult, RunSeries } from './run-result.ts';
import { platformInput, type SimulationFile } from './simulation-file.ts';
import type { TopologySnapshot } from './topology.ts';
import { ArrivalSampler } from './workload/arrivals.ts';
import { LawSampler } from './workload/laws.ts';
import type { Service } from './workload/service.ts';

const arrivalEvent = 0;
const windowEvent = 1;

/** A run that has needed so many events is stopped, so that no file can run for ever. */
const eventLimit = 60_000_000;

interface Source {
  readonly arrivals: ArrivalSampler;
  readonly work: LawSampler;
  readonly io: LawSampler | null;
  readonly timeoutMs: number;
  /** Handle of the next arrival. */
  next: number;
}

/** One run of a file on one seed: the clock, the arrivals, and the platform that they come to. */
export class RunningSimulation implements Kernel {
  nowMs = 0;
  windowStartMs = 0;
  eventCount = 0;
  done = false;
  readonly events = new EventList();
  readonly requests = new Requests();
  readonly buckets = new BucketClock();
  readonly log = createNotableLog();
  readonly outcomes: Outcomes;
  readonly services: readonly Service[];

  private readonly seed: number;
  private readonly platform: RunningPlatform;
  private readonly sources: readonly Source[];
  private readonly requestLimit: number;
  private readonly warmupRequests: number;
  private readonly horizonMs: number;
  private windowOpen = false;
  private issued = 0;

  constructor(file: SimulationFile, seed: number) {
    const input = platformInput(file);
    this.seed = seed;
    this.services = input.services;
    this.outcomes = new Outcomes(input.services.length);
    this.requestLimit = file.run.requests ?? Infinity;
    this.horizonMs = (file.run.horizonSeconds ?? Infinity) * 1000;
    this.warmupRequests = file.run.requests === undefined ? Infinity : (file.run.warmupRequests ?? 0);
    this.sources = input.services.map((service) => this.createSource(service));
    if (file.run.horizonSeconds !== undefined) {
      this.events.schedule((file.run.warmupSeconds ?? 0) * 1000, windowEvent, 0);
    }
    this.sources.forEach((source, index) => {
      source.next = this.events.schedule(source.arrivals.nextAfter(0), arrivalEvent, index);
    });
    this.platform = startPlatform(input, this);
  }

  /** From 0 to 1. */
  get progress(): number {
    if (this.done) return 1;
    if (this.horizonMs < Infinity) return this.nowMs / this.horizonMs;
    return (this.issued - this.requests.inSystem) / this.requestLimit;
  }

  stream(name: string): RandomStream {
    return randomStream(this.seed, name);
  }

  /** Goes on, to the end where neither limit is given. Times are simulated. */
  advance(limits: { maxEvents?: number; untilMs?: number } = {}): void {
    const stopMs = Math.min(limits.untilMs ?? Infinity, this.horizonMs);
    const stopCount = Math.min(eventLimit, this.eventCount + (limits.maxEvents ?? Infinity));
    const { events, platform } = this;
    while (!this.done && this.eventCount < stopCount) {
      if (events.nextAtMs > stopMs || !events.pop()) {
        this.passTime(stopMs);
        return;
      }
      this.nowMs = events.atMs;
      this.eventCount++;
      const { kind, subject } = events;
      if (kind >= firstPlatformEvent) platform.handle(kind, subject);
      else if (kind === arrivalEvent) this.arrive(subject);
      else this.openWindow();
      if (this.issued === this.requestLimit && this.requests.inSystem === 0) this.finish();
    }
    if (this.eventCount >= eventLimit && !this.done) {
      this.log.add({ atMs: this.nowMs, kind: 'event-limit-reached', subject: 'run', detail: { eventLimit } });
      this.finish();
    }
  }

  serve(request: number, waitMs: number): void {
    const { requests, outcomes, nowMs } = this;
    const service = requests.service[request] as number;
    const measured = requests.measured[request] as number;
    const latencyMs = nowMs - (requests.arrivedMs[request] as number);
    requests.release(request);
    if (latencyMs > (this.sources[service] as Source).timeoutMs)
      outcomes.error(service, measured, nowMs, 'timeout');
    else outcomes.served(service, measured, nowMs, latencyMs, waitMs);
  }

  fail(request: number, kind: 'lost' | 'unavailable' | 'killed'): void {
    const { requests } = this;
    const service = requests.service[request] as number;
    this.outcomes.error(service, requests.measured[request] as number, this.nowMs, kind);
    requests.release(request);
  }

  snapshot(): TopologySnapshot {
    return this.platform.snapshot();
  }

  /** What has come out so far. */
  result(): RunResult {
    const metrics: MetricTree = this.platform.metrics();
    return {
      seed: this.seed,
      events: this.eventCount,
      simulatedMs: this.nowMs,
      windowStartMs: this.windowStartMs,
      finished: this.done,
      metrics,
      series: this.series(),
      log: [...this.log.entries],
      logDropped: this.log.dropped,
    };
  }

  private series(): RunSeries {
    const { buckets, nowMs } = this;
    const count = buckets.bucketsUntil(nowMs);
    return {
      bucketMs: buckets.widthMs,
      atMs: Array.from({ length: count }, (_, i) => i * buckets.widthMs),
      ...this.outcomes.series(buckets.widthMs, count, nowMs),
      ...this.platform.series(),
    };
  }

  private createSource(service: Service): Source {
    const { name } = service;
    return {
      arrivals: new ArrivalSampler(service.arrivals, this.stream(`arrivals:${name}`)),
      work: new LawSampler(service.cpu, this.stream(`work:${name}`)),
      io: service.ioMs === undefined ? null : new LawSampler(service.ioMs, this.stream(`io:${name}`)),
      timeoutMs: service.timeoutMs ?? Infinity,
      next: -1,
    };
  }

  private arrive(service: number): void {
    const { requests, nowMs, events } = this;
    const source = this.sources[service] as Source;
    const request = requests.take();
    if (this.issued++ === this.warmupRequests) this.openWindow();
    const measured = this.windowOpen ? 1 : 0;
    requests.service[request] = service;
    requests.measured[request] = measured;
    requests.arrivedMs[request] = nowMs;
    requests.startedMs[request] = nowMs;
    requests.workMs[request] = source.work.sample();
    requests.ioMs[request] = source.io === null ? 0 : source.io.sample();
    this.outcomes.arrived(service, measured);
    source.next = -1;
    if (this.issued < this.requestLimit) {
      source.next = events.schedule(source.arrivals.nextAfter(nowMs), arrivalEvent, service);
    } else {
      this.closeDoors();
    }
    this.platform.arrive(request);
  }

  private closeDoors(): void {
    for (const source of this.sources) {
      if (source.next >= 0) this.events.cancel(source.next);
      source.next = -1;
    }
  }

  private openWindow(): void {
    this.windowOpen = true;
    this.windowStartMs = this.nowMs;
    this.platform.openWindow();
  }

  /** Nothing more happens until the stop: the end of the run, or of what was asked for. */
  private passTime(stopMs: number): void {
    if (stopMs < Infinity) this.nowMs = Math.max(this.nowMs, stopMs);
    if (stopMs === this.horizonMs) this.finish();
  }

  private finish(): void {
    this.done = true;
    this.buckets.cover(this.nowMs);
  }
}
