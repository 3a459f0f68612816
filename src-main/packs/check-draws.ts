import { locales } from '#shared/locale.ts';
import type { DrawnQuestion, Question } from '#shared/pack/schema.ts';
import { drawQuestion } from '#shared/study/draw-question.ts';
import { localizedTextsIn } from './check-markdown.ts';

/** What is wrong with one draw of a question, or null. */
function problemOf(question: Question): string | null {
  const left = localizedTextsIn(question).find((text) => text.includes('{{'));
  if (left !== undefined) return `expected no more than names in a placeholder, found it in "${left}"`;
  if (question.kind === 'numeric' && !Number.isFinite(question.answer))
    return `answer: expected a number, found ${question.answer}`;
  if (question.kind !== 'single-choice') return null;
  for (const locale of locales) {
    const texts = question.options.map(({ text }) => text[locale]);
    const twice = texts.find((text, index) => texts.indexOf(text) !== index);
    if (twice !== undefined) return `options: "${twice}" stands twice`;
  }
  return null;
}

/**
 * Draws a question with so many seeds, and reports the first draw that cannot be asked. When the app loads a pack a few are
 * enough to find a wrong name; the check for authors tries as many as it takes to meet each value of a usual list.
 */
export function checkDraws(question: DrawnQuestion, draws: number, report: (message: string) => void): void {
  for (let seed = 0; seed < draws; seed += 1) {
    try {
      const problem = problemOf(drawQuestion(question, seed));
      if (problem === null) continue;
      report(`draw ${seed}: ${problem}`);
      return;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      report(`draw ${seed}: ${error.message}`);
      return;
    }
  }
}
