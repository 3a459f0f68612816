import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import {
  createSimulation,
  flattenMetrics,
  platformKinds,
  type RunResult,
  type SimulationFile,
} from '#shared/simulation/simulate.ts';
import { fileOf } from './support.ts';

vi.setConfig({ testTimeout: 120_000 });

const seed = fc.integer({ min: 0, max: 4_294_967_295 });

/** Platforms with room for the requests below, so that nothing is turned away. */
const roomy: Readonly<Record<string, object>> = {
  queue: { kind: 'queue', servers: 3 },
  monolith: { kind: 'monolith', servers: 2, coresPerServer: 2 },
  'shared-host': { kind: 'shared-host', hosts: 2, coresPerHost: 2, instancesPerService: 2 },
  vm: { kind: 'vm', instances: 2, instanceType: 'm5.large' },
  container: { kind: 'container', nodes: 2, nodeCores: 4 },
  serverless: { kind: 'serverless', memoryMiB: 1024 },
};

it('knows a roomy form of every platform', () => {
  expect(Object.keys(roomy).sort()).toEqual([...platformKinds].sort());
});

const service = (name: string, perSecond: number, io: boolean) => ({
  name,
  arrivals: { kind: 'poisson', perSecond },
  cpu: { kind: 'exponential', meanMs: 20 },
  ...(io && { ioMs: { kind: 'exponential', meanMs: 30 } }),
});

function runOf(file: SimulationFile, onSeed: number): RunResult {
  const simulation = createSimulation(file, onSeed);
  simulation.advance();
  return simulation.result();
}

describe.each(Object.entries(roomy))('%s', (kind, platform) => {
  const onHosts = kind !== 'queue';

  it('keeps the law of Little, exactly: the number in the system over time is the sum of the times in it', () => {
    fc.assert(
      fc.property(seed, fc.integer({ min: 5, max: 50 }), (onSeed, perSecond) => {
        const file = fileOf({
          platform,
          workload: { services: [service('a', perSecond, onHosts), service('b', 5, onHosts)] },
          run: { requests: 300, seeds: [1] },
        });
        const simulation = createSimulation(file, onSeed);
        let area = 0;
        while (!simulation.done) {
          const { counters } = simulation.snapshot();
          const since = simulation.nowMs;
          simulation.advance({ maxEvents: 1 });
          area += (counters.arrived - counters.served) * (simulation.nowMs - since);
        }
        const { counters } = simulation.snapshot();
        expect([counters.served, counters.lost, counters.failed]).toEqual([300, 0, 0]);
        const mean = flattenMetrics(simulation.result().metrics)['latencyMs.mean'] ?? NaN;
        expect(area / (mean * 300)).toBeCloseTo(1, 9);
      }),
      { seed: 511, numRuns: 15 },
    );
  });

  it('tells where all of the time and all of the money went, whatever happens', () => {
    fc.assert(
      fc.property(seed, troubles(onHosts), (onSeed, { faults, deployments, retry, timeoutMs }) => {
        const clients = { ...(retry && { retry: { attempts: 2, backoffMs: 40 } }), timeoutMs };
        const file = fileOf({
          platform,
          workload: {
            services: [
              { ...service('a', 30, onHosts), ...clients },
              { ...service('b', 10, onHosts), ...clients },
            ],
          },
          faults,
          deployments,
          run: { horizonSeconds: 90, warmupSeconds: 5, seeds: [1] },
        });
        const { explanation, metrics, simulatedMs, windowStartMs } = runOf(file, onSeed);
        const { all, slowest } = explanation.latency;
        for (const breakdown of [all, slowest]) {
          if (breakdown === null) continue;
          const sum = Object.values(breakdown.parts).reduce((total, ms) => total + ms, 0);
          expect(Math.abs(sum / breakdown.meanMs - 1)).toBeLessThan(0.001);
          for (const ms of Object.values(breakdown.parts)) expect(ms).toBeGreaterThanOrEqual(0);
        }
        const flat = flattenMetrics(metrics);
        if (all !== null) expect(all.meanMs).toBeCloseTo(flat['latencyMs.mean'] ?? NaN, 6);
        const { parts, totalUsd } = explanation.cost;
        const paid = Object.values(parts).reduce((total, usd) => total + usd, 0);
        for (const usd of Object.values(parts)) expect(usd).toBeGreaterThanOrEqual(-1e-12);
        expect(paid).toBeCloseTo(totalUsd, 12);
        const hours = (simulatedMs - windowStartMs) / 3_600_000;
        expect((flat['costPerHourUsd'] ?? NaN) * hours).toBeCloseTo(totalUsd, 9);
      }),
      { seed: 512, numRuns: 25 },
    );
  });

  it('answers or fails every request, and never both', () => {
    fc.assert(
      fc.property(seed, troubles(onHosts), (onSeed, { faults, deployments, retry, timeoutMs }) => {
        const clients = { ...(retry && { retry: { attempts: 3, backoffMs: 0 } }), timeoutMs };
        const file = fileOf({
          platform,
          workload: { services: [{ ...service('a', 40, onHosts), ...clients }, service('b', 10, onHosts)] },
          faults,
          deployments,
          run: { requests: 1500, seeds: [1] },
        });
        const simulation = createSimulation(file, onSeed);
        while (!simulation.done) {
          simulation.advance({ maxEvents: 500 });
          const { arrived, served, lost, failed } = simulation.snapshot().counters;
          expect(served + lost + failed).toBeLessThanOrEqual(arrived);
        }
        const { arrived, served, lost, failed, retrying, abandoned } = simulation.snapshot().counters;
        expect([arrived, served + lost + failed, retrying, abandoned]).toEqual([1500, 1500, 0, 0]);
        // The metrics say the same as the counters.
        const flat = flattenMetrics(simulation.result().metrics);
        expect((flat['errorRate'] ?? NaN) * arrived).toBeCloseTo(lost + failed, 6);
      }),
      { seed: 513, numRuns: 15 },
    );
  });

  it('comes out the same twice', () => {
    fc.assert(
      fc.property(seed, troubles(onHosts), (onSeed, { faults, deployments }) => {
        const file = fileOf({
          platform,
          workload: { services: [service('a', 40, onHosts), service('b', 10, onHosts)] },
          faults,
          deployments,
          run: { horizonSeconds: 60, seeds: [1] },
        });
        expect(runOf(file, onSeed)).toEqual(runOf(file, onSeed));
      }),
      { seed: 514, numRuns: 8 },
    );
  });
});

