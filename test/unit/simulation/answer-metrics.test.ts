import { describe, expect, it } from 'vitest';
import { fileOf, metricsOf } from './support.ts';

describe('throughput', () => {
  // Twice as much comes as a server can do: in the warm-up a line grows that takes as long again to be worked off.
  const overloaded = (platform: object) =>
    fileOf({
      platform,
      workload: {
        services: [
          {
            name: 'main',
            arrivals: { kind: 'poisson', perSecond: 20 },
            cpu: { kind: 'deterministic', meanMs: 100 },
          },
        ],
      },
      run: { horizonSeconds: 100, warmupSeconds: 50, seeds: [1, 2, 3] },
    });

  it('is what a station that is never idle gets done, whoever waits in front', () => {
    for (const metrics of metricsOf(overloaded({ kind: 'queue', pricePerServerHourUsd: 3.6 }))) {
      expect(metrics['throughputPerSecond']).toBeCloseTo(10, 1);
      expect(metrics['services.main.throughputPerSecond']).toBeCloseTo(10, 1);
      // A thousandth of a dollar a second, and ten answers.
      expect(metrics['costPerMillionUsd']).toBeCloseTo(100, 0);
    }
  });

  it('is the same on a host with one core and one thread', () => {
    const host = { kind: 'monolith', servers: 1, coresPerServer: 1, threadsPerProcess: 1 };
    for (const metrics of metricsOf(overloaded(host))) {
      expect(metrics['throughputPerSecond']).toBeCloseTo(10, 1);
      expect(metrics['utilisation']).toBeCloseTo(1, 9);
    }
  });
});

it('a monolith has as many instances as there are copies of it, however many modules it has', () => {
  const services = ['a', 'b', 'c'].map((name) => ({
    name,
    arrivals: { kind: 'poisson', perSecond: 1 },
    cpu: { kind: 'exponential', meanMs: 5 },
  }));
  const platform = { kind: 'monolith', servers: 2, instancesPerServer: 3 };
  const [metrics] = metricsOf(fileOf({ platform, workload: { services }, run: { horizonSeconds: 10 } }));
  expect(metrics).toMatchObject({ 'instances.mean': 6, 'instances.max': 6 });
});

describe('the blast radius of a slow dependency', () => {
  const waits = (name: string, ioMs?: number) => ({
    name,
    arrivals: { kind: 'poisson', perSecond: 10 },
    cpu: { kind: 'exponential', meanMs: 20 },
    ...(ioMs !== undefined && { ioMs: { kind: 'exponential', meanMs: ioMs } }),
  });
  const radius = (service: object, factor: number): number | undefined => {
    const fault = { kind: 'dependency-slowdown', service: 'main', atSeconds: 5, forSeconds: 20, factor };
    const workload = { services: [service, waits('other', 20)] };
    const run = { horizonSeconds: 30, seeds: [1] };
    return metricsOf(fileOf({ platform: { kind: 'monolith' }, workload, faults: [fault], run }))[0]
      ?.blastRadius;
  };

  it('is the service whose requests take more than twice as long alone', () => {
    // 20 ms of work and 20 of waiting: 40 become 81 or 79.
    expect(radius(waits('main', 20), 3.05)).toBe(0.5);
    expect(radius(waits('main', 20), 2.95)).toBe(0);
  });

  it('is nobody where the service waits for nobody', () => {
    expect(radius(waits('main'), 100)).toBe(0);
  });
});
