import type { ProgressCalendar, ProgressForecast } from '#shared/contract/contract.ts';
import { ok } from '#shared/contract/result.ts';
import { longestStreakOf, streakOf } from '#shared/study/statistics.ts';
import { allStudiedDays, sumsByDay } from '#main/study/daily-store.ts';
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

function calendar(context: Context, days: number): ProgressCalendar {
  const { database } = context;
  const { studyDay: today } = context.moment();
  const span = lastDays(context, days);
  const correct = new Map(
    sumsByDay(database, 'correct', span).map(({ studyDay, value }) => [studyDay, value]),
  );
  const active = sumsByDay(database, 'activity', span);
  const rests = restsOn(context);
  const studied = allStudiedDays(database);
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
    longestStreakDays: longestStreakOf(studied, rests),
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
  let dailyLoad = 0;
  for (let row = 0; row < cards.length; row += 1) {
    if (!cards.isReviewAt(row) || cards.isSuspendedAt(row) || !cards.questionAt(row)) continue;
    dailyLoad += 1 / Math.max(1, cards.stateAt(row).intervalDays);
  }
  return {
    today,
    overdue: cards.loadUntil(today - 1),
    days: Array.from({ length: days }, (_, day) => ({
      studyDay: today + day,
      reviews: day === 0 ? cards.loadUntil(today) : cards.loadOn(today + day),
    })),
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
