import type { CardRow } from '#shared/contract/contract.ts';
import type { ForgettingCurve } from '#shared/study/memory.ts';
import { askedQuestion } from '#main/packs/library.ts';
import { currentDraw } from '#main/study/answered-store.ts';
import type { Context } from '../port.ts';

/** A card as the table shows it; undefined where no pack has its question any more. */
export function cardRow(
  context: Context,
  row: number,
  today: number,
  curve: ForgettingCurve,
): CardRow | undefined {
  const cards = context.cards();
  const question = cards.questionAt(row);
  if (!question) return undefined;
  const state = cards.stateAt(row);
  const dueDay = cards.dueDayAt(row);
  const { id, kind, pattern, lessonId, lessonTitle, difficulty } = question;
  return {
    id,
    stem: askedQuestion(question, currentDraw(context.database, question)).stem,
    kind,
    pattern,
    lessonId,
    lessonTitle,
    level: difficulty,
    state,
    dueInDays: Number.isNaN(dueDay) ? null : dueDay - today,
    recall: cards.isNewAt(row) ? null : cards.recallAt(row, today, curve),
    buriedToday: state.buriedDay === today,
  };
}
