import { describe, expect, it } from 'vitest';
import { createSimulation, flattenMetrics, type RunResult } from '#shared/simulation/simulate.ts';
import { fileOf } from './support.ts';

const modules = ['catalogue', 'orders', 'search'].map((name) => ({
  name,
  arrivals: { kind: 'poisson', perSecond: 10 },
  cpu: { kind: 'exponential', meanMs: 20 },
  memoryMiB: 100,
  artefactMiB: 30,
  startSeconds: 4,
}));

const finished = (platform: object, others: object = {}): RunResult => {
  const file = fileOf({
    platform: { kind: 'monolith', servers: 3, ...platform },
    workload: { services: modules },
    run: { horizonSeconds: 120, seeds: [1] },
    ...others,
  });
  const simulation = createSimulation(file, 1);
  simulation.advance();
  return simulation.result();
};

describe('the monolith', () => {
  it('carries every module in every instance', () => {
    const file = fileOf({
      platform: { kind: 'monolith', servers: 2, instancesPerServer: 2, runtimeOverheadMiB: 200 },
      workload: { services: modules },
      run: { requests: 1, seeds: [1] },
    });
    const { hosts } = createSimulation(file, 1).snapshot();
    expect(hosts).toHaveLength(2);
    for (const host of hosts) {
      expect(host.memoryUsedMiB).toBe(512 + 2 * (200 + 300));
      expect(host.groups.map((group) => group.instances.map(({ service }) => service))).toEqual([
        ['catalogue', 'orders', 'search'],
        ['catalogue', 'orders', 'search'],
      ]);
    }
  });

  it('takes everything with one crash and one deployment', () => {
    expect(finished({}).metrics).toMatchObject({ blastRadius: 1, deploy: { restartedShare: 1 } });
    const crash = { faults: [{ kind: 'crash', service: 'search', instance: 2, atSeconds: 10 }] };
    expect(finished({}, crash).metrics['blastRadius']).toBe(1);
  });

  it('is deployed server by server, or all at once with nobody there meanwhile', () => {
    const deploy = { deployments: [{ service: 'orders', atSeconds: 20 }] };
    const rolling = flattenMetrics(finished({ drainSeconds: 0 }, deploy).metrics);
    const atOnce = flattenMetrics(finished({ drainSeconds: 0, deployOrder: 'all-at-once' }, deploy).metrics);
    // 90 MiB at 100 MiB/s and three modules of 4 s each.
    expect(rolling['deploy.leadSeconds']).toBeCloseTo(3 * (0.9 + 12), 9);
    expect(atOnce['deploy.leadSeconds']).toBeCloseTo(0.9 + 12, 9);
    expect(rolling['errors.unavailable']).toBe(0);
    expect((atOnce['errors.unavailable'] ?? 0) / (30 * 12)).toBeCloseTo(1, 0);
  });

  it('is balanced over all requests, whichever module they are for', () => {
    const file = fileOf({
      platform: { kind: 'monolith', servers: 3 },
      workload: {
        services: modules.slice(0, 2).map((module, i) => ({
          ...module,
          // The two take turns: at 1, 2, 3 s and at 1.5, 2.5, 3.5 s the next server in turn must get them.
          arrivals: { kind: 'constant', perSecond: i === 0 ? 1 : 2 / 3 },
          cpu: { kind: 'deterministic', meanMs: 100_000 },
        })),
      },
      run: { horizonSeconds: 60, seeds: [1] },
    });
    const simulation = createSimulation(file, 1);
    simulation.advance({ untilMs: 9900 });
    const { hosts, counters } = simulation.snapshot();
    const perServer = hosts.map((host) => host.groups[0]?.instances.reduce((sum, { busy }) => sum + busy, 0));
    expect(counters.arrived).toBe(15);
    expect(perServer).toEqual([5, 5, 5]);
  });

  it('costs its servers', () => {
    const metrics = flattenMetrics(finished({ servers: 4, pricePerServerHourUsd: 0.5 }).metrics);
    expect(metrics['costPerHourUsd']).toBe(2);
    const perHour = (metrics['throughputPerSecond'] ?? NaN) * 3600;
    expect(metrics['costPerMillionUsd']).toBeCloseTo((2 / perHour) * 1e6, 9);
  });

  it('with the least outstanding requests waits no longer than with random choice', () => {
    const busy = modules.map((module) => ({ ...module, arrivals: { kind: 'poisson', perSecond: 170 } }));
    const p95 = (balancer: string) => {
      const platform = { kind: 'monolith', servers: 3, balancer };
      const run = finished({}, { platform, workload: { services: busy } });
      return flattenMetrics(run.metrics)['latencyMs.p95'] ?? NaN;
    };
    expect(p95('least-outstanding')).toBeLessThan(p95('random') * 0.8);
  });
});
