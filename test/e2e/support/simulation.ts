import { expect, type Locator } from 'playwright/test';
import type { Scenario } from '#shared/pack/schema.ts';
import type { App } from './fixtures.ts';
import { plain } from './pack.ts';

type Value = string | number | boolean;

/** The panel of a simulation, wherever on the screen it stands. */
export function panelOf({ page, t, locale }: App, scenario: Scenario): Locator {
  return page.getByRole('region', { name: t('sim.label', { title: scenario.title[locale] }), exact: true });
}

export async function predict(
  { locale }: App,
  panel: Locator,
  scenario: Scenario,
  optionId: string,
): Promise<void> {
  if (scenario.prediction?.kind !== 'choice') throw new Error(`${scenario.id} asks for no choice.`);
  const option = scenario.prediction.options.find(({ id }) => id === optionId);
  if (!option) throw new Error(`${scenario.id} has no option ${optionId}.`);
  await panel.getByRole('radio', { name: plain(option.text[locale]) }).check();
}

/** Commits to the goals being met, where that is asked and not yet said. */
export async function expectGoalsMet({ t }: App, panel: Locator): Promise<void> {
  await panel.getByRole('button', { name: t('sim.finish') }).waitFor();
  const option = panel.getByRole('radio', { name: t('predict.goals.noneMissed') });
  if ((await option.count()) > 0) await option.check();
}

/** Turns one control as a learner does. */
export async function setControl(
  { locale }: App,
  panel: Locator,
  scenario: Scenario,
  path: string,
  value: Value,
) {
  const control = scenario.controls.find((candidate) => candidate.path === path);
  if (!control) throw new Error(`${scenario.id} has no control for ${path}.`);
  const name = control.label[locale];
  if (control.kind === 'number') {
    const field = panel.getByRole('spinbutton', { name, exact: true });
    await field.fill(String(value));
    await field.press('Tab');
    await expect(field).toHaveValue(String(value));
  } else if (control.kind === 'choice') {
    const label = control.options.find((option) => option.value === value)?.label[locale] ?? '';
    await panel.getByRole('combobox', { name, exact: true }).selectOption({ label });
  } else {
    await panel.getByRole('checkbox', { name, exact: true }).setChecked(value === true);
  }
}

/** The table of metrics; the others say why they are as they are. */
export function resultsOf(panel: Locator): Locator {
  return panel.getByRole('table').first();
}

/** Runs it at once to its end; where the goals are asked about, they are expected to be met. */
export async function runToResult(app: App, panel: Locator, { forecast = true } = {}): Promise<void> {
  const { t } = app;
  if (forecast) await expectGoalsMet(app, panel);
  await panel.getByRole('button', { name: t('sim.finish') }).click();
  await expect(resultsOf(panel)).toBeVisible({ timeout: 20_000 });
}
