import { describe, expect, it, vi } from 'vitest';
import { erlangB } from '#shared/simulation/platforms/queue/erlang-b.ts';
import { coldStartProbability } from '#shared/simulation/platforms/serverless/keep-alive.ts';
import type { SimulationFile } from '#shared/simulation/simulate.ts';
import { expectTruth, fileOf, metricsOf } from './support.ts';

vi.setConfig({ testTimeout: 60_000 });

const seeds = [1, 2, 3, 4, 5, 6, 7, 8];
const hardlyAny = { kind: 'deterministic', meanMs: 0.001 };

interface Setting {
  platform?: object;
  perSecond: number;
  cpu: object;
  ioMs?: object;
  requests: number;
  warmupRequests?: number;
}

/** One function with a whole vCPU, whose environments stay for a day and start at once, unless said otherwise. */
function functionFile({ platform, perSecond, cpu, ioMs, requests, warmupRequests }: Setting): SimulationFile {
  return fileOf({
    platform: {
      kind: 'serverless',
      memoryMiB: 1769,
      initMs: hardlyAny,
      keepAliveSeconds: 86_400,
      ...platform,
    },
    workload: {
      services: [{ name: 'main', arrivals: { kind: 'poisson', perSecond }, cpu, ...(ioMs && { ioMs }) }],
    },
    run: { requests, warmupRequests: warmupRequests ?? Math.floor(requests / 10), seeds },
  });
}

const column = (file: SimulationFile, name: string): number[] =>
  metricsOf(file).map((run) => run[name] ?? NaN);

describe('keep-alive of one environment with short work', () => {
  it.each([
    { perHour: 6, cold: 0.3679 },
    { perHour: 12, cold: 0.1353 },
  ])('at $perHour requests an hour and 10 min starts cold with probability $cold', ({ perHour, cold }) => {
    expect(coldStartProbability(perHour / 3600, 600)).toBeCloseTo(cold, 4);
    const file = functionFile({
      platform: { keepAliveSeconds: 600 },
      perSecond: perHour / 3600,
      cpu: { kind: 'deterministic', meanMs: 1 },
      requests: 20_000,
    });
    expectTruth(column(file, 'coldStartProbability'), cold, 0.05);
  });

  it('keeps one environment for the share of the time that somebody came in the last 10 min', () => {
    const file = functionFile({
      platform: { keepAliveSeconds: 600 },
      perSecond: 6 / 3600,
      cpu: { kind: 'deterministic', meanMs: 1 },
      requests: 20_000,
    });
    // By PASTA, a request finds an environment exactly as often as there is one.
    expectTruth(column(file, 'environments.mean'), 1 - 0.36788, 0.02);
  });
});

describe('the limit of concurrency', () => {
  const laws = [
    { kind: 'exponential', meanMs: 1000 },
    { kind: 'deterministic', meanMs: 1000 },
    { kind: 'lognormal', meanMs: 1000, cv: 1.5 },
  ];
  it.each([
    { limit: 5, load: 3, throttled: 0.110054 },
    { limit: 50, load: 40, throttled: 0.0186907 },
  ])('($limit, $load) throttles as Erlang B loses, under any law', ({ limit, load, throttled }) => {
    expect(erlangB(limit, load)).toBeCloseTo(throttled, 6);
    for (const cpu of laws) {
      const file = functionFile({
        platform: { concurrencyLimit: limit },
        perSecond: load,
        cpu,
        requests: 40_000,
      });
      const runs = metricsOf(file);
      const throttles = runs.map((run) => run['throttleProbability'] ?? NaN);
      expectTruth(throttles, throttled, 0.2);
      runs.forEach((run, i) => expect(run['errorRate']).toBeCloseTo(throttles[i] ?? NaN, 12));
    }
  });

  it('is a place in I/O as well as at work', () => {
    const half = { kind: 'exponential', meanMs: 500 };
    const file = functionFile({
      platform: { concurrencyLimit: 5 },
      perSecond: 3,
      cpu: half,
      ioMs: half,
      requests: 40_000,
    });
    expectTruth(column(file, 'throttleProbability'), 0.110054, 0.1);
  });

  it('that is reserved for a function is its own Erlang B', () => {
    const service = (name: string) => ({
      name,
      arrivals: { kind: 'poisson', perSecond: 3 },
      cpu: { kind: 'exponential', meanMs: 1000 },
    });
    const file = fileOf({
      platform: {
        kind: 'serverless',
        memoryMiB: 1769,
        initMs: hardlyAny,
        keepAliveSeconds: 86_400,
        concurrencyLimit: 8,
        services: { kept: { reservedConcurrency: 5 } },
      },
      workload: { services: [service('kept'), service('others')] },
      run: { requests: 80_000, warmupRequests: 4000, seeds },
    });
    expectTruth(column(file, 'services.kept.throttleProbability'), erlangB(5, 3), 0.1);
    expectTruth(column(file, 'services.others.throttleProbability'), erlangB(3, 3), 0.1);
  });
});

