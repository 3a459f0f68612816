import { Clients } from './clients.ts';
import { planDeployments } from './deployments/deployment-schema.ts';
import { Rollouts } from './deployments/rollouts.ts';
import { EventList } from './engine/event-list.ts';
import { BucketClock } from './engine/level.ts';
import { createNotableLog, type NotableLog } from './engine/notable-log.ts';
import { type ErrorKind, Outcomes } from './engine/outcomes.ts';
import { type RandomStream, randomStream } from './engine/random.ts';
import { Requests } from './engine/requests.ts';
import { drawFaults } from './faults/draw-faults.ts';
import { FaultBook } from './faults/fault-book.ts';
import { WorkloadFaults } from './faults/workload-faults.ts';
import { firstPlatformEvent, type Kernel, type RunningPlatform, type TraceEvent } from './platform.ts';
import { startPlatform } from './platforms/registry.ts';
import { reportOn } from './run-report.ts';
import type { RunResult } from './run-result.ts';
import { expectedMs, expectedRequests, platformScenario, type SimulationFile } from './simulation-file.ts';
import type { TopologySnapshot } from './topology.ts';
import type { Service } from './workload/service.ts';
import { Source } from './workload/source.ts';

const arrivalEvent = 0;
const windowEvent = 1;
const retryEvent = 2;
const patienceEvent = 3;
const faultStartEvent = 4;
const faultEndEvent = 5;

/** A run that has needed so many events is stopped, so that no file can run for ever. */
const eventLimit = 60_000_000;

/** One run of a file on one seed: the clock, the clients, and the platform that their requests come to. */
export class RunningSimulation implements Kernel {
  nowMs = 0;
  windowStartMs = 0;
  eventCount = 0;
  done = false;
  readonly events = new EventList();
  readonly requests = new Requests();
  readonly buckets = new BucketClock();
  readonly log: NotableLog;
  readonly outcomes: Outcomes;
  readonly services: readonly Service[];
  readonly faultBook: FaultBook;
  readonly rollouts: Rollouts;

  private readonly seed: number;
  private readonly onTrace: ((event: TraceEvent) => void) | null;
  private readonly platform: RunningPlatform;
  private readonly sources: readonly Source[];
  private readonly clients: Clients;
  private readonly workloadFaults: WorkloadFaults;
  private readonly requestLimit: number;
  private readonly warmupRequests: number;
  private readonly horizonMs: number;
  private windowOpen = false;
  private issued = 0;

  constructor(file: SimulationFile, seed: number, onTrace: ((event: TraceEvent) => void) | null = null) {
    const scenario = platformScenario(file);
    const streamOf = (name: string): RandomStream => this.stream(name);
    this.seed = seed;
    this.onTrace = onTrace;
    this.log = createNotableLog(onTrace ?? undefined);
    this.services = scenario.services;
    this.outcomes = new Outcomes(scenario.services.length, expectedRequests(file));
    this.requestLimit = file.run.requests ?? Infinity;
    this.horizonMs = (file.run.horizonSeconds ?? Infinity) * 1000;
    this.warmupRequests = file.run.requests === undefined ? Infinity : (file.run.warmupRequests ?? 0);
    this.sources = scenario.services.map((service) => new Source(service, streamOf));
    this.clients = new Clients(this, {
      retryEvent,
      patienceEvent,
      arrive: (request) => {
        this.platform.arrive(request);
      },
      isAwaited: (service) => this.platform.isAwaited?.(service) ?? true,
      overflow: (detail) => {
        this.cutShort(detail);
      },
    });
    if (file.run.horizonSeconds !== undefined) {
      this.events.schedule((file.run.warmupSeconds ?? 0) * 1000, windowEvent, 0);
    }
    this.sources.forEach((_, service) => {
      this.awaitNext(service);
    });
    const faults = drawFaults(scenario.faults, expectedMs(file), streamOf);
    this.faultBook = new FaultBook(faults.length, scenario.services.length);
    this.rollouts = new Rollouts(this);
    this.workloadFaults = new WorkloadFaults(this, faults, this.sources, {
      starts: faultStartEvent,
      ends: faultEndEvent,
      issue: (service, workMs, ioMs) => {
        this.issue(service, workMs, ioMs);
      },
    });
    const deployments = planDeployments(scenario.deployments, faults);
    const input = { platform: scenario.platform, services: scenario.services, faults, deployments };
    this.platform = startPlatform(input, this);
  }

