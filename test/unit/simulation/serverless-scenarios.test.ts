import { describe, expect, it } from 'vitest';
import {
  createSimulation,
  flattenMetrics,
  type RunResult,
  type TraceEvent,
} from '#shared/simulation/simulate.ts';
import { fileOf, problemsOf } from './support.ts';

const always = (meanMs: number) => ({ kind: 'deterministic', meanMs });
const steadily = (perSecond: number) => ({ kind: 'constant', perSecond });

interface Scene {
  platform?: object;
  /** Of the one service, "main". */
  service?: object;
  faults?: object[];
  deployments?: object[];
  run?: object;
}

/** One request a second, 100 ms of work on a whole vCPU, init 400 ms; the first comes at 1 s. */
function play({ platform, service, faults, deployments, run }: Scene): RunResult & {
  flat: Record<string, number>;
  trace: TraceEvent[];
} {
  const file = fileOf({
    platform: { kind: 'serverless', memoryMiB: 1769, initMs: always(400), ...platform },
    workload: { services: [{ name: 'main', arrivals: steadily(1), cpu: always(100), ...service }] },
    faults: faults ?? [],
    deployments: deployments ?? [],
    run: run ?? { horizonSeconds: 20.9, seeds: [1] },
  });
  const trace: TraceEvent[] = [];
  const simulation = createSimulation(file, 1, { onTrace: (told) => trace.push(told) });
  simulation.advance();
  const result = simulation.result();
  return { ...result, flat: flattenMetrics(result.metrics), trace };
}

const partsOf = (result: RunResult) => result.explanation.latency.slowest?.parts;
const kindsOf = (result: RunResult) => result.log.map(({ kind }) => kind);

describe('an event that nobody waits for', () => {
  it.each(['storage', 'stream'])('is neither given up nor sent again by its client: %s', (trigger) => {
    const service = { timeoutMs: 50, retry: { attempts: 3, backoffMs: 10 } };
    const result = play({ platform: { trigger }, service });
    expect(result.flat).toMatchObject({ errorRate: 0, 'errors.timeout': 0, retries: 0 });
    expect(play({ service }).flat['errors.timeout']).toBeGreaterThan(0);
  });
});

