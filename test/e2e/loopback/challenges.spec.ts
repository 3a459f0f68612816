import { noneMissed } from '../../../src-renderer/ui/simulation/prediction/asked-prediction.ts';
import { expect, go, test, told } from '../support/fixtures.ts';
import { scenarioOf } from '../support/pack.ts';
import { panelOf, runToResult, setControl } from '../support/simulation.ts';

test('a curve is drawn by keyboard, run, laid over what came out, and explained by the run itself', async ({
  app,
}) => {
  const { page, host, t } = app;
  const scenario = scenarioOf('six-an-hour');
  await go(app, `/lab/${scenario.id}`);
  const panel = panelOf(app, scenario);
  const commit = panel.getByRole('button', { name: t('sim.commit') });
  const skip = panel.getByRole('button', { name: t('sim.finish') });
  // A line that nobody moved is no prediction.
  await expect(commit).toBeDisabled();
  await expect(skip).toBeDisabled();
  const points = panel.getByRole('slider', { name: t('metric.coldStartProbability') });
  await expect(points).toHaveCount(6);
  await points.first().focus();
  for (const value of ['0.85', '0.6', '0.4', '0.15', '0.05']) {
    const point = page.locator(':focus');
    await expect(point).toHaveRole('slider');
    const from = Number(await point.getAttribute('aria-valuenow'));
    const steps = Math.round((Number(value) - from) / 0.05);
    for (let i = 0; i < Math.abs(steps); i += 1)
      await page.keyboard.press(steps > 0 ? 'ArrowUp' : 'ArrowDown');
    await expect(point).toHaveAttribute('aria-valuenow', value);
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Home');
  await expect(points.last()).toHaveAttribute('aria-valuetext', '0%');
  await commit.press('Enter');
  await expect(points).toHaveCount(0);
  await expect(panel.getByRole('button', { name: t('sim.changePrediction') })).toBeFocused();
  const kept = told(page, 'lab.saveAttempt');
  const measured = told(page, 'lab.noteMeasured');
  await runToResult(app, panel);
  // What came out is kept at once, and the curve when it is there.
  await kept;
  await measured;
  const words = { near: 6, count: 6, within: '10%' };
  await expect(panel.getByText(t('predict.nearPoints', words))).toBeVisible();
  await expect(panel.getByText(t('sim.close'))).toBeVisible();
  const debrief = panel.getByRole('region', { name: t('debrief.title') });
  await expect(debrief.getByRole('listitem').first()).toContainText(t('latencyPart.coldStart'));
  await expect(debrief).toContainText(t('debrief.time.coldStart'));
  await expect(panel.getByRole('heading', { name: t('sim.explain') })).toBeVisible();
  const [attempt] = await host.call('lab.attempts', { scenarioId: scenario.id });
  expect(attempt?.prediction).toEqual([0.85, 0.6, 0.4, 0.15, 0.05, 0]);
  expect(attempt?.measured).toHaveLength(6);
  await expect(page.getByRole('region', { name: t('lab.attempts') })).toContainText(t('predict.cameTrue'));
  // Another run is held against this one, and the pointer draws too.
  await panel.getByRole('button', { name: t('sim.restart') }).click();
  await panel.getByRole('button', { name: t('sim.changePrediction') }).click();
  const paper = (await panel.locator('rect.paper').boundingBox())!;
  await page.mouse.move(paper.x + 2, paper.y + paper.height - 10);
  await page.mouse.down();
  await page.mouse.move(paper.x + paper.width - 2, paper.y + 10, { steps: 3 });
  await page.mouse.up();
  const drawn = await points.evaluateAll((all) =>
    all.map((one) => Number(one.getAttribute('aria-valuenow'))),
  );
  expect(drawn).toEqual(drawn.toSorted((a, b) => a - b));
  expect(drawn.at(-1)).toBeGreaterThan(0.8);
  await commit.click();
  await runToResult(app, panel);
  await expect(panel.getByText(t('sim.far'))).toBeVisible();
  // Who leaves while the curve is still being measured finds the attempt with all of it.
  await panel.getByRole('button', { name: t('sim.restart') }).click();
  await runToResult(app, panel);
  await go(app, '/lab');
  const curves = async () =>
    (await host.call('lab.attempts', { scenarioId: scenario.id })).map((one) => one.measured);
  await expect.poll(curves).toEqual([attempt?.measured, attempt?.measured, attempt?.measured]);
});

test('a window that is closed while a curve is measured loses no run', async ({ app }) => {
  const { page, host, t } = app;
  const scenario = scenarioOf('six-an-hour');
  await go(app, `/lab/${scenario.id}`);
  const panel = panelOf(app, scenario);
  await panel.getByRole('slider').first().press('ArrowUp');
  await panel.getByRole('button', { name: t('sim.commit') }).click();
  // It never gets so far.
  await page.route('**/api/lab.noteMeasured', () => undefined);
  await runToResult(app, panel);
  const attempts = () => host.call('lab.attempts', { scenarioId: scenario.id });
  await expect.poll(async () => (await attempts()).length).toBe(1);
  await page.reload();
  expect(await attempts()).toMatchObject([{ prediction: expect.any(Array), measured: null }]);
  await expect(
    page
      .getByRole('region', { name: t('lab.attempts') })
      .getByRole('button')
      .first(),
  ).toBeVisible();
});

test('what was set and predicted outlives a reload, and is fixed once the run has begun', async ({ app }) => {
  const { page, host, t } = app;
  const scenario = scenarioOf('fit-twelve-services');
  await go(app, `/lab/${scenario.id}`);
  const panel = panelOf(app, scenario);
  const expected = panel.getByRole('radio', { name: t('predict.goals.noneMissed') });
  await setControl(app, panel, scenario, 'platform.hosts', 2);
  await expected.check();
  await page.reload();
  await expect(expected).toBeChecked();
  await expect(panel.getByText(t('sim.changed'))).toHaveCount(1);
  await panel.getByRole('button', { name: t('sim.run') }).click();
  await panel.getByRole('button', { name: t('sim.pause') }).click();
  await expect(panel.getByText(t('predict.fixed'))).toBeVisible();
  await panel.getByRole('radio').nth(1).click({ force: true });
  await expect(expected).toBeChecked();
  await runToResult(app, panel, { forecast: false });
  const [attempt] = await host.call('lab.attempts', { scenarioId: scenario.id });
  expect(attempt).toMatchObject({ prediction: noneMissed, changes: { 'platform.hosts': 2 } });
});

test('a challenge is tried, hinted at, given up, met, replayed, and its state is in the list', async ({
  app,
}) => {
  const { page, host, t } = app;
  const scenario = scenarioOf('fit-twelve-services');
  await go(app, '/lab');
  const row = page.getByRole('listitem').filter({ hasText: scenario.title.en });
  await expect(row).toContainText(t('challenge.state.untried'));
  await row.getByRole('link').click();
  const panel = panelOf(app, scenario);
  // What one expects of the goals comes first, and is held against the run.
  const skip = panel.getByRole('button', { name: t('sim.finish') });
  await expect(panel.getByText(t('sim.predictFirst'))).toBeVisible();
  await expect(skip).toBeDisabled();
  const killed = t('predict.goals.above', { metric: t('metric.oomKills'), value: '0' });
  await panel.getByRole('radio', { name: killed }).check();
  await runToResult(app, panel, { forecast: false });
  await expect(panel.locator('.side.right')).toContainText(killed);
  const [first] = await host.call('lab.attempts', { scenarioId: scenario.id });
  expect(first).toMatchObject({ prediction: 'oomKills <=', measured: ['oomKills <='] });
  const attempts = page.getByRole('region', { name: t('lab.attempts') });
  await expect(attempts).toContainText(t('predict.cameTrue'));
  // Of another configuration nothing is said yet.
  await setControl(app, panel, scenario, 'platform.hosts', 2);
  await expect(skip).toBeDisabled();
  await panel.getByRole('button', { name: t('sim.resetConfiguration') }).click();
  await expect(skip).toBeDisabled();
  await panel.getByRole('button', { name: t('sim.showHint', { place: 1, count: 3 }) }).click();
  await expect(panel.getByText(t('sim.hint', { place: 1 }), { exact: true })).toBeVisible();
  // One hint at a time, and known after the screen was left.
  await expect(panel.getByText(t('sim.hint', { place: 2 }), { exact: true })).toHaveCount(0);
  await go(app, '/lab');
  await expect(row).toContainText(t('challenge.state.tried'));
  await expect(row).toContainText(t('challenge.short', { percent: '100%' }));
  await expect(row).toContainText(t('challenge.hintsUsed', { count: 1 }));
  await row.getByRole('link').click();
  await expect(panel.getByText(t('sim.hint', { place: 1 }), { exact: true })).toBeVisible();
  await expect(panel.getByRole('table', { name: t('sim.solution') })).toHaveCount(0);
  const giveUp = panel.getByRole('button', { name: t('challenge.giveUp') });
  await giveUp.click();
  const dialog = page.getByRole('dialog', { name: t('challenge.giveUpTitle') });
  await dialog.getByRole('button', { name: t('challenge.keepTrying') }).click();
  await expect(panel.getByRole('table', { name: t('sim.solution') })).toHaveCount(0);
  await giveUp.click();
  await dialog.getByRole('button', { name: t('challenge.giveUpNow') }).click();
  await expect(panel.getByRole('table', { name: t('sim.solution') })).toBeVisible();
  await expect(panel.locator('.solution')).toBeFocused();
  await panel.getByRole('button', { name: t('challenge.useSolution') }).click();
  const saved = told(page, 'lab.saveAttempt');
  await runToResult(app, panel);
  await saved;
  await expect(attempts.getByRole('row')).toHaveCount(3);
  // The first attempt once more: as it was, compared with nothing before it, and not kept twice.
  await setControl(app, panel, scenario, 'platform.hosts', 2);
  await attempts
    .getByRole('button', { name: t('challenge.replay') })
    .last()
    .click();
  await expect(panel.getByText(t('challenge.replayed'))).toBeVisible();
  const processes = panel.getByRole('row').filter({ hasText: t('metric.processes') });
  await expect(processes.getByRole('cell')).toHaveText(['12']);
  const kept = await host.call('lab.attempts', { scenarioId: scenario.id });
  expect(kept.map(({ met }) => met)).toEqual([true, false]);
  await go(app, '/lab');
  await expect(row).toContainText(t('challenge.state.met'));
  await expect(row).toContainText(t('challenge.gaveUp'));
  const filter = page.getByRole('group', { name: t('challenge.show') });
  const choose = (state: 'tried' | 'met', value: number) =>
    filter
      .getByRole('radio', {
        name: t('challenge.filterCount', { name: t(`challenge.state.${state}`), value }),
        exact: true,
      })
      .check();
  await choose('tried', 0);
  await expect(page.getByText(t('challenge.noneShown'))).toBeVisible();
  await choose('met', 1);
  await expect(page.locator('.groups').getByRole('listitem')).toHaveCount(1);
});
