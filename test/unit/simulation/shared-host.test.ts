import { describe, expect, it } from 'vitest';
import { fairShares } from '#shared/simulation/hosts/fair-share.ts';
import { createSimulation, flattenMetrics, type RunResult } from '#shared/simulation/simulate.ts';
import { fileOf, metricsOf, problemsOf, queueFile } from './support.ts';

const web = {
  name: 'web',
  arrivals: { kind: 'poisson', perSecond: 10 },
  cpu: { kind: 'exponential', meanMs: 20 },
};

interface Scenario {
  platform?: object;
  services?: object[];
  faults?: object[];
  deployments?: object[];
  run?: object;
}

const scenario = ({ platform, services = [web], faults = [], deployments = [], run }: Scenario) => ({
  platform: { kind: 'shared-host', ...platform },
  workload: { services },
  faults,
  deployments,
  run: { horizonSeconds: 60, seeds: [1], ...run },
});

const finished = (value: Scenario, seed = 1): RunResult => {
  const simulation = createSimulation(fileOf(scenario(value)), seed);
  simulation.advance();
  return simulation.result();
};

const logged = ({ log }: RunResult) => log.map(({ atMs, kind, subject }) => [atMs / 1000, kind, subject]);

describe('the cores of a host', () => {
  const shares = (cores: number, weights: number[], demands: number[]): number[] => {
    const found = new Float64Array(weights.length);
    fairShares(cores, Float64Array.from(weights), Float64Array.from(demands), found);
    return [...found];
  };

  it('are divided by weight, and what one leaves goes to the others', () => {
    expect(shares(4, [1024, 512, 512], [4, 4, 4])).toEqual([2, 1, 1]);
    expect(shares(4, [1024, 512, 512], [0.5, 4, 4])).toEqual([0.5, 1.75, 1.75]);
    expect(shares(4, [1024, 512, 512], [4, 0, 4])[0]).toBeCloseTo(8 / 3, 12);
    expect(shares(4, [1, 1, 1], [1, 1, 1])).toEqual([1, 1, 1]);
    expect(shares(1, [1, 1], [0, 0])).toEqual([0, 0]);
  });

  it.each([{}, { services: { main: { weight: 512 } } }, { coresPerProcess: 4 }])(
    'serve one service exactly as the station with processor sharing does (%j)',
    (platform) => {
      const queue = queueFile({ servers: 4, discipline: 'ps', perSecond: 3.2, requests: 20_000, seeds: [1] });
      const host = fileOf({
        ...queue,
        platform: { kind: 'shared-host', threadsPerProcess: 100_000, ...platform },
      });
      const [expected] = metricsOf(queue);
      const [found] = metricsOf(host);
      for (const name of ['latencyMs.mean', 'latencyMs.p50', 'latencyMs.p99', 'utilisation']) {
        expect(found?.[name]).toBeCloseTo(expected?.[name] ?? NaN, 4);
      }
    },
  );

  it('with as many threads as cores serve exactly as the station that is first come, first served', () => {
    const queue = queueFile({ servers: 4, perSecond: 3.2, requests: 20_000, seeds: [1] });
    const host = fileOf({ ...queue, platform: { kind: 'shared-host', threadsPerProcess: 4 } });
    const [expected] = metricsOf(queue);
    const [found] = metricsOf(host);
    expect(found?.['latencyMs.mean']).toBeCloseTo(expected?.['latencyMs.mean'] ?? NaN, 6);
    const waiting = (expected?.['waitMs.mean'] ?? NaN) * (expected?.['throughputPerSecond'] ?? NaN);
    expect((found?.['meanWaiting'] ?? NaN) / (waiting / 1000)).toBeCloseTo(1, 2);
  });

  it('give 2, 1 and 1 of 4 cores to services of weight 1024, 512 and 512 that want all', () => {
    const hungry = {
      ...web,
      arrivals: { kind: 'constant', perSecond: 50 },
      cpu: { kind: 'deterministic', meanMs: 200 },
    };
    const services = ['a', 'b', 'c'].map((name) => ({ ...hungry, name }));
    const weights = { a: { weight: 1024 }, b: { weight: 512 }, c: { weight: 512 } };
    const metrics = flattenMetrics(
      finished({ services, platform: { services: weights }, run: { warmupSeconds: 10 } }).metrics,
    );
    expect(metrics['utilisation']).toBeCloseTo(1, 9);
    expect(metrics['services.a.cpuCores']).toBeCloseTo(2, 1);
    expect(metrics['services.b.cpuCores']).toBeCloseTo(1, 1);
    expect(metrics['services.c.cpuCores']).toBeCloseTo(1, 1);
  });

  it('run a process of one event loop on one core at most, and its workers on more', () => {
    const busy = { ...web, arrivals: { kind: 'constant', perSecond: 200 } };
    const cores = (processesPerInstance: number) =>
      finished({ services: [busy], platform: { coresPerProcess: 1, processesPerInstance } }).metrics[
        'utilisation'
      ];
    expect(cores(1)).toBeCloseTo(1 / 4, 2);
    expect(cores(3)).toBeCloseTo(3 / 4, 1);
  });
});

