import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import {
  createSimulation,
  flattenMetrics,
  type Simulation,
  type TraceEvent,
} from '#shared/simulation/simulate.ts';
import { fileOf } from './support.ts';

vi.setConfig({ testTimeout: 60_000 });

const law = fc.oneof(
  fc.record({ kind: fc.constant('exponential'), meanMs: fc.integer({ min: 1, max: 800 }) }),
  fc.record({
    kind: fc.constant('lognormal'),
    meanMs: fc.integer({ min: 1, max: 800 }),
    cv: fc.constant(1.5),
  }),
);
const trigger = fc.constantFrom('direct', 'api-gateway', 'storage', 'table', 'mail', 'schedule', 'stream');

const platform = fc.record(
  {
    kind: fc.constant('serverless'),
    memoryMiB: fc.integer({ min: 128, max: 4000 }),
    initMs: law,
    keepAliveSeconds: fc.constantFrom(0, 0.5, 3, 600),
    concurrencyLimit: fc.integer({ min: 12, max: 40 }),
    scalingEnvironments: fc.constantFrom(1, 5, 1000),
    provisionedConcurrency: fc.integer({ min: 0, max: 3 }),
    timeLimitSeconds: fc.constantFrom(0.3, 3, 900),
    trigger,
    gatewayLimitSeconds: fc.constantFrom(0.4, 29),
    maxEventAgeSeconds: fc.constantFrom(5, 21_600),
    shards: fc.integer({ min: 1, max: 4 }),
    batchSize: fc.constantFrom(1, 7, 100),
    batchWindowMs: fc.constantFrom(0, 400),
    callers: fc.constantFrom(0, 20),
    aliasShift: fc.constantFrom('all-at-once', 'canary'),
    canarySeconds: fc.constant(4),
    pricing: fc.constantFrom('aws-x86-2026', 'aws-arm-2026'),
  },
  { requiredKeys: ['kind', 'concurrencyLimit', 'initMs'] },
);
const atSeconds = fc.integer({ min: 1, max: 28 });
const service = fc.constantFrom('a', 'b');
const fault = fc.oneof(
  fc.record({ kind: fc.constant('crash'), service, atSeconds, instance: fc.integer({ min: 1, max: 9 }) }),
  fc.record({ kind: fc.constant('leak'), service, atSeconds, mibPerSecond: fc.constantFrom(20, 3000) }),
  fc.record({ kind: fc.constant('pause'), service, atSeconds, forSeconds: fc.constantFrom(0.2, 5) }),
  fc.record({
    kind: fc.constant('cpu-hog'),
    service,
    atSeconds,
    cores: fc.constantFrom(1, 4),
    forSeconds: fc.constant(6),
  }),
  fc.record({
    kind: fc.constant('host-loss'),
    atSeconds,
    host: fc.integer({ min: 1, max: 8 }),
    forSeconds: fc.constant(5),
  }),
  fc.record({ kind: fc.constant('zone-loss'), atSeconds, zone: fc.integer({ min: 1, max: 3 }) }),
  fc.record({
    kind: fc.constant('bad-deploy'),
    service,
    atSeconds,
    errorRate: fc.constantFrom(0, 0.5, 1),
    cpuFactor: fc.constantFrom(1, 3),
    detectSeconds: fc.constantFrom(1, 8),
  }),
);
const scenario = fc.record({
  platform,
  cpu: law,
  ioMs: law,
  timeoutMs: fc.option(fc.constantFrom(100, 2000), { nil: undefined }),
  faults: fc.array(fault, { maxLength: 4 }),
  deployments: fc.array(fc.record({ service, atSeconds }), { maxLength: 2 }),
  seed: fc.integer({ min: 0, max: 4_294_967_295 }),
});
const seeded = { seed: 20_263, numRuns: 120 };

type Scenario = typeof scenario extends fc.Arbitrary<infer S> ? S : never;

function fileFor(given: Scenario, run: object) {
  const retry = given.timeoutMs === undefined ? {} : { retry: { attempts: 2, backoffMs: 50 } };
  const common = { ioMs: given.ioMs, ...retry, ...(given.timeoutMs && { timeoutMs: given.timeoutMs }) };
  return fileOf({
    platform: given.platform,
    workload: {
      services: [
        { name: 'a', arrivals: { kind: 'poisson', perSecond: 15 }, cpu: given.cpu, ...common },
        { name: 'b', arrivals: { kind: 'poisson', perSecond: 4 }, cpu: given.cpu, ...common },
      ],
    },
    faults: given.faults,
    deployments: given.deployments,
    run: { ...run, seeds: [given.seed] },
  });
}

