import type { Database } from 'better-sqlite3';
import type { DayLoad, Settings } from '#shared/contract/settings.ts';
import { nextInterviewFor, type Interview } from '#shared/study/interview-plan.ts';
import { defaultWeights, forgettingCurve, type ForgettingCurve } from '#shared/study/memory.ts';
import { hashText } from '#shared/study/shuffle.ts';
import type { AnswerPlacing, SchedulerOptions } from '#shared/study/schedule.ts';
import type { LibraryQuestion } from '#main/packs/library.ts';
import { planOfToday, type LoadPort } from './interview-load.ts';
import { readInterviews, readRestDays } from './plan-store.ts';
import { optionsOf, ruleOf } from './rules.ts';

export interface SchedulingPort extends LoadPort {
  readonly database: Database;
}

const shareOfLoad: Readonly<Record<DayLoad, number>> = { normal: 1, easy: 0.5, rest: 0 };

/** Weekday of a study day, Sunday is 0: the first of 1970 was a Thursday. */
const weekdayOf = (studyDay: number) => (((studyDay + 4) % 7) + 7) % 7;

/** How a question is scheduled: the rule of the settings, and the retention that is wanted of its pack. */
export function schedulerOptionsFor(
  settings: Settings,
  question: LibraryQuestion | undefined,
): SchedulerOptions {
  const retention = question === undefined ? undefined : settings.packRetention[question.packId];
  return optionsOf(ruleOf(settings), retention ?? settings.desiredRetention);
}

/** The forgetting curve that the schedule goes by now. */
export const curveOf = (settings: Settings): ForgettingCurve =>
  forgettingCurve(settings.weights ?? defaultWeights);

/** Whether a study day is one of rest: planned as such, or a weekday that always is. */
export function restsOn(port: Pick<SchedulingPort, 'database' | 'settings'>): (studyDay: number) => boolean {
  const planned = readRestDays(port.database);
  const { weekdays } = port.settings();
  return (studyDay) => planned.has(studyDay) || weekdays[weekdayOf(studyDay)] === 'rest';
}

/** The interview that each lesson is learned for on a study day. */
export function governingInterviews(
  port: Pick<SchedulingPort, 'database'>,
  today: number,
): (lessonId: string) => Interview | null {
  const interviews = readInterviews(port.database);
  return (lessonId) => nextInterviewFor(lessonId, interviews, today);
}

/** Where a question goes among equally good days, 0 to below 1: the same each time. */
export const placeOf = (questionId: string) => hashText(questionId) / 2 ** 32;

/** On which days the reviews of an answer to a question may fall. */
export function placingFor(port: SchedulingPort, question: LibraryQuestion, today: number): AnswerPlacing {
  const settings = port.settings();
  const cards = port.cards();
  const rests = restsOn(port);
  const interviews = readInterviews(port.database);
  const interview = nextInterviewFor(question.lessonId, interviews, today);
  return {
    seed: `${question.id}:${String(cards.state(question.id).reps)}`,
    today,
    fuzz: settings.fuzz,
    loadOn: settings.balanceLoad ? (day) => cards.loadOn(day) : null,
    shareOn: (day) => (rests(day) ? 0 : shareOfLoad[settings.weekdays[weekdayOf(day)] ?? 'normal']),
    interviews,
    lessonId: question.lessonId,
    place: placeOf(question.id),
    leastRecall: interview && interview.day > today ? planOfToday(port, interview, today).leastRecall : 0,
  };
}
