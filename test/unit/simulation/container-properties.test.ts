import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { createSimulation, flattenMetrics, type TopologySnapshot } from '#shared/simulation/simulate.ts';
import { billedSeconds } from '#shared/simulation/platforms/vm/instance-billing.ts';
import { expectTruth, fileOf, metricsOf } from './support.ts';

vi.setConfig({ testTimeout: 120_000 });

const names = ['a', 'b', 'c'];
const who = fc.constantFrom(...names);
const at = fc.integer({ min: 0, max: 55 });
const horizonSeconds = 60;

const service = (name: string) =>
  fc.record(
    {
      name: fc.constant(name),
      arrivals: fc.record({ kind: fc.constant('poisson'), perSecond: fc.integer({ min: 1, max: 20 }) }),
      cpu: fc.record({ kind: fc.constant('exponential'), meanMs: fc.integer({ min: 1, max: 200 }) }),
      ioMs: fc.record({ kind: fc.constant('exponential'), meanMs: fc.integer({ min: 1, max: 100 }) }),
      timeoutMs: fc.integer({ min: 100, max: 5000 }),
      retry: fc.constant({ attempts: 1 }),
      memoryMiB: fc.integer({ min: 50, max: 900 }),
      startSeconds: fc.integer({ min: 1, max: 8 }),
    },
    { requiredKeys: ['name', 'arrivals', 'cpu'] },
  );
const fault = fc.oneof(
  fc.record({ kind: fc.constant('leak'), service: who, atSeconds: at, mibPerSecond: fc.constant(300) }),
  fc.record({ kind: fc.constant('crash'), service: who, atSeconds: at, instance: fc.constant('random') }),
  fc.record({ kind: fc.constant('pause'), service: who, atSeconds: at, forSeconds: fc.constant(3) }),
  fc.record({
    kind: fc.constant('cpu-hog'),
    service: who,
    atSeconds: at,
    cores: fc.constant(5),
    forSeconds: fc.constant(6),
  }),
  fc.record(
    {
      kind: fc.constant('host-loss'),
      host: fc.constant(1),
      atSeconds: at,
      forSeconds: fc.integer({ min: 1, max: 30 }),
    },
    { requiredKeys: ['kind', 'host', 'atSeconds'] },
  ),
  fc.record({
    kind: fc.constant('zone-loss'),
    zone: fc.constant(1),
    atSeconds: at,
    forSeconds: fc.constant(8),
  }),
  fc.record({ kind: fc.constant('bad-deploy'), service: who, atSeconds: at, detectSeconds: fc.constant(10) }),
);
const platform = fc.record(
  {
    kind: fc.constant('container'),
    nodes: fc.integer({ min: 1, max: 4 }),
    nodeCores: fc.integer({ min: 1, max: 4 }),
    nodeMemoryMiB: fc.constantFrom(2500, 8192),
    nodeBootSeconds: fc.constantFrom(0, 5),
    scheduler: fc.constantFrom('spread', 'pack', 'balanced'),
    sandbox: fc.constantFrom('shared-kernel', 'gvisor', 'microvm', 'vm'),
    pods: fc.record({
      replicas: fc.integer({ min: 0, max: 4 }),
      cpuRequest: fc.constantFrom(0.1, 0.3, 1),
      cpuLimit: fc.constantFrom(0, 1, 1.5),
      memoryRequestMiB: fc.constantFrom(0, 400),
      memoryLimitMiB: fc.constantFrom(0, 700),
      imageMiB: fc.constantFrom(0, 180, 800),
    }),
    services: fc.constantFrom(
      {},
      { a: { cpuRequest: 1, cpuLimit: 0 }, b: { replicas: 3, memoryLimitMiB: 1200 } },
    ),
    hpa: fc.record({
      maxReplicas: fc.integer({ min: 1, max: 6 }),
      targetCpuPercent: fc.constantFrom(30, 60),
      downscaleStabilisationSeconds: fc.constant(15),
    }),
    nodeAutoscaler: fc.record({ maxNodes: fc.integer({ min: 1, max: 6 }), unneededSeconds: fc.constant(15) }),
    deployOrder: fc.constantFrom('rolling', 'blue-green'),
    maxSurgePercent: fc.constantFrom(0, 25, 100),
    keepOldSeconds: fc.constantFrom(0, 10),
    drainSeconds: fc.constantFrom(0, 2),
    nodeMonitorGraceSeconds: fc.constantFrom(0, 4),
    evictionTolerationSeconds: fc.constantFrom(0, 6),
    threadsPerProcess: fc.constantFrom(2, 200),
    balancer: fc.constantFrom('round-robin', 'random', 'least-outstanding', 'power-of-two'),
    networkMs: fc.constantFrom(0, 3),
  },
  { requiredKeys: ['kind', 'nodes', 'pods'] },
);
const file = fc.record({
  platform,
  workload: fc.record({ services: fc.tuple(...names.map(service)) }),
  faults: fc.array(fault, { maxLength: 4 }),
  deployments: fc.array(fc.record({ service: who, atSeconds: at }), { maxLength: 3 }),
  run: fc.constant({ horizonSeconds, warmupSeconds: 3, seeds: [1] }),
});
type Scenario = typeof file extends fc.Arbitrary<infer T> ? T : never;

