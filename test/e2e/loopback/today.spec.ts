import { expect, go, test, told } from '../support/fixtures.ts';

/** What a window shows that is left open, and what it shows when something cannot be kept. */

test('before the study day begins, the forecast goes on from the day before', async ({ app }) => {
  const { page, host, t } = app;
  await host.call('settings.set', { dayStartHour: 4 });
  const days = page.getByRole('list', { name: t('today.forecastTitle') }).getByRole('listitem');
  // A Wednesday, two hours before and two hours after the day starts.
  await page.clock.setFixedTime(new Date(2026, 10, 25, 2));
  await page.reload();
  await expect(days.nth(1)).toContainText('Wed');
  await page.clock.setFixedTime(new Date(2026, 10, 25, 6));
  await page.reload();
  await expect(days.nth(1)).toContainText('Thu');
});

test('a window that stays open looks again every minute', async ({ app }) => {
  const { page, t } = app;
  await page.clock.install({ time: new Date(2026, 10, 25, 23, 59, 10) });
  await page.reload();
  const heading = page.getByRole('heading', { level: 1, name: t('today.title') }).locator('..');
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
