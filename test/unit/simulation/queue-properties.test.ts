import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSimulation, runAll } from '#shared/simulation/simulate.ts';
import { fileOf, metricsOf, queueFile } from './support.ts';

const law = fc.oneof(
  fc.record({ kind: fc.constant('exponential'), meanMs: fc.integer({ min: 1, max: 3000 }) }),
  fc.record({ kind: fc.constant('deterministic'), meanMs: fc.integer({ min: 1, max: 3000 }) }),
  fc.record({
    kind: fc.constant('lognormal'),
    meanMs: fc.integer({ min: 1, max: 3000 }),
    cv: fc.integer({ min: 0, max: 4 }),
  }),
);
const setting = fc.record(
  {
    servers: fc.integer({ min: 1, max: 6 }),
    discipline: fc.constantFrom('fcfs' as const, 'ps' as const),
    capacity: fc.integer({ min: 1, max: 12 }),
    perSecond: fc.integer({ min: 1, max: 8 }),
    cpu: law,
    seeds: fc.tuple(fc.integer({ min: 0, max: 4_294_967_295 })),
  },
  { requiredKeys: ['servers', 'discipline', 'perSecond', 'cpu', 'seeds'] },
);
const seeded = { seed: 20261, numRuns: 60 };

describe('any queue', () => {
  it('comes out the same on the same seed, watched or not, in one go or by little steps', () => {
    fc.assert(
      fc.property(setting, fc.integer({ min: 1, max: 500 }), (given, maxEvents) => {
        const file = queueFile({ ...given, requests: 400 });
        const seed = given.seeds[0];
        const straight = createSimulation(file, seed);
        straight.advance();
        const stepped = createSimulation(file, seed);
        for (let i = 0; !stepped.done; i++) {
          if (i % 2 === 0) stepped.advance({ maxEvents });
          else stepped.advance({ untilMs: stepped.nowMs + 777 });
          stepped.snapshot();
          stepped.result();
        }
        const { simulatedMs: _a, ...expected } = straight.result();
        const { simulatedMs: _b, ...found } = stepped.result();
        expect(found).toEqual(expected);
      }),
      seeded,
    );
  });

  it('loses no request from sight', () => {
    fc.assert(
      fc.property(setting, fc.integer({ min: 1, max: 900 }), (given, maxEvents) => {
        const simulation = createSimulation(queueFile({ ...given, requests: 400 }), given.seeds[0]);
        while (!simulation.done) {
          simulation.advance({ maxEvents });
          const { counters, hosts, waiting } = simulation.snapshot();
          const inService = hosts[0]?.busyCores ?? NaN;
          const inSystem = counters.arrived - counters.served - counters.lost - counters.failed;
          expect(inSystem).toBe(waiting + inService);
        }
        const { counters } = simulation.snapshot();
        expect(counters.arrived).toBe(400);
        expect(counters.served + counters.lost + counters.failed).toBe(400);
      }),
      seeded,
    );
  });

  it('more servers never make anybody wait longer on the same seed (first come, first served)', () => {
    fc.assert(
      fc.property(setting, (given) => {
        const { capacity: _, ...others } = given;
        const wait = (servers: number) => {
          const file = queueFile({
            ...others,
            discipline: 'fcfs',
            servers,
            requests: 500,
            warmupRequests: 0,
          });
          const [metrics] = metricsOf(file);
          return ['waitMs.mean', 'waitMs.p95', 'latencyMs.p99'].map((name) => metrics?.[name] ?? NaN);
        };
        const more = wait(given.servers + 1);
        wait(given.servers).forEach((few, i) => expect(more[i]).toBeLessThanOrEqual(few * (1 + 1e-9) + 1e-6));
      }),
      seeded,
    );
  });

  it('a lighter law on the same seed sees the same arrivals', () => {
    const arrivalsOf = (meanMs: number) => {
      const file = queueFile({
        perSecond: 2,
        cpu: { kind: 'exponential', meanMs },
        capacity: 1,
        requests: 50,
      });
      const simulation = createSimulation(file, 9);
      const times: number[] = [];
      for (let arrived = 0; !simulation.done;) {
        simulation.advance({ maxEvents: 1 });
        const now = simulation.snapshot().counters.arrived;
        if (now > arrived) times.push(simulation.nowMs);
        arrived = now;
      }
      return times;
    };
    expect(arrivalsOf(10)).toEqual(arrivalsOf(2000));
  });
});