describe('memory', () => {
  const services = [{ ...web, count: 6, memoryMiB: 100 }];
  const used = (platform: object): number => {
    const simulation = createSimulation(fileOf(scenario({ services, platform })), 1);
    return simulation.snapshot().hosts[0]?.memoryUsedMiB ?? NaN;
  };

  it('is the system, a runtime for each process and a heap for each instance in it', () => {
    expect(used({ runtimeOverheadMiB: 200 })).toBe(512 + 6 * (200 + 100));
    expect(used({ runtimeOverheadMiB: 200, instancesPerGroup: 0 })).toBe(512 + 200 + 6 * 100);
    expect(used({ runtimeOverheadMiB: 200, instancesPerGroup: 4 })).toBe(512 + 2 * 200 + 6 * 100);
    expect(used({ runtimeOverheadMiB: 200, processesPerInstance: 3 })).toBe(512 + 18 * (200 + 100));
  });

  it('can be metered by service only where a service has its own process', () => {
    const apart = flattenMetrics(finished({ services }).metrics);
    expect(apart['services.web-1.memoryMiB']).toBe(323);
    const together = flattenMetrics(finished({ services, platform: { instancesPerGroup: 0 } }).metrics);
    expect(together['services.web-1.memoryMiB']).toBeUndefined();
    expect(together['services.web-1.cpuCores']).toBeUndefined();
  });

  it('that runs out kills the largest process, which starts again and leaks again', () => {
    // 512 + 2 x 323 = 1158 MiB of 2000 are in use; 842 MiB at 100 MiB/s last 8 s, so the ninth step is too much: at 19 s, and
    // from the start at 25 s on at 33 s.
    const run = finished({
      services: [
        { ...web, name: 'leaky', memoryMiB: 100 },
        { ...web, name: 'sound', memoryMiB: 100 },
      ],
      platform: { memoryMiBPerHost: 2000 },
      faults: [{ kind: 'leak', service: 'leaky', atSeconds: 10, mibPerSecond: 100 }],
    });
    expect(logged(run).slice(0, 4)).toEqual([
      [10, 'fault-started', 'host-1/group-1/process-1'],
      [19, 'oom-killed', 'host-1/group-1/process-1'],
      [25, 'restarted', 'host-1/group-1/process-1'],
      [33, 'oom-killed', 'host-1/group-1/process-1'],
    ]);
    expect(run.metrics).toMatchObject({ oomKills: 3, blastRadius: 0.5 });
    expect(flattenMetrics(run.metrics)['services.sound.errorRate']).toBe(0);
    expect(flattenMetrics(run.metrics)['services.leaky.errorRate']).toBeGreaterThan(0.1);
  });

  it('is taken from a larger neighbour where that is the largest process', () => {
    const run = finished({
      services: [
        { ...web, name: 'leaky', memoryMiB: 100 },
        { ...web, name: 'large', memoryMiB: 1000 },
      ],
      platform: { memoryMiBPerHost: 2500 },
      faults: [{ kind: 'leak', service: 'leaky', atSeconds: 10, mibPerSecond: 100 }],
    });
    expect(run.log.find(({ kind }) => kind === 'oom-killed')?.subject).toBe('host-1/group-2/process-1');
    expect(run.metrics['blastRadius']).toBe(1);
  });

  it('with a limit is taken from nobody else', () => {
    const run = finished({
      services: [
        { ...web, name: 'leaky', memoryMiB: 100 },
        { ...web, name: 'large', memoryMiB: 1000 },
      ],
      platform: { memoryMiBPerHost: 2500, services: { leaky: { memoryLimitMiB: 500 } } },
      faults: [{ kind: 'leak', service: 'leaky', atSeconds: 10, mibPerSecond: 100 }],
    });
    expect(run.log.filter(({ kind }) => kind.endsWith('killed')).map(({ kind }) => kind)).toContain(
      'memory-limit-killed',
    );
    expect(run.log.some(({ kind }) => kind === 'oom-killed')).toBe(false);
    expect(run.metrics['blastRadius']).toBe(0.5);
  });
});

