/** What runs where, before anything runs. A platform makes a plan of its parameters; the estate brings it to life. */

export interface GroupPlan {
  /** Indices of the services that have an instance in the group, one entry for each instance. */
  readonly services: readonly number[];
  /** Operating-system processes of the group; each carries all of its instances. */
  readonly processes: number;
  /** Limits of the whole group; null where there is none. */
  readonly weight: number | null;
  readonly cpuLimitCores: number | null;
  readonly memoryLimitMiB: number | null;
}

export interface HostPlan {
  readonly groups: readonly GroupPlan[];
}

export interface EstatePlan {
  readonly hosts: readonly HostPlan[];
  readonly coresPerHost: number;
  readonly memoryMiBPerHost: number;
  readonly osMemoryMiB: number;
  readonly pricePerHostHourUsd: number;
  /** Memory of a process besides the heaps of its instances. */
  readonly runtimeOverheadMiB: number;
  /** Requests that a process works on at once; others wait in its line. */
  readonly threadsPerProcess: number;
  /** The most cores that one process can use; Infinity for no limit. */
  readonly coresPerProcess: number;
  readonly balancer: 'round-robin' | 'random' | 'least-outstanding';
  /** Whether each service is balanced by itself, or all of them together over groups that are alike. */
  readonly balanced: 'each-service' | 'all-services';
  readonly copyMiBPerSecond: number;
  readonly drainSeconds: number;
  readonly restartDelaySeconds: number;
  readonly deployOrder: 'rolling' | 'all-at-once';
  /** What a new version of one service replaces: its own instances, or all of everything. */
  readonly deployScope: 'service' | 'everything';
  readonly hotDeploy: boolean;
  /** Whether scheduling by weight is on. It is then for every process of a host, as siblings in a control group. */
  readonly weighted: boolean;
}
