import type { ServicePolicy } from './balancer.ts';

/** What runs where, before anything runs. A platform makes plans of its parameters; the estate brings them to life. */

export interface GroupPlan {
  /** Made up by the estate where it is left out. */
  readonly id?: string;
  /** Indices of the services that have an instance in the group, one entry for each instance. */
  readonly services: readonly number[];
  /** Operating-system processes of the group; each carries all of its instances. */
  readonly processes: number;
  /** Weight of the whole group against others on its host; null where it has none. */
  readonly weight: number | null;
  /** The most cores that the group may use at any moment; null where there is no limit. */
  readonly cpuLimitCores: number | null;
  /** CFS quota of the group in cores, used up period by period; null or left out where there is none. */
  readonly cpuQuotaCores?: number | null;
  readonly memoryLimitMiB: number | null;
  /** Memory of each process besides runtime and heaps, such as that of a sandbox. */
  readonly extraMiB?: number;
  /** From start to ready. Left out: the sum of what its services take. */
  readonly startSeconds?: number;
}

export interface HostPlan {
  /** Made up by the estate where it is left out. */
  readonly id?: string;
  readonly cores: number;
  readonly memoryMiB: number;
  readonly osMemoryMiB: number;
  /** Availability zone, counted from 0. */
  readonly zone: number;
}

/** Rules that hold for everything of an estate. */
export interface EstatePolicy {
  /** Memory of a process besides the heaps of its instances. */
  readonly runtimeOverheadMiB: number;
  /** Requests that a process works on at once; others wait in its line. */
  readonly threadsPerProcess: number;
  /** The most cores that one process can use; Infinity for no limit. */
  readonly coresPerProcess: number;
  readonly balancer: ServicePolicy;
  /** Whether each service is balanced by itself, or all of them together over groups that are alike. */
  readonly balanced: 'each-service' | 'all-services';
  readonly restartDelaySeconds: number;
  /** Time that a request and its answer take between client and instance. */
  readonly networkMs: number;
  /** Whether scheduling by weight is on. It is then for every process of a host, as siblings in a control group. */
  readonly weighted: boolean;
  /**
   * Whether processes can be told apart by the scheduler: for weights, limits, quotas, and so that one of them can be
   * frozen. One class for all of a host is fastest.
   */
  readonly classPerProcess: boolean;
}