describe('memory', () => {
  it('below a vCPU stretches work, as throttling; above it changes nothing', () => {
    const mean = (memoryMiB: number): number[] =>
      column(
        functionFile({
          platform: { memoryMiB },
          perSecond: 1,
          cpu: { kind: 'deterministic', meanMs: 100 },
          requests: 200,
        }),
        'latencyMs.p50',
      );
    for (const latency of mean(1769)) expect(latency).toBeCloseTo(100, 6);
    for (const latency of mean(10_240)) expect(latency).toBeCloseTo(100, 6);
    for (const latency of mean(884.5)) expect(latency).toBeCloseTo(200, 6);
  });
});

describe('the bill of a run', () => {
  it('is that of the price list', () => {
    const file = functionFile({
      platform: { memoryMiB: 1769, prices: { initBilled: false } },
      perSecond: 5,
      cpu: { kind: 'deterministic', meanMs: 120 },
      ioMs: { kind: 'deterministic', meanMs: 80 },
      requests: 2000,
      warmupRequests: 0,
    });
    const perRequest = 0.2e-6 + (1769 / 1024) * 0.2 * 0.0000166667;
    for (const run of metricsOf(file)) {
      expect(run['costPerMillionUsd']).toBeCloseTo(perRequest * 1e6, 3);
      expect(run['billedGbSeconds']).toBeCloseTo((1769 / 1024) * 0.2 * 2000, 6);
    }
  });

  it('of what is kept ready is there without a single request', () => {
    const file = fileOf({
      platform: { kind: 'serverless', memoryMiB: 1024, provisionedConcurrency: 10 },
      workload: {
        services: [
          {
            name: 'main',
            arrivals: { kind: 'schedule', everySeconds: 7200, firstAtSeconds: 7200 },
            cpu: { kind: 'deterministic', meanMs: 1 },
          },
        ],
      },
      run: { horizonSeconds: 3600, seeds: [1] },
    });
    const [run] = metricsOf(file);
    expect(run?.['costPerHourUsd']).toBeCloseTo(10 * 3600 * 0.0000041667, 9);
    expect(run?.['environments.mean']).toBe(10);
  });
});

describe('Little', () => {
  const settings: Omit<Setting, 'requests'>[] = [
    { perSecond: 20, cpu: { kind: 'exponential', meanMs: 200 } },
    {
      perSecond: 20,
      cpu: { kind: 'exponential', meanMs: 50 },
      ioMs: { kind: 'lognormal', meanMs: 150, cv: 2 },
      platform: { memoryMiB: 512, keepAliveSeconds: 1, initMs: { kind: 'exponential', meanMs: 400 } },
    },
    {
      perSecond: 20,
      cpu: { kind: 'exponential', meanMs: 200 },
      platform: { concurrencyLimit: 3, keepAliveSeconds: 2 },
    },
  ];
  it.each(settings)('holds for environments at work in every run of %j', (setting) => {
    for (const run of metricsOf(functionFile({ ...setting, requests: 40_000 }))) {
      const expected = ((run['throughputPerSecond'] ?? NaN) * (run['latencyMs.mean'] ?? NaN)) / 1000;
      expect((run['environments.busyMean'] ?? NaN) / expected).toBeCloseTo(1, 2);
    }
  });
});
