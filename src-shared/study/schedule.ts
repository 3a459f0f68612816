import { createEmptyCard, fsrs, State, type Card, type FSRS, type StepUnit } from 'ts-fsrs';
import type { CardPhase, CardState } from './card.ts';
import { grades, type Grade } from './grade.ts';
import { planNextReview, type Interview } from './interview-plan.ts';
import { defaultWeights, recallAfter } from './memory.ts';
import { placeReview, type Placing } from './placing.ts';
import { startOfStudyDay, studyDay, toStudyTime, type StudyCalendar } from './study-day.ts';

/** How cards are scheduled: FSRS-6 (https://github.com/open-spaced-repetition/awesome-fsrs/wiki/The-Algorithm). */
export interface SchedulerOptions {
  /** Probability of recall on the due day, 0.7-0.97. */
  readonly desiredRetention: number;
  readonly learningSteps?: readonly StepUnit[];
  readonly relearningSteps?: readonly StepUnit[];
  readonly maximumIntervalDays?: number;
  /** The 21 parameters of FSRS-6; its defaults where left out. */
  readonly weights?: readonly number[];
}

const phaseOfState: Record<State, CardPhase> = {
  [State.New]: 'new',
  [State.Learning]: 'learning',
  [State.Review]: 'review',
  [State.Relearning]: 'relearning',
};
const stateOfPhase: Record<CardPhase, State> = {
  new: State.New,
  learning: State.Learning,
  review: State.Review,
  relearning: State.Relearning,
};

/** A hundred years. */
const longestIntervalDays = 36_500;

const schedulers = new Map<string, FSRS>();

function schedulerFor(options: SchedulerOptions): FSRS {
  const key = JSON.stringify(options);
  let scheduler = schedulers.get(key);
  if (!scheduler) {
    scheduler = fsrs({
      request_retention: options.desiredRetention,
      maximum_interval: options.maximumIntervalDays ?? longestIntervalDays,
      learning_steps: options.learningSteps ?? ['1m', '10m'],
      relearning_steps: options.relearningSteps ?? ['10m'],
      enable_fuzz: false,
      enable_short_term: true,
      ...(options.weights === undefined ? {} : { w: options.weights }),
    });
    schedulers.set(key, scheduler);
  }
  return scheduler;
}

/** A card in the form of ts-fsrs, its instants in study time. */
function toFsrs(card: CardState, calendar: StudyCalendar): Card {
  if (card.lastReviewAt === null) return createEmptyCard(0);
  return {
    due: new Date(toStudyTime(card.dueAt, calendar)),
    stability: card.stability,
    difficulty: card.difficulty,
    elapsed_days: 0,
    scheduled_days: card.intervalDays,
    learning_steps: card.step,
    reps: card.reps,
    lapses: card.lapses,
    state: stateOfPhase[card.phase],
    last_review: new Date(toStudyTime(card.lastReviewAt, calendar)),
  };
}

/** Study days that an answer puts before the next review: as FSRS says, as it was placed, or as the log has it. */
type IntervalOf = (intervalDays: number, grade: Grade, next: Card) => number;

const asItIs: IntervalOf = (intervalDays) => intervalDays;

/** The card after each grade, from Again to Easy. */
function cardsAfter(
  card: CardState,
  at: number,
  calendar: StudyCalendar,
  options: SchedulerOptions,
  intervalOf: IntervalOf,
): readonly CardState[] {
  const answeredAt = Math.max(at, card.lastReviewAt ?? at);
  const answeredStudyTime = toStudyTime(answeredAt, calendar);
  const today = studyDay(answeredAt, calendar);
  const preview = schedulerFor(options).repeat(toFsrs(card, calendar), new Date(answeredStudyTime));
  let longest = 0;
  return grades.map((grade) => {
    const { card: next } = preview[grade];
    const stays = next.scheduled_days === 0;
    // Wherever the days are put, a better grade is never due earlier.
    if (!stays) longest = Math.max(longest, intervalOf(next.scheduled_days, grade, next));
    const dueAt = stays
      ? // A step past the end of the study day is due when the next one starts: just before that hour,
        // Good (ten minutes) would otherwise come back later than Easy (tomorrow).
        Math.min(answeredAt + (next.due.getTime() - answeredStudyTime), startOfStudyDay(today + 1, calendar))
      : startOfStudyDay(today + longest, calendar);
    return {
      phase: phaseOfState[next.state],
      dueAt,
      stability: next.stability,
      difficulty: next.difficulty,
      step: next.learning_steps,
      intervalDays: stays ? 0 : longest,
      reps: next.reps,
      lapses: next.lapses,
      lastReviewAt: answeredAt,
      suspended: card.suspended,
      buriedDay: card.buriedDay,
      flag: card.flag,
    };
  });
}

