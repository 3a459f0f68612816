import { expect, go, test, told } from '../support/fixtures.ts';
import { fillIn, questionCard } from '../support/answering.ts';
import { questionOf, scenarioOf } from '../support/pack.ts';
import { grade, reveal, sharedHostLesson, showQuestion, skipTo } from '../support/review.ts';
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
  await page.keyboard.press('0');
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
  await page.keyboard.press('0');
  await grade(app, 4);
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
  await grade(app, 4);
  await expect(page.locator('#question-title')).toBeFocused();
});
