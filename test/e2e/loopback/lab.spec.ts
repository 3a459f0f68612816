import { expect, go, test, told } from '../support/fixtures.ts';
import { questionOf, scenarioOf } from '../support/pack.ts';
import { answerShown, showQuestion, skipTo } from '../support/review.ts';
import { expectGoalsMet, panelOf, runToResult, setControl } from '../support/simulation.ts';

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

test('a change made while results are computed is not saved with the old results', async ({ app }) => {
  const { page, host, t } = app;
  const scenario = scenarioOf('fit-twelve-services');
  await go(app, `/lab/${scenario.id}`);
  const panel = panelOf(app, scenario);
  const skip = panel.getByRole('button', { name: t('sim.finish') });
  await expectGoalsMet(app, panel);
  await expect(skip).toBeEnabled();
  const field = panel.getByRole('spinbutton', { name: scenario.controls[0]!.label.en });
  // Both in one turn of the page: the worker cannot have answered in between.
  await field.evaluate((input: HTMLInputElement, name) => {
    const buttons = [...document.querySelectorAll<HTMLButtonElement>('.transport button')];
    buttons.find((button) => button.textContent.includes(name))?.click();
    input.value = '4';
    input.dispatchEvent(new Event('change', { bubbles: true }));
  }, t('sim.finish'));
  await expect(field).toHaveValue('4');
  await runToResult(app, panel);
  await expect(page.getByRole('region', { name: t('lab.attempts') }).getByRole('row')).toHaveCount(2);
  const attempts = await host.call('lab.attempts', { scenarioId: scenario.id });
  expect(attempts.map(({ changes, metrics }) => [changes, metrics['processes']])).toEqual([
    [{ 'platform.instancesPerGroup': 4 }, 3],
  ]);
});

test('of an older attempt only what the controls still allow comes back', async ({ app }) => {
  const { host, t } = app;
  const scenario = scenarioOf('fit-twelve-services');
  await host.call('lab.saveAttempt', {
    scenarioId: scenario.id,
    place: 'lab',
    changes: {
      'platform.instancesPerGroup': 99,
      'platform.hosts': 2,
      'platform.hotDeploy': 'yes',
      'platform.kind.gone': 1,
    },
    seed: 11,
    metrics: {},
    met: false,
  });
  await go(app, `/lab/${scenario.id}`);
  const panel = panelOf(app, scenario);
  const [group, hosts, hotDeploy] = scenario.controls.map(({ label }) => label.en);
  await expect(panel.getByRole('spinbutton', { name: hosts!, exact: true })).toHaveValue('2');
  await expect(panel.getByRole('spinbutton', { name: group! })).toHaveValue('1');
  await expect(panel.getByRole('checkbox', { name: hotDeploy! })).not.toBeChecked();
  await runToResult(app, panel);
  await expect(panel.getByRole('alert')).toHaveCount(0);
  const row = panel.getByRole('row').filter({ hasText: t('metric.processes') });
  await expect(row.getByRole('cell').first()).toHaveText('12');
  await expect
    .poll(async () => (await host.call('lab.attempts', { scenarioId: scenario.id }))[0]?.changes)
    .toEqual({ 'platform.hosts': 2 });
});

test('a simulation that breaks off says so and can be started again', async ({ app }) => {
  const { page, problems, t } = app;
  const scenario = scenarioOf('fit-twelve-services');
  problems.allow(/ERR_FAILED/);
  const script = /simulation\.worker.*\.js/;
  await page.context().route(script, (route) => route.abort());
  await go(app, `/lab/${scenario.id}`);
  const panel = panelOf(app, scenario);
  await expect(panel.getByRole('alert')).toContainText(t('sim.broken'));
  await page.context().unroute(script);
  await panel.getByRole('button', { name: t('common.tryAgain') }).click();
  await expect(panel.getByRole('alert')).toHaveCount(0);
  await runToResult(app, panel);
});

test('the focus stays in the transport when its buttons change, and the end is told', async ({ app }) => {
  const { page, t } = app;
  const scenario = scenarioOf('fit-twelve-services');
  await go(app, `/lab/${scenario.id}`);
  const panel = panelOf(app, scenario);
  const button = (name: string) => panel.getByRole('button', { name, exact: true });
  const status = panel.getByRole('status').filter({ hasText: t('sim.over') });
  await expectGoalsMet(app, panel);
  await expect(button(t('sim.finish'))).toBeEnabled();
  await expect(status).toHaveCount(0);
  await button(t('sim.finish')).focus();
  await page.keyboard.press('Enter');
  await expect(status).toHaveCount(1);
  await expect(button(t('sim.restart'))).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(status).toHaveCount(0);
  await expect(button(t('sim.run'))).toBeFocused();
  await button(t('sim.step')).focus();
  await page.keyboard.press('Enter');
  await expect(button(t('sim.step'))).toBeFocused();
  // Started over from its own small button, which is gone then.
  await button(t('sim.restart')).focus();
  await page.keyboard.press('Enter');
  await expect(button(t('sim.run'))).toBeFocused();
  // Who is elsewhere is left there.
  const control = panel.getByRole('spinbutton', { name: scenario.controls[0]!.label.en });
  await control.press('Tab');
  await expect(button(t('sim.restart'))).toHaveCount(0);
  await page.keyboard.press('f');
  await expect(status).toHaveCount(1);
  await expect(button(t('sim.restart'))).not.toBeFocused();
});

test('a run after the answer is revealed does not change the answer', async ({ app }) => {
  const { page, host, t } = app;
  const { question } = await skipTo(host, 'simulation');
  const card = await showQuestion(app);
  await answerShown(app, card, question.id, { right: true });
  const kept = t('question.goalMet', { count: 1 });
  await expect(card.getByRole('status').filter({ hasText: kept })).toHaveCount(1);
  const full = questionOf(question.id);
  if (full.kind !== 'simulation') throw new Error(`${full.id} is no simulation.`);
  const panel = panelOf(app, scenarioOf(full.scenario));
  await panel.getByRole('button', { name: t('sim.restart') }).click();
  const saved = told(page, 'lab.saveAttempt');
  await runToResult(app, panel);
  await saved;
  await expect(card.getByRole('status').filter({ hasText: kept })).toHaveCount(1);
});
