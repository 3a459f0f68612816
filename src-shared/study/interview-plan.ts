import { recallAfter, type Memory, type Weights } from './memory.ts';
import { placedIn, reviewWindow } from './review-window.ts';

export { planLoad, type LoadInput, type LoadPlan, type Remedy } from './interview-load.ts';

/** A day on which the learner wants to know some lessons. */
export interface Interview {
  readonly id: string;
  readonly name: string;
  /** Number of the study day. */
  readonly day: number;
  /** None means all lessons. */
  readonly lessonIds: readonly string[];
  /** Wanted mean probability of recall on the day, 0.7-0.97. */
  readonly target: number;
}

/** The interviews that a lesson's questions are still to be ready for, the nearest first; the stricter first on one day. */
export function interviewsFor(
  lessonId: string,
  interviews: readonly Interview[],
  today: number,
): readonly Interview[] {
  return interviews
    .filter(({ day, lessonIds }) => day >= today && (lessonIds.length === 0 || lessonIds.includes(lessonId)))
    .sort((a, b) => a.day - b.day || b.target - a.target || (a.id < b.id ? -1 : 1));
}

/** The interview that governs a lesson's questions today; null where none is ahead. */
export function nextInterviewFor(
  lessonId: string,
  interviews: readonly Interview[],
  today: number,
): Interview | null {
  return interviewsFor(lessonId, interviews, today)[0] ?? null;
}

/** A question that is remembered, as its schedule is made. */
export interface PlannedCard extends Memory {
  /** Study days since the last answer: 0, the default, right after it; more where the schedule is made anew. */
  readonly elapsedDays?: number;
  /** The interval, in days from today, that FSRS gives without an interview. */
  readonly normalIntervalDays: number;
  /**
   * Which of equally good days to take, 0 (the first) to below 1 (the last); 0 by default. A hash of the question's id
   * spreads the questions over the days, and the same log still gives the same schedule.
   */
  readonly place?: number;
  /**
   * Probability of recall, 0 to below 1, that no question falls under before it is asked, 0 by default. More of it means more
   * reviews, spread over the days until the interview rather than close to it; `planLoad` says how much the days demand.
   */
  readonly leastRecall?: number;
  readonly weights: Weights;
}

export interface PlannedInterval {
  /** Whole days from today: at least 1, or at least 0 (today) where days have gone by since the last answer. */
  readonly intervalDays: number;
  /**
   * Probability of recall, 0-1, that the plan counts on when the day begins: what is certain if every later review is made
   * and right answers are Good. On and after the day it is the probability today.
   */
  readonly expectedRecall: number;
  /** Whether the question is asked before the day for the interview's sake. */
  readonly forInterview: boolean;
}

/** Reviews that an interview has put off come back over this many days, not all on the day after. */
const daysToResume = 7;

/**
 * When a question of an interview's lessons is asked next.
 *
 * Where the recall expected on the day is at least the target already, nothing is asked before it. Otherwise the question is
 * asked on one of the days (see `place`) after which it needs, if recalled, no other review before the day; where one review
 * cannot do that, on the day from which two do best. A review on the day itself counts for nothing.
 *
 * @param remainingDays study days until the interview; from 0 on down the interval is the normal one
 * @param target probability of recall wanted on the day, above 0 and below 1
 */
export function planInterval(
  card: PlannedCard & { readonly remainingDays: number; readonly target: number },
): PlannedInterval {
  const {
    remainingDays,
    target,
    normalIntervalDays,
    weights,
    elapsedDays = 0,
    place = 0,
    leastRecall = 0,
  } = card;
  const unaided = recallAfter(card.stability, elapsedDays + Math.max(0, remainingDays), weights);
  const earliest = elapsedDays > 0 ? 0 : 1;
  const normal = Math.max(earliest, normalIntervalDays);
  if (remainingDays < 1) return { intervalDays: normal, expectedRecall: unaided, forInterview: false };

  const window = reviewWindow(card, elapsedDays, remainingDays, target, weights);
  if (window) {
    const chosen = placedIn(window, { ...card, elapsedDays, place, leastRecall });
    // A question kept from falling under a least recall is planned for once more on that day.
    const expectedRecall = window.expectedRecall(Math.max(chosen, window.from));
    return { intervalDays: chosen, expectedRecall, forInterview: true };
  }
  // Answered the day before and still weak: a last look on the day, which is too late to count.
  if (unaided < target) return { intervalDays: 1, expectedRecall: unaided, forInterview: true };
  const intervalDays = normal > remainingDays ? normal : remainingDays + 1 + Math.floor(place * daysToResume);
  return { intervalDays, expectedRecall: unaided, forInterview: false };
}

/**
 * When a question is asked next, with all interviews in sight: the earliest day that one of them needs, so that a review put
 * off until after one interview is never too late for the next.
 *
 * @param today number of the study day
 */
export function planNextReview(
  card: PlannedCard & { readonly lessonId: string },
  interviews: readonly Interview[],
  today: number,
): { readonly intervalDays: number; readonly interview: Interview | null } {
  let needed: { readonly intervalDays: number; readonly interview: Interview } | null = null;
  let unneeded = Math.max((card.elapsedDays ?? 0) > 0 ? 0 : 1, card.normalIntervalDays);
  for (const interview of interviewsFor(card.lessonId, interviews, today)) {
    const { target } = interview;
    const plan = planInterval({ ...card, remainingDays: interview.day - today, target });
    if (!plan.forInterview) unneeded = Math.max(unneeded, plan.intervalDays);
    else if (!needed || plan.intervalDays < needed.intervalDays)
      needed = { intervalDays: plan.intervalDays, interview };
  }
  return needed ?? { intervalDays: unneeded, interview: null };
}
