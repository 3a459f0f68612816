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
  /** Requests that have come to it since it is there. */
  readonly taken: number;
  /** Of its service, counted from 1; null where the platform has no versions. */
  readonly version: number | null;
  /** The version has a defect. */
  readonly defective: boolean;
}

export interface GroupSnapshot {
  readonly id: string;
  readonly kind: 'process' | 'process-group' | 'vm' | 'pod' | 'environment';
  readonly state: GroupState;
  readonly memoryMiB: number;
  /** Memory that is set aside for it, or that it takes once it has started. */
  readonly reservedMiB: number;
  /** null without a limit of its own. */
  readonly memoryLimitMiB: number | null;
  readonly leakedMiB: number;
  readonly cpuCores: number;
  /** The most cores it may use, at any moment or on average; null without a limit of its own. */
  readonly cpuLimitCores: number | null;
  /** It has work, and that limit holds it back at this moment. */
  readonly throttled: boolean;
  /** Why it starts, where that is more than a start. */
  readonly startsBy?: 'pull' | 'cold-start';
  /** Kept ready and paid for whether it is asked or not. */
  readonly provisioned?: true;
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
  /** Of the memory in use, that of its own operating system. */
  readonly osMiB: number;
  /** As large as what is on it at this moment: the rest is the provider's, and nobody sees it. */
  readonly elastic?: true;
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
