export const cardPhases = ['new', 'learning', 'review', 'relearning'] as const;
export type CardPhase = (typeof cardPhases)[number];

/** What the schedule knows of one question. Rebuilt at any time from the review log. */
export interface CardState {
  readonly phase: CardPhase;
  /** Epoch milliseconds. A card in phase `review` is due for the whole study day that this lies in. */
  readonly dueAt: number;
  /** Days until the probability of recall has fallen to 90 %. */
  readonly stability: number;
  /** 1 (easy) to 10 (hard). */
  readonly difficulty: number;
  /** Position in the learning or relearning steps. */
  readonly step: number;
  /** Study days between the last review and the due day; 0 while (re)learning. */
  readonly intervalDays: number;
  readonly reps: number;
  readonly lapses: number;
  /** Epoch milliseconds of the last answer; null for a card never seen. */
  readonly lastReviewAt: number | null;
}

/** A card that was never seen. */
export const freshCard: CardState = {
  phase: 'new',
  dueAt: 0,
  stability: 0,
  difficulty: 0,
  step: 0,
  intervalDays: 0,
  reps: 0,
  lapses: 0,
  lastReviewAt: null,
};

/** Lapses from which a card counts as a leech: at 8, and again at every 4 after. */
export function isLeechLapse(lapses: number): boolean {
  return lapses >= 8 && (lapses - 8) % 4 === 0;
}
