import { expect, go, test, told } from '../support/fixtures.ts';
import { fillIn, questionCard } from '../support/answering.ts';
import { isKind, plain, questionOf, scenarioOf } from '../support/pack.ts';
import {
  answerQuietly,
  answerShown,
  grade,
  openCard,
  reveal,
  sharedHostLesson,
  showQuestion,
  skipTo,
} from '../support/review.ts';
import { panelOf, runToResult } from '../support/simulation.ts';

test('the session of a lesson is gone on with from the navigation, its draft as it was', async ({ app }) => {
  const { page, host, t } = app;
  await skipTo(host, 'open');
  const card = await showQuestion(app);
  await card.getByRole('textbox').fill('One heap, one fate');
  await go(app, '/settings');
  await page.getByRole('link', { name: t('nav.review'), exact: true }).click();
  await expect(card.getByRole('textbox')).toHaveValue('One heap, one fate');
  const { session } = await host.call('review.today', {});
  expect(session?.lessonId).toBe(sharedHostLesson);
});

test('an undo costs no draft of the question that was open', async ({ app }) => {
  const { page, host } = app;
  await skipTo(host, 'open');
  const card = await showQuestion(app);
  await card.getByRole('textbox').fill('A long answer');
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('Control+z');
  await expect(card.getByRole('textbox')).toHaveCount(0);
  // What was answered is filled in again.
  await page.keyboard.press('Enter');
  await grade(app, 4);
  await expect(card.getByRole('textbox')).toHaveValue('A long answer');
});

test('before the grade, undo goes back to the question, and counts as help', async ({ app }) => {
  const { page, host, t } = app;
  const { question } = await skipTo(host, 'single-choice');
  const card = await showQuestion(app);
  await fillIn(app, card, questionOf(question.id), { right: false });
  await reveal(app, 'sure');
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('group', { name: t('review.gradeTitle') })).toHaveCount(0);
  // The grade had the focus, and is gone.
  await expect(page.locator('#question-title')).toBeFocused();
  await fillIn(app, card, questionOf(question.id), { right: true });
  await reveal(app, 'sure');
  await expect(page.getByRole('button', { name: t('grade.2') })).toContainText(t('review.proposed'));
});

test('Enter in a field of a simulation changes the configuration and not the question', async ({ app }) => {
  const { page, host, t } = app;
  const { scenario } = await skipTo(host, 'simulation');
  await showQuestion(app);
  const panel = panelOf(app, scenarioOf(scenario?.id ?? ''));
  await runToResult(app, panel);
  const seed = panel.getByRole('spinbutton', { name: t('sim.seed') });
  await seed.fill('5');
  await seed.press('Enter');
  await expect(page.getByRole('group', { name: t('review.gradeTitle') })).toHaveCount(0);
});

test('a finished session is over', async ({ app }) => {
  const { page, host, t } = app;
  await host.call('settings.set', { newPerDay: 1 });
  await go(app, '/review/all');
  await expect(questionCard(app)).toBeVisible();
  const { question } = await openCard(host, null);
  await answerShown(app, questionCard(app), question.id, { right: true });
  await grade(app, 4);
  // What was learned, and what comes tomorrow.
  await expect(page.getByRole('heading', { name: t('review.tomorrowTitle') })).toBeVisible();
  const finished = told(page, 'review.finish');
  await page.getByRole('button', { name: t('review.finish') }).click();
  await finished;
  await expect(page.getByRole('heading', { level: 1, name: t('today.title') })).toBeVisible();
  expect((await host.call('review.today', {})).session).toBeNull();
});

test('a screen reader goes on with the next question after a grade', async ({ app }) => {
  const { page, host } = app;
  await skipTo(host, 'single-choice');
  await showQuestion(app);
  await page.keyboard.press('0');
  await grade(app, 1);
  await expect(page.locator('#question-title')).toBeFocused();
});

test('a drawn question is the same after an undo, and another at its next review', async ({ app }) => {
  const { page, host } = app;
  const lesson = 'serverless-bill-and-limits';
  const isDrawn = ({ question }: { question: { draw?: number } }) => question.draw !== undefined;
  let open = await openCard(host, lesson);
  while (!isDrawn(open)) {
    await answerQuietly(host, open);
    open = await openCard(host, lesson);
  }
  const { question } = open;
  const card = await showQuestion(app, lesson);
  const stem = card.locator('.stem');
  await expect(stem).toHaveText(plain(question.stem.en));
  expect(question.stem.en).not.toContain('{{');
  await fillIn(app, card, question, { right: true });
  await reveal(app);
  await grade(app, 1);
  await expect(stem).not.toHaveText(plain(question.stem.en));
  await page.keyboard.press('Control+z');
  await expect(stem).toHaveText(plain(question.stem.en));
  await reveal(app);
  await grade(app, 1);
  const again = await host.call('library.question', { id: question.id, draw: 12_345 });
  expect(again).toMatchObject({ id: question.id, draw: 12_345 });
  expect(again.stem).not.toEqual(question.stem);
});

test('an interview question goes on with what the interviewer asks next', async ({ app }) => {
  const { page, host, t } = app;
  const { question } = await skipTo(host, 'open');
  if (!isKind(question, 'open')) throw new Error('expected an open question');
  const card = await showQuestion(app);
  await expect(card.getByRole('heading', { name: t('question.followUps') })).toHaveCount(0);
  await fillIn(app, card, question, { right: true });
  await reveal(app);
  const next = card.getByRole('region', { name: t('question.followUps') });
  await expect(next.locator('summary')).toHaveText(question.followUps.map(({ ask }) => plain(ask.en)));
  await next.locator('summary').first().press('Enter');
  await expect(next.getByText(plain(question.followUps[0]!.strong.en))).toBeVisible();
  await expect(page.getByRole('group', { name: t('review.gradeTitle') })).toBeVisible();
});