describe('faults', () => {
  const services = [{ ...web, count: 4 }];
  const blast = (platform: object, fault: object): unknown =>
    finished({ services, platform, faults: [{ atSeconds: 20, ...fault }] }).metrics['blastRadius'];
  const crash = { kind: 'crash', service: 'web-2' };
  const pause = { kind: 'pause', service: 'web-2', forSeconds: 5 };
  const hog = { kind: 'cpu-hog', service: 'web-2', cores: 16, forSeconds: 10 };

  it('in one process take what is in that process', () => {
    for (const fault of [crash, pause]) {
      expect(blast({}, fault)).toBe(0.25);
      expect(blast({ instancesPerGroup: 2 }, fault)).toBe(0.5);
      expect(blast({ instancesPerGroup: 0 }, fault)).toBe(1);
      expect(blast({ hosts: 2, instancesPerGroup: 0 }, fault)).toBe(0.5);
    }
    expect(blast({ hosts: 2 }, { kind: 'host-loss', host: 2 })).toBe(0.5);
    expect(finished({ services, platform: { instancesPerGroup: 2 } }).metrics['blastRadius']).toBe(0.5);
  });

  it('of endless loops slow the whole host, unless a limit or weights hold them', () => {
    expect(blast({}, hog)).toBe(1);
    expect(blast({}, { ...hog, cores: 2 })).toBe(0.25);
    expect(blast({ services: { 'web-2': { cpuLimitCores: 1 } } }, hog)).toBe(0.25);
    expect(blast({ services: { web: { weight: 1024 } } }, hog)).toBe(0.25);
    expect(blast({ instancesPerGroup: 0, services: { 'web-2': { cpuLimitCores: 1 } } }, hog)).toBe(1);
  });

  it('of endless loops leave a lone request cores/(loops + 1) of a core, and are metered', () => {
    const lone = { arrivals: { kind: 'constant', perSecond: 1 }, cpu: { kind: 'deterministic', meanMs: 20 } };
    const run = finished({
      services: [
        { ...lone, name: 'calm' },
        { ...lone, name: 'wild', arrivals: { kind: 'constant', perSecond: 0.001 } },
      ],
      faults: [{ kind: 'cpu-hog', service: 'wild', cores: 7, atSeconds: 0 }],
      run: { warmupSeconds: 10.5 },
    });
    const metrics = flattenMetrics(run.metrics);
    expect(metrics['services.calm.latencyMs.mean']).toBeCloseTo(40, 6);
    expect(metrics['utilisation']).toBeCloseTo(1, 9);
    // Arrivals at 11, 12, ... 60 s; the last has had no time yet. All else of four cores is wild's.
    const calmCores = (49 * 0.02) / 49.5;
    expect(metrics['services.calm.cpuCores']).toBeCloseTo(calmCores, 9);
    expect(metrics['services.wild.cpuCores']).toBeCloseTo(4 - calmCores, 9);
  });

  it('of a host take all on it until it is back', () => {
    const run = finished({
      services: [{ ...web, name: 'web' }],
      platform: { hosts: 2, instancesPerService: 2 },
      faults: [{ kind: 'host-loss', host: 1, atSeconds: 20, forSeconds: 10 }],
    });
    expect(logged(run)).toEqual([
      [20, 'host-lost', 'host-1'],
      [30, 'host-back', 'host-1'],
      [35, 'restarted', 'host-1/group-1/process-1'],
    ]);
    const errors = flattenMetrics(run.metrics);
    expect(errors['errors.unavailable']).toBe(0);
  });

  it('that freeze a process make its requests wait, not fail', () => {
    const calm = {
      name: 'a',
      arrivals: { kind: 'constant', perSecond: 10 },
      cpu: { kind: 'deterministic', meanMs: 5 },
    };
    const run = finished({
      services: [calm],
      faults: [{ kind: 'pause', service: 'a', atSeconds: 20.05, forSeconds: 2 }],
    });
    const metrics = flattenMetrics(run.metrics);
    expect(metrics['errorRate']).toBe(0);
    expect(Math.max(...run.series.latencyMeanMs.map((ms) => ms ?? 0))).toBeGreaterThan(500);
    expect(metrics['latencyMs.p50']).toBeCloseTo(5, 9);
  });
});

