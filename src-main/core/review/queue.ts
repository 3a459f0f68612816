import { buildQueue, type Queue, type QueueCard, type QueueInput } from '#shared/study/queue.ts';
import { startOfStudyDay } from '#shared/study/study-day.ts';
import { shuffled } from '#shared/study/shuffle.ts';
import { sumsByPart } from '#main/study/daily-store.ts';
import { askedOn } from '#main/study/log-store.ts';
import { curveOf, governingInterviews } from '#main/study/scheduling.ts';
import type { Context } from '../port.ts';

export interface TodaysQueue extends Queue {
  /** When the next card that is not in the order falls due. */
  readonly nextDueAt: number | null;
}

interface Scan {
  readonly cards: readonly QueueCard[];
  readonly fresh: readonly QueueCard[];
  /** The first due instant of cards that are not for today. */
  readonly laterAt: number;
}

interface Scope {
  readonly lessonId: string | null;
  readonly today: number;
  readonly dayEnd: number;
  /** New questions that are looked at; the rest cannot come up today. */
  readonly freshEnough: number;
}

/** Lessons that the next interview is about. */
function urgency(context: Context, today: number): (lessonId: string) => boolean {
  const interviewOf = governingInterviews(context, today);
  const known = new Map<string, boolean>();
  return (lessonId) => {
    let urgent = known.get(lessonId);
    if (urgent === undefined) known.set(lessonId, (urgent = interviewOf(lessonId) !== null));
    return urgent;
  };
}

/** Goes once through all cards. At 100,000 of them each step counts: columns first, objects only for what is due. */
function scan(context: Context, { lessonId, today, dayEnd, freshEnough }: Scope): Scan {
  const cards = context.cards();
  const curve = curveOf(context.settings());
  const isUrgent = urgency(context, today);
  const due: QueueCard[] = [];
  const fresh: QueueCard[] = [];
  let laterAt = Infinity;
  let laterDay = Infinity;
  for (let row = 0; row < cards.length; row += 1) {
    const isNew = cards.isNewAt(row);
    const dueDay = cards.dueDayAt(row);
    // Most cards are due on a day that is later than the first such day: nothing more is to be known of them.
    if (!isNew && dueDay > today && dueDay > laterDay) continue;
    const question = cards.questionAt(row);
    if (!question) continue;
    const state = cards.stateAt(row);
    if (lessonId !== null && question.lessonId !== lessonId) continue;
    if (isNew && fresh.length >= freshEnough && !isUrgent(question.lessonId)) continue;
    if (state.suspended || state.buriedDay === today) continue;
    if (!isNew && state.dueAt >= dayEnd) {
      laterAt = Math.min(laterAt, state.dueAt);
      laterDay = Math.min(laterDay, dueDay);
      continue;
    }
    (isNew ? fresh : due).push({
      questionId: question.id,
      state,
      recall: isNew ? 0 : cards.recallAt(row, today, curve),
      pattern: question.pattern,
      kind: question.kind,
      facts: cards.factsAt(row),
      urgent: isUrgent(question.lessonId),
    });
  }
  return { cards: due, fresh, laterAt };
}

/** What was asked today: about which facts, and what came last, so that the next question can be another kind of thing. */
function askedToday(context: Context, today: number): { facts: Set<string>; last: QueueInput['last'] } {
  const cards = context.cards();
  const facts = new Set<string>();
  let last: QueueInput['last'] = null;
  for (const id of askedOn(context.database, today)) {
    const row = cards.rowOf(id);
    const question = row === undefined ? undefined : cards.questionAt(row);
    if (row === undefined || !question) continue;
    for (const fact of cards.factsAt(row)) facts.add(fact);
    last = { pattern: question.pattern, kind: question.kind };
  }
  return { facts, last };
}

/** New questions of the next interview first; otherwise as the packs teach them, or at random. */
function inNewOrder(fresh: readonly QueueCard[], order: 'teaching' | 'random', seed: string): QueueCard[] {
  const ordered = order === 'random' ? shuffled(fresh, seed) : fresh;
  return [...ordered.filter(({ urgent }) => urgent), ...ordered.filter(({ urgent }) => !urgent)];
}

/** As many are put in order as can be asked before the next look. */
const orderLength = 64;

/** How much of today's limits is left. */
function allowedToday(context: Context, today: number): { fresh: number; reviews: number } {
  const days = { from: today, to: today };
  const settings = context.settings();
  const fresh = sumsByPart(context.database, 'fresh', days).get('')?.n ?? 0;
  let reviews = 0;
  for (const { n } of sumsByPart(context.database, 'retention', days).values()) reviews += n;
  return { fresh: settings.newPerDay - fresh, reviews: settings.reviewsPerDay - reviews };
}

/** Today's queue, of everything or of one lesson. Someone who asks for a lesson wants all of it: the daily limits are for the rest. */
export function todaysQueue(context: Context, lessonId: string | null): TodaysQueue {
  const settings = context.settings();
  const { at: now, studyDay: today, calendar } = context.moment();
  const dayEnd = startOfStudyDay(today + 1, calendar);
  const allowed = lessonId === null ? allowedToday(context, today) : { fresh: Infinity, reviews: Infinity };
  // Siblings are left out, so that some more are looked at than are asked.
  const freshEnough = settings.newOrder === 'random' ? Infinity : Math.max(0, allowed.fresh) * 5 + 100;
  const found = scan(context, { lessonId, today, dayEnd, freshEnough });
  const asked = askedToday(context, today);
  const seed = String(today);
  const queue = buildQueue({
    cards: found.cards,
    fresh: inNewOrder(found.fresh, settings.newOrder, seed),
    freshAllowed: Math.max(0, allowed.fresh),
    reviewsAllowed: Math.max(0, allowed.reviews),
    now,
    dayEnd,
    order: settings.reviewOrder,
    mix: settings.newMix,
    seed,
    askedFacts: settings.burySiblings && lessonId === null ? asked.facts : null,
    last: asked.last,
    enough: orderLength,
  });
  const later = Math.min(queue.nextLearningAt ?? Infinity, found.laterAt, queue.kept > 0 ? dayEnd : Infinity);
  return { ...queue, nextDueAt: later === Infinity ? null : Math.max(later, now) };
}
