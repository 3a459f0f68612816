import type { Attempt, LearnerScenario } from '#shared/contract/contract.ts';
import { nearestMargin } from '#shared/simulation/goals.ts';
import { askedOf, isAbout } from './prediction/asked-prediction.ts';
import { measuredOf, type Predicted } from './prediction/held-prediction.ts';
import type { Outcome } from './protocol.ts';

/** What is kept of a run that is over. */
export function attemptOf(
  scenario: LearnerScenario,
  outcome: Outcome,
  run: Pick<Attempt, 'place' | 'changes' | 'seed'> & { readonly prediction: Predicted | null },
) {
  const asked = askedOf(scenario, run.changes);
  // What the scenario shows or asks for, and what every platform tells; not every number of every service.
  const predicted = asked?.kind === 'number' ? [asked.metric] : [];
  const wanted = [...scenario.metrics, ...predicted, ...scenario.goals.map(({ metric }) => metric)];
  const kept = Object.entries(outcome.metrics).filter(
    ([name]) => wanted.includes(name) || !name.startsWith('services.'),
  );
  return {
    scenarioId: scenario.id,
    ...run,
    metrics: Object.fromEntries(kept),
    met: scenario.goals.length > 0 ? outcome.goals.every((goal) => goal.met) : null,
    margin: nearestMargin(outcome.goals),
    measured: asked && isAbout(asked, scenario, run.changes) ? measuredOf(asked, outcome) : null,
    explanation: outcome.explanation,
  };
}
