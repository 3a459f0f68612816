import { describe, expect, it, vi } from 'vitest';
import { erlangB } from '#shared/simulation/platforms/queue/erlang-b.ts';
import { erlangC, meanWait } from '#shared/simulation/platforms/queue/erlang-c.ts';
import { createSimulation } from '#shared/simulation/simulate.ts';
import { expectTruth, fileOf, metricsOf, queueFile, type QueueSetting } from './support.ts';

vi.setConfig({ testTimeout: 60_000 });

const column = (setting: QueueSetting, ...names: string[]): number[][] => {
  const runs = metricsOf(queueFile(setting));
  return names.map((name) => runs.map((run) => run[name] ?? NaN));
};

describe('M/M/1', () => {
  it.each([
    { rho: 0.5, mean: 2, p95: 5.991, requests: 60_000 },
    { rho: 0.8, mean: 5, p95: 14.979, requests: 100_000 },
    { rho: 0.9, mean: 10, p95: 29.957, requests: 150_000 },
  ])('at a load of $rho has mean $mean s and 95th percentile $p95 s', ({ rho, mean, p95, requests }) => {
    const [means = [], p95s = []] = column({ perSecond: rho, requests }, 'latencyMs.mean', 'latencyMs.p95');
    expectTruth(means, mean * 1000, 0.12);
    expectTruth(p95s, p95 * 1000, 0.15);
  });
});

describe('M/M/c', () => {
  it.each([
    { c: 2, rho: 0.8, waits: 0.711111, wait: 1.777778 },
    { c: 4, rho: 0.8, waits: 0.596432, wait: 0.745541 },
    { c: 10, rho: 0.9, waits: 0.668732, wait: 0.668732 },
  ])('with $c servers at $rho waits as Erlang C says', ({ c, rho, waits, wait }) => {
    expect(erlangC(c, c * rho)).toBeCloseTo(waits, 6);
    expect(meanWait(c, c * rho, 1)).toBeCloseTo(wait, 6);
    const [probabilities = [], means = []] = column(
      { servers: c, perSecond: c * rho, requests: 80_000 },
      'waitProbability',
      'waitMs.mean',
    );
    expectTruth(probabilities, waits, 0.05);
    expectTruth(means, wait * 1000, 0.15);
  });

  it('pooling: four single servers wait 5.365 times as long as one station of four', () => {
    expect(meanWait(1, 0.8, 1) / meanWait(4, 3.2, 1)).toBeCloseTo(5.365, 3);
    const [apart = []] = column({ perSecond: 0.8, requests: 60_000 }, 'waitMs.mean');
    const [pooled = []] = column({ servers: 4, perSecond: 3.2, requests: 60_000 }, 'waitMs.mean');
    expectTruth(
      apart.map((wait, i) => wait / (pooled[i] ?? NaN)),
      5.365,
      0.2,
    );
  });
});

describe('M/G/1, by Pollaczek and Khinchine', () => {
  it('M/D/1 at 0.8 waits 2 s', () => {
    const cpu = { kind: 'deterministic', meanMs: 1000 };
    const [waits = []] = column({ perSecond: 0.8, cpu, requests: 80_000 }, 'waitMs.mean');
    expectTruth(waits, 2000, 0.1);
  });

  it.each([
    // The mean wait of a run is itself skewed under a heavy tail, and few runs understate it: so there are more of them.
    { law: 'lognormal', seeds: 20, cpu: { kind: 'lognormal', meanMs: 1000, cv: 2 } },
    // Mean 1 s, mean square (16 x 0.25 + 81) / 17 = 5, so cs2 = 4.
    {
      law: 'bimodal',
      seeds: 8,
      cpu: {
        kind: 'bimodal',
        values: [
          { ms: 500, weight: 16 },
          { ms: 9000, weight: 1 },
        ],
      },
    },
  ])('at 0.7 with cs2 = 4 ($law) waits 5.8333 s', ({ cpu, seeds: count }) => {
    const seeds = Array.from({ length: count }, (_, i) => i + 1);
    const [waits = []] = column({ perSecond: 0.7, cpu, requests: 100_000, seeds }, 'waitMs.mean');
    expectTruth(waits, 5833.3, 0.15);
  });
});

