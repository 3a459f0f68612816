import { memoryGrid, type MemoryGrid } from './memory-grid.ts';
import type { Memory, Weights } from './memory.ts';

/** A question in an interview's scope that has been asked before. */
export interface SeenQuestion extends Memory {
  /** Study days since its last answer. */
  readonly elapsedDays: number;
  /** Days until it is asked, 0 or less for today; null where the interview's schedule is still to be made for it. */
  readonly dueInDays: number | null;
}

export interface LoadInput {
  /** Questions in scope never asked. */
  readonly unseen: number;
  /** In the order of teaching: the last are left out first where fewer questions would fit. */
  readonly seen: readonly SeenQuestion[];
  /** Study days until the interview; today is the first of them. */
  readonly remainingDays: number;
  /** Wanted mean probability of recall on the day, 0-1. */
  readonly target: number;
  /** What the learner can do a day. A review is one question on one day, with its relearning. */
  readonly newPerDay: number;
  readonly reviewsPerDay: number;
  readonly weights: Weights;
  /** Share of new questions answered right the first time, 0-1; 0.6 by default. */
  readonly firstTimeRight?: number;
}

/** A change with which the interview fits. */
export type Remedy =
  | { readonly kind: 'more-per-day'; readonly newPerDay: number; readonly reviewsPerDay: number }
  | { readonly kind: 'later-date'; readonly days: number }
  | { readonly kind: 'fewer-questions'; readonly questions: number }
  | { readonly kind: 'lower-target'; readonly target: number };

export interface LoadPlan {
  /** New questions a day that leave time to consolidate the last of them. */
  readonly newPerDay: number;
  /** Mean over all questions in scope when the day begins, 0-1; a question never asked counts 0. */
  readonly expectedRecall: number;
  /** Reviews expected today (index 0) and on each day until the interview. */
  readonly expectedReviewsByDay: readonly number[];
  /** To be given to `planInterval`: 0 where the fewest reviews fit the days, more where they must be spread. */
  readonly leastRecall: number;
  readonly fits: boolean;
  /** Empty where it fits, and where nothing of the sort would help. */
  readonly remedies: readonly Remedy[];
}

/** From fewest reviews to most evenly spread. */
const leastRecalls = [0, 0.7] as const;

/** The last questions are new at least this share of the time, and this many days at most, before the day. */
const consolidation = { share: 0.2, mostDays: 14 };

function newPerDayFor(unseen: number, remainingDays: number): number {
  const after = Math.min(consolidation.mostDays, Math.ceil(remainingDays * consolidation.share));
  return Math.ceil(unseen / Math.max(1, remainingDays - after));
}

type Played = Pick<LoadPlan, 'newPerDay' | 'expectedRecall' | 'expectedReviewsByDay'> & {
  readonly allAsked: boolean;
};

/**
 * Plays the days until the interview with expected numbers of questions instead of single ones: of those that are asked, the
 * share that is recalled goes one way and the rest the other. What a day has no room for waits for the next.
 */
function play(scope: LoadInput, leastRecall: number, memories: MemoryGrid): Played {
  const { firstTimeRight = 0.6 } = scope;
  const days = Math.max(0, scope.remainingDays);
  /** For each day, how many questions of which memory and day of the last answer are due. */
  const due: Map<number, number>[] = Array.from({ length: days }, () => new Map());
  const reviews = new Array<number>(days).fill(0);
  // Days of answers are counted from the earliest, so that memory and day make one whole number.
  const origin = scope.seen.reduce((most, { elapsedDays }) => Math.max(most, elapsedDays), 0);
  const span = origin + days + 1;
  let recalled = 0;
  let answers = 0;

  const put = (memory: number, answeredDay: number, day: number, count: number): void => {
    const onDay = due[day];
    const key = memory * span + answeredDay + origin;
    if (onDay) onDay.set(key, (onDay.get(key) ?? 0) + count);
    else recalled += count * memories.recall(memory, days - answeredDay);
  };
  const answered = (memory: number, day: number, count: number): void => {
    if (count <= 0) return;
    answers += 1;
    put(memory, day, day + memories.interval(memory, days - day, scope.target, leastRecall, answers), count);
  };

  for (const [index, card] of scope.seen.entries()) {
    const memory = memories.indexOf(card);
    const dueIn =
      card.dueInDays ??
      memories.intervalAnew(memory, card.elapsedDays, days, scope.target, leastRecall, index);
    put(memory, -card.elapsedDays, Math.max(0, dueIn), 1);
  }
  const newPerDay = newPerDayFor(scope.unseen, days);
  let unseen = scope.unseen;
  for (const [day, onDay] of due.entries()) {
    let room = scope.reviewsPerDay;
    for (const [key, wanted] of onDay) {
      const memory = Math.floor(key / span);
      const answeredDay = (key % span) - origin;
      const count = Math.min(wanted, room);
      room -= count;
      if (count < wanted) put(memory, answeredDay, day + 1, wanted - count);
      if (count <= 0) continue;
      reviews[day] = (reviews[day] ?? 0) + count;
      const { recall, good, forgotten } = memories.review(memory, day - answeredDay);
      answered(good, day, count * recall);
      answered(forgotten, day, count * (1 - recall));
    }
    const fresh = Math.min(unseen, newPerDay, scope.newPerDay);
    unseen -= fresh;
    answered(memories.firstRight, day, fresh * firstTimeRight);
    answered(memories.firstWrong, day, fresh * (1 - firstTimeRight));
  }
  const questions = scope.unseen + scope.seen.length;
  const expectedRecall = questions === 0 ? 1 : recalled / questions;
  return { newPerDay, expectedRecall, expectedReviewsByDay: reviews, allAsked: unseen === 0 };
}

