import type { Scenario } from '#shared/pack/schema.ts';
import { configure, extremesOf } from '#shared/simulation/configure.ts';
import { parseSimulationFile } from '#shared/simulation/simulate.ts';

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
    const parsed = parseSimulationFile(configure(scenario, changes));
    if (!parsed.ok)
      parsed.problems.forEach(({ path, message }) =>
        report(where, `${where.join('.')}: ${path}: ${message}`),
      );
  } catch (error) {
    if (!isRangeError(error)) throw error;
    report(where, `${where.join('.')}: ${error.message}`);
  }
}

/** The file that a scenario starts with; null, and a problem, where its choices do not make one. */
function startOf(scenario: Scenario, report: Report) {
  try {
    return parseSimulationFile({
      ...(configure(scenario, {}) as Scenario['simulation']),
      goals: scenario.goals,
    });
  } catch (error) {
    if (!isRangeError(error)) throw error;
    report(['simulation'], `simulation: ${error.message}`);
    return null;
  }
}

/** Checks that a scenario's simulation can run: at its start, with its solution, and at both ends of every control. */
export function checkScenario(scenario: Scenario, reportTo: Report): void {
  let isWhole = true;
  const report: Report = (path, message) => {
    isWhole = false;
    reportTo(path, message);
  };
  // Goals are part of what is checked: they need seeds enough that luck alone meets none.
  const start = startOf(scenario, report);
  if (start === null) return;
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
    // A control that has a meaning only with some option is tried with that option.
    for (const value of extremesOf(control))
      checkChanged(scenario, { ...control.when, [control.path]: value }, where, report);
  });
  const curve = scenario.prediction?.kind === 'curve' ? scenario.prediction.measured : null;
  if (curve?.over === 'parameter') {
    for (const value of curve.values ?? curve.at)
      checkChanged(scenario, { [curve.path]: value }, ['prediction', 'measured'], report);
  }
  if (scenario.solution) checkChanged(scenario, scenario.solution, ['solution'], report);
  if (scenario.goals.length > 0 && !scenario.solution) {
    report(['goals'], 'goals: a scenario with goals needs a "solution" that meets them');
  }
  // Of a path that leads nowhere, one problem is enough.
  if (!isWhole) return;
  const reachable = new Set(scenario.controls.map(({ path }) => path));
  for (const path of Object.keys(scenario.solution ?? {}).filter((candidate) => !reachable.has(candidate)))
    report(['solution'], `solution: no control leads to "${path}"`);
}
