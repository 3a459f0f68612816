import { expect, go, open, test, told } from '../support/fixtures.ts';
import { expectOnly } from '../support/language.ts';
import { translator } from '../support/messages.ts';

const en = translator('en');
const zh = translator('zh-CN');

test.describe('a new learner whose system speaks Chinese', () => {
  test.use({ locale: 'zh-TW' });
  test('meets Chinese, and English once it is chosen, in every open window and after a restart', async ({
    app,
  }) => {
    const { page, host, problems } = app;
    await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
    const second = await page.context().newPage();
    await second.goto(host.url);
    await expect(second.getByRole('heading', { level: 1 })).toHaveText(zh('today.title'));
    await go(app, '/settings');
    await page.getByRole('radio', { name: 'English', exact: true }).check();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(en('settings.title'));
    await expectOnly(page, 'en');
    await expect(second.getByRole('heading', { level: 1 })).toHaveText(en('today.title'));
    await expectOnly(second, 'en');
    problems.allow(/net::ERR_/);
    await second.close();
    await host.end('SIGTERM');
    await page.goto('about:blank');
    await host.start();
    await open({ page, host, t: en });
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  });
});

test('the language follows the system again when that is chosen', async ({ app }) => {
  const { page, t } = app;
  await go(app, '/settings');
  await page.getByRole('radio', { name: '简体中文', exact: true }).check();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(zh('settings.title'));
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await page
    .getByRole('group', { name: zh('settings.language') })
    .getByRole('radio', { name: zh('settings.asSystem') })
    .check();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('settings.title'));
});

test('the theme follows the system until one is chosen', async ({ app }) => {
  const { page, t } = app;
  const theme = page.locator('html');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(theme).toHaveAttribute('data-theme', 'dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await expect(theme).toHaveAttribute('data-theme', 'light');
  await go(app, '/settings');
  await page.getByRole('radio', { name: t('settings.light') }).check();
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.reload();
  await expect(page.getByRole('radio', { name: t('settings.light') })).toBeChecked();
  await expect(theme).toHaveAttribute('data-theme', 'light');
});

test('a number out of range goes to the nearest that is allowed', async ({ app }) => {
  const { page, host, t } = app;
  await go(app, '/settings');
  for (const [name, key, typed, kept] of [
    ['settings.textSize', 'textSizePercent', '9000', 200],
    ['settings.dayStart', 'dayStartHour', '5', 5],
    ['settings.newPerDay', 'newPerDay', '-3', 0],
    ['settings.retention', 'desiredRetention', '99', 0.97],
  ] as const) {
    const field = page.getByRole('spinbutton', { name: t(name) });
    const set = told(page, 'settings.set', (input) => key in input);
    await field.fill(typed);
    await field.press('Tab');
    await set;
    expect((await host.call('settings.get', {}))[key]).toBe(kept);
    await expect(field).toHaveValue(String(kept === 0.97 ? 97 : kept));
  }
});

test('says where the data lies', async ({ app }) => {
  await go(app, '/settings');
  await expect(app.page.getByText(app.host.dataDir, { exact: true })).toBeVisible();
});
