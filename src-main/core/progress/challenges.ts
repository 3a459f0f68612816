import type { ChallengeProgress } from '#shared/contract/contract.ts';
import type { Context } from '../port.ts';
import { attemptsByScenario } from './store.ts';

/** The scenarios with goals, each with what came of trying it. */
export function challengesNow({ database, library }: Context): ChallengeProgress[] {
  const tried = attemptsByScenario(database);
  return library.scenarios
    .filter(({ goals }) => goals.length > 0)
    .map(({ id, title, pattern }) => ({
      scenarioId: id,
      title,
      pattern,
      ...(tried.get(id) ?? { attempts: 0, met: false }),
    }));
}