describe('an environment', () => {
  it('starts for the first request and is there for the next', () => {
    const result = play({ service: { ioMs: always(50) } });
    expect(result.flat).toMatchObject({
      'latencyMs.p50': 150,
      coldStartProbability: 1 / 20,
      'environments.max': 1,
      errorRate: 0,
    });
    expect(partsOf(result)).toMatchObject({ coldStart: 400, work: 100, io: 50, queueing: 0 });
    expect(result.flat['environments.busyMean']).toBeCloseTo((20 * 150 + 400) / 20_900, 9);
  });

  it('works on one request at a time', () => {
    const result = play({ service: { cpu: always(1500) } });
    // The first is in its init and the second in its own when the third comes; 1900 ms each, then 1500.
    expect(result.flat['environments.max']).toBe(2);
    expect(result.flat['latencyMs.p50']).toBe(1500);
  });

  it('expires after its last use, and the one used last is used first', () => {
    const pair = { kind: 'schedule', everySeconds: 10, requests: 2 };
    const single = steadily(0.5);
    const result = play({
      platform: { keepAliveSeconds: 6, initMs: always(0.001) },
      service: { arrivals: single },
    });
    expect(result.flat['coldStartProbability']).toBe(1 / 10);
    const bursts = play({
      platform: { keepAliveSeconds: 6, initMs: always(0.001) },
      service: { arrivals: pair },
      run: { horizonSeconds: 29, seeds: [1] },
    });
    expect(bursts.flat['coldStartProbability']).toBe(1);
    // Each lives for 100 ms of work and 6 s of waiting.
    expect(bursts.flat['environments.mean']).toBeCloseTo((3 * 2 * 6.1) / 29, 4);
  });

  it('takes its init from the runtime, and more for a larger package', () => {
    const init = (platform: object): number => {
      const file = {
        platform: { kind: 'serverless', memoryMiB: 1769, keepAliveSeconds: 0, ...platform },
        workload: { services: [{ name: 'main', arrivals: steadily(1), cpu: always(100) }] },
        run: { requests: 500, seeds: [1] },
      };
      const simulation = createSimulation(fileOf(file), 1);
      simulation.advance();
      return (flattenMetrics(simulation.result().metrics)['latencyMs.p50'] ?? NaN) - 100;
    };
    expect(init({ runtime: 'go' }) / 50).toBeCloseTo(1, 1);
    expect(init({ runtime: 'java' }) / 234).toBeCloseTo(1, 1);
    expect(init({ runtime: 'go', packageMiB: 50, initMsPerPackageMiB: 4 }) / 250).toBeCloseTo(1, 1);
    expect(init({ initMs: always(77), services: { main: { runtime: 'python' } } }) / 85).toBeCloseTo(1, 1);
    expect(init({ initMs: always(77) })).toBeCloseTo(77, 6);
  });

  it('is stopped at the time limit, and the next request starts cold', () => {
    const result = play({ platform: { timeLimitSeconds: 0.06 } });
    expect(result.flat).toMatchObject({ 'errors.time-limit': 20, coldStartProbability: 1 });
    expect(result.trace.find(({ kind }) => kind === 'invocation-billed')?.detail['ms']).toBe(460);
    expect(kindsOf(result)).toContain('time-limit');
  });

  it('that starts too slowly is stopped and starts anew, on the time of the request', () => {
    const scene = (timeLimitSeconds: number) =>
      play({
        platform: { initMs: always(12_000), timeLimitSeconds },
        service: { arrivals: steadily(0.04) },
        run: { horizonSeconds: 60, seeds: [1] },
      });
    expect(scene(20).flat['latencyMs.p99']).toBeCloseTo(22_100, 6);
    expect(scene(20).flat).toMatchObject({
      errorRate: 0,
      coldStartProbability: 1 / 2,
    });
    expect(partsOf(scene(20))?.coldStart).toBeCloseTo(22_000, 3);
    // 10 s in vain, then the limit of 11 s, before the init is done.
    const failed = scene(11);
    expect(failed.flat).toMatchObject({ 'errors.time-limit': 1, coldStartProbability: 1 });
    expect(failed.trace.find(({ kind }) => kind === 'invocation-billed')?.detail['ms']).toBe(21_000);
  });

  it('is billed by the hundred milliseconds at the time of the article, its init free', () => {
    const result = play({ platform: { pricing: 'aws-x86-2016' }, service: { cpu: always(101) } });
    const billed = result.trace.filter(({ kind }) => kind === 'invocation-billed');
    expect(new Set(billed.map(({ detail }) => detail['ms']))).toEqual(new Set([200]));
    expect(billed[0]?.detail['usd']).toBeCloseTo(0.2e-6 + (1769 / 1024) * 0.2 * 0.00001667, 12);
  });
});

describe('scaling', () => {
  it('gives a function 1000 environments at once and 100 more a second', () => {
    const result = play({
      platform: { concurrencyLimit: 100_000, initMs: always(1) },
      service: { arrivals: { kind: 'schedule', everySeconds: 2, requests: 3000 }, cpu: always(60_000) },
      run: { horizonSeconds: 4.5, seeds: [1] },
    });
    // At 0 s 1000; at 2 and 4 s 200 each, since all others are at work.
    expect(result.flat['environments.max']).toBe(1400);
    expect(result.flat['throttleProbability']).toBeCloseTo((9000 - 1400) / 9000, 12);
  });

  it('keeps what is provisioned ready, and starts more when that is not enough', () => {
    const burst = { kind: 'schedule', everySeconds: 5, requests: 5 };
    const scene = (provisionedConcurrency: number) =>
      play({ platform: { provisionedConcurrency, keepAliveSeconds: 1 }, service: { arrivals: burst } });
    expect(scene(5).flat).toMatchObject({
      coldStartProbability: 0,
      'environments.mean': 5,
      'latencyMs.p99': 100,
    });
    const spilled = scene(3);
    expect(spilled.flat['coldStartProbability']).toBeCloseTo(2 / 5, 12);
    // They do not expire.
    expect(spilled.flat['environments.max']).toBe(5);
    expect(spilled.flat['environments.mean']).toBeGreaterThan(3);
    expect(spilled.explanation.cost.parts.provisioned).toBeCloseTo(
      3 * (1769 / 1024) * 20.9 * 0.0000041667,
      12,
    );
  });

  it('stops a function whose reservation is 0', () => {
    const result = play({ platform: { services: { main: { reservedConcurrency: 0 } } } });
    expect(result.flat).toMatchObject({ throttleProbability: 1, 'errors.throttled': 20 });
  });
});