const horizon = { horizonSeconds: 30, warmupSeconds: 3 };

function busyAndAll(simulation: Simulation): [number, number] {
  const groups = simulation.snapshot().hosts.flatMap((host) => host.groups);
  const busy = groups.filter((group) => (group.instances[0]?.busy ?? 0) > 0).length;
  return [busy, groups.length];
}

describe('any functions', () => {
  it('come out the same on the same seed, watched or not', () => {
    fc.assert(
      fc.property(scenario, fc.integer({ min: 1, max: 300 }), (given, maxEvents) => {
        const straight = createSimulation(fileFor(given, horizon), given.seed);
        straight.advance();
        const watched = createSimulation(fileFor(given, horizon), given.seed, { onTrace: () => undefined });
        while (!watched.done) {
          watched.advance({ maxEvents });
          watched.snapshot();
          watched.result();
        }
        expect(watched.result()).toEqual(straight.result());
      }),
      { ...seeded, numRuns: 40 },
    );
  });

  it('never have more requests at work than the limit, and lose none from sight', () => {
    fc.assert(
      fc.property(scenario, (given) => {
        const simulation = createSimulation(fileFor(given, horizon), given.seed);
        while (!simulation.done) {
          simulation.advance({ maxEvents: 20 });
          const [busy] = busyAndAll(simulation);
          expect(busy).toBeLessThanOrEqual(given.platform.concurrencyLimit);
          const { arrived, served, lost, failed } = simulation.snapshot().counters;
          expect(served + lost + failed).toBeLessThanOrEqual(arrived);
        }
      }),
      { ...seeded, numRuns: 60 },
    );
  });

  it('answer or fail every request of a run, and never both', () => {
    fc.assert(
      fc.property(scenario, (given) => {
        // A leak that fills an environment at once, or a version that never answers, would hold a stream up for a day.
        const faults = given.faults.filter(({ kind }) => kind !== 'leak' && kind !== 'bad-deploy');
        const simulation = createSimulation(fileFor({ ...given, faults }, { requests: 300 }), given.seed);
        simulation.advance({ maxEvents: 400_000 });
        expect(simulation.done).toBe(true);
        const { arrived, served, lost, failed } = simulation.snapshot().counters;
        expect([arrived, served + lost + failed]).toEqual([300, 300]);
      }),
      { ...seeded, numRuns: 60 },
    );
  });

  it('cost what the trace says was billed, and their parts are the bill', () => {
    fc.assert(
      fc.property(scenario, (given) => {
        const trace: TraceEvent[] = [];
        const simulation = createSimulation(fileFor(given, horizon), given.seed, {
          onTrace: (told) => trace.push(told),
        });
        simulation.advance();
        const { explanation, metrics } = simulation.result();
        const { totalUsd, parts } = explanation.cost;
        const { usd, gbSeconds } = billOf(trace, 3000, 30_000);
        expect(totalUsd).toBeGreaterThanOrEqual(0);
        for (const part of Object.values(parts)) expect(part).toBeGreaterThanOrEqual(0);
        expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBeCloseTo(totalUsd, 12);
        expect(totalUsd / Math.max(usd, 1e-12)).toBeCloseTo(1, 6);
        expect(metrics['billedGbSeconds']).toBeCloseTo(gbSeconds, 6);
        expect(metrics['costPerHourUsd']).toBeCloseTo(totalUsd * (3600 / 27), 9);
      }),
      seeded,
    );
  });

  it('explain all of the latency', () => {
    fc.assert(
      fc.property(scenario, (given) => {
        const simulation = createSimulation(fileFor(given, horizon), given.seed);
        simulation.advance();
        const { latency } = simulation.result().explanation;
        for (const breakdown of [latency.all, latency.slowest]) {
          if (breakdown === null) continue;
          const sum = Object.values(breakdown.parts).reduce((total, ms) => total + ms, 0);
          expect(Math.abs(sum / breakdown.meanMs - 1)).toBeLessThan(0.001);
          for (const ms of Object.values(breakdown.parts)) expect(ms).toBeGreaterThanOrEqual(-1e-3);
        }
      }),
      seeded,
    );
  });

  it('count environments as the trace does', () => {
    fc.assert(
      fc.property(scenario, (given) => {
        const trace: TraceEvent[] = [];
        const simulation = createSimulation(fileFor(given, horizon), given.seed, {
          onTrace: (told) => trace.push(told),
        });
        simulation.advance();
        let held = 0;
        const since = new Map<string, number>();
        const overlap = (fromMs: number, untilMs: number) => Math.max(0, untilMs - Math.max(3000, fromMs));
        for (const { kind, subject, atMs } of trace) {
          if (kind === 'environment-started') since.set(subject, atMs);
          if (kind !== 'environment-ended') continue;
          held += overlap(since.get(subject) ?? NaN, atMs);
          since.delete(subject);
        }
        for (const fromMs of since.values()) held += overlap(fromMs, 30_000);
        const metrics = flattenMetrics(simulation.result().metrics);
        expect(metrics['environments.mean']).toBeCloseTo(held / 27_000, 6);
        expect(metrics['instances.mean']).toBe(metrics['environments.mean']);
        expect(metrics['environments.busyMean'] ?? NaN).toBeLessThanOrEqual(
          (metrics['environments.mean'] ?? NaN) + 1e-9,
        );
        expect(since.size).toBe(simulation.snapshot().hosts.flatMap((host) => host.groups).length);
      }),
      { ...seeded, numRuns: 60 },
    );
  });
});

