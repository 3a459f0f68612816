/** The most notable events that a run keeps; later ones are only counted. */
const maxEntries = 500;

export type NotableKind =
  | 'fault-started'
  | 'fault-ended'
  | 'retry-storm'
  | 'oom-killed'
  | 'memory-limit-killed'
  | 'crashed'
  | 'host-lost'
  | 'host-back'
  | 'zone-lost'
  | 'zone-back'
  | 'restarted'
  | 'deploy-started'
  | 'deploy-finished'
  | 'rollback-started'
  | 'stopped-for-deploy'
  | 'limit-not-enforced'
  | 'scaled-out'
  | 'scaled-in'
  | 'traffic-switched'
  | 'instance-replaced'
  | 'event-limit-reached'
  // container
  | 'crash-loop'
  | 'node-drained'
  | 'node-not-ready'
  | 'node-ordered'
  | 'node-ready'
  | 'node-removed'
  | 'pod-pending'
  | 'pods-evicted'
  | 'pods-scaled'
  // serverless
  | 'alias-moved'
  | 'canary-started'
  | 'cold-starts'
  | 'events-dropped'
  | 'throttled'
  | 'time-limit';

/** Something that a learner would want to be told of, as data: the interface has the words. */
export interface NotableEvent {
  readonly atMs: number;
  readonly kind: NotableKind;
  /** Id of the host, group, process or service that it happened to. */
  readonly subject: string;
  readonly detail: Readonly<Record<string, string | number>>;
}

export interface NotableLog {
  add(event: NotableEvent): void;
  readonly entries: readonly NotableEvent[];
  /** How many there were after the log was full. */
  readonly dropped: number;
}

/** @param onAdd told of every event, those beyond what the log keeps included */
export function createNotableLog(onAdd?: (event: NotableEvent) => void): NotableLog {
  const entries: NotableEvent[] = [];
  let dropped = 0;
  return {
    add(event) {
      onAdd?.(event);
      if (entries.length < maxEntries) entries.push(event);
      else dropped++;
    },
    get entries() {
      return entries;
    },
    get dropped() {
      return dropped;
    },
  };
}