describe('deployments', () => {
  const services = [{ ...web, count: 4, artefactMiB: 50, startSeconds: 3 }];
  const lead = (platform: object, deployments: object[] = []): unknown =>
    flattenMetrics(finished({ services, platform: { drainSeconds: 0, ...platform }, deployments }).metrics)[
      'deploy.leadSeconds'
    ];
  const order = [{ service: 'web-2', atSeconds: 10 }];

  it('take the copy and the start, of the whole group where it must restart', () => {
    for (const deployments of [[], order]) {
      expect(lead({}, deployments)).toBeCloseTo(0.5 + 3, 9);
      expect(lead({ instancesPerGroup: 0 }, deployments)).toBeCloseTo(0.5 + 4 * 3, 9);
      expect(lead({ instancesPerGroup: 0, hotDeploy: true }, deployments)).toBeCloseTo(0.5 + 3, 9);
      expect(lead({ instancesPerService: 3 }, deployments)).toBeCloseTo(3 * 3.5, 9);
      expect(lead({ instancesPerService: 3, deployOrder: 'all-at-once' }, deployments)).toBeCloseTo(3.5, 9);
    }
  });

  it('of one service restart the others of its group, unless it is replaced hot', () => {
    const failing = (platform: object): number => {
      const metrics = flattenMetrics(finished({ services, platform, deployments: order }).metrics);
      return [1, 2, 3, 4].filter((i) => (metrics[`services.web-${i}.errorRate`] ?? 0) > 0).length;
    };
    expect(failing({})).toBe(1);
    expect(failing({ instancesPerGroup: 0 })).toBe(4);
    expect(failing({ instancesPerGroup: 0, hotDeploy: true })).toBe(1);
    expect(failing({ instancesPerService: 2, hosts: 2 })).toBe(0);
  });

  it('let requests in flight finish, as long as they are given time', () => {
    const slow = {
      ...web,
      cpu: { kind: 'deterministic', meanMs: 10 },
      ioMs: { kind: 'deterministic', meanMs: 900 },
    };
    const killed = (drainSeconds: number) =>
      flattenMetrics(
        finished({
          services: [slow],
          platform: { drainSeconds, instancesPerService: 2 },
          deployments: [{ service: 'web', atSeconds: 10 }],
        }).metrics,
      )['errors.killed'];
    expect(killed(30)).toBe(0);
    expect(killed(0)).toBeGreaterThan(3);
  });
});

describe('a file of the shared host', () => {
  const services = [{ ...web, count: 2 }];

  it('is refused where ports clash, with the path', () => {
    const ports = { 'web-1': { port: 8080 }, 'web-2': { port: 8080 } };
    expect(problemsOf(scenario({ services, platform: { services: ports } }))).toEqual([
      'platform.services.web-2.port',
    ]);
    expect(problemsOf(scenario({ services, platform: { services: ports, hosts: 2 } }))).toEqual([]);
    expect(problemsOf(scenario({ services, platform: { services: ports, instancesPerGroup: 0 } }))).toEqual(
      [],
    );
    const replicas = { instances: 2, port: 8080 };
    expect(problemsOf(scenario({ services: [web], platform: { services: { web: replicas } } }))).toEqual([
      'platform.services.web.port',
    ]);
  });

  it('is refused where it names what is not there', () => {
    expect(problemsOf(scenario({ faults: [{ kind: 'crash', service: 'nobody', atSeconds: 1 }] }))).toEqual([
      'faults[0].service',
    ]);
    expect(
      problemsOf(scenario({ faults: [{ kind: 'crash', service: 'web', instance: 2, atSeconds: 1 }] })),
    ).toEqual(['faults[0].instance']);
    expect(problemsOf(scenario({ faults: [{ kind: 'host-loss', host: 2, atSeconds: 1 }] }))).toEqual([
      'faults[0].host',
    ]);
    expect(problemsOf(scenario({ platform: { services: { nobody: {} } } }))).toEqual([
      'platform.services.nobody',
    ]);
    expect(problemsOf(scenario({ deployments: [{ service: 'nobody', atSeconds: 1 }] }))).toEqual([
      'deployments[0].service',
    ]);
  });

  it('may limit what cannot be limited, and is told so', () => {
    const run = finished({
      services,
      platform: { instancesPerGroup: 0, services: { 'web-1': { cpuLimitCores: 1 } } },
    });
    expect(logged(run)).toEqual([[0, 'limit-not-enforced', 'web-1']]);
  });
});