describe('callers', () => {
  it('find what is kept of them only in the environment of their last request', () => {
    const share = (keepAliveSeconds: number, perSecond: number, callers: number): number | null =>
      play({
        platform: { callers, keepAliveSeconds, initMs: always(0.001) },
        service: { arrivals: { kind: 'poisson', perSecond } },
        run: { requests: 4000, warmupRequests: 400, seeds: [1] },
      }).metrics['stateLostShare'] as number | null;
    expect(share(600, 0.1, 0)).toBeNull();
    expect(share(0, 0.1, 5)).toBe(1);
    const one = share(600, 0.01, 5) ?? NaN;
    const many = share(600, 50, 5) ?? NaN;
    expect(one).toBeLessThan(0.05);
    expect(many).toBeGreaterThan(0.5);
  });
});

describe('the API gateway', () => {
  const slow = { cpu: always(5000), ioMs: always(30_000), arrivals: steadily(0.1) };

  it('adds its own time and charges by the request', () => {
    const result = play({ platform: { trigger: 'api-gateway', gatewayMs: 12 } });
    expect(result.flat['latencyMs.p50']).toBeCloseTo(112, 9);
    expect(result.explanation.latency.all?.parts.network).toBeCloseTo(12, 5);
    expect(result.explanation.cost.parts.requests).toBeCloseTo(20 * 1.2e-6, 12);
  });

  it('waits 29 s and no longer, while the function works on and is billed', () => {
    const run = { horizonSeconds: 60, seeds: [1] };
    const result = play({ platform: { trigger: 'api-gateway' }, service: slow, run });
    // Those that come at 10, 20 and 30 s; of the functions, two are done within the minute.
    expect(result.flat).toMatchObject({ 'errors.time-limit': 3, throughputPerSecond: 0 });
    const billed = result.trace.filter(({ kind }) => kind === 'invocation-billed');
    expect(billed.map(({ detail }) => detail['ms'])).toEqual([35_400, 35_400]);
    const direct = play({ service: slow, run });
    expect(direct.flat['errors.time-limit']).toBe(0);
  });
});

