import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { createSimulation, flattenMetrics, parseSimulationFile } from '#shared/simulation/simulate.ts';
import { billedVms, billOf, ran, type Traced } from './vm-support.ts';

vi.setConfig({ testTimeout: 60_000 });

const horizonSeconds = 240;
const at = fc.integer({ min: 0, max: 200 });
const who = fc.constantFrom('a', 'b');

const scaling = fc
  .record({
    policy: fc.constantFrom('fixed', 'simple', 'target-tracking', 'scheduled'),
    min: fc.integer({ min: 0, max: 2 }),
    max: fc.integer({ min: 3, max: 6 }),
    pointSeconds: fc.constantFrom(1, 5),
    pointsOut: fc.integer({ min: 1, max: 3 }),
    pointsIn: fc.integer({ min: 1, max: 4 }),
    targetUtilisation: fc.constantFrom(0.2, 0.6),
    warmupSeconds: fc.constantFrom(0, 10),
    cooldownSeconds: fc.constantFrom(0, 20),
    scaleOutBy: fc.integer({ min: 1, max: 3 }),
    schedule: fc.constant([
      { atSeconds: 0, instances: 3 },
      { atSeconds: 50, instances: 2 },
    ]),
    repeatSeconds: fc.constantFrom(60, 97.3),
  })
  .chain((value) =>
    fc.oneof(
      { weight: 3, arbitrary: fc.constant(value) },
      { weight: 1, arbitrary: fc.constant({ ...value, targetRequestsPerSecond: 4 }) },
    ),
  );
const platform = fc.record({
  kind: fc.constant('vm'),
  vCpus: fc.integer({ min: 1, max: 3 }),
  memoryMiB: fc.constantFrom(1200, 8192),
  instances: fc.integer({ min: 2, max: 3 }),
  scaling,
  zones: fc.integer({ min: 1, max: 3 }),
  warmPool: fc.integer({ min: 0, max: 2 }),
  imageBakeSeconds: fc.constantFrom(0, 7),
  launchSeconds: fc.constantFrom(0, 2, 12.5),
  warmPoolLaunchSeconds: fc.constantFrom(0, 3),
  statusCheckSeconds: fc.constantFrom(0, 9),
  drainSeconds: fc.constantFrom(0, 5),
  threadsPerProcess: fc.constantFrom(1, 4, 200),
  balancer: fc.constantFrom('round-robin', 'random', 'least-outstanding', 'power-of-two'),
  networkMs: fc.constantFrom(0, 5),
  batchSize: fc.integer({ min: 1, max: 3 }),
  minHealthyShare: fc.constantFrom(0, 0.5, 1),
  keepOldSeconds: fc.constantFrom(0, 15),
  deployOrder: fc.constantFrom('rolling', 'blue-green'),
});
const service = (name: string) =>
  fc.record({
    name: fc.constant(name),
    arrivals: fc.oneof(
      fc.record({ kind: fc.constant('poisson'), perSecond: fc.integer({ min: 1, max: 20 }) }),
      fc.record({
        kind: fc.constant('spike'),
        perSecond: fc.constant(2),
        peakPerSecond: fc.integer({ min: 10, max: 40 }),
        atSeconds: fc.constant(40),
        forSeconds: fc.constant(60),
      }),
    ),
    cpu: fc.record({ kind: fc.constant('exponential'), meanMs: fc.integer({ min: 1, max: 200 }) }),
    ioMs: fc.record({ kind: fc.constant('exponential'), meanMs: fc.integer({ min: 1, max: 200 }) }),
    startSeconds: fc.integer({ min: 1, max: 8 }),
  });
const fault = fc.oneof(
  fc.record({ kind: fc.constant('leak'), service: who, atSeconds: at, mibPerSecond: fc.constant(300) }),
  fc.record({
    kind: fc.constant('crash'),
    service: who,
    instance: fc.integer({ min: 1, max: 5 }),
    atSeconds: at,
  }),
  fc.record({ kind: fc.constant('pause'), service: who, atSeconds: at, forSeconds: fc.constant(6) }),
  fc.record({
    kind: fc.constant('cpu-hog'),
    service: who,
    atSeconds: at,
    cores: fc.constant(3),
    forSeconds: fc.constant(9),
  }),
  fc.record({ kind: fc.constant('host-loss'), host: fc.integer({ min: 1, max: 4 }), atSeconds: at }),
  fc.record({
    kind: fc.constant('zone-loss'),
    zone: fc.constant(1),
    atSeconds: at,
    forSeconds: fc.integer({ min: 1, max: 40 }),
  }),
  fc.record({
    kind: fc.constant('bad-deploy'),
    service: who,
    atSeconds: at,
    cpuFactor: fc.constant(2),
    detectSeconds: fc.integer({ min: 1, max: 60 }),
  }),
);
const deployment = fc.record({ service: who, atSeconds: at });
const services = fc.tuple(service('a'), service('b'));
const scenario = fc.record({
  platform,
  services,
  faults: fc.array(fault, { maxLength: 3 }),
  deployments: fc.array(deployment, { maxLength: 3 }),
  run: fc.constant({ horizonSeconds, warmupSeconds: 30 }),
});

