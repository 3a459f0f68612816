import { expect, go, open, test } from '../support/fixtures.ts';
import { scenarioOf } from '../support/pack.ts';

test('the token leaves the address at once, and a reload does not need it', async ({ app }) => {
  const { page, host, t } = app;
  await expect(page).toHaveURL(`${host.origin}/#/`);
  await go(app, '/lessons');
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: t('lessons.title') })).toBeVisible();
  await expect(
    page
      .getByRole('listitem')
      .filter({ hasText: t('lessons.percentRead', { percent: 0 }) })
      .first(),
  ).toBeVisible();
  expect(page.url()).not.toContain(host.token);
});

test('no entry of the history has the token', async ({ app }) => {
  const { page, host } = app;
  for (const path of ['/lessons', '/lab', '/settings']) await go(app, path);
  const session = await page.context().newCDPSession(page);
  const { entries } = await session.send('Page.getNavigationHistory');
  expect(entries.length).toBeGreaterThanOrEqual(4);
  expect(entries.map(({ url }) => url).filter((url) => url.includes('token'))).toEqual([]);
  for (let back = 0; back < 3; back += 1) await page.goBack();
  await expect(page).toHaveURL(`${host.origin}/#/`);
  await expect(page.getByRole('heading', { level: 1, name: app.t('today.title') })).toBeVisible();
});

test('an address that is opened a second time in the same tab leaves no token either', async ({ app }) => {
  const { page, host } = app;
  await go(app, '/settings');
  await open({ ...app, t: () => app.t('settings.title') });
  await expect(page).toHaveURL(`${host.origin}/#/settings`);
});

test('a screen has an address of its own', async ({ app }) => {
  const { page, host, t } = app;
  await page.goto(`${host.origin}/#/lab/fit-twelve-services`);
  await page.reload();
  await expect(
    page.getByRole('heading', { level: 1, name: scenarioOf('fit-twelve-services').title.en }),
  ).toBeVisible();
  await page.goto(`${host.origin}/#/no-such-screen`);
  await expect(page.getByRole('heading', { level: 1, name: t('today.title') })).toBeVisible();
});
