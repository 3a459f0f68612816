/** What the time of a request goes to. Every millisecond between its issue and its answer belongs to exactly one. */
export const latencyParts = [
  /** Waits for a server, a thread, or a place to run. */
  'queueing',
  /** Its own CPU time, at the speed of a full core. */
  'work',
  /** Shares cores with others. */
  'contention',
  /** Held back by a quota: the CFS bandwidth of a limit, or the share of a core that a function's memory buys. */
  'throttling',
  /** Waits for an environment, an instance or a pod that is started for it. */
  'coldStart',
  /** Frozen, as in a long garbage collection. */
  'pause',
  /** Waits for databases and other services. */
  'io',
  /** On the way: balancers, gateways, proxies. */
  'network',
  /** Attempts before the one that was answered, and the time between them. */
  'retry',
] as const;
export type LatencyPart = (typeof latencyParts)[number];

export const partCount = latencyParts.length;

/** The column of each part. */
export const partIndex = Object.fromEntries(latencyParts.map((part, i) => [part, i])) as Readonly<
  Record<LatencyPart, number>
>;
