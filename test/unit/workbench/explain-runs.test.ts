import { expect, it } from 'vitest';
import {
  parseSimulationFile,
  platformKinds,
  runAll,
  type SimulationFile,
} from '#shared/simulation/simulate.ts';
import { explainRuns } from '../../../src-renderer/ui/simulation/explain-runs.ts';

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function fileFor(kind: string): SimulationFile {
  const parsed = parseSimulationFile({
    platform: { kind },
    workload: {
      services: [
        {
          name: 'service',
          count: 2,
          arrivals: { kind: 'poisson', perSecond: 20 },
          cpu: { kind: 'exponential', meanMs: 20 },
        },
      ],
    },
    run: { horizonSeconds: 60, warmupSeconds: 10, seeds: [1, 2, 3] },
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.file;
}

it.each(platformKinds)('%s: over all seeds the parts sum to what the metrics say', (kind) => {
  const { runs, summary } = runAll(fileFor(kind));
  const { all, slowest, slowestShare, cost } = explainRuns(runs);
  expect(slowestShare).toBe(0.01);
  expect(all?.meanMs).toBeCloseTo(summary['latencyMs.mean']?.mean ?? 0, 6);
  expect(sum(Object.values(all?.parts ?? {}))).toBeCloseTo(all?.meanMs ?? 0, 2);
  expect(sum(Object.values(slowest?.parts ?? {}))).toBeCloseTo(slowest?.meanMs ?? 0, 2);
  expect(slowest?.meanMs).toBeGreaterThan(all?.meanMs ?? Infinity);
  expect(cost.perHourUsd).toBeCloseTo(summary['costPerHourUsd']?.mean ?? -1, 8);
  expect(sum(cost.parts.map(({ perHourUsd }) => perHourUsd))).toBeCloseTo(cost.perHourUsd, 10);
});

it('says nothing of requests where none was answered', () => {
  expect(explainRuns([])).toMatchObject({ all: null, slowest: null, cost: { perHourUsd: 0, parts: [] } });
});
