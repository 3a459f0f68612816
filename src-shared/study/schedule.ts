import { createEmptyCard, fsrs, State, type Card, type FSRS, type StepUnit } from 'ts-fsrs';
import type { CardPhase, CardState } from './card.ts';
import { grades, type Grade } from './grade.ts';
import { startOfStudyDay, studyDay, toStudyTime, type StudyCalendar } from './study-day.ts';

/** How cards are scheduled: FSRS-6 (https://github.com/open-spaced-repetition/awesome-fsrs/wiki/The-Algorithm). */
export interface SchedulerOptions {
  /** Probability of recall on the due day, 0.7-0.97. */
  readonly desiredRetention: number;
  readonly learningSteps?: readonly StepUnit[];
  readonly relearningSteps?: readonly StepUnit[];
  readonly maximumIntervalDays?: number;
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

const schedulers = new Map<string, FSRS>();

function schedulerFor(options: SchedulerOptions): FSRS {
  const key = JSON.stringify(options);
  let scheduler = schedulers.get(key);
  if (!scheduler) {
    scheduler = fsrs({
      request_retention: options.desiredRetention,
      maximum_interval: options.maximumIntervalDays ?? 36_500,
      learning_steps: options.learningSteps ?? ['1m', '10m'],
      relearning_steps: options.relearningSteps ?? ['10m'],
      enable_fuzz: false,
      enable_short_term: true,
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

/**
 * The card after an answer.
 *
 * @param at - epoch milliseconds of the answer. An instant before the last answer (the clock was set back) counts as that answer's.
 * @returns the new state; a card in phase `review` is due from the start of its due study day,
 * one in steps of minutes after its step or at the start of the next study day, whichever comes first.
 */
export function answerCard(
  card: CardState,
  grade: Grade,
  at: number,
  calendar: StudyCalendar,
  options: SchedulerOptions,
): CardState {
  const answeredAt = Math.max(at, card.lastReviewAt ?? at);
  const answeredStudyTime = toStudyTime(answeredAt, calendar);
  const { card: next } = schedulerFor(options).next(
    toFsrs(card, calendar),
    new Date(answeredStudyTime),
    grade,
  );
  const today = studyDay(answeredAt, calendar);
  const dueAt =
    next.scheduled_days > 0
      ? startOfStudyDay(today + next.scheduled_days, calendar)
      : // A step past the end of the study day is due when the next one starts: just before that hour,
        // Good (ten minutes) would otherwise come back later than Easy (tomorrow).
        Math.min(answeredAt + (next.due.getTime() - answeredStudyTime), startOfStudyDay(today + 1, calendar));
  return {
    phase: phaseOfState[next.state],
    dueAt,
    stability: next.stability,
    difficulty: next.difficulty,
    step: next.learning_steps,
    intervalDays: next.scheduled_days,
    reps: next.reps,
    lapses: next.lapses,
    lastReviewAt: answeredAt,
  };
}

/** When the card would fall due after each grade, in epoch milliseconds. */
export function dueAfterEachGrade(
  card: CardState,
  at: number,
  calendar: StudyCalendar,
  options: SchedulerOptions,
): Record<Grade, number> {
  const due: Record<Grade, number> = { 1: 0, 2: 0, 3: 0, 4: 0 };
  for (const grade of grades) due[grade] = answerCard(card, grade, at, calendar, options).dueAt;
  return due;
}

/** Probability, 0-1, that the learner recalls the card at an instant; 0 for a card never seen. */
export function retrievability(
  card: CardState,
  at: number,
  calendar: StudyCalendar,
  options: SchedulerOptions,
): number {
  if (card.lastReviewAt === null) return 0;
  const now = new Date(toStudyTime(Math.max(at, card.lastReviewAt), calendar));
  return schedulerFor(options).get_retrievability(toFsrs(card, calendar), now, false);
}