/** Adds up what the trace says was paid between two moments. */
function billOf(trace: readonly TraceEvent[], fromMs: number, untilMs: number) {
  let usd = 0;
  let gbSeconds = 0;
  const kept = new Map<string, { readonly atMs: number; readonly usdPerHour: number }>();
  const settle = (subject: string, atMs: number): void => {
    const before = kept.get(subject);
    if (before !== undefined)
      usd += (before.usdPerHour * Math.max(0, atMs - Math.max(fromMs, before.atMs))) / 3_600_000;
  };
  for (const { kind, subject, atMs, detail } of trace) {
    if (kind === 'provisioned') {
      settle(subject, atMs);
      kept.set(subject, { atMs, usdPerHour: Number(detail['usdPerHour']) });
    } else if (atMs >= fromMs && (kind === 'invocation-billed' || kind === 'gateway-request-billed')) {
      usd += Number(detail['usd']);
      if (kind === 'invocation-billed')
        gbSeconds += (Number(detail['memoryMiB']) / 1024) * (Number(detail['ms']) / 1000);
    }
  }
  for (const subject of kept.keys()) settle(subject, untilMs);
  return { usd, gbSeconds };
}

describe('one function that starts at once and is never throttled', () => {
  const quick = fc.record({
    cpu: law,
    perSecond: fc.constantFrom(0.2, 2, 20),
    keepAliveSeconds: fc.constantFrom(0, 0.1, 1, 5, 30),
    longer: fc.constantFrom(0.01, 1, 20, 600),
    seed: fc.integer({ min: 0, max: 4_294_967_295 }),
  });

  // With the last used first, whether a request starts cold depends on one gap alone: since the end of the work that it
  // would follow if environments stayed for ever. So a longer keep-alive can only save cold starts.
  it('never starts cold more often with a longer keep-alive on the same seed', () => {
    fc.assert(
      fc.property(quick, ({ cpu, perSecond, keepAliveSeconds, longer, seed }) => {
        const coldStarts = (seconds: number): number => {
          const file = fileOf({
            platform: {
              kind: 'serverless',
              keepAliveSeconds: seconds,
              concurrencyLimit: 100_000,
              initMs: { kind: 'deterministic', meanMs: 1e-9 },
            },
            workload: { services: [{ name: 'main', arrivals: { kind: 'poisson', perSecond }, cpu }] },
            run: { requests: 400, seeds: [seed] },
          });
          const simulation = createSimulation(file, seed);
          simulation.advance();
          return flattenMetrics(simulation.result().metrics)['coldStartProbability'] ?? NaN;
        };
        expect(coldStarts(keepAliveSeconds + longer)).toBeLessThanOrEqual(coldStarts(keepAliveSeconds));
      }),
      { seed: 20_263, numRuns: 100 },
    );
  });

  it('never has more environments than the limit', () => {
    fc.assert(
      fc.property(
        quick,
        fc.integer({ min: 1, max: 6 }),
        ({ cpu, keepAliveSeconds, seed }, concurrencyLimit) => {
          const file = fileOf({
            platform: { kind: 'serverless', keepAliveSeconds, concurrencyLimit },
            workload: { services: [{ name: 'main', arrivals: { kind: 'poisson', perSecond: 20 }, cpu }] },
            run: { requests: 400, seeds: [seed] },
          });
          const simulation = createSimulation(file, seed);
          simulation.advance();
          const metrics = flattenMetrics(simulation.result().metrics);
          expect(metrics['environments.max']).toBeLessThanOrEqual(concurrencyLimit);
          expect(metrics['environments.max']).toBeGreaterThan(0);
        },
      ),
      { seed: 20_263, numRuns: 60 },
    );
  });
});
