import type { LearnerScenario } from '#shared/contract/contract.ts';
import type { Prediction } from '#shared/pack/schema.ts';
import { changedPaths, type Configurable } from '#shared/simulation/configure.ts';
import type { Goal } from '#shared/simulation/goals.ts';
import type { Changes } from '../simulation-run.svelte.ts';

/** Which goals a run is going to miss, asked where the pack asks for nothing of its own. */
export interface GoalForecast {
  readonly kind: 'goals';
  readonly goals: readonly Goal[];
}
export type Asked = Prediction | GoalForecast;

/** Whether what is asked is about a run with these changes: the pack asks about the scenario as it is given. */
export function isAbout(asked: Asked, scenario: Configurable, changes: Changes): boolean {
  if (asked.kind === 'goals') return true;
  const swept = asked.kind === 'curve' && asked.measured.over === 'parameter' ? asked.measured.path : null;
  return changedPaths(scenario, changes).every((path) => path === swept);
}

/**
 * What a learner is asked to commit to before a run with some changes: what the pack asks about the scenario as it is
 * given, and of any other configuration that has goals to meet, which of them it misses.
 */
export function askedOf(
  scenario: Pick<LearnerScenario, 'simulation' | 'controls' | 'prediction' | 'goals'>,
  changes: Changes,
): Asked | undefined {
  const { prediction, goals } = scenario;
  if (goals.length === 0 || (prediction && isAbout(prediction, scenario, changes))) return prediction;
  return { kind: 'goals', goals };
}

/** Chosen by who expects that no goal is missed. No metric is called that. */
export const noneMissed = '*';

/** Tells the option "this goal is missed" from the others, also after the goals have changed their numbers. */
export const missedId = ({ metric, op }: Goal): string => `${metric} ${op}`;
