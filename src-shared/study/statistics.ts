import { matureIntervalDays, type CardPhase } from './card.ts';
import type { Confidence, Grade } from './grade.ts';

/** Both ends 0-1. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * The interval in which a share lies that was observed as `successes` of `trials` (E. B. Wilson, "Probable inference, the law
 * of succession, and statistical inference", Journal of the American Statistical Association 22, 1927, pages 209-212). Unlike
 * the textbook interval it stays within 0-1 and has a width also where all or none succeeded.
 *
 * @param successes 0 to `trials`; need not be whole
 * @param trials 0 or more; none says nothing, which is the interval 0-1
 * @param z how many standard deviations to either side: 1.96 for 95 %
 */
export function wilsonInterval(successes: number, trials: number, z = 1.96): Interval {
  if (trials <= 0) return { low: 0, high: 1 };
  const share = successes / trials;
  const centre = share + z ** 2 / (2 * trials);
  const reach = z * Math.sqrt((share * (1 - share)) / trials + z ** 2 / (4 * trials ** 2));
  const scale = 1 + z ** 2 / trials;
  // With all or none, rounding may leave the end that is exactly 0 or 1 beside it.
  return {
    low: successes <= 0 ? 0 : Math.max(0, (centre - reach) / scale),
    high: successes >= trials ? 1 : Math.min(1, (centre + reach) / scale),
  };
}

/** A share, 0-1, of `n`, and the 95 % interval about it. */
export interface MeasuredShare extends Interval {
  readonly n: number;
  readonly share: number;
}

/**
 * Mastery of a lesson: the mean probability of recall over its questions, with a 95 % interval. The questions count as a sample of all that could be asked of the lesson, each
 * recalled with its own probability. The interval is Wilson's of the sum of these probabilities as successes. It is rather too
 * wide than too narrow: no values within 0-1 vary more about their mean than ones that are all 0 or 1, which is what Wilson's
 * interval assumes (R. Bhatia and C. Davis, "A better bound on the variance", American Mathematical Monthly 107, 2000).
 *
 * @param recalled sum of the probabilities of recall, 0-1 each, of the questions that were seen
 * @param total questions of the lesson; those not seen count as not recalled
 * @returns for a lesson without questions a share of 0, of which nothing is certain
 */
export function masteryOf(recalled: number, total: number): MeasuredShare {
  return { n: total, share: total > 0 ? recalled / total : 0, ...wilsonInterval(recalled, total) };
}

/** Edges, in days, of the bins of stability: each from its edge up to the next. */
export const stabilityBins = [0, 1, 2, 4, 7, 14, 30, 60, 90, 180, 365, 730, Infinity] as const;

/** The bin, 0-11, that a stability in days lies in. */
export function stabilityBin(days: number): number {
  let bin = stabilityBins.length - 2;
  while (bin > 0 && !((stabilityBins[bin] ?? 0) <= days)) bin -= 1;
  return bin;
}

/** The bin, 0-9, that a probability of recall lies in, each a tenth wide; 1 lies in the last. */
export function recallBin(recall: number): number {
  return Math.min(9, Math.max(0, Math.floor(recall * 10)));
}

/** An answer as the numbers count it. */
export interface CountedReview {
  /** Number of the study day. */
  readonly studyDay: number;
  /** Hour on the wall, 0-23. */
  readonly hour: number;
  readonly lessonId: string;
  /** Practice never changes the schedule. */
  readonly mode: 'schedule' | 'practice';
  /** Null in practice. */
  readonly grade: Grade | null;
  readonly correct: boolean;
  readonly confidence: Confidence | null;
  readonly answerMs: number;
  readonly phaseBefore: CardPhase;
  /** Days. */
  readonly intervalBefore: number;
  /** Whether it is the first answer to this card on this study day. */
  readonly firstOfDay: boolean;
  /** Retrievability just before the answer, 0-1; null for a card that is new or in learning. */
  readonly predictedRecall: number | null;
}

/**
 * What is counted per study day. `part` divides it, `n` counts answers, and `value` is a sum over them:
 *
 * | measure       | part                          | n: answers                    | value                        |
 * | ------------- | ----------------------------- | ----------------------------- | ---------------------------- |
 * | `activity`    | -                             | all                           | milliseconds                 |
 * | `correct`     | -                             | all                           | right ones                   |
 * | `fresh`       | -                             | to new cards, by the schedule | right ones                   |
 * | `practice`    | -                             | in practice                   | right ones                   |
 * | `lesson-time` | lesson                        | all                           | milliseconds                 |
 * | `hour`        | `00`-`23`                     | all                           | right ones                   |
 * | `confidence`  | how sure                      | that say how sure             | right ones                   |
 * | `grade`       | stage and grade, as `young/3` | by the schedule               | right ones                   |
 * | `retention`   | lesson and age, as `vm/young` | first of the day, in review   | not graded Again             |
 * | `prediction`  | bin of the prediction, 0-9    | as `retention`, if predicted  | not graded Again             |
 * | `predicted`   | bin of the prediction, 0-9    | as `prediction`               | predictions in millionths    |
 * | `brier`       | -                             | as `prediction`               | squared errors in millionths |
 *
 * The stages are `new`, `learning` (and relearning), `young` and `mature`.
 */
export type Measure =
  | 'activity'
  | 'correct'
  | 'fresh'
  | 'practice'
  | 'lesson-time'
  | 'hour'
  | 'confidence'
  | 'grade'
  | 'retention'
  | 'prediction'
  | 'predicted'
  | 'brier';

export interface MeasureRow {
  readonly measure: Measure;
  readonly part: string;
  readonly n: number;
  /** Whole, so that sums do not depend on their order and taking an answer back leaves exactly what was before. */
  readonly value: number;
}

const millionths = 1e6;

