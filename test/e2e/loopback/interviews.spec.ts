import { randomUUID } from 'node:crypto';
import type { Locator } from 'playwright/test';
import { expect, go, test, type App } from '../support/fixtures.ts';

/** Interviews that are planned, do not fit, are made to fit, and are deleted by mistake. */

const dayMs = 86_400_000;

/** Plans one past the interface, so many days from today. */
async function plan({ host }: App, name: string, inDays: number): Promise<void> {
  const { today } = await host.call('progress.calendar', { days: 1 });
  await host.call('interview.save', {
    id: randomUUID(),
    name,
    day: today + inDays,
    lessonIds: [],
    target: 0.9,
  });
}

const cardOf = ({ page }: App, name: string): Locator => page.getByRole('article', { name });

test('an interview is planned by keyboard, and the form says what is missing', async ({ app }) => {
  const { page, host, t } = app;
  await go(app, '/interviews');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog').getByText(t('interview.add'))).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('n');
  const form = page.getByRole('dialog', { name: t('interview.add') });
  const name = form.getByRole('textbox', { name: t('interview.name') });
  await name.press('Enter');
  await expect(name).toBeFocused();
  await expect(name).toHaveAccessibleDescription(t('interview.nameMissing'));
  const date = form.getByLabel(t('interview.date'), { exact: true });
  await expect(date).toHaveAccessibleDescription(t('interview.dateMissing'));
  await name.fill('Platform team');
  const { today } = await host.call('progress.calendar', { days: 1 });
  const dateOf = (day: number) => new Date(day * dayMs).toISOString().slice(0, 10);
  await date.fill(dateOf(today - 1));
  await expect(form.getByText(t('interview.datePast'))).toBeVisible();
  await date.fill(dateOf(today + 60));
  await form.getByRole('checkbox').nth(12).uncheck();
  await name.press('Enter');
  const card = cardOf(app, 'Platform team');
  await expect(card).toContainText('in 60 days');
  await expect(card).toContainText(t('interview.someLessons', { count: 12, chosen: 11 }));
  await expect(card).toContainText(t('interview.fits'));
  const [saved] = await host.call('interview.list', {});
  expect([saved?.day, saved?.lessonIds.length, saved?.target]).toEqual([today + 60, 11, 0.9]);
});

test('one that cannot fit says so, and fits once a remedy is taken', async ({ app }) => {
  const { page, host, t } = app;
  await host.call('settings.set', { newPerDay: 5 });
  await plan(app, 'Too soon', 14);
  await go(app, '/interviews');
  const card = cardOf(app, 'Too soon');
  await expect(card).toContainText(t('interview.fitsNot'));
  const [{ plan: before } = { plan: null }] = await host.call('interview.list', {});
  const more = before?.remedies.find(({ kind }) => kind === 'more-per-day');
  if (more?.kind !== 'more-per-day') throw new Error('There is no such remedy.');
  const said = { fresh: more.newPerDay, reviews: more.reviewsPerDay };
  await card.getByRole('button', { name: t('interview.remedyMore', said) }).click();
  const dialog = page.getByRole('dialog', { name: t('interview.titleMore') });
  // What it will change is shown before it does.
  const row = dialog.getByRole('row', { name: t('interview.newPerDay') });
  await expect(row.getByRole('cell')).toHaveText(['5', String(more.newPerDay)]);
  expect((await host.call('settings.get', {})).newPerDay).toBe(5);
  await dialog.getByRole('button', { name: t('interview.doIt') }).click();
  await expect(card).toContainText(t('interview.fits'));
  expect((await host.call('settings.get', {})).newPerDay).toBe(more.newPerDay);
  // The first screen tells the same.
  await go(app, '/');
  await expect(page.getByRole('region', { name: t('today.interviewTitle') })).toContainText('in 14 days');
});

test('fewer lessons make it fit as well, and the others are named', async ({ app }) => {
  const { page, host, t } = app;
  await host.call('settings.set', { newPerDay: 5 });
  await plan(app, 'Too soon', 14);
  await go(app, '/interviews');
  const card = cardOf(app, 'Too soon');
  await card.getByRole('button', { name: t('interview.remedyFewer', { count: 2 }) }).click();
  const dialog = page.getByRole('dialog', { name: t('interview.titleFewer') });
  await expect(dialog.getByRole('listitem')).toHaveCount(10);
  await dialog.getByRole('button', { name: t('interview.doIt') }).click();
  await expect(card).toContainText(t('interview.fits'));
});

test('one that was deleted by mistake comes back', async ({ app }) => {
  const { page, host, t } = app;
  await plan(app, 'Over', -3);
  await plan(app, 'Kept', 30);
  await go(app, '/interviews');
  const over = page.getByRole('region', { name: t('interview.past') });
  await expect(over).toContainText('3 days ago');
  await page.getByRole('button', { name: t('interview.removeNamed', { name: 'Kept' }) }).click();
  await expect(cardOf(app, 'Kept')).toHaveCount(0);
  await expect(page.getByText(t('interview.emptyNext'))).toBeVisible();
  await page.getByRole('button', { name: t('review.undo') }).click();
  await expect(cardOf(app, 'Kept')).toBeVisible();
  expect(await host.call('interview.list', {})).toHaveLength(2);
});