describe('events that nobody waits for', () => {
  const burst = { kind: 'schedule', everySeconds: 1000, requests: 3 };
  const run = { horizonSeconds: 500, seeds: [1] };

  it('wait and are tried again where callers would be turned away', () => {
    const platform = { concurrencyLimit: 1, trigger: 'storage', initMs: always(0.001) };
    const service = { arrivals: burst, cpu: always(1200) };
    const result = play({ platform, service, run });
    // The second try, after 1 s, is throttled too; the third, after 2 s more, gets through for one of the two.
    expect(result.flat).toMatchObject({ errorRate: 0, 'errors.throttled': 0 });
    expect(result.flat['latencyMs.p50']).toBeCloseTo(3000 + 1200, 2);
    expect(result.flat['latencyMs.p99']).toBeCloseTo(7000 + 1200, 2);
    expect(result.explanation.latency.slowest?.parts.queueing).toBeCloseTo(7000, 2);
    expect(result.flat['throttleProbability']).toBeCloseTo(5 / 8, 12);
    const turnedAway = play({ platform: { ...platform, trigger: 'direct' }, service, run });
    expect(turnedAway.flat['errors.throttled']).toBe(2);
  });

  it('are dropped when they are too old', () => {
    const result = play({
      platform: { trigger: 'mail', maxEventAgeSeconds: 5, services: { main: { reservedConcurrency: 0 } } },
      service: { arrivals: burst },
      run,
    });
    expect(result.flat).toMatchObject({ 'errors.lost': 3, errorRate: 1 });
    expect(kindsOf(result)).toContain('events-dropped');
  });

  it('are tried twice more when the function fails on them, a minute and two later', () => {
    const result = play({
      platform: { trigger: 'storage', timeLimitSeconds: 0.5, initMs: always(0.001) },
      service: { arrivals: { ...burst, requests: 1 }, cpu: always(600) },
      run,
    });
    const ends = result.trace.filter(({ kind }) => kind === 'invocation-billed').map(({ atMs }) => atMs);
    expect(ends.map(Math.round)).toEqual([500, 61_000, 181_500]);
    expect(result.flat).toMatchObject({ 'errors.time-limit': 1 });
  });

  it('are answered in the end if an environment dies under them', () => {
    const result = play({
      platform: { trigger: 'schedule', initMs: always(0.001) },
      service: { arrivals: { ...burst, requests: 1 }, cpu: always(600) },
      faults: [{ kind: 'crash', service: 'main', atSeconds: 0.2 }],
      run,
    });
    expect(result.flat['latencyMs.mean']).toBeCloseTo(200 + 60_000 + 600, 2);
    expect(partsOf(result)?.retry).toBeCloseTo(60_200, 1);
  });
});

describe('a stream', () => {
  const arrivals = { kind: 'schedule', everySeconds: 1000, requests: 5 };
  const run = { horizonSeconds: 500, seeds: [1] };

  it('is worked off batch by batch, one at a time in a shard', () => {
    const result = play({
      platform: { trigger: 'stream', batchSize: 2, initMs: always(400) },
      service: { arrivals },
      run,
    });
    // The first record comes alone into an empty shard. Then 2 and 2, each 200 ms.
    const billed = result.trace.filter(({ kind }) => kind === 'invocation-billed');
    expect(billed.map(({ atMs }) => Math.round(atMs))).toEqual([500, 700, 900]);
    expect(result.flat['environments.max']).toBe(1);
    expect(result.flat['latencyMs.p99']).toBeCloseTo(900, 6);
    // The last record waits for 700 ms before its batch and for 100 ms in it.
    expect(partsOf(result)).toMatchObject({ work: 100, coldStart: 0 });
    expect(partsOf(result)?.queueing).toBeCloseTo(800, 3);
  });

  it('is how the changes of a table come as well', () => {
    const runOf = (trigger: string) =>
      play({
        platform: { trigger, batchSize: 2, shards: 2, initMs: always(400) },
        service: { arrivals },
        run,
      });
    expect(runOf('table').flat).toEqual(runOf('stream').flat);
    expect(runOf('table').flat).not.toEqual(runOf('storage').flat);
  });

  it('waits for a full batch no longer than it is told to', () => {
    const result = play({
      platform: { trigger: 'stream', batchSize: 100, batchWindowMs: 700, initMs: always(400) },
      service: { arrivals },
      run,
    });
    expect(result.trace.filter(({ kind }) => kind === 'invocation-billed')).toHaveLength(1);
    expect(result.flat['latencyMs.p50']).toBeCloseTo(700 + 400 + 500, 6);
  });

  it('works on as many batches at once as it has shards', () => {
    const result = play({
      platform: { trigger: 'stream', shards: 3, batchSize: 1000 },
      service: { arrivals: { ...arrivals, requests: 300 } },
      run,
    });
    expect(result.flat['environments.max']).toBe(3);
    expect(result.flat['throttleProbability']).toBe(0);
  });

  it('comes to a halt behind a batch on which the function fails', () => {
    const result = play({
      platform: { trigger: 'stream', batchSize: 10 },
      service: { arrivals: steadily(2) },
      faults: [{ kind: 'bad-deploy', service: 'main', atSeconds: 1, errorRate: 1, detectSeconds: 60 }],
      run: { horizonSeconds: 200, seeds: [1] },
    });
    expect(result.flat).toMatchObject({ 'errors.bug': 0, 'errors.lost': 0 });
    // Nothing is answered from the publication at about 4.4 s until the rollback at 61 s, and then all of it.
    expect(result.flat['latencyMs.p99']).toBeGreaterThan(50_000);
    expect(result.flat['errorRate']).toBe(0);
    expect(partsOf(result)?.retry).toBeGreaterThan(0);
    expect(result.metrics).toMatchObject({ blastRadius: 1 });
  });

  it('drops records that are too old', () => {
    const result = play({
      platform: {
        trigger: 'stream',
        maxRecordAgeSeconds: 20,
        services: { main: { reservedConcurrency: 0 } },
      },
      service: { arrivals },
      run,
    });
    expect(result.flat).toMatchObject({ 'errors.lost': 5 });
  });
});

