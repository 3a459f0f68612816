import { describe, expect, it } from 'vitest';
import { scenarioProblems } from '#main/cli/proof/scenarios.ts';
import { course } from './course.ts';

describe('the scenarios', () => {
  it('have at least 40 challenges, each with three hints, a solution and a debrief', () => {
    const challenges = course.scenarios.filter(({ goals }) => goals.length > 0);
    expect(challenges.length).toBeGreaterThanOrEqual(40);
    expect(challenges.filter(({ hints, solution }) => hints.length !== 3 || !solution).map(({ id }) => id)).toEqual([]);
  });

  it.each(course.scenarios.map((scenario) => [scenario.id, scenario] as const))(
    '%s: the start falls short, the solution holds on every seed, no single lever does it',
    (_id, scenario) => {
      expect(scenarioProblems(scenario)).toEqual([]);
    },
    60_000,
  );
});
