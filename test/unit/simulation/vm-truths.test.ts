import { describe, expect, it, vi } from 'vitest';
import { erlangC, meanWait } from '#shared/simulation/platforms/queue/erlang-c.ts';
import { estimate } from '#shared/simulation/engine/confidence.ts';
import { createSimulation } from '#shared/simulation/simulate.ts';
import { expectTruth, fileOf, metricsOf } from './support.ts';

vi.setConfig({ testTimeout: 60_000 });

/** A fleet of VMs of so many cores, one thread for each core: each VM is a station that is first come, first served. */
const fleet = (instances: number, cores: number, balancer: string, requests = 60_000) =>
  fileOf({
    platform: { kind: 'vm', instances, vCpus: cores, threadsPerProcess: cores, balancer },
    workload: {
      services: [
        {
          name: 'main',
          arrivals: { kind: 'poisson', perSecond: 0.8 * instances * cores },
          cpu: { kind: 'exponential', meanMs: 1000 },
        },
      ],
    },
    run: { requests, warmupRequests: requests / 10, seeds: [1, 2, 3, 4, 5, 6, 7, 8] },
  });

const waits = (file: ReturnType<typeof fleet>): number[] =>
  metricsOf(file).map((metrics) => (metrics['latencyMs.mean'] ?? NaN) / 1000 - 1);

describe('a fleet of VMs', () => {
  it('of one core each with random balancing is so many M/M/1: W = 1/(1 - rho)', () => {
    const means = metricsOf(fleet(4, 1, 'random')).map(
      (metrics) => (metrics['latencyMs.mean'] ?? NaN) / 1000,
    );
    expectTruth(means, 5, 0.08);
  });

  it('as one large VM is M/M/c: Wq = C/(c(1 - rho)), 5.365 times shorter than with four small ones', () => {
    expect(erlangC(4, 3.2)).toBeCloseTo(0.596432, 6);
    const pooled = waits(fleet(1, 4, 'random'));
    expectTruth(pooled, meanWait(4, 3.2, 1), 0.12);
    const apart = waits(fleet(4, 1, 'random'));
    const ratios = apart.map((wait, i) => wait / (pooled[i] ?? NaN));
    expectTruth(ratios, 5.365, 0.15);
  });

  it('waits less the more its balancer knows, and never less than one large VM', () => {
    const mean = (file: ReturnType<typeof fleet>): number => estimate(waits(file)).mean;
    const random = mean(fleet(8, 1, 'random', 30_000));
    const inTurn = mean(fleet(8, 1, 'round-robin', 30_000));
    const ofTwo = mean(fleet(8, 1, 'power-of-two', 30_000));
    const least = mean(fleet(8, 1, 'least-outstanding', 30_000));
    const pooled = mean(fleet(1, 8, 'random', 30_000));
    expect(inTurn).toBeLessThan(random * 0.75);
    expect(ofTwo).toBeLessThan(inTurn);
    expect(least).toBeLessThan(ofTwo * 0.9);
    expect(pooled).toBeLessThan(least);
  });

  it('costs 70.08 USD a month for one m5.large, whatever it does', () => {
    const file = fileOf({
      platform: { kind: 'vm', instances: 1 },
      workload: {
        services: [
          {
            name: 'main',
            arrivals: { kind: 'poisson', perSecond: 0.01 },
            cpu: { kind: 'exponential', meanMs: 1000 },
          },
        ],
      },
      run: { horizonSeconds: 730 * 3600, seeds: [1] },
    });
    const simulation = createSimulation(file, 1);
    simulation.advance();
    const { totalUsd, parts } = simulation.result().explanation.cost;
    expect(totalUsd).toBeCloseTo(70.08, 6);
    // A load of 0.01 on two cores.
    expect((parts.work ?? NaN) / totalUsd).toBeCloseTo(0.005, 3);
  });
});