describe('faults', () => {
  it('a crash fails the request of one environment, and the next starts cold', () => {
    const result = play({
      service: { cpu: always(500) },
      faults: [{ kind: 'crash', service: 'main', atSeconds: 5.1 }],
    });
    expect(result.flat).toMatchObject({ 'errors.killed': 1, coldStartProbability: 2 / 20, blastRadius: 1 });
    expect(kindsOf(result)).toContain('crashed');
  });

  it('a pause holds up init, work or what comes after the answer of others, and is booked as that', () => {
    const scene = (atSeconds: number) =>
      play({
        service: { cpu: always(100), ioMs: always(200), arrivals: steadily(0.5) },
        faults: [{ kind: 'pause', service: 'main', atSeconds, forSeconds: 0.3 }],
        run: { horizonSeconds: 3.9, seeds: [1] },
      });
    // From 2 s on: init 400, work 100, I/O 200 ms.
    expect(partsOf(scene(2.1))).toMatchObject({ pause: 300, coldStart: 400, work: 100, io: 200 });
    expect(scene(2.1).flat['latencyMs.p99']).toBeCloseTo(1000, 6);
    expect(partsOf(scene(2.45))?.pause).toBeCloseTo(300, 3);
    expect(scene(2.45).flat['latencyMs.p99']).toBeCloseTo(1000, 6);
    // Frozen from 2.6 to 2.9 s, while the answer of others comes at 2.7.
    expect(partsOf(scene(2.6))?.pause).toBeCloseTo(200, 3);
    expect(scene(2.6).flat['latencyMs.p99']).toBeCloseTo(900, 6);
  });

  it('a pause of an idle environment holds up the request that comes next', () => {
    const result = play({ faults: [{ kind: 'pause', service: 'main', atSeconds: 5.7, forSeconds: 0.5 }] });
    expect(result.explanation.latency.all?.parts.pause).toBeCloseTo(200 / 20, 4);
  });

  it('a leak grows until the memory is full, and again in the next environment', () => {
    const result = play({
      service: { cpu: always(500), memoryMiB: 769 },
      // 1000 MiB are left: full after 10 s of work.
      faults: [{ kind: 'leak', service: 'main', atSeconds: 0, mibPerSecond: 100 }],
      run: { horizonSeconds: 44.9, seeds: [1] },
    });
    expect(kindsOf(result).filter((kind) => kind === 'memory-limit-killed')).toHaveLength(2);
    // The twentieth request of each environment would end at the moment that memory is full, and does.
    expect(result.flat).toMatchObject({ 'errors.killed': 2, 'environments.max': 1 });
    expect(result.flat['coldStartProbability']).toBeCloseTo(3 / 44, 12);
  });

  it('endless loops slow all requests of the function down, and only its own', () => {
    const result = play({
      faults: [{ kind: 'cpu-hog', service: 'main', atSeconds: 5.55, cores: 3, forSeconds: 5 }],
    });
    // 1 vCPU for a request and three loops: 400 ms, for the five that come at 6 to 10 s.
    expect(result.explanation.latency.all?.parts.contention).toBeCloseTo((5 * 300) / 20, 4);
    expect(result.flat['latencyMs.p95']).toBeCloseTo(400, 6);
    expect(result.flat['blastRadius']).toBe(1);
    expect(kindsOf(result)).toEqual(expect.arrayContaining(['fault-started', 'fault-ended']));
  });

  it('endless loops that begin in the middle of a request slow the rest of it down', () => {
    const result = play({
      faults: [{ kind: 'cpu-hog', service: 'main', atSeconds: 5.05, cores: 1, forSeconds: 0.06 }],
    });
    // 50 ms as ever, 60 ms at half speed, then 20 ms.
    expect(result.explanation.latency.all?.parts.contention).toBeCloseTo(30 / 20, 4);
  });

  it('endless loops drive requests over the time limit', () => {
    const result = play({
      platform: { timeLimitSeconds: 0.3 },
      faults: [{ kind: 'cpu-hog', service: 'main', atSeconds: 5.5, cores: 9 }],
    });
    expect(result.flat['errors.time-limit']).toBe(15);
  });

  const crowd = { arrivals: { kind: 'schedule', everySeconds: 5, requests: 12 }, cpu: always(500) };

  it('the loss of a host ends the environments on it', () => {
    const result = play({
      service: crowd,
      faults: [{ kind: 'host-loss', atSeconds: 5.2, host: 2 }],
    });
    // 12 environments on 6 hosts.
    expect(result.flat['errors.killed']).toBe(2);
    const { hosts } = snapshotAfter(crowd, { kind: 'host-loss', atSeconds: 5.2, host: 2 });
    expect(hosts.map(({ state, groups }) => [state, groups.length])).toEqual([
      ['up', 3],
      ['down', 0],
      ['up', 3],
      ['up', 2],
      ['up', 2],
      ['up', 2],
    ]);
  });

  it('the loss of a zone ends a third of them', () => {
    const result = play({ service: crowd, faults: [{ kind: 'zone-loss', atSeconds: 5.2, zone: 1 }] });
    expect(result.flat['errors.killed']).toBe(4);
    expect(kindsOf(result)).toContain('zone-lost');
  });

  it('without any host nothing can be answered, until it is back', () => {
    const result = play({
      platform: { workerHosts: 1 },
      faults: [{ kind: 'host-loss', atSeconds: 5.5, host: 1, forSeconds: 3 }],
    });
    expect(result.flat).toMatchObject({ 'errors.unavailable': 3, coldStartProbability: 2 / 17 });
    expect(kindsOf(result)).toEqual(expect.arrayContaining(['host-lost', 'host-back']));
  });

  it('what is kept ready is started anew', () => {
    const result = play({
      platform: { provisionedConcurrency: 2 },
      faults: [{ kind: 'crash', service: 'main', atSeconds: 5.5, instance: 2 }],
    });
    expect(result.flat).toMatchObject({ coldStartProbability: 0, errorRate: 0 });
    expect(result.trace.filter(({ kind }) => kind === 'environment-started')).toHaveLength(3);
    expect(result.flat['environments.mean']).toBe(2);
  });

  function snapshotAfter(service: object, fault: object) {
    const file = fileOf({
      platform: { kind: 'serverless', memoryMiB: 1769, initMs: always(400) },
      workload: { services: [{ name: 'main', ...service }] },
      faults: [fault],
      run: { horizonSeconds: 11, seeds: [1] },
    });
    const simulation = createSimulation(file, 1);
    simulation.advance();
    return simulation.snapshot();
  }
});

