import { settingPlaces } from '../../../src-renderer/state/setting-places.ts';
import { expect, test, type App } from '../support/fixtures.ts';

const palette = ({ page, t }: App) => {
  const dialog = page.getByRole('dialog', { name: t('palette.title') });
  return {
    dialog,
    field: dialog.getByRole('combobox', { name: t('palette.title') }),
    chosen: dialog.getByRole('option', { selected: true }),
    status: dialog.getByRole('status'),
  };
};

test('everything is found and done from the keyboard, in one palette on every screen', async ({ app }) => {
  const { page, t } = app;
  const { dialog, field, chosen, status } = palette(app);
  const search = async (text: string) => {
    await page.keyboard.press('ControlOrMeta+k');
    await expect(field).toBeFocused();
    await page.keyboard.insertText(text);
  };

  // A term of the other language, marked; the section below it, in view.
  await search('容器');
  await expect(chosen).toContainText('container');
  await expect(chosen.locator('mark').first()).toHaveText('container');
  await expect(status).toHaveText(/^\d+ results$/);
  await field.fill('autoscaling lag');
  await expect(chosen).toContainText(t('palette.kind.section'));
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  const heading = page.getByRole('heading', { name: 'The autoscaler comes late' });
  await expect(page).toHaveURL(/#\/lessons\/vm-trade-offs\/autoscaling-lag$/);
  await expect(heading).toBeInViewport();

  // A command is run, with its key beside it.
  await search('>gloss');
  await expect(chosen).toContainText(t('nav.glossary'));
  await expect(chosen.locator('kbd')).toHaveText(['G', 'G']);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: t('glossary.title') })).toBeFocused();

  // One of this screen, which wants the focus for itself; Escape gives it back to where it was.
  await search(`>${t('glossary.search')}`);
  await expect(chosen).toContainText(t('glossary.search'));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('searchbox', { name: t('glossary.search') })).toBeFocused();
  await search('0x0x0');
  await expect(dialog.getByText(t('palette.none', { search: '0x0x0' }))).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('searchbox', { name: t('glossary.search') })).toBeFocused();

  // A setting in its fold is opened and has the focus.
  await search(t('settings.maximumInterval'));
  await expect(chosen).toContainText(t('palette.kind.setting'));
  await page.keyboard.press('Enter');
  await expect(page.getByLabel(t('settings.maximumInterval'))).toBeFocused();
  await expect(page.getByLabel(t('settings.maximumInterval'))).toBeInViewport();
  for (const { name } of settingPlaces) await expect(page.locator(`#setting-${name}`)).toHaveCount(1);

  // With nothing typed: where one was lately, and every screen. Arrows go round.
  await page.keyboard.press('ControlOrMeta+k');
  const options = dialog.getByRole('option');
  await expect(options.first()).toContainText(t('settings.maximumInterval'));
  await page.keyboard.press('ArrowUp');
  await expect(options.last()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await expect(options.nth(1)).toHaveAttribute('aria-selected', 'true');
  await expect(field).toHaveAttribute(
    'aria-activedescendant',
    (await options.nth(1).getAttribute('id')) ?? '',
  );
  await page.keyboard.press('ControlOrMeta+k');
  await expect(dialog).toHaveCount(0);
});

test('what is being composed is not searched for, and an answer that comes late is dropped', async ({
  app,
}) => {
  const { page, t } = app;
  const { field, chosen, status } = palette(app);
  await page.getByRole('button', { name: t('palette.open') }).click();
  const client = await page.context().newCDPSession(page);
  const asked: string[] = [];
  await page.route('**/api/search.find', async (route) => {
    const { search } = route.request().postDataJSON() as { search: string };
    asked.push(search);
    if (search === '冷') await new Promise((resolve) => setTimeout(resolve, 600));
    await route.continue();
  });
  await client.send('Input.imeSetComposition', { text: 'leng', selectionStart: 4, selectionEnd: 4 });
  await expect(field).toHaveValue('leng');
  await client.send('Input.insertText', { text: '冷' });
  await expect(field).toHaveValue('冷');
  await page.keyboard.insertText('启动');
  await expect(chosen).toContainText('cold start');
  const found = await status.textContent();
  await page.waitForTimeout(700);
  await expect(status).toHaveText(found ?? '');
  expect(asked).not.toContain('leng');
  expect(asked).toContain('冷启动');
  await expect(chosen).toContainText('cold start');
});

test('Enter takes what is found for what is in the field, however soon it comes', async ({ app }) => {
  const { page, t } = app;
  const { dialog, field, chosen } = palette(app);
  await page.keyboard.press('ControlOrMeta+k');
  await field.fill(t('glossary.title'));
  await expect(chosen).toContainText(t('glossary.title'));
  let answer = (): void => undefined;
  const asked = new Promise<void>((resolve) => (answer = resolve));
  await page.route('**/api/search.find', async (route) => {
    await asked;
    await route.continue();
  });
  await field.fill(t('settings.title'));
  await page.keyboard.press('Enter');
  answer();
  await expect(dialog).toHaveCount(0);
  await expect(page).toHaveURL(/#\/settings/);
});
