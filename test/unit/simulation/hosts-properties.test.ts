import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { fairShares } from '#shared/simulation/hosts/fair-share.ts';
import { createSimulation, flattenMetrics, parseSimulationFile } from '#shared/simulation/simulate.ts';

vi.setConfig({ testTimeout: 60_000 });

const law = fc.oneof(
  fc.record({ kind: fc.constant('exponential'), meanMs: fc.integer({ min: 1, max: 300 }) }),
  fc.record({ kind: fc.constant('lognormal'), meanMs: fc.integer({ min: 1, max: 300 }), cv: fc.constant(2) }),
);
const service = (name: string) =>
  fc.record(
    {
      name: fc.constant(name),
      arrivals: fc.record({ kind: fc.constant('poisson'), perSecond: fc.integer({ min: 1, max: 20 }) }),
      cpu: law,
      ioMs: law,
      timeoutMs: fc.integer({ min: 100, max: 5000 }),
      memoryMiB: fc.integer({ min: 50, max: 2000 }),
      startSeconds: fc.integer({ min: 1, max: 8 }),
      retry: fc.record({ attempts: fc.integer({ min: 1, max: 3 }), backoffMs: fc.constantFrom(0, 50, 2000) }),
    },
    { requiredKeys: ['name', 'arrivals', 'cpu'] },
  );
const names = ['a', 'b', 'c'];
const at = fc.integer({ min: 0, max: 25 });
const who = fc.constantFrom(...names);
const fault = fc.oneof(
  fc.record({ kind: fc.constant('leak'), service: who, atSeconds: at, mibPerSecond: fc.constant(400) }),
  fc.record({ kind: fc.constant('crash'), service: who, atSeconds: at }),
  fc.record({ kind: fc.constant('pause'), service: who, atSeconds: at, forSeconds: fc.constant(3) }),
  fc.record({
    kind: fc.constant('cpu-hog'),
    service: who,
    atSeconds: at,
    cores: fc.constant(5),
    forSeconds: fc.constant(4),
  }),
  fc.record({
    kind: fc.constant('host-loss'),
    host: fc.constant(1),
    atSeconds: at,
    forSeconds: fc.constant(6),
  }),
);
const moment = fc.oneof(fc.record({ atSeconds: at }), fc.record({ everySeconds: fc.constantFrom(2, 10) }));
const anyFault = fc.oneof(
  fault,
  fc
    .tuple(
      fc.oneof(
        fc.record({ kind: fc.constant('crash'), service: who, instance: fc.constant('random') }),
        fc.record({
          kind: fc.constant('zone-loss'),
          zone: fc.constant('random'),
          forSeconds: fc.constant(3),
        }),
        fc.record({
          kind: fc.constant('bad-deploy'),
          service: who,
          detectSeconds: fc.constantFrom(1, 8),
          cpuFactor: fc.constantFrom(1, 4),
        }),
        fc.record({
          kind: fc.constant('dependency-slowdown'),
          service: who,
          forSeconds: fc.constant(5),
          factor: fc.constant(10),
        }),
        fc.record({ kind: fc.constant('retry-storm'), service: who, requests: fc.constant(80) }),
      ),
      moment,
    )
    .map(([kind, when]) => ({ ...kind, ...when })),
);
const common = {
  zones: fc.integer({ min: 1, max: 2 }),
  drainSeconds: fc.constantFrom(0, 2),
  threadsPerProcess: fc.constantFrom(1, 4, 200),
  balancer: fc.constantFrom('round-robin', 'random', 'least-outstanding', 'power-of-two'),
  deployOrder: fc.constantFrom('rolling', 'all-at-once'),
};
const sharedHost = fc.record({
  kind: fc.constant('shared-host'),
  hosts: fc.integer({ min: 1, max: 3 }),
  memoryMiBPerHost: fc.constantFrom(3000, 16_384),
  instancesPerService: fc.integer({ min: 1, max: 3 }),
  processesPerInstance: fc.integer({ min: 1, max: 2 }),
  instancesPerGroup: fc.integer({ min: 0, max: 3 }),
  coresPerProcess: fc.integer({ min: 0, max: 2 }),
  hotDeploy: fc.boolean(),
  services: fc.constantFrom({}, { a: { weight: 2048 } }, { b: { cpuLimitCores: 0.5, memoryLimitMiB: 1500 } }),
  ...common,
});
const monolith = fc.record({
  kind: fc.constant('monolith'),
  servers: fc.integer({ min: 1, max: 3 }),
  instancesPerServer: fc.integer({ min: 1, max: 2 }),
  memoryMiBPerServer: fc.constantFrom(6000, 16_384),
  ...common,
});
const file = fc.record({
  platform: fc.oneof(sharedHost, monolith),
  workload: fc.record({ services: fc.tuple(...names.map(service)) }),
  faults: fc.array(anyFault, { maxLength: 3 }),
  deployments: fc.array(fc.record({ service: who, atSeconds: at }), { maxLength: 2 }),
  run: fc.constant({ horizonSeconds: 30, warmupSeconds: 3, seeds: [1] }),
});