describe('a new version', () => {
  const deployments = [{ service: 'main', atSeconds: 5.5 }];

  it('starts cold, and nothing under way is lost', () => {
    const result = play({ deployments, service: { cpu: always(900), artefactMiB: 40 } });
    // Twice 2: a second request comes while the first, with its init, is under way.
    expect(result.flat).toMatchObject({
      errorRate: 0,
      coldStartProbability: 4 / 20,
      'deploy.capacityDip': 0,
      'deploy.lostRequests': 0,
    });
    // 40 MiB at 100 MiB/s, and 3 s.
    expect(result.flat['deploy.leadSeconds']).toBeCloseTo(3.4, 9);
    expect(kindsOf(result)).toEqual(
      expect.arrayContaining(['deploy-started', 'alias-moved', 'deploy-finished']),
    );
  });

  it('takes as long where none is ordered', () => {
    expect(play({}).flat).toMatchObject({
      'deploy.leadSeconds': 3.4,
      'deploy.restartedShare': 1,
      blastRadius: 1,
    });
  });

  it('as a canary gets a share of the requests first', () => {
    const result = play({
      platform: { aliasShift: 'canary', canaryShare: 0.25, canarySeconds: 1000, keepAliveSeconds: 0 },
      faults: [{ kind: 'bad-deploy', service: 'main', atSeconds: 100, errorRate: 1, detectSeconds: 1500 }],
      run: { horizonSeconds: 3000, seeds: [1] },
    });
    // A quarter of 1000 s, and then all until 1600 s.
    const bugs = result.flat['errors.bug'] ?? NaN;
    expect(bugs).toBeGreaterThan(250 - 3 * 14 + 496);
    expect(bugs).toBeLessThan(250 + 3 * 14 + 498);
    expect(kindsOf(result)).toContain('canary-started');
  });

  it('that is taken back while it is a canary leaves the alias where it was', () => {
    const result = play({
      platform: { aliasShift: 'canary', canaryShare: 0.5, canarySeconds: 1000 },
      faults: [{ kind: 'bad-deploy', service: 'main', atSeconds: 5.5, errorRate: 1, detectSeconds: 6 }],
    });
    expect(result.flat['errors.bug']).toBeGreaterThan(0);
    // From 8.9 to 11.5 s: the requests at 9, 10 and 11 s.
    expect(result.flat['errors.bug']).toBeLessThanOrEqual(3);
    expect(kindsOf(result)).not.toContain('alias-moved');
  });

  it('that is bad is taken back, and the old environments are still warm', () => {
    const result = play({
      faults: [{ kind: 'bad-deploy', service: 'main', atSeconds: 5.5, errorRate: 1, detectSeconds: 6 }],
    });
    expect(result.flat).toMatchObject({
      'errors.bug': 3,
      coldStartProbability: 2 / 20,
      'environments.max': 2,
    });
    expect(kindsOf(result)).toContain('rollback-started');
  });

  it('that is bad and has been replaced since is not gone back to', () => {
    const faults = [{ kind: 'bad-deploy', service: 'main', atSeconds: 2.5, errorRate: 1, detectSeconds: 10 }];
    for (const platform of [{}, { aliasShift: 'canary', canarySeconds: 1 }]) {
      // The good one is live at 9 s or 10 s, or is still being published when the bad one is taken back.
      for (const atSeconds of [5.5, 10.5]) {
        const deployments = [{ service: 'main', atSeconds }];
        const result = play({ platform, faults, deployments });
        expect(result.flat['errors.bug']).toBeLessThanOrEqual(7);
        const published = result.log.findLast(({ kind }) => kind === 'alias-moved');
        expect(published?.detail['version']).toBe(3);
      }
    }
  });

  it('that is taken back before it is published never answers', () => {
    const result = play({
      faults: [{ kind: 'bad-deploy', service: 'main', atSeconds: 5.5, errorRate: 1, detectSeconds: 1 }],
    });
    expect(result.flat).toMatchObject({ 'errors.bug': 0, coldStartProbability: 1 / 20 });
  });

  it('that needs more CPU time takes longer', () => {
    const result = play({
      faults: [
        { kind: 'bad-deploy', service: 'main', atSeconds: 5.5, errorRate: 0, cpuFactor: 4, detectSeconds: 6 },
      ],
    });
    // Requests at 9, 10 and 11 s; one of them starts cold, as does the first of all.
    expect(result.flat['latencyMs.mean']).toBeCloseTo((17 * 100 + 3 * 400 + 2 * 400) / 20, 6);
    expect(result.flat['blastRadius']).toBe(1);
  });

  it('has what is to be kept ready before the alias moves; what was ready before goes', () => {
    const result = play({ platform: { provisionedConcurrency: 3 }, deployments });
    expect(result.flat).toMatchObject({ coldStartProbability: 0, 'environments.max': 6 });
    expect(result.flat['deploy.leadSeconds']).toBeCloseTo(3.8, 9);
    expect(play({ platform: { provisionedConcurrency: 3 } }).flat['deploy.leadSeconds']).toBeCloseTo(3.8, 9);
    // Six for 400 ms.
    expect(result.flat['environments.mean']).toBeCloseTo(3 + (3 * 0.4) / 20.9, 9);
    expect(result.explanation.cost.parts.provisioned).toBeCloseTo(
      (3 * 20.9 + 3 * 0.4) * (1769 / 1024) * 0.0000041667,
      12,
    );
  });

  it('lets an environment that is kept ready and at work finish before it goes', () => {
    const result = play({
      platform: { provisionedConcurrency: 1 },
      service: { arrivals: steadily(0.2), cpu: always(4500) },
      deployments,
    });
    expect(result.flat).toMatchObject({ errorRate: 0, 'environments.max': 2 });
    // From 8.9 s the new one is started, at 9.3 s the alias moves, at 9.5 s the old one has answered.
    expect(result.flat['environments.mean']).toBeCloseTo(1 + 0.6 / 20.9, 9);
  });
});

