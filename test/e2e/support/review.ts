import { randomUUID } from 'node:crypto';
import { expect, type Locator } from 'playwright/test';
import type { NextCard } from '#shared/contract/contract.ts';
import type { QuestionKind } from '#shared/pack/schema.ts';
import type { Grade } from '#shared/study/grade.ts';
import { fillIn, questionCard, tickPoints, type FillOptions } from './answering.ts';
import { go, told, type App } from './fixtures.ts';
import { rightResponse } from '../../support/answers.ts';
import type { Host } from './host.ts';
import { isKind, questionOf } from './pack.ts';

export const sharedHostLesson = 'shared-host-trade-offs';

/** The question that is open in a session, as the core knows it. */
export async function openCard(host: Host, lessonId: string | null = sharedHostLesson): Promise<NextCard> {
  const { card } = await host.call('review.next', { lessonId });
  if (!card) throw new Error('Nothing is left to ask.');
  return card;
}

/** Answers past the interface, to get to what a test is about. Graded Easy, so that it does not come back. */
export async function answerQuietly(host: Host, card: NextCard, grade: Grade = 4): Promise<void> {
  const { draw } = card.question;
  const skipped = { kind: 'skipped' as const, ...(draw === undefined ? {} : { draw }) };
  await host.call('review.answer', {
    answerId: randomUUID(),
    questionId: card.question.id,
    basedOn: card.basedOn,
    // What is wrong can be graded Again only.
    response: grade === 1 ? skipped : rightResponse(card.question),
    confidence: null,
    usedHelp: false,
    grade,
    answerMs: 1000,
  });
}

/** Answers quietly until a question of the kind is open. */
export async function skipTo(host: Host, kind: QuestionKind, lessonId: string | null = sharedHostLesson) {
  let card = await openCard(host, lessonId);
  while (card.question.kind !== kind) {
    await answerQuietly(host, card);
    card = await openCard(host, lessonId);
  }
  return card;
}

/** Leaves the review screen, and waits until what was filled in is kept. */
export async function leaveReview(app: App): Promise<void> {
  if ((await questionCard(app).count()) === 0) return;
  const kept = told(app.page, 'review.saveDraft');
  await go(app, '/settings');
  await kept;
}

/** Shows the question that is open in the core, on the review screen. */
export async function showQuestion(app: App, lessonId: string = sharedHostLesson): Promise<Locator> {
  await leaveReview(app);
  await go(app, `/review/${lessonId}`);
  const card = questionCard(app);
  await expect(card).toBeVisible();
  return card;
}

/** Checks the answer with a click on how sure one is. */
export async function reveal({ page, t }: App, confidence: 'sure' | 'thinkSo' | 'guess' = 'thinkSo') {
  await page.getByRole('button', { name: t(`review.${confidence}`) }).click();
  await expect(page.getByRole('group', { name: t('review.gradeTitle') })).toBeVisible();
}

/** Gives the grade by its key and waits until the core has the answer. */
export async function grade({ page }: App, value: Grade): Promise<void> {
  const answered = told(page, 'review.answer', (input) => input['grade'] === value);
  const next = told(page, 'review.next');
  await page.keyboard.press(String(value));
  await answered;
  await next;
}

/** Fills in and reveals the question that is shown; an open one gets its points ticked, all or none. */
export async function answerShown(
  app: App,
  card: Locator,
  questionId: string,
  options: FillOptions,
): Promise<void> {
  const question = questionOf(questionId);
  await fillIn(app, card, question, options);
  await reveal(app);
  if (isKind(question, 'open')) {
    await tickPoints(app, card, question, options.right ? question.rubric.map(({ id }) => id) : []);
  }
}
