import type { FSRSBindingItem, FSRSBindingReview } from '@open-spaced-repetition/binding';
import { intervalsOf, type CardHistory } from '#shared/study/predicted-recall.ts';
import type { Optimiser } from './optimiser.ts';

/** fsrs-rs does not train on a recall with a longer history (`max_seq_len`), so none is made for it. */
const longestHistory = 256;

/** A recall to train on. */
export interface TrainingItem {
  readonly day: number;
  readonly item: FSRSBindingItem;
}

/**
 * The log in the form that the binding trains on: an item for each recall (the first answer of a card on a later day),
 * which holds all the card's answers up to it, `FSRSBindingReview(grade, days since the answer before)`. More answers of
 * one day stand in it with 0 days: FSRS learns its short-term weights from them, but none is an item itself.
 *
 * @param onCard - called before each card with the share that is done, 0-1; may throw to stop
 * @returns oldest day first, since FSRS weighs later items more
 */
export function trainingItems(
  { FSRSBindingItem, FSRSBindingReview }: Pick<Optimiser, 'FSRSBindingItem' | 'FSRSBindingReview'>,
  histories: readonly CardHistory[],
  onCard: (share: number) => void,
): TrainingItem[] {
  // Reviews are alike by the thousand, and each object of the binding costs as much as an item.
  const reviews = new Map<number, FSRSBindingReview>();
  const reviewOf = (grade: number, interval: number) => {
    const key = interval * 8 + grade;
    const review = reviews.get(key) ?? new FSRSBindingReview(grade, interval);
    reviews.set(key, review);
    return review;
  };
  const items: TrainingItem[] = [];
  for (const [index, card] of histories.entries()) {
    onCard(index / histories.length);
    const intervals = intervalsOf(card);
    const until: FSRSBindingReview[] = [];
    for (const [place, { grade, day }] of card.reviews.slice(0, longestHistory).entries()) {
      const interval = intervals[place] ?? 0;
      until.push(reviewOf(grade, interval));
      if (interval > 0) items.push({ day, item: new FSRSBindingItem(until) });
    }
  }
  return items.sort((one, other) => one.day - other.day);
}
