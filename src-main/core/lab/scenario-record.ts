import type { LearnerScenario, ScenarioRecord } from '#shared/contract/contract.ts';
import type { ScenarioSums } from './store.ts';

/** What a learner has made of a scenario; without sums it is untried. */
export function recordOf(
  { id, title, pattern, goals }: LearnerScenario,
  sums: ScenarioSums | undefined,
): ScenarioRecord {
  const isChallenge = goals.length > 0;
  const attempts = sums?.attempts ?? 0;
  const firstMetAt = isChallenge ? (sums?.firstMetAt ?? null) : null;
  return {
    scenarioId: id,
    title,
    pattern,
    isChallenge,
    state: firstMetAt !== null ? 'met' : attempts > 0 ? 'tried' : 'untried',
    attempts,
    lastAt: sums?.lastAt ?? null,
    firstMetAt,
    bestMargin: isChallenge ? (sums?.bestMargin ?? null) : null,
    hintsShown: sums?.hintsShown ?? 0,
    gaveUpAt: sums?.gaveUpAt ?? null,
  };
}