/**
 * Whether an interview can be prepared for in what a learner does each day, what each day will hold, and what would fit where
 * it cannot. Every remedy is a plan made anew, so that it fits when it is taken.
 *
 * Expected values: all answers that are right count as Good, and memories within a quarter of each other are planned as one.
 */
export function planLoad(input: LoadInput): LoadPlan {
  const memories = memoryGrid(input.weights);
  const plan = (changes: Partial<LoadInput>): Omit<LoadPlan, 'remedies'> => {
    const changed = { ...input, ...changes };
    let best: Omit<LoadPlan, 'remedies'> | null = null;
    for (const leastRecall of leastRecalls) {
      const { allAsked, ...played } = play(changed, leastRecall, memories);
      if (allAsked && played.expectedRecall >= changed.target) return { ...played, leastRecall, fits: true };
      if (!best || played.expectedRecall > best.expectedRecall)
        best = { ...played, leastRecall, fits: false };
      // Spreading helps only where a day is full, but for what adding up fractions loses.
      if (Math.max(0, ...played.expectedReviewsByDay) < changed.reviewsPerDay * 0.999) break;
    }
    return best ?? { ...play(changed, 0, memories), leastRecall: 0, fits: false };
  };
  const asItIs = plan({});
  return { ...asItIs, remedies: asItIs.fits ? [] : remediesFor(input, asItIs.newPerDay, plan) };
}

/** No interview is moved by more than a year. */
const latestDays = 365;
/** Below this an interview takes no target. */
const leastTarget = 0.7;

function remediesFor(
  input: LoadInput,
  needed: number,
  plan: (changes: Partial<LoadInput>) => Omit<LoadPlan, 'remedies'>,
): Remedy[] {
  const remedies: Remedy[] = [];
  const fits = (changes: Partial<LoadInput>): boolean => plan(changes).fits;

  const newPerDay = Math.max(input.newPerDay, needed);
  const unlimited = plan({ newPerDay, reviewsPerDay: Infinity });
  if (unlimited.fits) {
    const most = Math.max(input.reviewsPerDay, Math.ceil(Math.max(0, ...unlimited.expectedReviewsByDay)));
    const reviewsPerDay = firstThatFits(input.reviewsPerDay, most, (reviews) =>
      fits({ newPerDay, reviewsPerDay: reviews }),
    );
    remedies.push({ kind: 'more-per-day', newPerDay, reviewsPerDay });
  }

  const later = (days: number): boolean => fits({ remainingDays: input.remainingDays + days });
  let tried = 1;
  while (tried < latestDays && !later(tried)) tried = Math.min(latestDays, tried * 2);
  if (later(tried)) {
    const days = firstThatFits(Math.floor(tried / 2) + 1, tried, later);
    remedies.push({ kind: 'later-date', days });
  }

  const total = input.unseen + input.seen.length;
  const without = (leftOut: number): boolean => fits(scopeOf(input, total - leftOut));
  if (total > 1 && without(total - 1)) {
    remedies.push({ kind: 'fewer-questions', questions: total - firstThatFits(1, total - 1, without) });
  }

  const most = Math.ceil((input.target - leastTarget) * 100);
  const lower = (hundredths: number): number => (Math.ceil(input.target * 100) - hundredths) / 100;
  if (most >= 1 && fits({ target: lower(most) })) {
    const target = lower(firstThatFits(1, most, (hundredths) => fits({ target: lower(hundredths) })));
    remedies.push({ kind: 'lower-target', target });
  }
  return remedies;
}

/** The scope with only its first questions: those never asked, which come last in teaching, are left out first. */
export function scopeOf(input: LoadInput, questions: number): Pick<LoadInput, 'seen' | 'unseen'> {
  const seen = input.seen.slice(0, questions);
  return { seen, unseen: Math.min(input.unseen, questions - seen.length) };
}

/** The smallest whole number in a range that fits, by halving; `to` fits, and no number is given that was not tried. */
function firstThatFits(from: number, to: number, fits: (value: number) => boolean): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (fits(middle)) high = middle;
    else low = middle + 1;
  }
  return high;
}
