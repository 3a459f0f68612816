import { clipParameters, FSRSAlgorithm, type FSRSState } from 'ts-fsrs';
import type { Grade } from './grade.ts';
import { defaultWeights, type Weights } from './memory.ts';

/** All answers to one card, oldest first. */
export interface CardHistory {
  readonly reviews: readonly {
    readonly grade: Grade;
    /** Number of the study day, as `studyDay` counts. */
    readonly day: number;
  }[];
}

/** One recall that the memory model can be held to: an answer on a later day than the one before it. */
export interface Recall {
  readonly day: number;
  /** Study days since the card's last answer, 1 or more. */
  readonly intervalDays: number;
  /** Any grade but Again. */
  readonly recalled: boolean;
  /** Recalls of the card up to this one, itself included. */
  readonly recalls: number;
  /** How many of the recalls before this one failed. */
  readonly lapses: number;
  /** Probability of `recalled` by the model, 0-1. */
  readonly predicted: number;
}

/** Relearning steps of the schedule; they bound how far a lapse may throw a card back. */
export const relearningStepCount = 1;

/**
 * Weights as the schedule uses them: each within the bounds of FSRS-6, and of four decimals, so that those
 * stored, shown and judged are the same.
 *
 * @throws RangeError unless there are 21 finite numbers
 */
export function usableWeights(weights: Weights, enableShortTerm: boolean): number[] {
  if (weights.length !== defaultWeights.length || !weights.every(Number.isFinite)) {
    throw new RangeError(
      `FSRS-6 has ${defaultWeights.length} finite weights, and these are ${weights.join()}.`,
    );
  }
  const rounded = weights.map((weight) => Math.round(weight * 1e4) / 1e4);
  return clipParameters(rounded, relearningStepCount, enableShortTerm);
}

/**
 * Days from each answer of a card to the one before it; 0 for the first, for more of the same day, and for
 * answers of an earlier day (the clock was set back).
 */
export function intervalsOf({ reviews }: CardHistory): number[] {
  let last = reviews[0]?.day ?? 0;
  return reviews.map(({ day }) => {
    const interval = Math.max(0, day - last);
    last = Math.max(day, last);
    return interval;
  });
}

/**
 * What FSRS-6 with the given weights would have said of each recall, by the maths of the schedule itself.
 *
 * An answer on the day of the one before moves the memory by the short-term formula but is no recall to be judged:
 * "Same-day reviews are used only for training, and not for evaluation" (https://github.com/open-spaced-repetition/srs-benchmark).
 *
 * @param enableShortTerm - whether the short-term formula is used at all
 * @returns a function that visits the recalls of one card, oldest first
 * @throws RangeError as `usableWeights` does
 */
export function recallPredictor(
  weights: Weights,
  enableShortTerm: boolean,
): (card: CardHistory, visit: (recall: Recall) => void) => void {
  const model = new FSRSAlgorithm({
    w: usableWeights(weights, enableShortTerm),
    enable_short_term: enableShortTerm,
    relearning_steps: ['10m'],
  });
  return (card, visit) => {
    const intervals = intervalsOf(card);
    let state: FSRSState | null = null;
    let recalls = 0;
    let lapses = 0;
    for (const [index, { grade, day }] of card.reviews.entries()) {
      const intervalDays = intervals[index] ?? 0;
      if (state !== null && intervalDays > 0) {
        const predicted = model.forgetting_curve(intervalDays, state.stability);
        recalls += 1;
        visit({ day, intervalDays, recalled: grade > 1, recalls, lapses, predicted });
        if (grade === 1) lapses += 1;
      }
      state = model.next_state(state, intervalDays, grade);
    }
  };
}
