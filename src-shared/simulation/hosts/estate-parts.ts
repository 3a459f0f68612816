import type { IntQueue } from '../engine/columns.ts';
import type { Level } from '../engine/level.ts';
import type { Defect } from '../deployments/deployment-schema.ts';
import { firstPlatformEvent } from '../platform.ts';
import type { CpuPool } from './cpu-pool.ts';
import type { GroupPlan } from './plan.ts';

/** Kinds of events on an estate, each with what its subject is. */
export const event = {
  /** host */ cpuDone: firstPlatformEvent,
  /** request */ ioDone: firstPlatformEvent + 1,
  /** request */ networkDone: firstPlatformEvent + 2,
  /** process */ processRestarts: firstPlatformEvent + 3,
  /** process */ processStarted: firstPlatformEvent + 4,
  /** group */ drainOver: firstPlatformEvent + 5,
  /** fault */ faultStarts: firstPlatformEvent + 6,
  /** fault */ faultEnds: firstPlatformEvent + 7,
  /** fault */ leakGrows: firstPlatformEvent + 8,
} as const;

/** The first kind of event that is free for a platform which runs on an estate. */
export const firstEventBeyondEstate = firstPlatformEvent + 16;

export type ProcessState = 'running' | 'starting' | 'killed' | 'restarting';

export interface Host {
  readonly index: number;
  readonly id: string;
  readonly zone: number;
  readonly cores: number;
  readonly memoryLimitMiB: number;
  readonly osMemoryMiB: number;
  readonly pool: CpuPool;
  readonly groups: Group[];
  /** How many groups it has ever had. */
  groupsMade: number;
  readonly busyCores: Level;
  readonly memoryMiB: Level;
  up: boolean;
}

/** What is started and stopped together: one process, a parent with its children, or a server that holds many instances. */
export interface Group {
  readonly index: number;
  readonly id: string;
  readonly host: Host;
  readonly instances: Instance[];
  readonly processes: Process[];
  readonly plan: GroupPlan;
  readonly startMs: number;
  readonly memoryMiB: Level;
  inFlight: number;
  /** False while it finishes its last requests before it is stopped. */
  accepting: boolean;
  /** Processes that run. */
  running: number;
  /** Instances of it that are counted as able to answer. */
  ready: number;
  /** Its host is lost and the balancer, not knowing, still sends to it. */
  goneUnnoticed: boolean;
  /** What to do once it has answered its last request, or its time for that is over. */
  whenDrained: (() => void) | null;
  /** Handle of the event at which the time for that is over, or -1. */
  drainTimer: number;
  removed: boolean;
}

export interface Instance {
  readonly index: number;
  readonly id: string;
  readonly service: number;
  readonly group: Group;
  /** False while a new version of this one instance starts within a group that goes on. */
  available: boolean;
  /** What is wrong with the version that it runs; null for nothing. */
  defect: Defect | null;
  /** Of its service, counted from 1. */
  version: number;
  inFlight: number;
  waiting: number;
  onCpu: number;
  /** Requests that have come to it. */
  taken: number;
}

export interface Process {
  readonly index: number;
  readonly id: string;
  readonly group: Group;
  /** Its scheduling class in the pool of its host. */
  readonly cpuClass: number;
  /** Memory after a start. */
  readonly baseMiB: number;
  readonly memoryLimitMiB: number;
  state: ProcessState;
  leakedMiB: number;
  /** Requests that hold a thread. */
  active: number;
  readonly line: IntQueue;
  /** Endless loops, which service's they are, and what a thread of the class had attained when they began. */
  spinning: number;
  spinningSince: number;
  spinningService: number;
  /** Frozen until then; 0 where it is not. */
  pausedUntilMs: number;
  pausedSinceMs: number;
  /** How long it has been frozen before. */
  pausedForMs: number;
  /** Handle of the event of its next state, or -1. */
  timer: number;
}
