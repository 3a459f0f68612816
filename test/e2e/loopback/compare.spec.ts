import { patterns } from '#shared/simulation/side-by-side/pattern-sizes.ts';
import { expect, go, test } from '../support/fixtures.ts';

test('compare: one workload, five patterns, and a map of which wins where', async ({ app }) => {
  const { page, t } = app;
  await go(app, '/lab');
  await page.getByRole('link', { name: t('compare.title') }).click();
  const form = page.getByRole('region', { name: t('compare.workload') });
  const rate = page.locator('[data-path="compare.perSecond"]').getByRole('spinbutton');

  await test.step('a workload that cannot be is told at its field', async () => {
    await rate.fill('5000');
    await rate.press('Tab');
    await expect(rate).toHaveAttribute('aria-invalid', 'true');
    await expect(form.getByRole('button', { name: t('compare.run') })).toBeDisabled();
    await rate.fill('0.05');
    await rate.press('Tab');
  });

  await test.step('what is cancelled at once claims no results', async () => {
    // Before anything can have been measured; the keyboard clicks a button without counting.
    await form.getByRole('button', { name: t('compare.run') }).evaluate(async (button: HTMLElement) => {
      button.click();
      await new Promise((resolve) => setTimeout(resolve));
      button.click();
    });
    await expect(form.getByRole('status')).toHaveText(t('batch.cancelledEarly', { done: 0, count: 5 }));
  });

  await test.step('the patterns are sized and measured, with a double click too', async () => {
    await form.getByRole('button', { name: t('compare.run') }).dblclick();
    const results = page.getByRole('region', { name: t('compare.results') });
    await expect(results.getByRole('rowheader')).toHaveCount(patterns.length, { timeout: 60_000 });
    const row = results.getByRole('row').filter({ hasText: t('platform.serverless') });
    await expect(row.getByRole('cell').nth(2)).toContainText(t('compare.best'));
    const verdicts = page.getByRole('region', { name: t('compare.verdicts') });
    await expect(verdicts).toContainText(t('compare.measure.costPerMonthUsd'));
    await expect(form.getByRole('status')).toHaveText(t('batch.done'));
  });

  await test.step('the map fills in, and says in words and numbers what it shows', async () => {
    const map = page.getByRole('region', { name: t('compare.map.title') });
    await map.getByRole('combobox', { name: t('compare.map.up') }).selectOption('cpuMs');
    await map.getByRole('button', { name: t('compare.map.run') }).dblclick();
    await expect(map.locator('rect.serverless').nth(1)).toBeVisible({ timeout: 60_000 });
    await map.getByRole('button', { name: t('compare.cancel') }).click();
    await expect(map.getByRole('status')).toContainText(/\d/);
    await map.locator('summary').click();
    await expect(map.getByRole('row')).toHaveCount(8 * 6 + 1);
  });

  await test.step('what is not of the form any more says so', async () => {
    const map = page.getByRole('region', { name: t('compare.map.title') });
    const io = page.locator('[data-path="compare.ioMs"]').getByRole('spinbutton');
    const before = await io.inputValue();
    await io.fill('7');
    await io.press('Tab');
    await expect(form.getByRole('status')).toHaveText(t('compare.old'));
    await expect(map.getByRole('status')).toContainText(t('changedSince.map.workload'));
    await io.fill(before);
    await io.press('Tab');
    await expect(form.getByRole('status')).toHaveText(t('batch.done'));
    await expect(map.getByRole('status')).not.toContainText(t('changedSince.map.workload'));
    await map.getByRole('combobox', { name: t('compare.map.up') }).selectOption('heapMiB');
    await expect(map.getByRole('status')).toContainText(t('changedSince.map.axes'));
  });
});
