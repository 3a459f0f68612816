import type { CardState } from './card.ts';
import { shuffled } from './shuffle.ts';

/** A card that may be asked today. */
export interface QueueCard {
  readonly questionId: string;
  /** Place in teaching order, which decides between cards that are alike otherwise. */
  readonly position: number;
  readonly state: Pick<CardState, 'phase' | 'dueAt' | 'difficulty'>;
  /** Probability of recall now, 0-1. */
  readonly recall: number;
  readonly pattern: string;
  readonly kind: string;
  /** What the question asks about; questions that share one of these give each other's answer away. */
  readonly facts: readonly string[];
  /** Belongs to the next interview. */
  readonly urgent: boolean;
}

export const reviewOrders = [
  'due',
  'most-forgotten',
  'best-known',
  'hardest',
  'random',
  'what-matters',
] as const;
export type ReviewOrder = (typeof reviewOrders)[number];

export const freshMixes = ['mixed', 'reviews-first', 'new-first'] as const;
export type FreshMix = (typeof freshMixes)[number];

export interface QueueInput {
  /** Cards in (re)learning and reviews of this study day and before, not suspended and not buried. */
  readonly cards: readonly QueueCard[];
  /** Questions never seen, in the order in which they are to come. */
  readonly fresh: readonly QueueCard[];
  /** New questions that today still allows. */
  readonly freshAllowed: number;
  /** Reviews that today still allows. */
  readonly reviewsAllowed: number;
  readonly now: number;
  /** First instant of the next study day. */
  readonly dayEnd: number;
  readonly order: ReviewOrder;
  readonly mix: FreshMix;
  /** The same text gives the same random order. */
  readonly seed: string;
  /** Facts that were asked about today; null where siblings are not buried. */
  readonly askedFacts: ReadonlySet<string> | null;
  /** How many of the order are wanted at least; all by default. */
  readonly enough?: number;
  /** What was asked last: what comes next is to differ in pattern and kind. */
  readonly last: { readonly pattern: string; readonly kind: string } | null;
}

export interface Queue {
  /** Ids in the order to ask them now. */
  readonly order: readonly string[];
  readonly learning: number;
  readonly review: number;
  readonly fresh: number;
  /** Reviews that are due and that today's limit or a sibling keeps for another day. */
  readonly kept: number;
  /** Those of them that only the limit keeps. */
  readonly keptByLimit: number;
  /** When the next card in (re)learning that is not yet in the order falls due. */
  readonly nextLearningAt: number | null;
}

/** A learning card due within this time is asked early when nothing else is left, so that a session can end. */
export const learnAheadMs = 20 * 60_000;

/** How far ahead a question is looked for that differs from the one before. */
const interleaveWindow = 8;

const isLearning = ({ state }: QueueCard) => state.phase === 'learning' || state.phase === 'relearning';
const byPosition = (a: QueueCard, b: QueueCard) => a.position - b.position;
const byDue = (a: QueueCard, b: QueueCard) => a.state.dueAt - b.state.dueAt || byPosition(a, b);

const comparisons: Readonly<Record<Exclude<ReviewOrder, 'random'>, (a: QueueCard, b: QueueCard) => number>> =
  {
    due: byDue,
    'most-forgotten': (a, b) => a.recall - b.recall || byDue(a, b),
    'best-known': (a, b) => b.recall - a.recall || byDue(a, b),
    hardest: (a, b) => b.state.difficulty - a.state.difficulty || byDue(a, b),
    // Of what cannot all be saved, what the interview asks first, and then what is still there to be kept.
    'what-matters': (a, b) => Number(b.urgent) - Number(a.urgent) || b.recall - a.recall || byDue(a, b),
  };

/** What a day brings, in order, before what is being learned. */
export interface DayPlan {
  readonly reviews: readonly QueueCard[];
  readonly fresh: readonly QueueCard[];
  readonly kept: number;
  readonly keptByLimit: number;
}

/** Chooses and orders the reviews and the new questions of a day; siblings of what was asked today wait for another day. */
export function planDay(
  input: Pick<
    QueueInput,
    'cards' | 'fresh' | 'freshAllowed' | 'reviewsAllowed' | 'dayEnd' | 'order' | 'seed' | 'askedFacts'
  >,
): DayPlan {
  const due = input.cards.filter((card) => card.state.phase === 'review' && card.state.dueAt < input.dayEnd);
  const sorted =
    input.order === 'random'
      ? shuffled(due.sort(byPosition), input.seed)
      : due.sort(comparisons[input.order]);
  const asked = input.askedFacts === null ? null : new Set(input.askedFacts);
  const { taken: reviews, siblings } = takeWithoutSiblings(sorted, input.reviewsAllowed, asked);
  const { taken: fresh } = takeWithoutSiblings(input.fresh, input.freshAllowed, asked);
  return {
    reviews,
    fresh,
    kept: due.length - reviews.length,
    keptByLimit: due.length - reviews.length - siblings,
  };
}