describe('runs', () => {
  it('can be cancelled, and tell how far they are', () => {
    const file = queueFile({ perSecond: 0.8, requests: 300_000, seeds: [1, 2] });
    const shares: number[] = [];
    const all = runAll(file, {
      onProgress: (share) => shares.push(share),
      shouldCancel: () => shares.length >= 3,
    });
    expect(all).toMatchObject({ runs: [], cancelled: true });
    expect(shares).toHaveLength(3);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
  });

  it('end at a horizon with what is then in the system', () => {
    const file = fileOf({
      platform: { kind: 'queue' },
      workload: {
        services: [
          {
            name: 'a',
            arrivals: { kind: 'constant', perSecond: 1 },
            cpu: { kind: 'deterministic', meanMs: 600 },
          },
        ],
      },
      run: { horizonSeconds: 10.3, warmupSeconds: 2.5, seeds: [1] },
    });
    const simulation = createSimulation(file, 1);
    simulation.advance({ untilMs: 5000 });
    expect([simulation.nowMs, simulation.done]).toEqual([5000, false]);
    simulation.advance();
    expect([simulation.nowMs, simulation.done, simulation.progress]).toEqual([10_300, true, 1]);
    // Arrivals at 1, 2, ... 10 s; the last is still served. Measured from 2.5 s on: arrivals 3 to 10, of which 3 to 9 end.
    expect(simulation.snapshot().counters).toMatchObject({ arrived: 10, served: 9, lost: 0, failed: 0 });
    expect(simulation.result().metrics).toMatchObject({ latencyMs: { mean: 600 }, waitProbability: 0 });
    // Busy from 2.5 to 2.6, 3 to 3.6, ..., 9 to 9.6 and 10 to 10.3.
    expect(simulation.result().metrics['utilisation']).toBeCloseTo((0.1 + 7 * 0.6 + 0.3) / 7.8, 10);
  });

  it('count an answer that comes after its client has gone as failed', () => {
    const file = fileOf({
      platform: { kind: 'queue' },
      workload: {
        services: [
          {
            name: 'a',
            arrivals: { kind: 'constant', perSecond: 1 },
            cpu: { kind: 'deterministic', meanMs: 1500 },
            timeoutMs: 2600,
          },
        ],
      },
      run: { requests: 5, seeds: [1] },
    });
    // Latencies 1.5, 2, 2.5, 3 and 3.5 s.
    const [metrics] = metricsOf(file);
    expect(metrics?.['errorRate']).toBeCloseTo(0.4, 12);
    expect(metrics?.['latencyMs.mean']).toBeCloseTo(2000, 9);
  });

  it('keep at most 300 points a series, all of one length', () => {
    const simulation = createSimulation(queueFile({ servers: 2, perSecond: 1.5, requests: 20_000 }), 4);
    simulation.advance();
    const { series, simulatedMs } = simulation.result();
    const { bucketMs, hosts, ...columns } = series;
    const lengths = [...Object.values(columns), ...hosts.map((host) => host.cpuUtilisation)].map(
      (c) => c.length,
    );
    expect(new Set(lengths).size).toBe(1);
    expect(lengths[0]).toBeGreaterThan(140);
    expect(lengths[0]).toBeLessThanOrEqual(300);
    expect(lengths[0]).toBe(Math.ceil(simulatedMs / bucketMs));
    const served = series.throughputPerSecond.reduce((sum, rate, i) => {
      return sum + (rate * (Math.min(simulatedMs, (i + 1) * bucketMs) - i * bucketMs)) / 1000;
    }, 0);
    expect(served).toBeCloseTo(20_000, 3);
  });
});
