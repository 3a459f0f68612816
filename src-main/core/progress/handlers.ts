import type { ProgressCalendar, ProgressForecast } from '#shared/contract/contract.ts';
import { ok } from '#shared/contract/result.ts';
import { streakOf } from '#shared/study/statistics.ts';
import { studiedDays, sumsByDay } from '#main/study/daily-store.ts';
import { restsOn } from '#main/study/scheduling.ts';
import type { Context, FeatureHandlers } from '../port.ts';
import { calibrationIn, habitsIn, memoryNow, retentionIn, type Span } from './counts.ts';
import { masteryNow } from './mastery.ts';

/** How far ahead the calendar shows days of rest. */
const restDaysAhead = 60;

/** The last so many study days. Answers given further east may be of tomorrow. */
function lastDays(context: Context, days: number): Span {
  // The sums are brought up to date with the cards.
  context.cards();
  const { studyDay: today } = context.moment();
  return { from: today - days + 1, to: today + 1 };
}

/** The longest row of study days, rest days bridged, that there ever was. */
function longestStreak(studied: readonly number[], rests: (day: number) => boolean): number {
  let longest = 0;
  let from = 0;
  while (from < studied.length) {
    const day = studied[from] ?? 0;
    const streak = streakOf(studied.slice(from, from + longest + 400), rests, day);
    longest = Math.max(longest, streak);
    from += Math.max(1, streak);
  }
  return longest;
}

function calendar(context: Context, days: number): ProgressCalendar {
  const { database } = context;
  const { studyDay: today } = context.moment();
  const span = lastDays(context, days);
  const correct = new Map(
    sumsByDay(database, 'correct', span).map(({ studyDay, value }) => [studyDay, value]),
  );
  const active = sumsByDay(database, 'activity', span);
  const studied = studiedDays(database);
  const rests = restsOn(context);
  const restDays: number[] = [];
  // Before the first day of study there was nothing to rest from.
  const first = Math.max(span.from, studied.at(-1) ?? today);
  for (let day = first; day <= today + restDaysAhead; day += 1) if (rests(day)) restDays.push(day);
  return {
    today,
    days: active.map(({ studyDay, n, value }) => ({
      studyDay,
      answers: n,
      correct: correct.get(studyDay) ?? 0,
      spentMs: value,
    })),
    restDays,
    streakDays: streakOf(studied, rests, today),
    longestStreakDays: longestStreak(studied, rests),
    totals: {
      answers: active.reduce((sum, { n }) => sum + n, 0),
      spentMs: active.reduce((sum, { value }) => sum + value, 0),
      daysStudied: active.length,
    },
  };
}

function forecast(context: Context, days: number): ProgressForecast {
  const cards = context.cards();
  const { studyDay: today } = context.moment();
  const counts = Array.from({ length: days }, () => 0);
  let overdue = 0;
  let dailyLoad = 0;
  for (let row = 0; row < cards.length; row += 1) {
    const state = cards.stateAt(row);
    if (cards.isNewAt(row) || state.suspended || !cards.questionAt(row)) continue;
    const inDays = cards.dueDayAt(row) - today;
    if (inDays < 0) overdue += 1;
    if (cards.isReviewAt(row)) dailyLoad += 1 / Math.max(1, state.intervalDays);
    const day = Math.max(0, inDays);
    if (day < days) counts[day] = (counts[day] ?? 0) + 1;
  }
  return {
    today,
    overdue,
    days: counts.map((reviews, day) => ({ studyDay: today + day, reviews })),
    dailyLoad,
  };
}

export const progressHandlers: FeatureHandlers<'progress'> = {
  'progress.calendar': ({ days }, context) => ok(calendar(context, days)),
  'progress.forecast': ({ days }, context) => ok(forecast(context, days)),
  'progress.retention': ({ days }, context) => ok(retentionIn(context, lastDays(context, days))),
  'progress.memory': (_input, context) => ok(memoryNow(context)),
  'progress.habits': ({ days }, context) => ok(habitsIn(context, lastDays(context, days))),
  'progress.calibration': ({ days }, context) => ok(calibrationIn(context, lastDays(context, days))),
  'progress.mastery': (_input, context) => ok(masteryNow(context)),
};
