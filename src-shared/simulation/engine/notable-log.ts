/** The most notable events that a run keeps; later ones are only counted. */
const maxEntries = 500;

export type NotableKind =
  | 'fault-started'
  | 'fault-ended'
  | 'oom-killed'
  | 'memory-limit-killed'
  | 'crashed'
  | 'host-lost'
  | 'host-back'
  | 'restarted'
  | 'deploy-started'
  | 'deploy-finished'
  | 'stopped-for-deploy'
  | 'limit-not-enforced'
  | 'event-limit-reached';

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

export function createNotableLog(): NotableLog {
  const entries: NotableEvent[] = [];
  let dropped = 0;
  return {
    add(event) {
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
