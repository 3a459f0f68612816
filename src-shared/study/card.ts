export const cardPhases = ['new', 'learning', 'review', 'relearning'] as const;
export type CardPhase = (typeof cardPhases)[number];

/** What a learner has marked a card with; 0 is none. */
export const cardFlags = [0, 1, 2, 3, 4] as const;
export type CardFlag = (typeof cardFlags)[number];

/** What the schedule and the learner's marks say of one question. Rebuilt at any time from the review log. */
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
  /** Not asked until the learner takes it back in. */
  readonly suspended: boolean;
  /** The study day on which it is not asked; null for none. */
  readonly buriedDay: number | null;
  readonly flag: CardFlag;
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
  suspended: false,
  buriedDay: null,
  flag: 0,
};

/** Lapses from which a card is a leech. */
export const leechLapses = 8;

/** Lapses at which a leech is told: at 8, and again at every 4 after. */
export function isLeechLapse(lapses: number): boolean {
  return lapses >= leechLapses && (lapses - leechLapses) % 4 === 0;
}

/** A card from its phase `review` on that has lasted this many days counts as mature. */
export const matureIntervalDays = 21;
