import type { CardRow } from '#shared/contract/contract.ts';
import { retrievability, type SchedulerOptions } from '#shared/study/schedule.ts';
import { askedQuestion } from '#main/packs/library.ts';
import { currentDraw } from '#main/study/log-store.ts';
import type { Context } from '../port.ts';

/** Probability of recall of the card in a row now; null for one never seen. */
export function recallAt(
  context: Context,
  row: number,
  today: number,
  options: SchedulerOptions,
): number | null {
  const lastDay = context.cards().lastDayAt(row);
  if (Number.isNaN(lastDay)) return null;
  return retrievability(context.cards().stabilityAt(row), today - lastDay, options);
}

/** A card as the table shows it; undefined where no pack has its question any more. */
export function cardRow(
  context: Context,
  row: number,
  today: number,
  options: SchedulerOptions,
): CardRow | undefined {
  const cards = context.cards();
  const question = cards.questionAt(row);
  if (!question) return undefined;
  const state = cards.stateAt(row);
  const dueDay = cards.dueDayAt(row);
  const { id, kind, pattern, lessonId, lessonTitle, difficulty } = question;
  return {
    id,
    stem: askedQuestion(question, currentDraw(context.database, id)).stem,
    kind,
    pattern,
    lessonId,
    lessonTitle,
    level: difficulty,
    state,
    dueInDays: Number.isNaN(dueDay) ? null : dueDay - today,
    recall: recallAt(context, row, today, options),
    buriedToday: state.buriedDay === today,
  };
}
