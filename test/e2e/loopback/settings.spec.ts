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

test('an action gets other keys, which buttons and overlay show and which work; taken ones ask first', async ({
  app,
}) => {
  const { page, host, t } = app;
  await go(app, '/settings/keys');
  await expect(page.getByRole('checkbox', { name: t('keys.single') })).toBeFocused();
  await page.getByText(t('keys.everywhere'), { exact: true }).click();
  const row = (name: string) => page.getByRole('main').getByRole('listitem').filter({ hasText: name });
  const lab = row(t('nav.lab'));
  const change = lab.getByRole('button', { name: t('keys.change') });

  // Two keys after each other that are another action's: the learner says which of the two has them.
  await change.click();
  await page.keyboard.press('g');
  await page.keyboard.press('p');
  await expect(
    lab.getByText(t('keys.taken', { keys: 'G P', action: t('nav.progress'), place: t('keys.everywhere') })),
  ).toBeVisible();
  await lab.getByRole('button', { name: t('keys.takeOver') }).click();
  await expect(row(t('nav.progress'))).toContainText(t('keys.none'));

  // A key with Ctrl at once, and Escape leaves all as it is.
  await change.click();
  await page.keyboard.press('Escape');
  await change.click();
  await page.keyboard.press('Control+j');
  await expect(lab.locator('kbd')).toHaveText(['Ctrl', 'J']);
  await page.keyboard.press('Control+j');
  await expect(page).toHaveURL(/#\/lab$/);
  await page.keyboard.press('?');
  await expect(
    page
      .getByRole('dialog')
      .getByRole('term')
      .filter({ hasText: t('nav.lab') }),
  ).toBeVisible();
  await page
    .getByRole('dialog')
    .getByRole('link', { name: t('keys.changeThem') })
    .click();

  // Without single keys neither `?` nor `g t` does anything, and what has Ctrl still does.
  await page.getByRole('checkbox', { name: t('keys.single') }).uncheck();
  await expect.poll(async () => (await host.call('settings.get', {})).singleKeys).toBe(false);
  await page.getByRole('checkbox', { name: t('keys.single') }).blur();
  await page.keyboard.press('?');
  await page.keyboard.press('g');
  await page.keyboard.press('t');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page).toHaveURL(/#\/settings/);
  await page.getByRole('button', { name: t('keys.resetAll') }).click();
  await expect.poll(async () => (await host.call('settings.get', {})).keys).toEqual({});
});
