import { readFileSync } from 'node:fs';
import type { Locator } from 'playwright/test';
import { expect, go, test, told, type App } from '../support/fixtures.ts';
import { answerQuietly, openCard } from '../support/review.ts';
import { studyForDays } from '../support/study-history.ts';

/** What a learner is told of the past, and can take away. */

const cardOf = ({ page, t }: App, title: string) => page.getByRole('region', { name: t(title), exact: true });

/** The file that a button gives. */
async function fileOf({ page }: App, button: Locator): Promise<{ name: string; content: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
  return { name: download.suggestedFilename(), content: readFileSync(await download.path()) };
}

test('who has answered nothing learns what will be here; the first answers are told with a warning', async ({
  app,
}) => {
  const { page, host, t } = app;
  await go(app, '/progress');
  await expect(page.getByRole('heading', { level: 2, name: t('progress.empty.title') })).toBeVisible();
  await expect(page.getByRole('link', { name: t('progress.empty.read') })).toHaveAttribute(
    'href',
    '#/lessons',
  );
  // Answered elsewhere, it shows here without being loaded again.
  for (let count = 0; count < 3; count += 1) await answerQuietly(host, await openCard(host, null), 3);
  await expect(page.getByText(t('progress.fewAtAll', { count: 3, number: 3 }))).toBeVisible();
  await expect(cardOf(app, 'progress.retention.title')).toContainText(t('progress.retention.nothing'));
  await expect(cardOf(app, 'progress.calendar.title')).toContainText(t('progress.calendar.isLongest'));
});

test('a rest day is planned and taken back by the keyboard, and kept', async ({ app }) => {
  const { page, host, t } = app;
  await answerQuietly(host, await openCard(host, null));
  await go(app, '/progress');
  const grid = page.getByRole('grid', { name: t('progress.calendar.title') });
  const today = grid.locator('[aria-current=date]');
  await expect(today).toHaveAccessibleName(/: 1 answer, /);
  await today.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  const { today: studyDay } = await host.call('progress.calendar', {});
  const nextWeek = grid.locator(`#day-${studyDay + 8}`);
  await expect(nextWeek).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(nextWeek).toHaveAccessibleName(/, rest day$/);
  await expect(page.getByRole('status').filter({ hasText: 'is a rest day now' })).toHaveCount(1);
  expect((await host.call('progress.calendar', {})).restDays).toEqual([studyDay + 8]);
  await page.getByRole('button', { name: t('progress.calendar.takeBack') }).click();
  await expect(nextWeek).not.toHaveAccessibleName(/rest day/);
  expect((await host.call('progress.calendar', {})).restDays).toEqual([]);
  // Yesterday can be no rest day any more.
  await today.click();
  await page.getByRole('button', { name: t('progress.calendar.dayBefore') }).click();
  await expect(page.getByRole('button', { name: t('progress.calendar.plan') })).toHaveCount(0);
});

test('weeks of study fill every plot, the period is what they look back over, and both files can be had', async ({
  app,
}) => {
  const { page, host, t } = app;
  await studyForDays(app, 20);
  const challenge = (await host.call('lab.overview', {})).find(({ isChallenge }) => isChallenge);
  const scenarioId = challenge?.scenarioId ?? '';
  const attempt = { scenarioId, place: 'lab', changes: {}, seed: 1, prediction: null, metrics: {} } as const;
  for (const met of [false, true]) await host.call('lab.saveAttempt', { ...attempt, met });
  await go(app, '/progress');
  const study = cardOf(app, 'progress.calendar.title');
  await expect(study).toContainText(t('progress.calendar.streakOpen', { streak: '20 days' }));
  await expect(page.getByRole('main').getByRole('button', { name: /^PNG/ })).toHaveCount(13);

  // The period reaches everything that looks back.
  const asked = told(page, 'progress.retention', ({ days }) => days === 30);
  await page.getByText(t('progress.periods.30'), { exact: true }).click();
  await asked;
  await expect(cardOf(app, 'progress.retention.title')).toContainText(t('progress.within.30'));
  const { days } = await host.call('progress.calendar', { days: 30 });
  await study.getByText(t('progress.numbers')).click();
  await expect(study.getByRole('table').getByRole('row')).toHaveCount(days.length + 1);

  const csv = await fileOf(app, study.getByRole('button', { name: /^CSV/ }));
  expect(csv.name).toBe('slipway-study-days.csv');
  const lines = csv.content.toString('utf8').split('\r\n');
  expect(lines[0]).toBe('\uFEFFDay,Answers,Right (%),Time (minutes),Rest day');
  const [last] = days.slice(-1);
  const isoDay = new Date((last?.studyDay ?? 0) * 86_400_000).toISOString().slice(0, 10);
  expect(lines[1]).toMatch(new RegExp(`^${isoDay},${last?.answers ?? 0},`));

  const png = await fileOf(
    app,
    cardOf(app, 'progress.retention.title').getByRole('button', { name: /^PNG/ }),
  );
  expect(png.content.subarray(1, 4).toString()).toBe('PNG');
  // Twice the pixels of the plot, and more than an empty sheet takes.
  expect(png.content.readUInt32BE(16)).toBeGreaterThan(800);
  expect(png.content.length).toBeGreaterThan(15_000);

  // A place of the board says what came of it, and leads to it.
  const place = cardOf(app, 'challenges.title').getByRole('link', {
    name: t('challenges.metIn', { count: 2, number: 2 }),
  });
  await expect(place).toContainText(challenge?.title.en ?? '');
  await place.focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`#/lab/${scenarioId}$`));
});

test.describe('in Chinese', () => {
  test.use({ locale: 'zh-CN' });
  test('the table that is taken away is Chinese as well', async ({ app }) => {
    const { host, t } = app;
    await answerQuietly(host, await openCard(host, null));
    await go(app, '/progress');
    const csv = await fileOf(
      app,
      cardOf(app, 'progress.mastery.title').getByRole('button', { name: /^CSV/ }),
    );
    const [head = '', first = ''] = csv.content.toString('utf8').split('\r\n');
    expect(head).toContain(t('progress.column.lesson'));
    expect(first).toContain(t('pattern.monolith'));
  });
});
