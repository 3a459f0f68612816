import { cardRow, cardTable, makeLeech, selectAndFlag } from '../support/cards.ts';
import { expect, go, test, told, type App } from '../support/fixtures.ts';
import { plain } from '../support/pack.ts';

/** The cards that a search finds, as the core has them. */
const found = (app: App, search: string) => app.host.call('cards.search', { search, limit: 500 });

const changed = (app: App) => told(app.page, 'cards.change');

test('a search finds cards while it is typed, says what it cannot read, and is written by clicks', async ({
  app,
}) => {
  const { page, t } = app;
  await go(app, '/cards');
  await page.keyboard.press('/');
  const field = page.getByRole('searchbox', { name: t('cards.search') });
  await expect(field).toBeFocused();
  await field.pressSequentially('kind:numeric level>=3');
  const numbers = await found(app, 'kind:numeric level>=3');
  const count = (number: number) =>
    page.getByText(t('cards.count', { count: number, number }), { exact: true });
  await expect(count(numbers.total)).toBeVisible();
  await expect(cardRow(app, 0)).toContainText(plain(numbers.rows[0]!.stem.en).slice(0, 40));

  // What cannot be read takes nothing away. (Typed slowly, the word alone would be searched for first.)
  await field.fill('kind:numeric level>=3 colour:red');
  await expect(page.getByText(t('cards.problem.unknown-field', { at: 23, what: 'colour' }))).toBeVisible();
  await expect(count(numbers.total)).toBeVisible();

  await field.fill('kind:numeric');
  await page.getByRole('button', { name: t('cards.filter.new'), exact: true }).click();
  await page.getByRole('combobox', { name: t('cards.lesson') }).selectOption('vm-trade-offs');
  await page.getByRole('button', { name: t('cards.help.open') }).click();
  await page.getByRole('button', { name: '-is:suspended' }).click();
  const search = 'kind:numeric is:new lesson:vm-trade-offs -is:suspended';
  await expect(field).toHaveValue(search);
  await expect(count((await found(app, search)).total)).toBeVisible();
});

test('of a long list only what is in sight is in the page, to its very end and in every order', async ({
  app,
}) => {
  const { page, t } = app;
  await go(app, '/cards');
  const table = cardTable(app);
  const all = await found(app, '');
  await expect(table).toHaveAttribute('aria-rowcount', String(all.total + 1));
  await page.setViewportSize({ width: 1280, height: 2400 });
  await expect(table.locator('tbody tr').nth(30)).toBeAttached();
  expect(await table.locator('tbody tr').count()).toBeLessThanOrEqual(60);

  await table.focus();
  await page.keyboard.press('End');
  const last = cardRow(app, all.total - 1);
  await expect(last).toContainText(plain(all.rows.at(-1)!.stem.en).slice(0, 40));
  await expect(last).toBeInViewport();
  await expect(table).toHaveAttribute('aria-activedescendant', (await last.getAttribute('id')) ?? '');

  const header = table.getByRole('columnheader', { name: t('cards.column.stem') });
  await header.getByRole('button').press('Enter');
  await expect(header).toHaveAttribute('aria-sort', 'ascending');
  await header.getByRole('button').press('Enter');
  await expect(header).toHaveAttribute('aria-sort', 'descending');
  const sorted = await app.host.call('cards.search', {
    search: '',
    sort: 'stem',
    descending: true,
    limit: 1,
  });
  await expect(cardRow(app, 0)).toContainText(plain(sorted.rows[0]!.stem.en).slice(0, 40));
});

test('what is done to many cards without a mouse is taken back at once', async ({ app }) => {
  const { page, t } = app;
  await go(app, '/cards');
  await selectAndFlag(app);
  expect((await found(app, 'flag:2')).total).toBe(3);
  await page.getByRole('button', { name: t('cards.undo'), exact: true }).click();
  await expect(page.getByText(t('cards.undone'))).toBeVisible();
  expect((await found(app, 'flag:2')).total).toBe(0);
  await expect(cardRow(app, 2)).toHaveAttribute('aria-selected', 'true');

  // All that a search finds, though most of them are in no page yet; a reset asks first.
  await page.getByRole('searchbox').fill('lesson:vm');
  const { total } = await found(app, 'lesson:vm');
  await expect(cardTable(app)).toHaveAttribute('aria-rowcount', String(total + 1));
  await cardTable(app).focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('d');
  const ask = page.getByRole('dialog');
  await ask.getByRole('spinbutton', { name: t('cards.ask.days') }).fill('5');
  const done = changed(app);
  await page.keyboard.press('Enter');
  await done;
  expect((await found(app, 'lesson:vm due=5')).total).toBe(total);
  await page.keyboard.press('s');
  await expect(page.getByText(t('cards.done.suspend', { count: total, number: total }))).toBeVisible();
  await page.keyboard.press('s');
  await expect(page.getByText(t('cards.done.unsuspend', { count: total, number: total }))).toBeVisible();
  expect((await found(app, 'is:suspended')).total).toBe(0);
});