const requestsOf = (
  { platform: { pods, services = {}, sandbox = 'shared-kernel' } }: Scenario,
  name: string,
) => {
  const own = (services as Record<string, Partial<typeof pods>>)[name] ?? {};
  const overheadMiB = { 'shared-kernel': 0, gvisor: 18, microvm: 28, vm: 52 }[sandbox] ?? NaN;
  return {
    cpu: own.cpuRequest ?? pods.cpuRequest,
    memoryMiB: (own.memoryRequestMiB ?? pods.memoryRequestMiB) + overheadMiB,
  };
};

function expectRoom(snapshot: TopologySnapshot, scenario: Scenario): void {
  for (const host of snapshot.hosts) {
    let cpu = 0;
    let memoryMiB = 0;
    for (const { instances } of host.groups) {
      const asked = requestsOf(scenario, instances[0]?.service ?? '');
      cpu += asked.cpu;
      memoryMiB += asked.memoryMiB;
    }
    expect(cpu).toBeLessThanOrEqual(host.cores + 1e-9);
    expect(memoryMiB).toBeLessThanOrEqual((host.memoryMiB ?? NaN) + 1e-6);
  }
}

describe('any cluster, with any faults and deployments', () => {
  it('keeps its books: requests, cores, memory, and what pods reserve', () => {
    fc.assert(
      fc.property(file, fc.integer({ min: 0, max: 4_294_967_295 }), (scenario, seed) => {
        const simulation = createSimulation(fileOf(scenario), seed);
        while (!simulation.done) {
          simulation.advance({ untilMs: simulation.nowMs + 731 });
          const snapshot = simulation.snapshot();
          const { hosts, waiting } = snapshot;
          expectRoom(snapshot, scenario);
          const instances = hosts.flatMap((host) => host.groups.flatMap((group) => group.instances));
          expect(instances.reduce((sum, instance) => sum + instance.waiting, 0)).toBe(waiting);
          for (const host of hosts) {
            expect(host.busyCores).toBeLessThanOrEqual(host.cores + 1e-9);
            expect(host.memoryUsedMiB).toBeLessThanOrEqual(host.memoryMiB ?? NaN);
            const groupsMiB = host.groups.reduce((sum, { memoryMiB }) => sum + memoryMiB, 0);
            const isUp = host.state === 'up' || host.state === 'draining';
            expect(host.memoryUsedMiB).toBeCloseTo(isUp ? 512 + groupsMiB : 0, 6);
            if (!isUp) expect([host.busyCores, groupsMiB]).toEqual([0, 0]);
          }
        }
        const { metrics, explanation } = simulation.result();
        const flat = flattenMetrics(metrics);
        expect(Object.values(flat).every((number) => Number.isFinite(number) && number >= 0)).toBe(true);
        for (const name of ['errorRate', 'utilisation', 'memoryUtilisation', 'blastRadius', 'throttledShare'])
          expect(flat[name] ?? 0).toBeLessThanOrEqual(1 + 1e-9);
        for (const part of [explanation.latency.all, explanation.latency.slowest]) {
          if (part === null) continue;
          const sum = Object.values(part.parts).reduce((total, ms) => total + ms, 0);
          expect(sum / part.meanMs).toBeCloseTo(1, 6);
        }
      }),
      { seed: 20270, numRuns: 150 },
    );
  });

  it('has every pod on a node or pending', () => {
    fc.assert(
      fc.property(file, (scenario) => {
        const { hpa: _, ...fixed } = scenario.platform;
        const calm = { ...scenario, platform: fixed, faults: [], deployments: [] };
        const simulation = createSimulation(fileOf(calm), 1);
        simulation.advance();
        const { placement = {} } = simulation.result();
        const pending = simulation.snapshot().pending ?? [];
        const { pods, services = {} } = fixed;
        const expected = names.reduce(
          (sum, name) =>
            sum + ((services as Record<string, { replicas?: number }>)[name]?.replicas ?? pods.replicas),
          0,
        );
        expect(Object.keys(placement).length + pending.length).toBe(expected);
        for (const { id } of pending) expect(placement[id]).toBeUndefined();
      }),
      { seed: 20271, numRuns: 60 },
    );
  });

  it('comes out the same on the same seed, watched or not', () => {
    fc.assert(
      fc.property(file, fc.integer({ min: 300, max: 3000 }), (scenario, maxEvents) => {
        const straight = createSimulation(fileOf(scenario), 5);
        straight.advance();
        const watched = createSimulation(fileOf(scenario), 5);
        while (!watched.done) {
          watched.advance({ maxEvents });
          watched.snapshot();
          watched.result();
        }
        expect(watched.result()).toEqual(straight.result());
      }),
      { seed: 20272, numRuns: 50 },
    );
  });

  it('costs what its nodes are charged for by the second, a minute at least', () => {
    fc.assert(
      fc.property(file, fc.constantFrom(0, 0.192, 5), (scenario, nodePricePerHourUsd) => {
        const launched = new Map<string, { atMs: number; usdPerHour: number }>();
        let billedUsd = 0;
        const value = {
          ...scenario,
          platform: { ...scenario.platform, nodePricePerHourUsd },
          run: { horizonSeconds, seeds: [1] },
        };
        const simulation = createSimulation(fileOf(value), 1, {
          onTrace: ({ atMs, kind, subject, detail }) => {
            if (kind === 'instance-launched') {
              launched.set(subject, { atMs, usdPerHour: Number(detail['pricePerHourUsd']) });
            } else if (kind === 'instance-terminated') {
              const { atMs: sinceMs, usdPerHour } = launched.get(subject) ?? { atMs: NaN, usdPerHour: NaN };
              billedUsd += (billedSeconds((atMs - sinceMs) / 1000, 60) / 3600) * usdPerHour;
              launched.delete(subject);
            }
          },
        });
        simulation.advance();
        for (const { atMs, usdPerHour } of launched.values())
          billedUsd += ((simulation.nowMs - atMs) / 3_600_000) * usdPerHour;
        const { cost } = simulation.result().explanation;
        expect(cost.totalUsd).toBeCloseTo(billedUsd, 9);
        for (const usd of Object.values(cost.parts)) expect(usd).toBeGreaterThanOrEqual(-1e-12);
      }),
      { seed: 20273, numRuns: 80 },
    );
  });
});

