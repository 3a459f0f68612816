/** One vocabulary for where things run, whatever the platform. Flat and serialisable. */

export type GroupState = 'running' | 'starting' | 'draining' | 'killed' | 'restarting' | 'paused';

export interface InstanceSnapshot {
  readonly id: string;
  /** The service that it answers for; null where it is no particular one's. */
  readonly service: string | null;
  readonly state: 'running' | 'starting' | 'stopped';
  /** Requests that it works on, those that wait for others (I/O) included. */
  readonly busy: number;
  /** Requests that wait for a free thread of its process. */
  readonly waiting: number;
  /** Cores in use at this moment. */
  readonly cpuCores: number;
  /** null where memory cannot be told apart from that of others in one process. */
  readonly memoryMiB: number | null;
}

export interface GroupSnapshot {
  readonly id: string;
  readonly kind: 'process' | 'process-group' | 'vm' | 'pod' | 'environment';
  readonly state: GroupState;
  readonly memoryMiB: number;
  readonly leakedMiB: number;
  readonly cpuCores: number;
  /** Operating-system processes in the group, and how many of them run. */
  readonly processes: number;
  readonly processesRunning: number;
  readonly instances: readonly InstanceSnapshot[];
}

export interface HostSnapshot {
  readonly id: string;
  readonly state: 'up' | 'down' | 'starting' | 'draining';
  readonly cores: number;
  /** Cores in use at this moment. */
  readonly busyCores: number;
  /** Share of the cores in use over about the last second of simulated time, 0 to 1. */
  readonly cpuUtilisation: number;
  /** null where the platform knows no memory. */
  readonly memoryMiB: number | null;
  readonly memoryUsedMiB: number | null;
  readonly groups: readonly GroupSnapshot[];
}

export interface TopologySnapshot {
  readonly atMs: number;
  /** Requests that wait and that nobody works on. */
  readonly waiting: number;
  /** Of many hosts the first so many. */
  readonly hosts: readonly HostSnapshot[];
  /** Hosts, or environments of a host, beyond those that are shown. */
  readonly more?: number;
  /** Instances that no host has room for. */
  readonly pending?: readonly { readonly id: string; readonly service: string }[];
  readonly counters: {
    readonly arrived: number;
    readonly served: number;
    readonly lost: number;
    readonly failed: number;
    /** Failed for their client, who gave up, and still being worked on. */
    readonly abandoned: number;
    /** Waiting for their next attempt. */
    readonly retrying: number;
  };
}