describe('a file', () => {
  const problems = (platform: object, more: object = {}) =>
    problemsOf({
      platform: { kind: 'serverless', ...platform },
      workload: { services: [{ name: 'main', arrivals: steadily(1), cpu: always(1) }] },
      run: { requests: 10, seeds: [1] },
      ...more,
    });

  it.each([
    [{ memoryMiB: 64 }, 'platform.memoryMiB'],
    [{ keepAliveSeconds: -1 }, 'platform.keepAliveSeconds'],
    [{ concurrencyLimit: 0 }, 'platform.concurrencyLimit'],
    [{ timeLimitSeconds: 901 }, 'platform.timeLimitSeconds'],
    [{ initMs: { kind: 'exponential', meanMs: NaN } }, 'platform.initMs.meanMs'],
    [{ pricing: 'free' }, 'platform.pricing'],
    [{ runtime: 'cobol' }, 'platform.runtime'],
    [{ prices: { perGbSecondUsd: -1 } }, 'platform.prices.perGbSecondUsd'],
    [{ services: { other: {} } }, 'platform.services.other'],
    [{ services: { main: { memoryMiB: 1 } } }, 'platform.services.main.memoryMiB'],
    [{ provisionedConcurrency: 1001 }, 'platform.concurrencyLimit'],
    [{ services: { main: { reservedConcurrency: 1001 } } }, 'platform.concurrencyLimit'],
    [
      { provisionedConcurrency: 3, services: { main: { reservedConcurrency: 2 } } },
      'platform.services.main.reservedConcurrency',
    ],
    [{ pricing: 'aws-x86-2016', provisionedConcurrency: 1 }, 'platform.pricing'],
  ])('that is wrong in %j says so at %s', (platform, path) => {
    expect(problems(platform)).toEqual([path]);
  });

  it('with too many shards says so', () => {
    const services = [{ name: 'main', count: 3, arrivals: steadily(1), cpu: always(1) }];
    expect(problems({ trigger: 'stream', shards: 700 }, { workload: { services } })).toEqual([
      'platform.shards',
    ]);
  });

  it('of the least that is needed runs, and sets of one function hold for its replicas', () => {
    const file = fileOf({
      platform: { kind: 'serverless', services: { main: { memoryMiB: 128 }, 'main-2': { memoryMiB: 256 } } },
      workload: { services: [{ name: 'main', count: 2, arrivals: steadily(1), cpu: always(10) }] },
      run: { requests: 40, seeds: [1] },
    });
    const simulation = createSimulation(file, 1);
    simulation.advance();
    const flat = flattenMetrics(simulation.result().metrics);
    expect(flat['services.main-1.latencyMs.p50']).toBeCloseTo((10 * 1769) / 128, 6);
    expect(flat['services.main-2.latencyMs.p50']).toBeCloseTo((10 * 1769) / 256, 6);
    expect(flat['blastRadius']).toBe(0.5);
  });
});
