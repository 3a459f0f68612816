import type { Scenario } from '#shared/pack/schema.ts';
import { applyChanges, parseSimulationFile } from '#shared/simulation/simulate.ts';

type Report = (path: readonly PropertyKey[], message: string) => void;

const isRangeError = (error: unknown): error is RangeError => error instanceof RangeError;

/** Checks a changed copy of the start; a path that leads nowhere is a problem like any other. */
function checkChanged(
  scenario: Scenario,
  changes: Readonly<Record<string, string | number | boolean>>,
  where: readonly PropertyKey[],
  report: Report,
): void {
  try {
    const parsed = parseSimulationFile(applyChanges(scenario.simulation, changes));
    if (!parsed.ok)
      parsed.problems.forEach(({ path, message }) =>
        report(where, `${where.join('.')}: ${path}: ${message}`),
      );
  } catch (error) {
    if (!isRangeError(error)) throw error;
    report(where, `${where.join('.')}: ${error.message}`);
  }
}

/** Checks that a scenario's simulation can run: at its start, with its solution, and at both ends of every control. */
export function checkScenario(scenario: Scenario, report: Report): void {
  // Goals are part of what is checked: they need seeds enough that luck alone meets none.
  const start = parseSimulationFile({ ...scenario.simulation, goals: scenario.goals });
  if (!start.ok) {
    for (const { path, message } of start.problems)
      report(
        ['simulation', ...path.replaceAll(/\[(\d+)\]/g, '.$1').split('.')],
        `simulation.${path}: ${message}`,
      );
    return;
  }
  scenario.controls.forEach((control, index) => {
    const where = ['controls', index];
    const values =
      control.kind === 'number'
        ? [control.min, control.max]
        : control.kind === 'choice'
          ? control.options.map(({ value }) => value)
          : [true, false];
    for (const value of values) checkChanged(scenario, { [control.path]: value }, where, report);
  });
  if (scenario.solution) checkChanged(scenario, scenario.solution, ['solution'], report);
  if (scenario.goals.length > 0 && !scenario.solution) {
    report(['goals'], 'goals: a scenario with goals needs a "solution" that meets them');
  }
}
