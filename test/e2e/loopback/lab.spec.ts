import { expect, go, test, told } from '../support/fixtures.ts';
import { scenarioOf } from '../support/pack.ts';
import { panelOf, runToResult, setControl } from '../support/simulation.ts';

test('each run is compared with the one before it, kept, and found again', async ({ app }) => {
  const { page, host, t } = app;
  const scenario = scenarioOf('fit-twelve-services');
  const path = 'platform.instancesPerGroup';
  await go(app, `/lab/${scenario.id}`);
  const panel = panelOf(app, scenario);
  const row = (table: typeof panel) => table.getByRole('row').filter({ hasText: t('metric.processes') });
  for (const perProcess of [2, 4, 3]) {
    await setControl(app, panel, scenario, path, perProcess);
    const saved = told(page, 'lab.saveAttempt');
    await runToResult(app, panel);
    await saved;
  }
  // Twelve services: four processes of three, after three processes of four.
  await expect(row(panel).getByRole('cell')).toHaveText(['4', '3']);
  const attempts = await host.call('lab.attempts', { scenarioId: scenario.id });
  expect(attempts.map(({ changes, met }) => [changes[path], met])).toEqual([
    [3, true],
    [4, false],
    [2, false],
  ]);
  await expect(page.getByRole('region', { name: t('lab.attempts') }).getByRole('row')).toHaveCount(4);
  await page.reload();
  await expect(panel.getByRole('spinbutton', { name: scenario.controls[0]!.label.en })).toHaveValue('3');
  await panel.getByRole('button', { name: t('sim.resetConfiguration') }).click();
  await expect(panel.getByRole('spinbutton', { name: scenario.controls[0]!.label.en })).toHaveValue('1');
});

test('another seed is another run of the same configuration', async ({ app }) => {
  const { page, t } = app;
  const scenario = scenarioOf('fit-twelve-services');
  await go(app, `/lab/${scenario.id}`);
  const panel = panelOf(app, scenario);
  const seed = panel.getByRole('spinbutton', { name: t('sim.seed') });
  const first = await seed.inputValue();
  const counters = panel.locator('.counters');
  await runToResult(app, panel);
  const one = await counters.innerText();
  await panel.getByRole('button', { name: t('sim.restart') }).click();
  await runToResult(app, panel);
  await expect(counters).toHaveText(one, { useInnerText: true });
  await panel.getByRole('button', { name: t('sim.newSeed') }).click();
  await expect(seed).not.toHaveValue(first);
  const saved = told(page, 'lab.saveAttempt', (input) => input['seed'] === Number(first) + 1);
  await runToResult(app, panel);
  await saved;
  await expect(counters).not.toHaveText(one, { useInnerText: true });
});