/** The plan of a day in the order to ask it now, with what is being learned. */
export function orderNow(
  plan: DayPlan,
  input: Pick<QueueInput, 'cards' | 'now' | 'dayEnd' | 'mix' | 'last' | 'enough'>,
): Queue {
  const { now, dayEnd } = input;
  const learning = input.cards.filter((card) => isLearning(card) && card.state.dueAt < dayEnd).sort(byDue);
  const ready = learning.filter((card) => card.state.dueAt <= now);
  const early = learning.filter((card) => card.state.dueAt > now && card.state.dueAt <= now + learnAheadMs);
  const mixed = mix(plan.reviews, plan.fresh, input.mix, input.enough ?? Infinity);
  const main = interleave(mixed, ready.at(-1) ?? input.last);
  const later = learning.find((card) => card.state.dueAt > now + learnAheadMs);
  return {
    order: [...ready, ...main, ...early].map(({ questionId }) => questionId),
    learning: learning.length,
    review: plan.reviews.length,
    fresh: plan.fresh.length,
    kept: plan.kept,
    keptByLimit: plan.keptByLimit,
    nextLearningAt: later?.state.dueAt ?? null,
  };
}

/**
 * Today's queue: learning cards whose step is over, then reviews and new questions, then learning cards that are almost due.
 * Siblings of what was asked today wait for another day, and neighbours differ in pattern and kind where they can.
 */
export function buildQueue(input: QueueInput): Queue {
  return orderNow(planDay(input), input);
}

/**
 * The first `count` of which no two ask about the same fact, and how many were left out for a sibling before that.
 *
 * @param asked grows by what they ask about
 */
function takeWithoutSiblings(
  cards: readonly QueueCard[],
  count: number,
  asked: Set<string> | null,
): { readonly taken: QueueCard[]; readonly siblings: number } {
  const taken: QueueCard[] = [];
  let siblings = 0;
  for (const card of cards) {
    if (taken.length >= count) break;
    if (asked && card.facts.some((fact) => asked.has(fact))) {
      siblings += 1;
      continue;
    }
    taken.push(card);
    if (asked) for (const fact of card.facts) asked.add(fact);
  }
  return { taken, siblings };
}

/** Reviews and new questions in one row, at least `enough` of them. */
function mix(
  reviews: readonly QueueCard[],
  fresh: readonly QueueCard[],
  how: FreshMix,
  enough: number,
): QueueCard[] {
  const [first, then] = how === 'new-first' ? [fresh, reviews] : [reviews, fresh];
  if (how !== 'mixed') return [...first.slice(0, enough), ...then.slice(0, enough)].slice(0, enough);
  // Spreads the shorter list over the longer one, each in its own order.
  const mixed: QueueCard[] = [];
  let [review, next] = [0, 0];
  while (mixed.length < Math.min(enough, reviews.length + fresh.length)) {
    const reviewPlace = review < reviews.length ? (review + 0.5) / reviews.length : Infinity;
    const freshPlace = next < fresh.length ? (next + 0.5) / fresh.length : Infinity;
    const card = reviewPlace <= freshPlace ? reviews[review++] : fresh[next++];
    if (card) mixed.push(card);
  }
  return mixed;
}

/** The same cards, each the nearest in the order that differs most from the one before it. */
function interleave(
  cards: readonly QueueCard[],
  last: Pick<QueueCard, 'pattern' | 'kind'> | null,
): QueueCard[] {
  const waiting = [...cards].reverse();
  const order: QueueCard[] = [];
  let before = last;
  while (waiting.length > 0) {
    let best = waiting.length - 1;
    let most = -1;
    for (
      let index = waiting.length - 1;
      index >= Math.max(0, waiting.length - interleaveWindow);
      index -= 1
    ) {
      const card = waiting[index];
      if (!card) break;
      const differs =
        before === null ? 2 : Number(card.pattern !== before.pattern) + Number(card.kind !== before.kind);
      if (differs > most) [best, most] = [index, differs];
      if (differs === 2) break;
    }
    const [card] = waiting.splice(best, 1);
    if (!card) break;
    order.push(card);
    before = card;
  }
  return order;
}
