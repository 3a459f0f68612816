import { buildQueue, type Queue, type QueueCard } from '#shared/study/queue.ts';
import { retrievability } from '#shared/study/schedule.ts';
import { startOfStudyDay } from '#shared/study/study-day.ts';
import { shuffled } from '#shared/study/shuffle.ts';
import type { LibraryQuestion } from '#main/packs/library.ts';
import { sumsByPart } from '#main/study/daily-store.ts';
import { governingInterviews, schedulerOptionsFor } from '#main/study/scheduling.ts';
import type { Context } from '../port.ts';

export interface TodaysQueue extends Queue {
  /** When the next card that is not in the order falls due. */
  readonly nextDueAt: number | null;
}

interface Scan {
  readonly cards: readonly QueueCard[];
  readonly fresh: readonly QueueCard[];
  readonly askedFacts: ReadonlySet<string>;
  /** What was asked last today, so that the next question can be another kind of thing. */
  readonly last: { readonly pattern: string; readonly kind: string } | null;
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

/** Facts are numbered pack by pack. */
const factsOf = ({ packId, facts }: LibraryQuestion) => facts.map((fact) => `${packId}:${fact}`);

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
  const options = schedulerOptionsFor(context.settings(), undefined);
  const isUrgent = urgency(context, today);
  const due: QueueCard[] = [];
  const fresh: QueueCard[] = [];
  const askedFacts = new Set<string>();
  let last: LibraryQuestion | null = null;
  let lastAt = -Infinity;
  let laterAt = Infinity;
  for (let row = 0; row < cards.length; row += 1) {
    const question = cards.questionAt(row);
    if (!question) continue;
    const lastDay = cards.lastDayAt(row);
    if (lastDay === today) {
      for (const fact of factsOf(question)) askedFacts.add(fact);
      const answeredAt = cards.stateAt(row).lastReviewAt ?? -Infinity;
      if (answeredAt >= lastAt) [lastAt, last] = [answeredAt, question];
    }
    if (lessonId !== null && question.lessonId !== lessonId) continue;
    const isNew = cards.isNewAt(row);
    if (isNew && fresh.length >= freshEnough && !isUrgent(question.lessonId)) continue;
    const state = cards.stateAt(row);
    if (state.suspended || state.buriedDay === today) continue;
    if (!isNew && state.dueAt >= dayEnd) {
      laterAt = Math.min(laterAt, state.dueAt);
      continue;
    }
    (isNew ? fresh : due).push({
      questionId: question.id,
      state,
      recall: isNew ? 0 : retrievability(state.stability, today - lastDay, options),
      pattern: question.pattern,
      kind: question.kind,
      facts: factsOf(question),
      urgent: isUrgent(question.lessonId),
    });
  }
  return { cards: due, fresh, askedFacts, last, laterAt };
}

/** New questions of the next interview first; otherwise as the packs teach them, or at random. */
function inNewOrder(fresh: readonly QueueCard[], order: 'teaching' | 'random', seed: string): QueueCard[] {
  const ordered = order === 'random' ? shuffled(fresh, seed) : fresh;
  return [...ordered.filter(({ urgent }) => urgent), ...ordered.filter(({ urgent }) => !urgent)];
}

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
    askedFacts: settings.burySiblings && lessonId === null ? found.askedFacts : null,
    last: found.last,
  });
  const later = Math.min(queue.nextLearningAt ?? Infinity, found.laterAt, queue.kept > 0 ? dayEnd : Infinity);
  return { ...queue, nextDueAt: later === Infinity ? null : Math.max(later, now) };
}
