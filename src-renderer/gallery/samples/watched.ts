import type { LearnerScenario } from '#shared/contract/contract.ts';
import type { Localized } from '#shared/locale.ts';
import type { Prediction } from '#shared/pack/schema.ts';
import { parseSimulationFile } from '#shared/simulation/simulate.ts';
import { SimulationRun } from '../../ui/simulation/simulation-run.svelte.ts';
import { WatchedRun } from '../../ui/simulation/watched-run.ts';
import { longName, longSentence } from './long-text.ts';
import { goals, outcome } from './run.ts';

const both = (en: string, zhCN: string): Localized => ({ en, 'zh-CN': zhCN });

/** A rollout, a leak and a limit on the CPU within a few seconds of each other: most of what a picture can show at once. */
const eventful = {
  platform: {
    kind: 'container',
    nodes: 2,
    services: {
      shop: { replicas: 3, cpuRequest: 0.5, cpuLimit: 0.5, memoryRequestMiB: 512 },
      mail: { replicas: 1, cpuRequest: 0.25, memoryRequestMiB: 512, memoryLimitMiB: 640 },
    },
  },
  workload: {
    services: [
      {
        name: 'shop',
        arrivals: { kind: 'poisson', perSecond: 60 },
        cpu: { kind: 'exponential', meanMs: 22 },
        startSeconds: 8,
      },
      { name: 'mail', arrivals: { kind: 'poisson', perSecond: 5 }, cpu: { kind: 'exponential', meanMs: 20 } },
    ],
  },
  faults: [{ kind: 'leak', service: 'mail', atSeconds: 10, mibPerSecond: 25 }],
  deployments: [{ service: 'shop', atSeconds: 20 }],
  run: { horizonSeconds: 90, seeds: [11] },
};

/** What the simulator itself shows of it at a moment. */
function watchedUntil(untilMs: number): WatchedRun {
  const parsed = parseSimulationFile(eventful);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const watched = new WatchedRun(parsed.file, 11);
  watched.advance({ untilMs });
  return watched;
}

const beginning = watchedUntil(0);
const middle = watchedUntil(30_000);
const end = watchedUntil(Infinity);
export const frames = { beginning: beginning.frame(), middle: middle.frame(), end: end.frame() };
export const partial = end.partial();

export const scenario: LearnerScenario = {
  id: 'gallery',
  pattern: 'container',
  title: both('A rollout and a leak', '一次发布和一处泄漏'),
  brief: longSentence,
  simulation: eventful,
  controls: [
    {
      kind: 'number',
      path: 'platform.nodes',
      label: both('Nodes', '节点数'),
      unit: both('nodes of 8 GiB', '个 8 GiB 节点'),
      min: 1,
      max: 9,
      step: 1,
    },
    {
      kind: 'number',
      path: 'platform.services.shop.replicas',
      label: longName,
      min: 1,
      max: 20,
      step: 1,
    },
    {
      kind: 'choice',
      path: 'platform.deployOrder',
      label: both('Order', '发布方式'),
      options: [
        { value: 'rolling', label: both('rolling', '滚动') },
        { value: 'blue-green', label: longSentence },
      ],
    },
    { kind: 'toggle', path: 'platform.gone', label: both('Nodes of their own', '独占节点') },
  ],
  metrics: ['latencyMs.p95'],
  goals: [...goals],
  hints: [both('Look at the quota first.', '先看配额。'), longSentence, longName],
  solution: { 'platform.nodes': 4, 'platform.deployOrder': 'blue-green' },
  explain: longSentence,
};

export const curve: Prediction = {
  kind: 'curve',
  prompt: both('How busy do the nodes become?', '节点会变得多忙？'),
  measured: { over: 'time', series: 'utilisation', at: [10, 30, 50, 70, 90] },
  x: { label: both('Time', '时间'), unit: both('s', '秒') },
  y: { from: 0, to: 1, step: 0.05 },
  feature: 'peak',
  closeWithin: 0.1,
};
export const curveOutcome = { ...outcome, curve: [0.5, 0.8, 0.75, null, 0.6] };

/** A run as its timeline and its buttons know it; nothing is simulated unless somebody presses one. */
export function runAt(state: 'beginning' | 'middle' | 'end'): SimulationRun {
  const run = new SimulationRun(scenario, () => undefined);
  run.frame = frames[state];
  run.durationMs = 90_000;
  run.reachedMs = frames[state].snapshot.atMs;
  run.status = ({ beginning: 'ready', middle: 'playing', end: 'finished' } as const)[state];
  if (state === 'beginning') return run;
  run.partial = state === 'middle' ? middle.partial() : partial;
  if (state === 'end') run.outcome = outcome;
  return run;
}
