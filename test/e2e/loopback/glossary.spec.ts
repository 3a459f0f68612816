import { expect } from 'playwright/test';
import { go, test } from '../support/fixtures.ts';

test('the glossary finds a term by its name in either language, and leads on', async ({ app }) => {
  const { page, t } = app;
  await go(app, '/');
  await page.keyboard.press('g');
  await page.keyboard.press('g');
  await expect(page.getByRole('heading', { level: 1, name: t('glossary.title') })).toBeFocused();
  await expect(page.getByRole('article').first()).toBeVisible();

  await page.keyboard.press('/');
  const search = page.getByRole('searchbox', { name: t('glossary.search') });
  await expect(search).toBeFocused();
  await page.keyboard.type('容器');
  const first = page.getByRole('article').first();
  await expect(first.getByRole('heading')).toContainText('container');

  await search.fill('docker');
  const docker = page.getByRole('article', { name: 'Docker', exact: true });
  await expect(docker).toContainText(t('glossary.became'));
  await page.getByRole('radio', { name: t('glossary.term'), exact: true }).check();
  await expect(docker).toHaveCount(0);

  await search.fill('0x0x0');
  await page.getByRole('button', { name: t('glossary.clear') }).click();
  await expect(search).toHaveValue('');
  await expect(search).toBeFocused();
});

test('a term of a lesson leads to its entry, and the entry back to the lessons that use it', async ({
  app,
}) => {
  const { page, t } = app;
  await go(app, '/lessons/monolith-baseline');
  await page.locator('.term').first().click();
  await page
    .locator('.term-popover')
    .getByRole('link', { name: t('glossary.open') })
    .click();
  const entry = page.locator('#term-monolith');
  await expect(entry).toBeFocused();
  await entry
    .getByRole('link', { name: (await app.host.call('lessons.get', { id: 'monolith-baseline' })).title.en })
    .click();
  await expect(page).toHaveURL(/lessons\/monolith-baseline/);
});

test('a lesson tells at its end what it teaches, with the sources', async ({ app }) => {
  const { page, t } = app;
  const { taughtFacts } = await app.host.call('lessons.get', { id: 'since-the-article' });
  await go(app, '/lessons/since-the-article');
  await page.getByText(t('lessons.facts')).click();
  for (const { text } of taughtFacts) await expect(page.getByText(text.en, { exact: true })).toBeVisible();
  await expect(
    page
      .locator('footer')
      .getByRole('link', { name: /Lambda/ })
      .first(),
  ).toHaveAttribute('href', /^https:/);
});