describe('a cluster without faults', () => {
  const steady = (pods: object, others: object = {}) => ({
    platform: { kind: 'container', nodes: 2, pods, ...others },
    workload: {
      services: ['a', 'b'].map((name) => ({
        name,
        arrivals: { kind: 'poisson', perSecond: 40 },
        cpu: { kind: 'lognormal', meanMs: 25, cv: 1 },
        ioMs: { kind: 'exponential', meanMs: 30 },
      })),
    },
    run: { horizonSeconds: 120, warmupSeconds: 20, seeds: [1] },
  });

  it("obeys Little's law, with quotas and without", () => {
    for (const cpuLimit of [0, 1]) {
      const simulation = createSimulation(fileOf(steady({ replicas: 2, cpuLimit })), 3);
      simulation.advance({ untilMs: 20_000 });
      let inSystem = 0;
      let looks = 0;
      while (!simulation.done) {
        simulation.advance({ untilMs: simulation.nowMs + 9.7 });
        const { hosts } = simulation.snapshot();
        for (const { groups } of hosts)
          for (const { instances } of groups)
            for (const { busy, waiting } of instances) inSystem += busy + waiting;
        looks++;
      }
      const metrics = flattenMetrics(simulation.result().metrics);
      const expected = ((metrics['throughputPerSecond'] ?? NaN) * (metrics['latencyMs.mean'] ?? NaN)) / 1000;
      expect(inSystem / looks / expected).toBeCloseTo(1, 1);
      expect(Math.abs(inSystem / looks / expected - 1)).toBeLessThan(0.03);
    }
  });

  it('of one pod with one thread is M/M/1: W = 1/(1 - rho)', () => {
    const value = {
      platform: { kind: 'container', nodes: 1, threadsPerProcess: 1, pods: { replicas: 1, cpuLimit: 0 } },
      workload: {
        services: [
          {
            name: 'main',
            arrivals: { kind: 'poisson', perSecond: 0.8 },
            cpu: { kind: 'exponential', meanMs: 1000 },
          },
        ],
      },
      run: { requests: 60_000, warmupRequests: 6000, seeds: [1, 2, 3, 4, 5, 6, 7, 8] },
    };
    const means = metricsOf(fileOf(value)).map((metrics) => (metrics['latencyMs.mean'] ?? NaN) / 1000);
    expectTruth(means, 5, 0.15);
  });

  it('is never slower with more cores on the same seed', () => {
    fc.assert(
      fc.property(
        fc.tuple(...names.map(service)),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 0, max: 100 }),
        (services, replicas, seed) => {
          const meanMs = (nodeCores: number): number => {
            const value = {
              platform: {
                kind: 'container',
                nodes: 1,
                nodeCores,
                pods: { replicas, cpuRequest: 0.1, cpuLimit: 0 },
              },
              // Clients that give up and try again make other arrivals of it.
              workload: { services: services.map(({ timeoutMs: _, retry: __, ...rest }) => rest) },
              run: { requests: 600, seeds: [1] },
            };
            const simulation = createSimulation(fileOf(value), seed);
            simulation.advance();
            return flattenMetrics(simulation.result().metrics)['latencyMs.mean'] ?? NaN;
          };
          const [two, four, eight] = [2, 4, 8].map(meanMs) as [number, number, number];
          expect(four).toBeLessThanOrEqual(two * (1 + 1e-9));
          expect(eight).toBeLessThanOrEqual(four * (1 + 1e-9));
        },
      ),
      { seed: 20274, numRuns: 40 },
    );
  });

  it('uses fewer nodes when it packs than when it spreads, and never says that fewer are needed than can be', () => {
    const pod = fc.record({
      cpuRequest: fc.integer({ min: 1, max: 40 }).map((tenths) => tenths / 10),
      memoryRequestMiB: fc.integer({ min: 1, max: 16 }).map((gib) => gib * 1024),
      replicas: fc.integer({ min: 1, max: 3 }),
    });
    let fewer = 0;
    fc.assert(
      fc.property(fc.tuple(pod, pod, pod, pod), (pods) => {
        const used = (scheduler: string) => {
          const value = {
            platform: {
              kind: 'container',
              nodes: 12,
              scheduler,
              services: Object.fromEntries(pods.map((own, i) => [`s-${i + 1}`, own])),
            },
            workload: {
              services: [
                {
                  name: 's',
                  count: 4,
                  arrivals: { kind: 'poisson', perSecond: 1 },
                  cpu: { kind: 'exponential', meanMs: 1 },
                },
              ],
            },
            run: { horizonSeconds: 1, seeds: [1] },
          };
          const simulation = createSimulation(fileOf(value), 1);
          simulation.advance();
          return flattenMetrics(simulation.result().metrics);
        };
        const [packed, spread] = [used('pack'), used('spread')];
        expect(packed['nodes.used'] ?? NaN).toBeLessThanOrEqual(spread['nodes.used'] ?? NaN);
        if ((packed['nodes.used'] ?? NaN) < (spread['nodes.used'] ?? NaN)) fewer++;
        expect(packed['pods.pending']).toBe(0);
        const least = Math.max(
          pods.reduce((sum, { cpuRequest, replicas }) => sum + cpuRequest * replicas, 0) / 4,
          pods.reduce((sum, { memoryRequestMiB, replicas }) => sum + memoryRequestMiB * replicas, 0) / 16_384,
        );
        expect(packed['nodes.needed'] ?? NaN).toBeGreaterThanOrEqual(least - 1e-9);
      }),
      { seed: 20275, numRuns: 60 },
    );
    expect(fewer).toBeGreaterThan(40);
  });
});
