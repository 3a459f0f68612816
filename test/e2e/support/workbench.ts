import { expect, type Locator } from 'playwright/test';
import { go, type App } from './fixtures.ts';

/** Opens the workbench on a platform and waits until it can run. */
export async function openWorkbench(app: App, kind: string): Promise<Locator> {
  const { page, t } = app;
  await go(app, '/lab');
  await go(app, `/lab/free/${kind}`);
  const bench = page.locator('.workbench');
  await expect(bench.getByRole('radio', { name: t(`platform.${kind}`) })).toBeChecked();
  await expect(bench.getByRole('button', { name: t('sim.finish') })).toBeEnabled();
  return bench;
}

/** A group of parameters, opened. */
export async function openGroup({ t }: App, bench: Locator, name: string): Promise<Locator> {
  const title = t(`workbench.group.${name}`);
  const group = bench.locator('details').filter({ has: bench.page().locator('summary', { hasText: title }) });
  const details = group.first();
  if ((await details.getAttribute('open')) === null) await details.locator('summary').first().click();
  return details;
}

/** The place of a parameter on the screen, by its path in the file. */
export function fieldAt(bench: Locator, path: string): Locator {
  return bench.locator(`[data-path="${path}"]`);
}

export async function setNumber(bench: Locator, path: string, value: number): Promise<void> {
  const input = fieldAt(bench, path).getByRole('spinbutton');
  await input.fill(String(value));
  await input.press('Tab');
}

/** What a run came to, by the name of the metric. */
export async function resultOf(bench: Locator, metric: string): Promise<string> {
  const row = bench
    .getByRole('row')
    .filter({ has: bench.page().getByRole('rowheader', { name: metric, exact: true }) });
  return (await row.first().getByRole('cell').first().innerText()).trim();
}
