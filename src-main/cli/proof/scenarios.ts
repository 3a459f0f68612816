import type { CurvePrediction, Pack, Scenario } from '#shared/pack/schema.ts';
import { configure, extremesOf } from '#shared/simulation/configure.ts';
import { featureOf, scoreCurve } from '#shared/simulation/curve-score.ts';
import type { Goal } from '#shared/simulation/goals.ts';
import { measureCurve } from '#shared/simulation/measure-curve.ts';
import { meetsGoals, parseSimulationFile, runAll } from '#shared/simulation/simulate.ts';
import type { Finding } from './pack-texts.ts';

type Changes = Readonly<Record<string, string | number | boolean>>;

/** Of the ways to pull one lever to its end, at most this share may meet the goals. */
const mostByOneLever = 1 / 3;

function fileOf(scenario: Scenario, changes: Changes) {
  const parsed = parseSimulationFile(configure(scenario, changes));
  if (!parsed.ok) throw new RangeError(parsed.problems.map(({ message }) => message).join('; '));
  return parsed.file;
}

const runsOf = (scenario: Scenario, changes: Changes) => runAll(fileOf(scenario, changes));
type Runs = ReturnType<typeof runsOf>['runs'];

const isMet = (goals: readonly Goal[], runs: Runs) => meetsGoals(goals, runs).every((goal) => goal.met);

/** Whether some changes meet the goals on every seed; the first that misses them settles it. */
function meetsOnEverySeed(scenario: Scenario, changes: Changes): boolean {
  const file = fileOf(scenario, changes);
  return file.run.seeds.every((seed) =>
    isMet(scenario.goals, runAll({ ...file, run: { ...file.run, seeds: [seed] } }).runs),
  );
}

/** A curve must be told at every point, lie on its axis, have what it is looked at for, and not be met by drawing nothing. */
function curveProblems(scenario: Scenario, prediction: CurvePrediction, runs: Runs): string[] {
  const { measured, y, feature, closeWithin } = prediction;
  const points = [...measureCurve(measured, configure(scenario, {}), runs)];
  const level = points.map(() => (y.from + y.to) / 2);
  return [
    ...measured.at.flatMap((x, i) => {
      const value = points[i] ?? null;
      if (value === null) return [`the curve has no value at ${x}`];
      return value < y.from || value > y.to ? [`the curve leaves its axis at ${x}: ${value}`] : [];
    }),
    ...(featureOf(feature, measured.at, points, y) === null ? [`the curve has no ${feature}`] : []),
    ...(scoreCurve(level, points, y, closeWithin).close
      ? ['a level line in the middle counts as close']
      : []),
  ];
}

function predictionProblems(scenario: Scenario, runs: Runs): string[] {
  const { prediction } = scenario;
  if (prediction?.kind === 'curve') return curveProblems(scenario, prediction, runs);
  if (prediction?.kind !== 'choice') return [];
  return [...runs.map((run) => [run]), runs].flatMap((some) => {
    const true_ = prediction.options.filter(({ when }) => isMet(when, some)).map(({ id }) => id);
    return true_.length === 1
      ? []
      : [`expected one prediction to come true on every seed, found ${true_.join(', ') || 'none'}`];
  });
}

/** The changes that pull one lever to one of its ends, the rest as at the start. */
export function singleLevers(scenario: Scenario): Changes[] {
  return scenario.controls.flatMap((control) =>
    extremesOf(control).map((value) => ({ ...control.when, [control.path]: value })),
  );
}

function challengeProblems(scenario: Scenario, start: Runs): string[] {
  const { goals } = scenario;
  if (goals.length === 0) return [];
  const problems: string[] = [];
  if (isMet(goals, start)) problems.push('the start meets the goals');
  const solved = meetsGoals(goals, runsOf(scenario, scenario.solution ?? {}).runs);
  for (const { goal, met, worst } of solved) {
    if (!met) problems.push(`the solution misses ${goal.metric} ${goal.op} ${goal.value}: ${worst}`);
  }
  const levers = singleLevers(scenario);
  const meeting = levers.filter((changes) => meetsOnEverySeed(scenario, changes));
  if (meeting.length / levers.length > mostByOneLever)
    problems.push(
      `${meeting.length} of ${levers.length} single changes meet the goals: ${meeting.map((changes) => JSON.stringify(changes)).join(', ')}`,
    );
  if (scenario.hints.length !== 3) problems.push('expected three hints');
  return problems;
}

/** Runs a scenario as it stands, as it is solved, and with each of its levers at its ends. */
export function scenarioProblems(scenario: Scenario): string[] {
  const { runs, summary } = runsOf(scenario, {});
  const unknown = scenario.metrics.filter((metric) => summary[metric] === undefined);
  return [
    ...(runs.length >= 3 ? [] : ['expected at least three seeds']),
    ...unknown.map((metric) => `the run has no metric "${metric}"`),
    ...predictionProblems(scenario, runs),
    ...challengeProblems(scenario, runs),
  ];
}

export function checkScenarios(pack: Pack): Finding[] {
  return pack.scenarios.flatMap((scenario) =>
    [...new Set(scenarioProblems(scenario))].map((message) => ({
      file: `scenarios/${scenario.pattern}.yaml`,
      where: scenario.id,
      message,
    })),
  );
}