/** On which day the reviews of one answer fall. */
export interface AnswerPlacing extends Placing {
  readonly interviews: readonly Interview[];
  readonly lessonId: string;
  /** As in `PlannedCard`: which of equally good days before an interview, 0 to below 1, and how much is forgotten at most. */
  readonly place: number;
  readonly leastRecall: number;
}

function placed(options: SchedulerOptions, placing: AnswerPlacing | null): IntervalOf {
  if (placing === null) return asItIs;
  const { interviews, today, lessonId, place, leastRecall } = placing;
  const maximum = options.maximumIntervalDays ?? longestIntervalDays;
  return (normalIntervalDays, _grade, { stability, difficulty }) => {
    const weights = options.weights ?? defaultWeights;
    const memory = { stability, difficulty, weights };
    const card = { ...memory, normalIntervalDays, lessonId, place, leastRecall };
    const plan = planNextReview(card, interviews, today);
    // The plan has looked at each day before the interview; where none needs the review, it falls as it does without.
    if (plan.interview) return Math.min(maximum, plan.intervalDays);
    return placeReview(Math.min(maximum, plan.intervalDays), maximum, placing);
  };
}

/**
 * The card after an answer.
 *
 * @param at - epoch milliseconds of the answer. An instant before the last answer (the clock was set back) counts as that answer's.
 * @param placing - what moves the due day; null leaves it where FSRS puts it
 * @returns the new state; a card in phase `review` is due from the start of its due study day,
 * one in steps of minutes after its step or at the start of the next study day, whichever comes first.
 */
export function answerCard(
  card: CardState,
  grade: Grade,
  at: number,
  calendar: StudyCalendar,
  options: SchedulerOptions,
  placing: AnswerPlacing | null = null,
): CardState {
  const next = cardsAfter(card, at, calendar, options, placed(options, placing))[grade - 1];
  if (!next) throw new RangeError(`There is no grade ${String(grade)}.`);
  return next;
}

/**
 * The card after an answer of the log: the memory is computed anew, the days are those that the log has, since what moved
 * them (the load of that day) is gone.
 */
export function replayAnswer(
  card: CardState,
  grade: Grade,
  at: number,
  calendar: StudyCalendar,
  options: SchedulerOptions,
  loggedIntervalDays: number,
): CardState {
  const logged: IntervalOf = (intervalDays, of) =>
    of === grade ? loggedIntervalDays : Math.min(intervalDays, 1);
  const next = cardsAfter(card, at, calendar, options, logged)[grade - 1];
  if (!next) throw new RangeError(`There is no grade ${String(grade)}.`);
  return next;
}

/** When the card would fall due after each grade, in epoch milliseconds. */
export function dueAfterEachGrade(
  card: CardState,
  at: number,
  calendar: StudyCalendar,
  options: SchedulerOptions,
  placing: AnswerPlacing | null = null,
): Record<Grade, number> {
  const due: Record<Grade, number> = { 1: 0, 2: 0, 3: 0, 4: 0 };
  cardsAfter(card, at, calendar, options, placed(options, placing)).forEach((next, index) => {
    due[grades[index] ?? 1] = next.dueAt;
  });
  return due;
}

/**
 * Probability, 0-1, that the learner recalls a card.
 *
 * @param stability - days, of the card
 * @param elapsedDays - study days since its last answer; a clock that was set back counts as none
 */
export function retrievability(stability: number, elapsedDays: number, options: SchedulerOptions): number {
  if (stability <= 0) return 0;
  return recallAfter(stability, Math.max(0, elapsedDays), options.weights ?? defaultWeights);
}
