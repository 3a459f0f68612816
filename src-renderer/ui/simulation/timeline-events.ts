import type { NotableEvent } from '#shared/simulation/simulate.ts';

/** What kind of news an event is; each has a form of its own on the timeline. */
export type EventForm = 'trouble' | 'change' | 'note';

const troubles: ReadonlySet<NotableEvent['kind']> = new Set([
  'fault-started',
  'retry-storm',
  'oom-killed',
  'memory-limit-killed',
  'crashed',
  'host-lost',
  'zone-lost',
  'event-limit-reached',
  'crash-loop',
  'node-not-ready',
  'pod-pending',
  'pods-evicted',
  'events-dropped',
  'throttled',
  'time-limit',
]);
const changes: ReadonlySet<NotableEvent['kind']> = new Set([
  'deploy-started',
  'deploy-finished',
  'rollback-started',
  'stopped-for-deploy',
  'traffic-switched',
  'alias-moved',
  'canary-started',
]);

export function formOf({ kind }: NotableEvent): EventForm {
  if (troubles.has(kind)) return 'trouble';
  return changes.has(kind) ? 'change' : 'note';
}

export interface TimelineMark {
  /** Of the length of the run, 0 to 1. */
  readonly share: number;
  readonly form: EventForm;
}

/** Marks for a timeline, no closer to each other than can be told apart; where several fall together, trouble shows. */
export function timelineMarks(
  log: readonly NotableEvent[],
  durationMs: number,
  slots: number,
): readonly TimelineMark[] {
  const order: readonly EventForm[] = ['note', 'change', 'trouble'];
  const bySlot = new Map<number, EventForm>();
  for (const event of log) {
    const slot = Math.round(Math.min(1, event.atMs / Math.max(1, durationMs)) * slots);
    const before = bySlot.get(slot);
    const form = formOf(event);
    if (before === undefined || order.indexOf(form) > order.indexOf(before)) bySlot.set(slot, form);
  }
  return [...bySlot].map(([slot, form]) => ({ share: slot / slots, form }));
}

/** The last event before a moment, and the first after it; several at one time are one. */
export function eventsAround(
  log: readonly NotableEvent[],
  atMs: number,
): { readonly before: NotableEvent | null; readonly after: NotableEvent | null } {
  const before = log.findLast((event) => event.atMs < atMs) ?? null;
  return { before, after: log.find((event) => event.atMs > atMs) ?? null };
}
