import type { z } from 'zod';
import type { Deployment } from './hosts/deployment-schema.ts';
import type { Fault } from './hosts/fault-schema.ts';
import type { BucketClock } from './engine/level.ts';
import type { EventList } from './engine/event-list.ts';
import type { MetricTree } from './metrics.ts';
import type { NotableLog } from './engine/notable-log.ts';
import type { Outcomes } from './engine/outcomes.ts';
import type { RandomStream } from './engine/random.ts';
import type { Requests } from './engine/requests.ts';
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
  /** A stream of chance with its own name. */
  stream(name: string): RandomStream;
  /** The request was answered: counts it, as too late where its client had given up, and frees its row. */
  serve(request: number, waitMs: number): void;
  /** The request was not answered: counts it and frees its row. */
  fail(request: number, kind: 'lost' | 'unavailable' | 'killed'): void;
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
  readonly hosts: readonly HostSeries[];
}

/** A platform in one run. */
export interface RunningPlatform {
  /** A request has come. Its row is filled. */
  arrive(request: number): void;
  /** One of the platform's own events is due. */
  handle(kind: number, subject: number): void;
  /** The warm-up is over. */
  openWindow(): void;
  snapshot(): TopologySnapshot;
  metrics(): MetricTree;
  series(): PlatformSeries;
}

/** What every platform is given of a file. */
export interface PlatformInput<P> {
  readonly platform: P;
  readonly services: readonly Service[];
  readonly faults: readonly Fault[];
  readonly deployments: readonly Deployment[];
}

/** A deployment pattern: its parameters and its behaviour. */
export interface PlatformDefinition<P extends { kind: string }> {
  readonly kind: P['kind'];
  readonly schema: z.ZodObject & z.ZodType<P>;
  /** What the schema cannot see, such as a port that is taken twice. */
  check(input: PlatformInput<P>): Problem[];
  start(input: PlatformInput<P>, kernel: Kernel): RunningPlatform;
}
