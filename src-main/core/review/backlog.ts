import { startOfStudyDay } from '#shared/study/study-day.ts';
import { perform } from '#main/study/deeds.ts';
import { curveOf, governingInterviews, restsOn } from '#main/study/scheduling.ts';
import { deedPort } from '../deed-port.ts';
import type { Context } from '../port.ts';
import { allowedToday } from './queue.ts';

/**
 * Spreads the reviews that are due over what is left of today and the days after it, as many on each; days of rest are left
 * out. First come those of the next interview,
 * then those that are best remembered: they are kept with one review, while what is forgotten anyway can wait.
 *
 * @param days over how many, today included
 * @returns how many got another day
 */
export function spreadBacklog(context: Context, days: number): number {
  const { studyDay: today, calendar } = context.moment();
  const curve = curveOf(context.settings());
  const interviewOf = governingInterviews(context, today);
  const cards = context.cards();
  const due: { id: string; lessonId: string; urgent: boolean; recall: number }[] = [];
  for (let row = 0; row < cards.length; row += 1) {
    const question = cards.questionAt(row);
    const state = cards.stateAt(row);
    if (!question || !cards.isReviewAt(row) || cards.dueDayAt(row) > today || state.suspended) continue;
    due.push({
      id: question.id,
      lessonId: question.lessonId,
      urgent: interviewOf(question.lessonId) !== null,
      recall: cards.recallAt(row, today, curve),
    });
  }
  due.sort((a, b) => Number(b.urgent) - Number(a.urgent) || b.recall - a.recall || (a.id < b.id ? -1 : 1));
  const first = Math.min(Math.ceil(due.length / days), allowedToday(context, today).reviews);
  const perDay = Math.max(1, Math.ceil((due.length - first) / (days - 1)));
  const rests = restsOn(context);
  /** The days after today that are no days of rest, as many as are needed. */
  const later: number[] = [];
  for (let day = today + 1; later.length < days - 1 && day < today + 2 * days + 60; day += 1) {
    if (!rests(day)) later.push(day);
  }
  let moved = 0;
  return perform(
    deedPort(context),
    'spread-backlog',
    (deed) => {
      due.slice(first).forEach(({ id, lessonId }, index) => {
        const day = later[Math.floor(index / perDay)] ?? later.at(-1) ?? today + 1;
        const dueAt = startOfStudyDay(day, calendar);
        if (deed.change(id, lessonId, 'spread-backlog', { dueAt })) moved += 1;
      });
      return moved;
    },
    () => ({ count: moved, days }),
  );
}
