import type { z } from 'zod';
import type { CostParts } from './costs.ts';
import type { Deployment, OrderedDeployment } from './deployments/deployment-schema.ts';
import type { Rollouts } from './deployments/rollouts.ts';
import type { BucketClock } from './engine/level.ts';
import type { EventList } from './engine/event-list.ts';
import type { ErrorKind, Outcomes } from './engine/outcomes.ts';
import type { NotableLog } from './engine/notable-log.ts';
import type { RandomStream } from './engine/random.ts';
import type { Requests } from './engine/requests.ts';
import type { FaultBook } from './faults/fault-book.ts';
import type { Fault, FaultOccurrence } from './faults/fault-schema.ts';
import type { MetricTree } from './metrics.ts';
import type { Service } from './workload/service.ts';
import type { TopologySnapshot } from './topology.ts';

/** Something wrong with a file, and where: `workload.services[0].cpu.meanMs`. */
export interface Problem {
  readonly path: string;
  readonly message: string;
}

/** What a platform may use of the run that it is part of. */
export interface Kernel {
  readonly nowMs: number;
  /** When the warm-up ended; metrics look at what came after. */
  readonly windowStartMs: number;
  readonly events: EventList;
  readonly requests: Requests;
  readonly outcomes: Outcomes;
  readonly buckets: BucketClock;
  readonly log: NotableLog;
  readonly services: readonly Service[];
  /** The services that each fault has hit, as far as the platform can tell. */
  readonly faultBook: FaultBook;
  readonly rollouts: Rollouts;
  /** Whether somebody reads the trace. Ask before making an event for it. */
  readonly traced: boolean;
  /** Tells everything that matters for checking a run from outside, such as what is paid for. */
  trace(event: TraceEvent): void;
  /** A stream of chance with its own name. */
  stream(name: string): RandomStream;
  /**
   * The request was answered: counts it, unless its client has given up on it, and frees its row. All of its time since
   * `requests.arrivedMs` must have been booked by `requests.addPart`.
   */
  serve(request: number): void;
  /** The request was not answered. Its client tries again, or it is counted; either way it is no longer the platform's. */
  fail(request: number, kind: Exclude<ErrorKind, 'timeout'>): void;
}

export interface TraceEvent {
  readonly atMs: number;
  readonly kind: string;
  /** Id of the host, instance or request that it happened to. */
  readonly subject: string;
  readonly detail: Readonly<Record<string, string | number>>;
}

/** The first kind of event that is a platform's own; lower ones belong to the run. */
export const firstPlatformEvent = 8;

export interface HostSeries {
  readonly id: string;
  /** Share of the cores in use, 0 to 1. */
  readonly cpuUtilisation: readonly number[];
  /** null where the platform knows no memory. */
  readonly memoryUsedMiB: readonly number[] | null;
}

export interface PlatformSeries {
  readonly utilisation: readonly number[];
  readonly waiting: readonly number[];
  /** Instances that can answer. */
  readonly instances: readonly number[];
  /** The first so many hosts. */
  readonly hosts: readonly HostSeries[];
}

/** A platform in one run. */
export interface RunningPlatform {
  /** A request has come. Its row is filled. */
  arrive(request: number): void;
  /**
   * Whether clients of a service wait for its answers; left out: they do. With events that nobody waits for, no client gives
   * up and none tries again: that is the platform's business.
   */
  isAwaited?(service: number): boolean;
  /** One of the platform's own events is due. */
  handle(kind: number, subject: number): void;
  /** The warm-up is over. */
  openWindow(): void;
  snapshot(): TopologySnapshot;
  metrics(): MetricTree;
  /** What the time after the warm-up cost, by what it went to. */
  costParts(): CostParts;
  /** Which host each instance is on, where the platform decides that. */
  placement?(): Readonly<Record<string, string>>;
  series(): PlatformSeries;
}

/** What a platform is given of a file to find fault with. */
export interface PlatformScenario<P> {
  readonly platform: P;
  readonly services: readonly Service[];
  readonly faults: readonly Fault[];
  readonly deployments: readonly OrderedDeployment[];
}

/** What a platform is given of a file to run: chance has decided when and where faults come. */
export interface PlatformInput<P> {
  readonly platform: P;
  readonly services: readonly Service[];
  readonly faults: readonly FaultOccurrence[];
  readonly deployments: readonly Deployment[];
}

/** A deployment pattern: its parameters and its behaviour. */
export interface PlatformDefinition<P extends { kind: string }> {
  readonly kind: P['kind'];
  readonly schema: z.ZodObject & z.ZodType<P>;
  /** What the schema cannot see, such as a port that is taken twice. */
  check(scenario: PlatformScenario<P>): Problem[];
  start(input: PlatformInput<P>, kernel: Kernel): RunningPlatform;
}
