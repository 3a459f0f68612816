import type { CardState } from './card.ts';

/** A card in today's queue. */
export interface QueueCard {
  readonly questionId: string;
  readonly state: CardState;
}

export interface QueueInput {
  readonly cards: readonly QueueCard[];
  /** Questions never seen, in teaching order. */
  readonly fresh: readonly string[];
  /** New questions that today still allows. */
  readonly freshAllowed: number;
  readonly now: number;
  /** First instant of the next study day. */
  readonly dayEnd: number;
}

export interface Queue {
  /** Ids in the order to ask them now. */
  readonly order: readonly string[];
  readonly learning: number;
  readonly review: number;
  readonly fresh: number;
  /** When the next card that is not yet in the order falls due. */
  readonly nextDueAt: number | null;
}

/** A learning card due within this time is asked early when nothing else is left, so that a session can end. */
export const learnAheadMs = 20 * 60_000;

const isLearning = (card: QueueCard) => card.state.phase === 'learning' || card.state.phase === 'relearning';

/**
 * Today's queue: learning cards whose step is over, then reviews and new questions evenly mixed (the longest overdue review
 * first), then learning cards that are almost due.
 */
export function buildQueue(input: QueueInput): Queue {
  const { cards, now, dayEnd } = input;
  const byDue = (a: QueueCard, b: QueueCard) =>
    a.state.dueAt - b.state.dueAt || (a.questionId < b.questionId ? -1 : 1);
  const learning = cards.filter((card) => isLearning(card) && card.state.dueAt < dayEnd).sort(byDue);
  const reviews = cards
    .filter((card) => card.state.phase === 'review' && card.state.dueAt < dayEnd)
    .sort(byDue);
  const fresh = input.fresh.slice(0, Math.max(0, input.freshAllowed));

  const ready = learning.filter((card) => card.state.dueAt <= now);
  const mixed = mixEvenly(
    reviews.map((card) => card.questionId),
    fresh,
  );
  const early = learning.filter((card) => card.state.dueAt > now && card.state.dueAt <= now + learnAheadMs);
  const order = [...ready.map((card) => card.questionId), ...mixed, ...early.map((card) => card.questionId)];
  const asked = new Set(order);
  const later = cards.filter((card) => !asked.has(card.questionId) && card.state.phase !== 'new');
  return {
    order,
    learning: learning.length,
    review: reviews.length,
    fresh: fresh.length,
    nextDueAt: later.length > 0 ? Math.min(...later.map((card) => Math.max(card.state.dueAt, now))) : null,
  };
}

/** Spreads the shorter list over the longer one, each in its own order. */
function mixEvenly(first: readonly string[], second: readonly string[]): string[] {
  const placed = [
    ...first.map((id, index) => ({ id, place: (index + 0.5) / first.length, rank: 0 })),
    ...second.map((id, index) => ({ id, place: (index + 0.5) / second.length, rank: 1 })),
  ];
  return placed.sort((a, b) => a.place - b.place || a.rank - b.rank).map(({ id }) => id);
}
