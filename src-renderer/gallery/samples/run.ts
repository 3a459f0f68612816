import type { Localized } from '#shared/locale.ts';
import type { Prediction } from '#shared/pack/schema.ts';
import { meetsGoals, parseSimulationFile, runAll, type Goal } from '#shared/simulation/simulate.ts';
import { explainRuns } from '../../ui/simulation/explain-runs.ts';
import type { Outcome } from '../../ui/simulation/protocol.ts';
import { longName, longSentence, longWord } from './long-text.ts';

const both = (en: string, zhCN: string): Localized => ({ en, 'zh-CN': zhCN });

export const goals: readonly Goal[] = [
  { metric: 'latencyMs.p95', op: '<=', value: 50 },
  { metric: 'errorRate', op: '<=', value: 0.5 },
];

/** As long as the simulator takes it. */
const longestName = longWord.en.slice(0, 39);

export const metrics = [
  'latencyMs.mean',
  'latencyMs.p95',
  'errorRate',
  'costPerHourUsd',
  `services.${longestName}.latencyMs.p99`,
];

const service = (name: string) => ({
  name,
  arrivals: { kind: 'poisson', perSecond: 20 },
  cpu: { kind: 'exponential', meanMs: 20 },
  ioMs: { kind: 'exponential', meanMs: 30 },
});

/** What the simulator itself says of a small platform. */
function simulated(): Outcome {
  const parsed = parseSimulationFile({
    platform: { kind: 'container', nodes: 1, nodeCores: 2 },
    workload: { services: [service('orders'), service(longestName)] },
    run: { horizonSeconds: 60, seeds: [1, 2] },
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const { runs, summary } = runAll(parsed.file);
  return {
    metrics: Object.fromEntries(Object.entries(summary).map(([name, { mean }]) => [name, mean])),
    goals: meetsGoals(goals, runs),
    optionsHeld: [true, false, false],
    explanation: explainRuns(runs),
    curve: null,
    seeds: parsed.file.run.seeds,
  };
}

export const outcome = simulated();

export const choice: Prediction = {
  kind: 'choice',
  prompt: both('What will the slowest requests wait for?', '最慢的请求会在等什么？'),
  options: [
    { id: 'cpu', text: both('For a core', '等 CPU'), when: [...goals] },
    { id: 'word', text: longName, when: [...goals] },
    { id: 'sentence', text: longSentence, when: [...goals] },
  ],
};

export const number: Prediction = {
  kind: 'number',
  prompt: both('How long does a request take on average?', '一个请求平均要多久？'),
  metric: 'latencyMs.mean',
  unit: both('ms', 'ms'),
  closeWithin: 0.2,
};