const parsed = (value: unknown) => {
  const result = parseSimulationFile(value);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.file;
};

describe('any platform of hosts, with any faults and deployments', () => {
  it('keeps its books: requests, cores and memory', () => {
    fc.assert(
      fc.property(file, fc.integer({ min: 0, max: 4_294_967_295 }), (value, seed) => {
        const simulation = createSimulation(parsed(value), seed);
        while (!simulation.done) {
          simulation.advance({ untilMs: simulation.nowMs + 731 });
          const { counters, hosts, waiting } = simulation.snapshot();
          const instances = hosts.flatMap((host) => host.groups.flatMap((group) => group.instances));
          const { arrived, served, lost, failed, retrying, abandoned } = counters;
          const inFlight = arrived - served - lost - failed - retrying + abandoned;
          expect(instances.reduce((sum, { busy, waiting: inLine }) => sum + busy + inLine, 0)).toBe(inFlight);
          expect(instances.reduce((sum, { waiting: inLine }) => sum + inLine, 0)).toBe(waiting);
          for (const host of hosts) {
            expect(host.busyCores).toBeLessThanOrEqual(host.cores + 1e-9);
            expect(host.cpuUtilisation).toBeLessThanOrEqual(1 + 1e-9);
            expect(host.memoryUsedMiB).toBeLessThanOrEqual(host.memoryMiB ?? NaN);
            const groupsMiB = host.groups.reduce((sum, { memoryMiB }) => sum + memoryMiB, 0);
            expect(host.memoryUsedMiB).toBeCloseTo(host.state === 'up' ? 512 + groupsMiB : 0, 6);
            if (host.state === 'down') expect([host.busyCores, groupsMiB]).toEqual([0, 0]);
          }
        }
        const { metrics, series, explanation } = simulation.result();
        for (const breakdown of [explanation.latency.all, explanation.latency.slowest]) {
          const sum = Object.values(breakdown?.parts ?? {}).reduce((total, ms) => total + ms, 0);
          expect(Math.abs(sum - (breakdown?.meanMs ?? 0))).toBeLessThanOrEqual(
            0.001 * (breakdown?.meanMs ?? 0),
          );
        }
        const flat = flattenMetrics(metrics);
        expect(Object.values(flat).every((number) => Number.isFinite(number) && number >= 0)).toBe(true);
        for (const name of ['errorRate', 'utilisation', 'memoryUtilisation', 'blastRadius']) {
          expect(flat[name] ?? 0).toBeLessThanOrEqual(1 + 1e-9);
        }
        expect(series.atMs.length).toBeLessThanOrEqual(300);
      }),
      { seed: 20262, numRuns: 120 },
    );
  });

  it('comes out the same on the same seed, watched or not', () => {
    fc.assert(
      fc.property(file, fc.integer({ min: 300, max: 3000 }), (value, maxEvents) => {
        const straight = createSimulation(parsed(value), 5);
        straight.advance();
        const watched = createSimulation(parsed(value), 5);
        while (!watched.done) {
          watched.advance({ maxEvents });
          watched.snapshot();
          watched.result();
        }
        expect(watched.result()).toEqual(straight.result());
      }),
      { seed: 20263, numRuns: 40 },
    );
  });

  it('wastes no core that somebody could use, where nothing is limited', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 16 }),
        fc.array(fc.tuple(fc.integer({ min: 1, max: 4096 }), fc.integer({ min: 0, max: 8 })), {
          minLength: 1,
        }),
        (cores, classes) => {
          const demands = Float64Array.from(classes, ([, demand]) => demand);
          const shares = new Float64Array(classes.length);
          fairShares(
            cores,
            Float64Array.from(classes, ([weight]) => weight),
            demands,
            shares,
          );
          const wanted = demands.reduce((sum, demand) => sum + demand, 0);
          expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(Math.min(cores, wanted), 9);
          shares.forEach((share, i) => expect(share).toBeLessThanOrEqual((demands[i] ?? NaN) + 1e-9));
        },
      ),
      { seed: 20264, numRuns: 500 },
    );
  });
});