/** What may come over a run: faults, a deployment, impatient clients. */
function troubles(onHosts: boolean) {
  const at = fc.integer({ min: 1, max: 60 });
  const who = fc.constantFrom('a', 'b');
  const storm = fc.record({
    kind: fc.constant('retry-storm'),
    service: who,
    atSeconds: at,
    requests: fc.integer({ min: 1, max: 300 }),
  });
  const onlyOnHosts = fc.oneof(
    fc.record({ kind: fc.constant('crash'), service: who, atSeconds: at }),
    fc.record({ kind: fc.constant('pause'), service: who, atSeconds: at, forSeconds: fc.constant(3) }),
    fc.record({ kind: fc.constant('leak'), service: who, atSeconds: at, mibPerSecond: fc.constant(200) }),
    fc.record({
      kind: fc.constant('cpu-hog'),
      service: who,
      atSeconds: at,
      cores: fc.constant(3),
      forSeconds: fc.constant(10),
    }),
    fc.record({ kind: fc.constant('host-loss'), atSeconds: at, forSeconds: fc.constant(10) }),
    fc.record({ kind: fc.constant('zone-loss'), atSeconds: at, forSeconds: fc.constant(10) }),
    fc.record({
      kind: fc.constant('bad-deploy'),
      service: who,
      atSeconds: at,
      detectSeconds: fc.constant(5),
    }),
    fc.record({
      kind: fc.constant('dependency-slowdown'),
      service: who,
      atSeconds: at,
      forSeconds: fc.constant(10),
      factor: fc.constant(8),
    }),
  );
  return fc.record({
    faults: fc.array(onHosts ? fc.oneof(storm, onlyOnHosts) : storm, { maxLength: 3 }),
    deployments: onHosts
      ? fc.array(fc.record({ service: who, atSeconds: at }), { maxLength: 1 })
      : fc.constant([]),
    retry: fc.boolean(),
    timeoutMs: fc.constantFrom(150, 1000, 10_000_000),
  });
}

describe('more cores', () => {
  const more: readonly [string, (cores: number) => object][] = [
    ['queue, fcfs', (cores) => ({ kind: 'queue', servers: cores })],
    ['queue, ps', (cores) => ({ kind: 'queue', servers: cores, discipline: 'ps' })],
    ['monolith', (cores) => ({ kind: 'monolith', servers: 1, coresPerServer: cores })],
    ['shared-host', (cores) => ({ kind: 'shared-host', coresPerHost: cores })],
    ['vm', (cores) => ({ kind: 'vm', instances: 1, vCpus: cores })],
    ['serverless', (cores) => ({ kind: 'serverless', memoryMiB: Math.min(10_240, cores * 512) })],
  ];

  it.each(more)('never make %s slower on the same seed', (_, platformWith) => {
    fc.assert(
      fc.property(
        seed,
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 6 }),
        (onSeed, cores, extra) => {
          const meanWith = (count: number): number => {
            const file = fileOf({
              platform: platformWith(count),
              workload: { services: [service('a', 45, false)] },
              run: { requests: 1500, seeds: [1] },
            });
            return flattenMetrics(runOf(file, onSeed).metrics)['latencyMs.mean'] ?? NaN;
          };
          expect(meanWith(cores + extra)).toBeLessThanOrEqual(meanWith(cores) * (1 + 1e-9));
        },
      ),
      { seed: 515, numRuns: 30 },
    );
  });
});
