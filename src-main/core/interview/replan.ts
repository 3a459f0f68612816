import type { Interview } from '#shared/study/interview-plan.ts';
import { nextInterviewFor, planNextReview } from '#shared/study/interview-plan.ts';
import { daysUntil, defaultWeights } from '#shared/study/memory.ts';
import { placeReview } from '#shared/study/placing.ts';
import { startOfStudyDay } from '#shared/study/study-day.ts';
import type { Deed } from '#main/study/deeds.ts';
import { concerns, planOfToday } from '#main/study/interview-load.ts';
import { placeOf, placingFor, schedulerOptionsFor } from '#main/study/scheduling.ts';
import type { Context } from '../port.ts';

/**
 * Plans the next review anew of every card that an interview concerns, with the interviews as they are now. Cards being
 * learned go on as they are, and so does what is overdue.
 */
export function replan(
  context: Context,
  deed: Deed,
  changed: readonly Interview[],
  interviews: readonly Interview[],
): void {
  const { studyDay: today, calendar } = context.moment();
  const settings = context.settings();
  const cards = context.cards();
  const weights = settings.weights ?? defaultWeights;
  for (let row = 0; row < cards.length; row += 1) {
    const question = cards.questionAt(row);
    if (!question || !cards.isReviewAt(row) || cards.dueDayAt(row) < today) continue;
    if (!changed.some((interview) => concerns(interview, question.lessonId))) continue;
    const { stability, difficulty } = cards.stateAt(row);
    const lastDay = cards.lastDayAt(row);
    const { desiredRetention } = schedulerOptionsFor(settings, question);
    const ideal = Math.max(1, Math.round(daysUntil(stability, desiredRetention, weights)));
    const interview = nextInterviewFor(question.lessonId, interviews, today);
    const plan = planNextReview(
      {
        stability,
        difficulty,
        weights,
        lessonId: question.lessonId,
        elapsedDays: Math.max(0, today - lastDay),
        normalIntervalDays: Math.min(settings.maximumIntervalDays, ideal) - (today - lastDay),
        place: placeOf(question.id),
        leastRecall:
          interview && interview.day > today ? planOfToday(context, interview, today).leastRecall : 0,
      },
      interviews,
      today,
    );
    // Where no interview needs it, a review falls among its days as any other.
    const intervalDays = plan.interview
      ? plan.intervalDays
      : placeReview(plan.intervalDays, settings.maximumIntervalDays, placingFor(context, question, today));
    const dueDay = today + intervalDays;
    deed.change(question.id, question.lessonId, 'interview', {
      dueAt: startOfStudyDay(dueDay, calendar),
      intervalDays: Math.max(1, dueDay - lastDay),
    });
  }
}