/** The most VMs of a service that were billed at one moment. */
function mostAtOnce(trace: readonly Traced[], service: string): number {
  const vms = billedVms(trace).filter(({ id }) => id.startsWith(`${service}-vm-`));
  return Math.max(
    0,
    ...vms.map(
      ({ fromMs }) =>
        vms.filter((vm) => vm.fromMs <= fromMs && (vm.untilMs === null || vm.untilMs > fromMs)).length,
    ),
  );
}

describe('a fleet of VMs, with any policy, faults and deployments', () => {
  it('pays for what its trace says, and no part is negative', () => {
    fc.assert(
      fc.property(scenario, (value) => {
        const { result, trace, metrics } = ran(value);
        const { totalUsd, parts } = result.explanation.cost;
        expect(totalUsd).toBeCloseTo(billOf(trace, 30_000, horizonSeconds * 1000), 9);
        expect(Object.values(parts).every((usd) => usd >= 0)).toBe(true);
        expect(metrics['costPerHourUsd']).toBeCloseTo(totalUsd * (3600 / (horizonSeconds - 30)), 9);
        expect(Object.values(metrics).every((number) => Number.isFinite(number) && number >= 0)).toBe(true);
        expect(metrics['utilisation']).toBeLessThanOrEqual(1);
        const all = result.explanation.latency.all;
        const explained = Object.values(all?.parts ?? {}).reduce((sum, ms) => sum + ms, 0);
        if (all !== null) expect(Math.abs(explained / all.meanMs - 1)).toBeLessThan(0.001);
      }),
      { seed: 51, numRuns: 80 },
    );
  });

  it('has no more VMs than it may have', () => {
    fc.assert(
      fc.property(scenario, (value) => {
        const { trace } = ran(value);
        const { scaling: limits, instances, batchSize, deployOrder, warmPool } = value.platform;
        const size = limits.policy === 'fixed' ? instances : limits.max;
        // While it is deployed: a batch more, or a second fleet beside the first.
        const more = deployOrder === 'rolling' ? batchSize : 2 * size;
        for (const name of ['a', 'b'])
          expect(mostAtOnce(trace, name)).toBeLessThanOrEqual(size + more + warmPool);
        const steady = ran({ ...value, deployments: [], faults: [] });
        for (const name of ['a', 'b'])
          expect(mostAtOnce(steady.trace, name)).toBeLessThanOrEqual(size + warmPool);
        expect(steady.metrics['services.a.instances.max']).toBeLessThanOrEqual(size);
        for (const { kind, detail } of steady.trace) {
          if (kind !== 'scaled-out' && kind !== 'scaled-in') continue;
          expect(Number(detail['to'])).toBeGreaterThanOrEqual(limits.min);
          expect(Number(detail['to'])).toBeLessThanOrEqual(limits.max);
        }
      }),
      { seed: 52, numRuns: 60 },
    );
  });

  it('has as many VMs as it is to have, once everything has calmed down', () => {
    fc.assert(
      fc.property(scenario, fc.boolean(), (value, isLost) => {
        const simulation = createSimulation(
          parsed({
            ...value,
            platform: { ...value.platform, memoryMiB: 8192, scaling: { policy: 'fixed' } },
            faults: value.faults.filter(({ kind }) => kind !== 'leak' && (isLost || kind !== 'zone-loss')),
            run: { horizonSeconds: 1200 },
          }),
          7,
        );
        simulation.advance();
        const hosts = simulation.snapshot().hosts;
        expect(hosts.filter(({ state }) => state === 'up')).toHaveLength(2 * value.platform.instances);
        expect(hosts).toHaveLength(2 * value.platform.instances);
      }),
      { seed: 53, numRuns: 60 },
    );
  });

  it('keeps its books at every moment', () => {
    fc.assert(
      fc.property(scenario, fc.integer({ min: 0, max: 1000 }), (value, seed) => {
        const simulation = createSimulation(parsed(value), seed);
        while (!simulation.done) {
          simulation.advance({ untilMs: simulation.nowMs + 3713 });
          const { counters, hosts, waiting } = simulation.snapshot();
          const instances = hosts.flatMap((host) => host.groups.flatMap((group) => group.instances));
          const held = instances.reduce((sum, { busy, waiting: inLine }) => sum + busy + inLine, 0);
          const open = counters.arrived - counters.served - counters.lost - counters.failed;
          // Answers on their way to the client belong to no VM any more.
          if (value.platform.networkMs === 0) expect(held).toBe(open);
          else expect(held).toBeLessThanOrEqual(open);
          expect(instances.reduce((sum, { waiting: inLine }) => sum + inLine, 0)).toBe(waiting);
          for (const host of hosts) {
            expect(host.busyCores).toBeLessThanOrEqual(host.cores + 1e-9);
            expect(host.memoryUsedMiB).toBeLessThanOrEqual(host.memoryMiB ?? NaN);
          }
        }
      }),
      { seed: 54, numRuns: 60 },
    );
  });

  it('obeys Little: what waits and what works, on average, is what comes times how long it does', () => {
    fc.assert(
      fc.property(platform, services, fc.integer({ min: 0, max: 1000 }), (vms, both, seed) => {
        // All that came has left at the end, so both sides are of the very same requests.
        const run = { requests: 1500, seeds: [1], horizonSeconds: undefined };
        const { result, metrics } = ran(
          { platform: { ...vms, memoryMiB: 8192, drainSeconds: 3600 }, services: both, run },
          seed,
        );
        const all = result.explanation.latency.all;
        const lasted = result.simulatedMs - result.windowStartMs;
        if (all === null || metrics['errorRate'] !== 0) return;
        expectClose((metrics['meanWaiting'] ?? NaN) * lasted, all.requests * all.parts.queueing);
        const cores = (metrics['services.a.cpuCores'] ?? NaN) + (metrics['services.b.cpuCores'] ?? NaN);
        expectClose(cores * lasted, all.requests * all.parts.work);
      }),
      { seed: 55, numRuns: 60 },
    );
  });

  it('is never slower on VMs with more cores', () => {
    fc.assert(
      fc.property(
        services,
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 3 }),
        (both, vCpus, instances) => {
          const mean = (cores: number): number => {
            const vms = { instances, vCpus: cores, threadsPerProcess: 100_000 };
            const run = { requests: 800, seeds: [1], horizonSeconds: undefined };
            return ran({ platform: vms, services: both, run }).metrics['latencyMs.mean'] ?? NaN;
          };
          expect(mean(vCpus + 1)).toBeLessThanOrEqual(mean(vCpus) * (1 + 1e-9));
        },
      ),
      { seed: 58, numRuns: 40 },
    );
  });

  it('comes out the same on the same seed, watched or not, traced or not', () => {
    fc.assert(
      fc.property(scenario, fc.integer({ min: 300, max: 3000 }), (value, maxEvents) => {
        const straight = ran(value, 5);
        expect(ran(value, 5).trace).toEqual(straight.trace);
        const watched = createSimulation(parsed(value), 5);
        while (!watched.done) {
          watched.advance({ maxEvents });
          watched.snapshot();
          watched.result();
        }
        expect(watched.result()).toEqual(straight.result);
      }),
      { seed: 56, numRuns: 25 },
    );
  });

  it('has errors of the kinds that it knows alone', () => {
    fc.assert(
      fc.property(scenario, (value) => {
        const flat = flattenMetrics(ran(value).result.metrics);
        expect([flat['errors.throttled'], flat['errors.time-limit'], flat['errors.lost']]).toEqual([0, 0, 0]);
        if (!value.faults.some(({ kind }) => kind === 'bad-deploy')) expect(flat['errors.bug']).toBe(0);
      }),
      { seed: 57, numRuns: 30 },
    );
  });
});

/** Parts of latency are kept with the precision of a 32-bit float. */
function expectClose(found: number, expected: number): void {
  expect(Math.abs(found - expected)).toBeLessThan(1e-6 * (1 + expected));
}

function parsed({
  platform: vms,
  services: both,
  faults,
  deployments,
  run,
}: {
  platform: object;
  services: readonly object[];
  faults: readonly object[];
  deployments: readonly object[];
  run: object;
}) {
  const result = parseSimulationFile({
    platform: vms,
    workload: { services: both },
    faults,
    deployments,
    run: { ...run, seeds: [1] },
  });
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.file;
}