test('a card tells its history and what helps with it, and leads back to its row', async ({ app }) => {
  const { page, t } = app;
  const id = await makeLeech(app.host);
  await go(app, '/cards');
  await page.getByRole('button', { name: t('cards.filter.leech'), exact: true }).click();
  await expect(cardTable(app)).toHaveAttribute('aria-rowcount', '2');
  await cardTable(app).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`#/cards/${id}$`));
  const details = page.getByRole('dialog', { name: t('cards.info.title') });
  const lapses = t('cards.leech.title', { count: 8, number: 8 });
  await expect(details.getByRole('region', { name: lapses })).toBeVisible();
  const history = details.getByRole('region', { name: t('cards.info.history') }).getByRole('row');
  await expect(history).toHaveCount(1 + 16);

  const done = changed(app);
  await details.getByRole('button', { name: t('cards.suspend') }).click();
  await done;
  await details.getByRole('button', { name: t('cards.undo'), exact: true }).click();
  await expect(history.nth(1)).toContainText(t('cards.event.suspend'));
  await expect(history.nth(1).locator('del')).toBeVisible();
  await expect(history.nth(1)).toContainText(t('cards.event.undone'));

  await page.keyboard.press('Escape');
  await expect(details).toBeHidden();
  await expect(page).toHaveURL(/#\/cards$/);
  await expect(cardTable(app)).toBeFocused();
  await expect(cardTable(app)).toHaveAttribute('aria-activedescendant', 'card-row-0');

  await page.keyboard.press('Enter');
  await details.getByRole('link', { name: t('cards.leech.siblings') }).click();
  await expect(details).toBeHidden();
  await expect(page.getByRole('searchbox')).toHaveValue(/^fact:/);
});

test('the selected cards are practised', async ({ app }) => {
  const { page, t } = app;
  await go(app, '/cards');
  await cardRow(app, 0).click({ position: { x: 200, y: 10 } });
  await cardRow(app, 3).click({ modifiers: ['ControlOrMeta'], position: { x: 200, y: 10 } });
  await cardRow(app, 1).getByRole('checkbox').check();
  await expect(page.getByText(t('cards.selected', { count: 3, number: 3 }))).toBeVisible();
  await page.keyboard.press('p');
  await expect(page).toHaveURL(/#\/review$/);
  const { session } = await app.host.call('review.today', {});
  expect(session?.practice).toMatchObject({ what: 'chosen', left: 3 });
});

test('a step back from a lesson finds the list as it was left', async ({ app }) => {
  const { page, t } = app;
  await go(app, '/cards');
  const field = page.getByRole('searchbox', { name: t('cards.search') });
  await field.fill('kind:open');
  const order = page.getByRole('combobox', { name: t('cards.sortBy') });
  await order.selectOption(t('cards.sort.difficulty'));
  const { rows, total } = await app.host.call('cards.search', {
    search: 'kind:open',
    sort: 'difficulty',
    limit: 1,
  });
  await expect(cardTable(app)).toHaveAttribute('aria-rowcount', String(total + 1));
  await expect(cardRow(app, 0)).toContainText(plain(rows[0]!.stem.en).slice(0, 40));
  await cardTable(app).focus();
  await page.keyboard.press('Enter');
  const details = page.getByRole('dialog', { name: t('cards.info.title') });
  await details.getByRole('link', { name: t('review.readSection') }).click();
  await expect(page).toHaveURL(/#\/lessons\//);
  await page.goBack();
  await expect(details).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(field).toHaveValue('kind:open');
  await expect(order).toHaveValue('difficulty');
  await expect(cardTable(app)).toHaveAttribute('aria-rowcount', String(total + 1));
});