describe('M/G/1 with processor sharing', () => {
  const cpu = {
    kind: 'bimodal',
    values: [
      { ms: 10, weight: 1 },
      { ms: 200, weight: 1 },
    ],
  };

  it('stretches every size by 1/(1 - rho), whatever the law', () => {
    // Two services of one size each make the sojourn by size visible; together they are the bimodal law.
    const half = (name: string, meanMs: number) => ({
      name,
      arrivals: { kind: 'poisson', perSecond: 0.7 / 0.21 },
      cpu: { kind: 'deterministic', meanMs },
    });
    const file = fileOf({
      platform: { kind: 'queue', servers: 1, discipline: 'ps' },
      workload: { services: [half('small', 10), half('large', 200)] },
      run: { requests: 80_000, warmupRequests: 8_000, seeds: [1, 2, 3, 4, 5, 6, 7, 8] },
    });
    const runs = metricsOf(file);
    expectTruth(
      runs.map((run) => run['services.small.latencyMs.mean'] ?? NaN),
      33.333,
      0.05,
    );
    expectTruth(
      runs.map((run) => run['services.large.latencyMs.mean'] ?? NaN),
      666.67,
      0.05,
    );
  });

  it('has the mean sojourn E[S]/(1 - rho)', () => {
    const [means = []] = column(
      { discipline: 'ps', perSecond: 0.7 / 0.105, cpu, requests: 80_000 },
      'latencyMs.mean',
    );
    expectTruth(means, 350, 0.06);
  });
});

describe('Erlang B', () => {
  const laws = [
    { kind: 'exponential', meanMs: 1000 },
    { kind: 'deterministic', meanMs: 1000 },
    { kind: 'lognormal', meanMs: 1000, cv: 1.5 },
  ];
  it.each([
    { c: 5, load: 3, lost: 0.110054 },
    { c: 50, load: 40, lost: 0.0186907 },
  ])('($c, $load) loses $lost under any law of service', ({ c, load, lost }) => {
    expect(erlangB(c, load)).toBeCloseTo(lost, 6);
    for (const cpu of laws) {
      const setting = { servers: c, capacity: c, perSecond: load, cpu, requests: 40_000 };
      const [losses = []] = column(setting, 'lossProbability');
      expectTruth(losses, lost, 0.2);
    }
  });
});

describe('Little', () => {
  const settings: QueueSetting[] = [
    { perSecond: 0.5 },
    { servers: 4, perSecond: 3.2 },
    { servers: 3, perSecond: 2.4, discipline: 'ps' },
    { servers: 2, capacity: 6, perSecond: 3 },
    { perSecond: 0.6, cpu: { kind: 'pareto', alpha: 1.5, minMs: 300, maxMs: 50_000 } },
  ];
  it.each(settings)('holds in every run of %j', (setting) => {
    for (const run of metricsOf(queueFile({ ...setting, requests: 40_000, seeds: [1, 2, 3] }))) {
      const expected = (run['throughputPerSecond'] ?? NaN) * (run['latencyMs.mean'] ?? NaN);
      // Requests that straddle an end of the window count on one side only.
      expect((run['meanInSystem'] ?? NaN) / (expected / 1000)).toBeCloseTo(1, 2);
    }
  });
});

describe('counting', () => {
  it('takes two events for every customer of M/M/4', () => {
    const simulation = createSimulation(queueFile({ servers: 4, perSecond: 3.2, requests: 1000 }), 1);
    simulation.advance();
    expect(simulation.eventCount).toBe(2000);
    expect(simulation.snapshot().counters).toMatchObject({ arrived: 1000, served: 1000, lost: 0, failed: 0 });
  });
});
