import {
  orderNow,
  planDay,
  type DayPlan,
  type Queue,
  type QueueCard,
  type QueueInput,
} from '#shared/study/queue.ts';
import { startOfStudyDay } from '#shared/study/study-day.ts';
import { shuffled } from '#shared/study/shuffle.ts';
import type { CardIndex } from '#main/study/card-index.ts';
import { sumsByPart } from '#main/study/daily-store.ts';
import { askedOn, wasAnsweredOn } from '#main/study/answered-store.ts';
import { readInterviews } from '#main/study/plan-store.ts';
import { curveOf, governingInterviews } from '#main/study/scheduling.ts';
import type { Context } from '../port.ts';

export interface TodaysQueue extends Queue {
  /** When the next card that is not in the order falls due. */
  readonly nextDueAt: number | null;
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

/** What there is to ask at all. */
interface Scan {
  readonly cards: readonly QueueCard[];
  readonly fresh: readonly QueueCard[];
  /** The first due instant of cards that are not for today. */
  readonly laterAt: number;
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
    if (!question || (lessonId !== null && question.lessonId !== lessonId)) continue;
    if (isNew && fresh.length >= freshEnough && !isUrgent(question.lessonId)) continue;
    const state = cards.stateAt(row);
    if (state.suspended) continue;
    const putOff = state.buriedDay === today;
    if (putOff && !isNew) laterAt = Math.min(laterAt, Math.max(state.dueAt, dayEnd));
    if (putOff) continue;
    if (!isNew && state.dueAt >= dayEnd) {
      laterAt = Math.min(laterAt, state.dueAt);
      laterDay = Math.min(laterDay, dueDay);
      continue;
    }
    (isNew ? fresh : due).push({
      questionId: question.id,
      position: row,
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
export function allowedToday(context: Context, today: number): { fresh: number; reviews: number } {
  const days = { from: today, to: today };
  const settings = context.settings();
  const fresh = sumsByPart(context.database, 'fresh', days).get('')?.n ?? 0;
  let reviews = 0;
  for (const { n } of sumsByPart(context.database, 'retention', days).values()) reviews += n;
  return {
    fresh: Math.max(0, settings.newPerDay - fresh),
    reviews: Math.max(0, settings.reviewsPerDay - reviews),
  };
}

/** The day as it was planned at the first look; what is answered of it is taken out. */
interface Planned {
  readonly plan: Omit<DayPlan, 'kept'> & {
    readonly reviews: QueueCard[];
    readonly fresh: QueueCard[];
    kept: number;
  };
  readonly byId: Map<string, QueueCard>;
  readonly learning: QueueCard[];
  last: QueueInput['last'];
  laterAt: number;
  version: number;
}

/** Plans by the set of cards and by what was asked for: with a large deck a plan takes longer than a learner should wait. */
const plans = new WeakMap<CardIndex, Map<string, Planned>>();
const keptPlans = 4;

function makePlan(context: Context, scope: Omit<Scope, 'freshEnough'>): Planned {
  const settings = context.settings();
  const { lessonId, today, dayEnd } = scope;
  const allowed = lessonId === null ? allowedToday(context, today) : { fresh: Infinity, reviews: Infinity };
  // Siblings are left out, so that some more are looked at than are asked.
  const freshEnough = settings.newOrder === 'random' ? Infinity : allowed.fresh * 5 + 100;
  const found = scan(context, { ...scope, freshEnough });
  const asked = askedToday(context, today);
  const seed = String(today);
  const plan = planDay({
    cards: found.cards,
    fresh: inNewOrder(found.fresh, settings.newOrder, seed),
    freshAllowed: allowed.fresh,
    reviewsAllowed: allowed.reviews,
    dayEnd,
    order: settings.reviewOrder,
    seed,
    askedFacts: settings.burySiblings && lessonId === null ? asked.facts : null,
  });
  const learning = found.cards.filter(({ state }) => state.phase !== 'review');
  const [reviews, fresh] = [[...plan.reviews], [...plan.fresh]];
  return {
    plan: { ...plan, reviews, fresh },
    byId: new Map([...reviews, ...fresh, ...learning].map((card) => [card.questionId, card])),
    learning,
    last: asked.last,
    laterAt: found.laterAt,
    version: context.cards().version,
  };
}

function takeOut(cards: QueueCard[], card: QueueCard): void {
  const index = cards.indexOf(card);
  if (index >= 0) cards.splice(index, 1);
}

/** Leaves the siblings of a card for another day. Returns false where others would come in their place. */
function leaveOutSiblings({ plan, byId }: Planned, { facts }: QueueCard): boolean {
  const isSibling = (card: QueueCard) => card.facts.some((fact) => facts.includes(fact));
  const siblings = [...plan.reviews, ...plan.fresh].filter(isSibling);
  if (siblings.length === 0) return true;
  if (plan.keptByLimit > 0 || siblings.some(({ state }) => state.phase === 'new')) return false;
  for (const sibling of siblings) {
    takeOut(plan.reviews, sibling);
    byId.delete(sibling.questionId);
  }
  plan.kept += siblings.length;
  return true;
}

/**
 * Goes on with the plan after one of its cards was answered by the schedule. Returns false where something else has happened,
 * and the day is to be planned anew.
 */
function goOn(
  context: Context,
  planned: Planned,
  questionId: string,
  { lessonId, today, dayEnd }: Omit<Scope, 'freshEnough'>,
): boolean {
  const { plan, learning, byId } = planned;
  const state = context.cards().state(questionId);
  const before = byId.get(questionId);
  if (!before || !wasAnsweredOn(context.database, questionId, today)) return false;
  if (state.phase === 'review' && state.dueAt < dayEnd) return false;
  const buries = lessonId === null && context.settings().burySiblings;
  // Siblings of what the plan chose are out of it already; those of what was being learned are not.
  if (buries && learning.includes(before) && !leaveOutSiblings(planned, before)) return false;
  for (const list of [plan.reviews, plan.fresh, learning]) takeOut(list, before);
  byId.delete(questionId);
  if (state.phase !== 'review' && state.dueAt < dayEnd) {
    const again = { ...before, state };
    learning.push(again);
    byId.set(questionId, again);
  } else planned.laterAt = Math.min(planned.laterAt, state.dueAt);
  planned.last = { pattern: before.pattern, kind: before.kind };
  return true;
}

function planNow(context: Context, scope: Omit<Scope, 'freshEnough'>): Planned {
  const cards = context.cards();
  const key = JSON.stringify([
    scope,
    context.settings(),
    readInterviews(context.database),
    // Practice asks questions and changes no card.
    sumsByPart(context.database, 'practice', { from: scope.today, to: scope.today }).get('')?.n,
  ]);
  let byKey = plans.get(cards);
  if (!byKey || byKey.size > keptPlans) plans.set(cards, (byKey = new Map()));
  const known = byKey.get(key);
  const changes = known ? cards.changesSince(known.version) : null;
  if (known && changes?.every((questionId) => goOn(context, known, questionId, scope))) {
    known.version = cards.version;
    return known;
  }
  const planned = makePlan(context, scope);
  byKey.set(key, planned);
  return planned;
}

/** Today's queue, of everything or of one lesson. Someone who asks for a lesson wants all of it: the daily limits are for the rest. */
export function todaysQueue(context: Context, lessonId: string | null): TodaysQueue {
  const { at: now, studyDay: today, calendar } = context.moment();
  const dayEnd = startOfStudyDay(today + 1, calendar);
  const { plan, learning, last, laterAt } = planNow(context, { lessonId, today, dayEnd });
  const mix = context.settings().newMix;
  const queue = orderNow(plan, { cards: learning, now, dayEnd, mix, last, enough: orderLength });
  const later = Math.min(queue.nextLearningAt ?? Infinity, laterAt, queue.kept > 0 ? dayEnd : Infinity);
  return { ...queue, nextDueAt: later === Infinity ? null : Math.max(later, now) };
}
