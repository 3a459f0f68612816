import { daysUntil, memoryAfter, recallAfter, type Memory, type Weights } from './memory.ts';

/** The days, from today, on which one review is enough or is best. */
export interface ReviewWindow {
  readonly from: number;
  readonly to: number;
  /** Expected recall on the day, 0-1, after a review on one of the days. */
  readonly expectedRecall: (day: number) => number;
}

/** A forgotten question is answered Again, and Good once more on the same day. */
export const relearned = (memory: Memory, elapsedDays: number, weights: Weights): Memory =>
  memoryAfter(memoryAfter(memory, 1, elapsedDays, weights), 3, 0, weights);

/** Expected recall after `days` if the question is asked once, when `elapsed` days have gone by since its last answer. */
function afterOneReview(
  memory: Memory,
  elapsed: number,
  weights: Weights,
  recallOf: (after: Memory) => number,
): number {
  const recall = recallAfter(memory.stability, elapsed, weights);
  return (
    recall * recallOf(memoryAfter(memory, 3, elapsed, weights)) +
    (1 - recall) * recallOf(relearned(memory, elapsed, weights))
  );
}

/** Expected recall on the day if the only review before it is the day before; the best that one review can do. */
function afterTheEve(memory: Memory, elapsed: number, days: number, weights: Weights): number {
  if (days <= 1) return recallAfter(memory.stability, elapsed + days, weights);
  return afterOneReview(memory, elapsed + days - 1, weights, ({ stability }) =>
    recallAfter(stability, 1, weights),
  );
}

/** The first whole number in a range from which a rising function reaches an aim; the last one where none does. */
function firstReaching(from: number, to: number, reaches: (value: number) => boolean): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (reaches(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** How many days a search for the best of them looks at. */
const daysTried = 12;
/** Expected recall that a later first of two reviews may cost: measured, more of it saves reviews but misses a target of 95 %. */
const worthWaitingFor = 0.002;

/**
 * When a question is to be asked next so that it is recalled with probability `target` on a day `remaining` days ahead.
 *
 * @returns null where no review is needed before the day or none can be made
 */
export function reviewWindow(
  memory: Memory,
  elapsed: number,
  remaining: number,
  target: number,
  weights: Weights,
): ReviewWindow | null {
  if (remaining < 1 || recallAfter(memory.stability, elapsed + remaining, weights) >= target) return null;
  const from = elapsed > 0 ? 0 : 1;
  const eve = remaining - 1;
  if (eve < from) return null;

  // What is forgotten at the review leaves time for another; only what that can certainly reach counts, and no more
  // than the target, because the plan made then will aim at no more.
  const reachable = (after: Memory, days: number): number => {
    const unaided = recallAfter(after.stability, days, weights);
    return unaided >= target
      ? unaided
      : Math.max(unaided, Math.min(target, afterTheEve(after, 0, days, weights)));
  };
  const once = (day: number): number => {
    const days = remaining - day;
    const recall = recallAfter(memory.stability, elapsed + day, weights);
    const recalled = memoryAfter(memory, 3, elapsed + day, weights);
    return (
      recall * recallAfter(recalled.stability, days, weights) +
      (1 - recall) * reachable(relearned(memory, elapsed + day, weights), days)
    );
  };
  // One review: a later one leaves less time to forget, so from the first day that is enough every day is.
  if (once(eve) >= target) {
    return { from: firstReaching(from, eve, (day) => once(day) >= target), to: eve, expectedRecall: once };
  }

  // One more review after this one. Each day's wait strengthens it more when recalled, so wait while that costs next to nothing.
  const twice = (day: number): number =>
    afterOneReview(memory, elapsed + day, weights, (after) => reachable(after, remaining - day));
  const step = Math.ceil((eve - from + 1) / daysTried);
  let best = from;
  for (let day = from; day <= eve; day += step) if (twice(day) > twice(best)) best = day;
  const enough = twice(best) - worthWaitingFor;
  while (best < eve && twice(best + 1) >= enough) best += 1;
  return { from: best, to: best, expectedRecall: twice };
}

/** The day of a window that a question takes, in days from today. See `PlannedCard` for place and least recall. */
export function placedIn(
  { from, to }: Pick<ReviewWindow, 'from' | 'to'>,
  card: Memory & {
    readonly elapsedDays: number;
    readonly place: number;
    readonly leastRecall: number;
    readonly weights: Weights;
  },
): number {
  const day = from + Math.floor(card.place * (to - from + 1));
  if (card.leastRecall <= 0) return day;
  const latest = Math.floor(daysUntil(card.stability, card.leastRecall, card.weights)) - card.elapsedDays;
  return Math.max(card.elapsedDays > 0 ? 0 : 1, Math.min(day, latest));
}
