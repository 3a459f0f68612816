import { expect, go, test, told } from '../support/fixtures.ts';
import { fillIn, questionCard } from '../support/answering.ts';
import { questionOf } from '../support/pack.ts';
import { answerShown, grade, openCard, showQuestion, skipTo } from '../support/review.ts';

/** What the study engine does, as a learner meets it. */

test('what was missed is practised at the end, and the schedule stays as it is', async ({ app }) => {
  const { page, host, t } = app;
  await host.call('settings.set', { newPerDay: 1 });
  await go(app, '/review/all');
  const { question } = await openCard(host, null);
  await expect(questionCard(app)).toBeVisible();
  await page.keyboard.press('0');
  // A failure is Again: the other grades are there to be seen, and cannot be given.
  const grades = page.getByRole('group', { name: t('review.gradeTitle') });
  await expect(grades.getByRole('button', { disabled: true })).toHaveCount(3);
  await page.keyboard.press('3');
  await expect(grades).toBeVisible();
  await grade(app, 1);
  // It would come again in a minute; put off, there is nothing left to ask.
  const next = told(page, 'review.next');
  await page.keyboard.press('-');
  await next;
  const { rows } = await host.call('cards.search', { search: `id:${question.id}` });
  await page.getByRole('button', { name: t('review.retryMissed', { count: 1 }) }).click();
  await expect(page.getByText(t('review.practice'))).toBeVisible();
  await fillIn(app, questionCard(app), questionOf(question.id), { right: true });
  await page.getByRole('button', { name: t('review.thinkSo') }).click();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: t('review.practiceDone') })).toBeVisible();
  expect((await host.call('cards.search', { search: `id:${question.id}` })).rows).toEqual(rows);
});

test('practice goes on by Enter, brings back what was wrong, and ends', async ({ app }) => {
  const { page, host, t } = app;
  const questions = await host.call('cards.search', { search: 'kind:single-choice', limit: 2 });
  const ids = questions.rows.map(({ id }) => id);
  const before = await host.call('cards.search', { search: '' });
  await host.call('review.practise', { what: 'chosen', ids });
  await go(app, '/review');
  await expect(page.getByText(t('review.practice'))).toBeVisible();
  const asked: string[] = [];
  for (const right of [false, true, true]) {
    const { card } = await host.call('review.next', {});
    asked.push(card!.question.id);
    if (right) {
      await fillIn(app, questionCard(app), questionOf(card!.question.id), { right: true });
      await page.getByRole('button', { name: t('review.thinkSo') }).click();
    } else await page.keyboard.press('0');
    const answered = told(page, 'review.answerPractice');
    await expect(page.getByRole('button', { name: t('review.goOn') })).toBeFocused();
    await page.keyboard.press('Enter');
    await answered;
    await expect(page.getByRole('button', { name: t('review.goOn') })).toHaveCount(0);
  }
  expect(asked[2]).toBe(asked[0]);
  await expect(page.getByRole('heading', { name: t('review.practiceDone') })).toBeVisible();
  expect(await host.call('cards.search', { search: '' })).toEqual(before);
});

test('own words are kept, and a card put off comes back by undo from any screen', async ({ app }) => {
  const { page, host, t } = app;
  const { question } = await skipTo(host, 'single-choice');
  const card = await showQuestion(app);
  await answerShown(app, card, question.id, { right: true });
  await page.keyboard.press('e');
  const words = card.getByRole('textbox', { name: t('review.ownWords') });
  await expect(words).toBeFocused();
  const kept = told(page, 'review.explain');
  await words.fill('One host, one fate.');
  await kept;
  await expect(card.getByText(t('review.ownWordsSaved'))).toBeVisible();
  await page.getByRole('heading', { level: 1 }).click();

  const buried = told(page, 'cards.change');
  await page.keyboard.press('-');
  await buried;
  await expect.poll(async () => (await openCard(host)).question.id).not.toBe(question.id);
  await go(app, '/lessons');
  await page.keyboard.press('Control+z');
  await expect(page.getByText(t('action.undone', { action: t('action.bury', { count: 1 }) }))).toBeVisible();
  const { row, ownWords } = await host.call('cards.info', { id: question.id });
  expect(row.buriedToday).toBe(false);
  expect(ownWords).toBe('One host, one fate.');
  await page.keyboard.press('Control+y');
  await expect(page.getByText(t('action.redone', { action: t('action.bury', { count: 1 }) }))).toBeVisible();
  expect((await host.call('cards.info', { id: question.id })).row.buriedToday).toBe(true);
});

test('steps that cannot be read are told and not kept, and the data is checked on request', async ({
  app,
}) => {
  const { page, host, t } = app;
  await go(app, '/settings');
  await page.getByText(t('settings.advanced')).click();
  const steps = page.getByRole('textbox', { name: t('settings.learningSteps') });
  await steps.fill('10m soon');
  await steps.press('Tab');
  await expect(page.getByText(t('settings.stepsWrong', { step: 'soon' }))).toBeVisible();
  expect((await host.call('settings.get', {})).learningSteps).toEqual(['1m', '10m']);
  const set = told(page, 'settings.set');
  await steps.fill('5m，1h');
  await steps.press('Tab');
  await set;
  await expect(steps).toHaveValue('5m 1h');
  await expect(page.getByText(t('settings.fitTooFew', { reviews: 0, needed: 400 }))).toBeVisible();
  await page.getByRole('button', { name: t('settings.checkData') }).click();
  await expect(page.getByText(t('settings.checkSound', { entries: 0 }))).toBeVisible();
});