/**
 * What an answer adds to its study day, and what undoing it takes away again. Every daily number comes from here, so that a
 * recount of the log gives the same to the last bit.
 */
export function reviewMeasures(review: CountedReview): MeasureRow[] {
  const { lessonId, mode, grade, confidence, phaseBefore, intervalBefore, predictedRecall } = review;
  const rows: MeasureRow[] = [];
  const count = (measure: Measure, part: string | number, value: number): void => {
    rows.push({ measure, part: String(part), n: 1, value: Math.round(value) });
  };
  const right = review.correct ? 1 : 0;
  count('activity', '', review.answerMs);
  count('correct', '', right);
  count('lesson-time', lessonId, review.answerMs);
  count('hour', String(review.hour).padStart(2, '0'), right);
  if (confidence) count('confidence', confidence, right);
  if (mode === 'practice') count('practice', '', right);
  if (mode === 'practice' || grade === null) return rows;

  if (phaseBefore === 'new') count('fresh', '', right);
  const age = intervalBefore >= matureIntervalDays ? 'mature' : 'young';
  const stage = phaseBefore === 'review' ? age : phaseBefore === 'new' ? 'new' : 'learning';
  count('grade', `${stage}/${grade}`, right);
  if (phaseBefore !== 'review' || !review.firstOfDay) return rows;

  const recalled = grade > 1 ? 1 : 0;
  count('retention', `${lessonId}/${age}`, recalled);
  if (predictedRecall === null) return rows;
  const bin = recallBin(predictedRecall);
  count('prediction', bin, recalled);
  count('predicted', bin, predictedRecall * millionths);
  count('brier', '', (predictedRecall - recalled) ** 2 * millionths);
  return rows;
}

/** Predictions that lie in one bin, as the measures `prediction` and `predicted` count them. */
export interface CountedPredictions {
  readonly n: number;
  readonly recalled: number;
  /** Sum of the predictions, in millionths. */
  readonly predictedMillionths: number;
}

export interface Calibration {
  /** For each bin with answers the share that was recalled and the mean prediction, 0-1. */
  readonly points: readonly (MeasuredShare & { readonly predicted: number })[];
  /** How far the predictions lie from what was recalled, 0-1, on average over the answers; null without answers. */
  readonly error: number | null;
}

/**
 * How well predictions agree with what was recalled. The error is the expected calibration error: of each bin the distance
 * between mean prediction and share recalled, weighted by its answers (C. Guo and others, "On calibration of modern neural
 * networks", ICML 2017).
 */
export function calibrationOf(bins: readonly CountedPredictions[]): Calibration {
  const points = bins
    .filter(({ n }) => n > 0)
    .map(({ n, recalled, predictedMillionths }) => ({
      n,
      share: recalled / n,
      predicted: predictedMillionths / millionths / n,
      ...wilsonInterval(recalled, n),
    }));
  const total = points.reduce((sum, { n }) => sum + n, 0);
  const distance = points.reduce((sum, { n, predicted, share }) => sum + n * Math.abs(predicted - share), 0);
  return { points, error: total > 0 ? distance / total : null };
}

/**
 * Study days in a row with an answer, up to today. A rest day that was planned ends no streak; it counts only if it was studied
 * all the same. Today may still be studied, so that it does not end one either. A day that has not begun here was studied
 * further east, or before the clock was set back: it counts for nothing.
 *
 * @param studiedDays numbers of the study days with an answer, the latest first
 * @param rests whether a study day was planned as one of rest; may not be true of every day
 */
export function streakOf(
  studiedDays: Iterable<number>,
  rests: (studyDay: number) => boolean,
  today: number,
): number {
  let expected = today;
  let streak = 0;
  for (const day of studiedDays) {
    if (day > expected) continue;
    while (expected > day && (expected === today || rests(expected))) expected -= 1;
    if (day !== expected) break;
    streak += 1;
    expected -= 1;
  }
  return streak;
}

/** The longest row of study days that there ever was, counted as {@link streakOf} does. @param studiedDays the latest first */
export function longestStreakOf(studiedDays: Iterable<number>, rests: (studyDay: number) => boolean): number {
  let longest = 0;
  let streak = 0;
  let later = Infinity;
  for (const day of studiedDays) {
    let gap = later - 1;
    while (streak > 0 && gap > day && rests(gap)) gap -= 1;
    streak = streak > 0 && gap === day ? streak + 1 : 1;
    longest = Math.max(longest, streak);
    later = day;
  }
  return longest;
}

/**
 * The probability of being right that a learner states by saying how sure they are. A convention of Slipway: the words name no
 * numbers, and these lie well apart; a guess among three or four options, some of them ruled out, is right about as often.
 */
export const confidenceProbability: Readonly<Record<Confidence, number>> = {
  sure: 0.95,
  'think-so': 0.7,
  guess: 0.35,
};

/**
 * Brier score of the learner's own confidence: the mean squared difference between the probability that they stated and 1 or 0
 * for right or wrong (G. W. Brier, "Verification of forecasts expressed in terms of probability", Monthly Weather Review 78,
 * 1950; halved for two outcomes, as is usual). 0 is best, 0.25 is what saying one half each time scores.
 *
 * @returns 0-1; null if no answer says how sure the learner was
 */
export function brierOfConfidence(
  counts: Readonly<Partial<Record<Confidence, { readonly n: number; readonly correct: number }>>>,
): number | null {
  let total = 0;
  let error = 0;
  for (const [confidence, probability] of Object.entries(confidenceProbability)) {
    const { n, correct } = counts[confidence as Confidence] ?? { n: 0, correct: 0 };
    total += n;
    error += correct * (1 - probability) ** 2 + (n - correct) * probability ** 2;
  }
  return total > 0 ? error / total : null;
}
