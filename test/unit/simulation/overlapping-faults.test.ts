import { describe, expect, it } from 'vitest';
import { createSimulation, flattenMetrics } from '#shared/simulation/simulate.ts';
import { fileOf } from './support.ts';

const service = {
  name: 'web',
  arrivals: { kind: 'poisson', perSecond: 10 },
  cpu: { kind: 'exponential', meanMs: 20 },
};

function ran(faults: object[], platform: object = {}) {
  const simulation = createSimulation(
    fileOf({
      platform: { kind: 'shared-host', hosts: 2, instancesPerService: 2, ...platform },
      workload: { services: [service] },
      faults,
      run: { horizonSeconds: 100, seeds: [1] },
    }),
    1,
  );
  simulation.advance();
  return simulation;
}

describe('faults that overlap', () => {
  it('keep a host away until the last of them has ended', () => {
    const forGood = { kind: 'host-loss', host: 1, atSeconds: 10 };
    const zone = { kind: 'zone-loss', zone: 1, atSeconds: 5, forSeconds: 20 };
    const states = (faults: object[]) =>
      ran(faults, { zones: 2 })
        .snapshot()
        .hosts.map(({ state }) => state);
    expect(states([zone])).toEqual(['up', 'up']);
    expect(states([zone, forGood])).toEqual(['down', 'up']);
    expect(states([zone, { ...forGood, forSeconds: 5 }])).toEqual(['up', 'up']);
  });

  it('each end with their own endless loops', () => {
    const hog = { kind: 'cpu-hog', service: 'web', cores: 1, atSeconds: 0 };
    const used = (faults: object[]): number =>
      flattenMetrics(ran(faults, { hosts: 1, instancesPerService: 1 }).result().metrics)[
        'services.web.cpuCores'
      ] ?? NaN;
    const idle = used([]);
    // One core for 100 s, and another one for 10 s of them.
    expect(used([hog]) - idle).toBeCloseTo(1, 2);
    expect(used([hog, { ...hog, forSeconds: 10 }]) - idle).toBeCloseTo(1.1, 2);
  });
});
