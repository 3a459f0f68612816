import { expect, go, test, told, type App } from '../support/fixtures.ts';

/** What a window shows that is left open, and what it shows when something cannot be kept. */

const headingOf = ({ page, t }: App) =>
  page.getByRole('heading', { level: 1, name: t('today.title') }).locator('..');

test('before the study day begins, it is still the day before', async ({ app }) => {
  const { page, host, t } = app;
  await host.call('settings.set', { dayStartHour: 4 });
  const days = page.getByRole('list', { name: t('today.forecastTitle') }).getByRole('listitem');
  // A Wednesday, two hours before and two hours after the day starts.
  await page.clock.setFixedTime(new Date(2026, 10, 25, 2));
  await page.reload();
  await expect(headingOf(app)).toContainText('Tuesday, November 24');
  await expect(days.nth(1)).toContainText('Wed');
  await page.clock.setFixedTime(new Date(2026, 10, 25, 6));
  await page.reload();
  await expect(headingOf(app)).toContainText('Wednesday, November 25');
  await expect(days.nth(1)).toContainText('Thu');
});

test('a window that stays open looks again every minute', async ({ app }) => {
  const { page, t } = app;
  await page.clock.install({ time: new Date(2026, 10, 26, 3, 59, 10) });
  await page.reload();
  const heading = headingOf(app);
  await expect(heading).toContainText('Wednesday');
  await expect(page.getByRole('region', { name: t('today.dueTitle') })).toBeVisible();
  const asked = told(page, 'review.today');
  await page.clock.runFor(55_000);
  await asked;
  await expect(heading).toContainText('Thursday');
});

test('a number that was typed becomes an allowed one', async ({ app }) => {
  const { page, host, t } = app;
  await go(app, '/settings');
  const size = page.getByRole('spinbutton', { name: t('settings.textSize') });
  await size.fill('114');
  await size.press('Tab');
  await expect(size).toHaveValue('110');
  await expect.poll(async () => (await host.call('settings.get', {})).textSizePercent).toBe(110);
});

test('a setting that cannot be kept goes back to what holds, and says so once', async ({ app }) => {
  const { page, problems, t } = app;
  await go(app, '/settings');
  problems.allow(/settings\.set|net::ERR_/);
  await page.route('**/api/settings.set', (route) => route.abort());
  const size = page.getByRole('spinbutton', { name: t('settings.textSize') });
  await size.fill('150');
  await size.press('Tab');
  await expect(page.getByRole('alert')).toHaveCount(1);
  await expect(size).toHaveValue('100');
  const theme = page.getByRole('group', { name: t('settings.theme') });
  await theme.getByText(t('settings.dark')).click();
  await expect(theme.getByRole('radio', { name: t('settings.asSystem') })).toBeChecked();
  await expect(page.getByRole('alert')).toHaveCount(1);
});

/** Every question as a review that is due today: what piles up while a learner is away. */
async function pileUp({ host }: App, reviewsPerDay: number): Promise<number> {
  await host.call('settings.set', { reviewsPerDay, burySiblings: false });
  const { changed } = await host.call('cards.change', {
    which: { search: '' },
    change: { do: 'set-due', inDays: 0 },
  });
  return changed;
}

test('reviews that pile up are spread over days, which can be taken back', async ({ app }) => {
  const { page, host, t } = app;
  const waiting = await pileUp(app, 40);
  const notice = page.getByRole('region', { name: t('today.backlogTitle', { count: waiting }) });
  await expect(notice).toContainText(t('today.backlogKept', { count: waiting - 40, limit: 40 }));
  // The fewest days that keep within the limit are proposed.
  const days = notice.getByRole('combobox', { name: t('today.spreadOver') });
  await expect(days).toHaveValue('7');
  await days.selectOption('14');
  await notice.getByRole('button', { name: t('today.spread') }).click();
  const each = Math.ceil(waiting / 14);
  await expect(page.getByRole('status')).toContainText([
    t('today.spreadDone', { count: waiting - each, days: 14, each }),
  ]);
  const { forecast, backlog } = await host.call('review.today', {});
  expect([forecast.slice(0, 3), backlog]).toEqual([[each, each, each], 0]);
  await page.getByRole('button', { name: t('review.undo') }).click();
  await expect(notice).toBeVisible();
  expect((await host.call('review.today', {})).forecast[0]).toBe(waiting);
});

test('practice says when nothing fits, and goes to the questions when something does', async ({ app }) => {
  const { page, host, problems, t } = app;
  problems.allow(/review\.practise|status (of )?4\d\d/);
  const waiting = await pileUp(app, 40);
  await page.getByRole('button', { name: t('today.practiceChoose') }).click();
  const dialog = page.getByRole('dialog', { name: t('today.practiceTitle') });
  await dialog.getByRole('radio', { name: t('today.practise.forgotten-today') }).check();
  await dialog.getByRole('button', { name: t('today.practiceStart') }).click();
  await expect(dialog.getByRole('alert')).toContainText('nothing to practise');
  await dialog.getByRole('radio', { name: t('today.practise.tag') }).check();
  await dialog.getByRole('combobox', { name: t('today.practise.tag') }).selectOption('serverless');
  await dialog.getByRole('button', { name: t('today.practiceStart') }).click();
  await expect(page).toHaveURL(/#\/review$/);
  const { session, forecast } = await host.call('review.today', {});
  expect(session?.practice?.what).toBe('tag');
  expect(forecast[0]).toBe(waiting);
  // Whoever leaves finds both on the first screen: what is due, and the practice.
  await go(app, '/');
  const due = page.getByRole('region', { name: t('today.dueTitle') });
  await expect(due.getByRole('link', { name: t('today.practiceResume') })).toBeVisible();
  await expect(due.getByRole('link', { name: t('today.start') })).toHaveAttribute('href', '#/review/all');
});

test('a day of rest is planned and taken back with a click', async ({ app }) => {
  const { page, host, t } = app;
  await pileUp(app, 200);
  await page.getByRole('button', { name: t('today.rest'), exact: true }).click();
  await expect(page.getByText(t('today.restsTomorrow'))).toBeVisible();
  const { today, restDays } = await host.call('progress.calendar', {});
  expect(restDays).toEqual([today + 1]);
  await page.getByRole('button', { name: t('today.unrest') }).click();
  await expect(page.getByText(t('today.restHint'))).toBeVisible();
  expect((await host.call('progress.calendar', {})).restDays).toEqual([]);
  await host.call('review.rest', { studyDay: today, rests: true });
  await expect(page.getByRole('region', { name: t('today.dueTitle') })).toContainText(t('today.restsToday'));
});