  /** From 0 to 1. */
  get progress(): number {
    if (this.done) return 1;
    if (this.horizonMs < Infinity) return this.nowMs / this.horizonMs;
    return Math.max(0, this.issued - this.requests.inSystem) / this.requestLimit;
  }

  get traced(): boolean {
    return this.onTrace !== null;
  }

  trace(event: TraceEvent): void {
    this.onTrace?.(event);
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
      else this.handle(kind, subject);
      if (this.issued === this.requestLimit && this.requests.inSystem === 0) this.finish();
    }
    if (this.eventCount >= eventLimit && !this.done) this.cutShort({ eventLimit });
  }

  serve(request: number): void {
    this.clients.answered(request);
  }

  fail(request: number, kind: Exclude<ErrorKind, 'timeout'>): void {
    this.clients.failed(request, kind);
  }

  snapshot(): TopologySnapshot {
    return this.platform.snapshot();
  }

  /** What has come out so far. */
  result(): RunResult {
    return {
      seed: this.seed,
      events: this.eventCount,
      simulatedMs: this.nowMs,
      windowStartMs: this.windowStartMs,
      finished: this.done,
      ...reportOn(this.platform, this),
    };
  }

  private handle(kind: number, subject: number): void {
    switch (kind) {
      case arrivalEvent:
        return this.arrive(subject);
      case windowEvent:
        return this.openWindow();
      case retryEvent:
        return this.clients.retry(subject);
      case patienceEvent:
        return this.clients.giveUp(subject);
      case faultStartEvent:
        return this.workloadFaults.start(subject);
      default:
        return this.workloadFaults.end(subject);
    }
  }

  private arrive(service: number): void {
    const source = this.sources[service] as Source;
    source.next = -1;
    const workMs = source.sampleWorkMs();
    const ioMs = source.sampleIoMs();
    const request = this.admit(service, workMs, ioMs);
    if (this.issued < this.requestLimit) this.awaitNext(service);
    this.clients.attempt(request);
  }

  /** A request that comes besides those of its source. */
  private issue(service: number, workMs: number, ioMs: number): void {
    if (this.issued < this.requestLimit) this.clients.attempt(this.admit(service, workMs, ioMs));
  }

  private admit(service: number, workMs: number, ioMs: number): number {
    const { requests, nowMs } = this;
    const request = requests.take();
    if (this.issued++ === this.warmupRequests) this.openWindow();
    const measured = this.windowOpen ? 1 : 0;
    requests.service[request] = service;
    requests.measured[request] = measured;
    requests.issuedMs[request] = nowMs;
    requests.attempt[request] = 0;
    requests.workMs[request] = workMs;
    requests.ioMs[request] = ioMs;
    this.outcomes.arrived(service, measured);
    if (this.issued === this.requestLimit) this.closeDoors();
    return request;
  }

  private awaitNext(service: number): void {
    const source = this.sources[service] as Source;
    const atMs = source.nextAfter(this.nowMs);
    if (atMs < Infinity) source.next = this.events.schedule(atMs, arrivalEvent, service);
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
    if (stopMs === this.horizonMs || this.events.size === 0) this.finish();
  }

  private cutShort(detail: Readonly<Record<string, number>>): void {
    this.log.add({ atMs: this.nowMs, kind: 'event-limit-reached', subject: 'run', detail });
    this.finish();
  }

  private finish(): void {
    this.done = true;
    this.buckets.cover(this.nowMs);
  }
}
