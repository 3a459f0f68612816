import { describe, expect, it } from 'vitest';
import { fileOf, metricsOf } from './support.ts';

const service = (name: string, perSecond: number, more: object = {}) => ({
  name,
  arrivals: { kind: 'poisson', perSecond },
  cpu: { kind: 'exponential', meanMs: 5 },
  ...more,
});
const run = { horizonSeconds: 100, seeds: [1] };

function told(file: object): Record<string, number> {
  const [metrics] = metricsOf(fileOf({ run, ...file }));
  return metrics ?? {};
}

const failed = (metrics: Record<string, number>): number =>
  (metrics['errors.unavailable'] ?? NaN) + (metrics['errors.killed'] ?? NaN);

describe('requests lost in a deployment', () => {
  const quiet = service('quiet', 1);
  const busy = service('busy', 50);
  const deployments = [{ service: 'quiet', atSeconds: 50 }];

  it.each([
    { kind: 'monolith', servers: 1, drainSeconds: 0 },
    { kind: 'shared-host', instancesPerGroup: 0, drainSeconds: 0 },
  ])('are those of all that is restarted with the service: $kind', (platform) => {
    const metrics = told({ platform, workload: { services: [quiet, busy] }, deployments });
    expect(failed(metrics)).toBeGreaterThan(400);
    expect(metrics['deploy.lostRequests']).toBe(failed(metrics));
  });

  it('are none of a neighbour that goes on', () => {
    const platform = { kind: 'shared-host', drainSeconds: 0 };
    const metrics = told({ platform, workload: { services: [quiet, busy] }, deployments });
    expect(metrics['services.busy.errorRate']).toBe(0);
    expect(metrics['deploy.lostRequests']).toBe(failed(metrics));
  });

  it('count once where two rollouts overlap', () => {
    const platform = { kind: 'monolith', servers: 1, drainSeconds: 0 };
    const twice = [...deployments, { service: 'busy', atSeconds: 51 }];
    const metrics = told({ platform, workload: { services: [quiet, busy] }, deployments: twice });
    expect(metrics['deploy.lostRequests']).toBe(failed(metrics));
  });
});

it('the capacity dip is that of the service which a deployment leaves with least', () => {
  // Two hosts with two instances of "wide" and, beside the first of them in one process, the only one of "narrow".
  const platform = {
    kind: 'shared-host',
    hosts: 2,
    instancesPerGroup: 0,
    services: { wide: { instances: 2 }, narrow: { instances: 1 } },
  };
  const services = [service('wide', 20), service('narrow', 1)];
  const metrics = told({
    platform,
    workload: { services },
    deployments: [{ service: 'wide', atSeconds: 50 }],
  });
  expect(metrics['deploy.capacityDip']).toBe(1);
});

it('cold starts after an alias has moved are slow answers of the deployment', () => {
  const platform = { kind: 'serverless', initMs: { kind: 'deterministic', meanMs: 2000 } };
  const services = [service('web', 50)];
  const metrics = told({
    platform,
    workload: { services },
    deployments: [{ service: 'web', atSeconds: 80 }],
  });
  expect(metrics['deploy.slowRequests']).toBeGreaterThan(20);
});

it.each([
  { kind: 'monolith' },
  { kind: 'shared-host' },
  { kind: 'vm', imageBakeSeconds: 5 },
  { kind: 'serverless' },
])('the way back counts by itself and not in the lead time: $kind', (platform) => {
  const workload = { services: [service('web', 20)] };
  const ordered = told({
    platform,
    workload,
    deployments: [{ service: 'web', atSeconds: 20 }],
    run: { ...run, horizonSeconds: 400 },
  });
  const faults = [{ kind: 'bad-deploy', service: 'web', atSeconds: 20, detectSeconds: 200 }];
  const taken = told({ platform, workload, faults, run: { ...run, horizonSeconds: 800 } });
  expect(taken['deploy.leadSeconds']).toBeCloseTo(ordered['deploy.leadSeconds'] ?? NaN, 0);
  expect(taken['deploy.rollbackSeconds']).toBeLessThan(ordered['deploy.leadSeconds'] ?? NaN);
  expect(ordered).not.toHaveProperty(['deploy.rollbackSeconds']);
});
