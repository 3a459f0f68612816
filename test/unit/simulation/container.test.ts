import { describe, expect, it, vi } from 'vitest';
import { oomScoreAdjustment } from '#shared/simulation/platforms/container/oom-score.ts';
import {
  createSimulation,
  flattenMetrics,
  type RunResult,
  type Simulation,
} from '#shared/simulation/simulate.ts';
import { fileOf, metricsOf, problemsOf, queueFile } from './support.ts';

vi.setConfig({ testTimeout: 60_000 });

const web = {
  name: 'web',
  arrivals: { kind: 'poisson', perSecond: 10 },
  cpu: { kind: 'exponential', meanMs: 20 },
  startSeconds: 5,
};
/** Regular requests of so many milliseconds, alone enough on a core to leave it alone. */
const calm = (perSecond: number, meanMs: number) => ({
  ...web,
  arrivals: { kind: 'constant', perSecond },
  cpu: { kind: 'deterministic', meanMs },
});

interface Scenario {
  platform?: object;
  services?: object[];
  faults?: object[];
  deployments?: object[];
  run?: object;
}

const scenario = ({ platform, services = [web], faults = [], deployments = [], run }: Scenario) => ({
  platform: { kind: 'container', ...platform },
  workload: { services },
  faults,
  deployments,
  run: { horizonSeconds: 60, seeds: [1], ...run },
});
const started = (value: Scenario, seed = 1): Simulation => createSimulation(fileOf(scenario(value)), seed);
const finished = (value: Scenario, seed = 1): RunResult => {
  const simulation = started(value, seed);
  simulation.advance();
  return simulation.result();
};
const metricsFor = (value: Scenario, seed = 1) => flattenMetrics(finished(value, seed).metrics);
const logged = ({ log }: RunResult, ...kinds: string[]) =>
  log
    .filter(({ kind }) => kinds.length === 0 || kinds.includes(kind))
    .map(({ atMs, kind, subject }) => [Math.round(atMs) / 1000, kind, subject]);
/** Pods by node. */
const counts = ({ placement = {} }: RunResult): number[] => {
  const byNode = new Map<string, number>();
  for (const node of Object.values(placement)) byNode.set(node, (byNode.get(node) ?? 0) + 1);
  return [...byNode.values()].sort((a, b) => b - a);
};

describe('CPU of a pod', () => {
  it.each([
    [50, 0.2, 210],
    [200, 0.5, 350],
    [30, 0.5, 30],
  ])('of %d ms under a limit of %d cores takes %d ms', (workMs, cpuLimit, latencyMs) => {
    const run = finished({
      platform: { pods: { replicas: 1, cpuRequest: 0.1, cpuLimit } },
      services: [calm(0.77, workMs)],
    });
    const metrics = flattenMetrics(run.metrics);
    expect(metrics['latencyMs.p50']).toBeCloseTo(latencyMs, 6);
    expect(metrics['latencyMs.p99']).toBeCloseTo(latencyMs, 6);
    expect(run.explanation.latency.all?.parts.work).toBeCloseTo(workMs, 6);
    expect(run.explanation.latency.all?.parts.throttling).toBeCloseTo(latencyMs - workMs, 6);
    expect(metrics['throttledShare']).toBeCloseTo(workMs === 30 ? 0 : workMs === 50 ? 2 / 3 : 3 / 4, 1);
  });

  it('under a limit of next to nothing is a millisecond of every period, the least that Kubernetes sets', () => {
    const platform = { pods: { replicas: 1, cpuRequest: 0, cpuLimit: 1e-8 } };
    const metrics = metricsFor({ platform, services: [calm(0.1, 5)] });
    expect(metrics['latencyMs.p50']).toBeCloseTo(401, 6);
  });

  it('is held back by its limit although the node idles, and by nothing without one', () => {
    const busy = { ...web, arrivals: { kind: 'poisson', perSecond: 40 } };
    const of = (cpuLimit: number) =>
      metricsFor({ platform: { pods: { replicas: 1, cpuLimit } }, services: [busy], run: { seeds: [1] } });
    expect(of(1)['latencyMs.p99'] ?? NaN).toBeGreaterThan(2 * (of(0)['latencyMs.p99'] ?? NaN));
    expect(of(0)['throttledShare']).toBe(0);
    expect(of(1)['utilisation'] ?? NaN).toBeLessThan(0.25);
  });

  it('goes by requests where the node has not enough: 1024 shares for a core', () => {
    const hungry = calm(50, 200);
    const metrics = metricsFor({
      platform: {
        nodes: 1,
        pods: { replicas: 1 },
        services: { a: { cpuRequest: 2 }, b: { cpuRequest: 1 }, c: { cpuRequest: 1 } },
      },
      services: ['a', 'b', 'c'].map((name) => ({ ...hungry, name })),
      run: { warmupSeconds: 10 },
    });
    expect(metrics['services.a.cpuCores']).toBeCloseTo(2, 1);
    expect(metrics['services.b.cpuCores']).toBeCloseTo(1, 1);
    expect(metrics['services.c.cpuCores']).toBeCloseTo(1, 1);
  });

  it('serves one pod on one node exactly as the station with processor sharing does', () => {
    const queue = queueFile({ servers: 4, discipline: 'ps', perSecond: 3.2, requests: 20_000, seeds: [1] });
    const platform = { kind: 'container', nodes: 1, threadsPerProcess: 100_000, pods: { replicas: 1 } };
    const [expected] = metricsOf(queue);
    const [found] = metricsOf(fileOf({ ...queue, platform }));
    for (const name of ['latencyMs.mean', 'latencyMs.p50', 'latencyMs.p99', 'utilisation'])
      expect(found?.[name]).toBeCloseTo(expected?.[name] ?? NaN, 4);
  });
});

describe('placement', () => {
  const four = [{ ...web, count: 4 }];
  const pods = { replicas: 2, cpuRequest: 0.5, memoryRequestMiB: 1024 };

  it('spreads over all nodes, or packs into as few as are needed', () => {
    const spread = finished({ platform: { nodes: 4, scheduler: 'spread', pods }, services: four });
    const packed = finished({ platform: { nodes: 4, scheduler: 'pack', pods }, services: four });
    expect([counts(spread), counts(packed)]).toEqual([[2, 2, 2, 2], [8]]);
    expect(spread.metrics).toMatchObject({ nodes: { used: 4, mean: 4, needed: 1 } });
    expect(packed.metrics).toMatchObject({ nodes: { used: 1, mean: 4, needed: 1 } });
    expect(spread.placement?.['web-1-1']).toBe('node-1');
  });

  it('balances CPU against memory', () => {
    const services = {
      cpu: { cpuRequest: 2, memoryRequestMiB: 0 },
      memory: { cpuRequest: 0, memoryRequestMiB: 8192 },
    };
    const run = finished({
      platform: { nodes: 2, scheduler: 'balanced', pods: { replicas: 1 }, services },
      services: [
        { ...web, name: 'cpu' },
        { ...web, name: 'memory' },
      ],
    });
    // Half of the CPU and half of the memory of one node are better than one of each.
    expect(run.placement).toEqual({ 'cpu-1': 'node-1', 'memory-1': 'node-1' });
  });

  it('leaves pending what fits nowhere, and places it when there is room', () => {
    const platform = { nodes: 2, pods: { replicas: 5, cpuRequest: 2 } };
    const run = finished({ platform });
    expect(counts(run)).toEqual([2, 2]);
    expect(run.metrics).toMatchObject({ pods: { running: 4, pending: 1 }, nodes: { needed: 3 } });
    expect(logged(run)).toEqual([[0, 'pod-pending', 'web-5']]);
    expect(started({ platform }).snapshot().pending).toEqual([{ id: 'web-5', service: 'web' }]);
    const services = [
      { ...web, name: 'big' },
      { ...web, name: 'small' },
    ];
    const mixed = finished({
      platform: {
        nodes: 1,
        pods: { replicas: 1 },
        services: { big: { cpuRequest: 5 }, small: { cpuRequest: 4 } },
      },
      services,
    });
    expect(mixed.placement).toEqual({ 'small-1': 'node-1' });
    expect(flattenMetrics(mixed.metrics)['services.big.errorRate']).toBe(1);
  });

  it('keeps to the pods and the memory that a node takes', () => {
    expect(counts(finished({ platform: { nodes: 1, podsPerNode: 3, pods: { replicas: 5 } } }))).toEqual([3]);
    const pods4Gi = { replicas: 5, memoryRequestMiB: 4096 };
    expect(counts(finished({ platform: { nodes: 1, pods: pods4Gi } }))).toEqual([4]);
    expect(counts(finished({ platform: { nodes: 1, reservedMemoryMiB: 1, pods: pods4Gi } }))).toEqual([3]);
    expect(
      counts(finished({ platform: { nodes: 1, reservedCores: 0.1, pods: { replicas: 5, cpuRequest: 1 } } })),
    ).toEqual([3]);
  });
});

describe('scaling with the load', () => {
  const spike = {
    ...web,
    arrivals: { kind: 'spike', perSecond: 5, peakPerSecond: 150, atSeconds: 100, forSeconds: 300 },
    startSeconds: 4,
  };
  const platform = {
    nodes: 1,
    pods: { replicas: 1, cpuRequest: 0.5, cpuLimit: 1 },
    hpa: { minReplicas: 1, maxReplicas: 20, targetCpuPercent: 60 },
    nodeAutoscaler: { minNodes: 1, maxNodes: 4 },
    nodeBootSeconds: 50,
  };
  const horizon = { run: { horizonSeconds: 1800, seeds: [1] } };

  it('takes a look of the autoscaler, the start of pods and, where nodes are full, the boot of nodes', () => {
    const run = finished({ platform, services: [spike], ...horizon });
    const first = logged(run, 'pods-scaled')[0];
    expect(first).toEqual([105, 'pods-scaled', 'web']);
    const ordered = logged(run, 'node-ordered').map(([at]) => Number(at));
    const ready = logged(run, 'node-ready').map(([at]) => Number(at));
    expect(ordered.length).toBeGreaterThan(0);
    ordered.forEach((at, i) => expect((ready[i] ?? NaN) - at).toBeCloseTo(50, 9));
    // Pods that were asked for at 105 s answer from 105 + 4.59 s on where the image is there.
    const { atMs, instances, latencyP95Ms } = run.series;
    const at = (seconds: number): number => atMs.findLastIndex((ms) => ms <= seconds * 1000);
    expect(instances[at(102)]).toBe(1);
    expect(instances[at(118)]).toBeGreaterThan(1);
    const worst = Math.max(...latencyP95Ms.slice(at(100), at(200)).map((ms) => ms ?? 0));
    const settled = latencyP95Ms[at(380)] ?? NaN;
    expect(worst).toBeGreaterThan(10 * settled);
  });

  it('goes down five minutes after the load, and gives nodes back ten minutes after that', () => {
    const run = finished({ platform, services: [spike], ...horizon });
    const scaled = run.log.filter(({ kind }) => kind === 'pods-scaled');
    const down = scaled.filter(({ detail }) => Number(detail['to']) < Number(detail['from']));
    expect(down.at(-1)?.detail['to']).toBe(1);
    expect((down.at(-1)?.atMs ?? NaN) / 1000).toBeGreaterThanOrEqual(400 + 285);
    expect((down.at(-1)?.atMs ?? NaN) / 1000).toBeLessThanOrEqual(400 + 330);
    const removed = logged(run, 'node-removed');
    expect(removed.length).toBeGreaterThan(0);
    expect(Number(removed[0]?.[0]) - (down[0]?.atMs ?? NaN) / 1000).toBeGreaterThan(590);
    expect(run.metrics).toMatchObject({ nodes: { used: 1 } });
    expect(flattenMetrics(run.metrics)['errors.killed']).toBe(0);
  });

  it('does nothing where it is switched off, and stays within its limits', () => {
    const off = finished({
      platform: { ...platform, hpa: { enabled: false }, nodeAutoscaler: { enabled: false } },
      services: [spike],
      run: { horizonSeconds: 300 },
    });
    expect(off.metrics).toMatchObject({ instances: { max: 1 }, nodes: { max: 1 } });
    const two = finished({
      platform: { ...platform, hpa: { maxReplicas: 40 }, nodeAutoscaler: { maxNodes: 2 } },
      services: [spike],
      run: { horizonSeconds: 390 },
    });
    expect(two.metrics).toMatchObject({ nodes: { max: 2 } });
    expect(flattenMetrics(two.metrics)['pods.pending']).toBeGreaterThan(0);
  });

  it('looks at the pods that get requests, and not at those that blue/green keeps besides', () => {
    const scaledAt = (thenPerSecond: number) =>
      finished({
        platform: {
          nodes: 6,
          deployOrder: 'blue-green',
          keepOldSeconds: 300,
          pods: { replicas: 4, cpuRequest: 0.5 },
          hpa: { minReplicas: 2, maxReplicas: 20, targetCpuPercent: 60 },
        },
        services: [
          {
            ...calm(1, 20),
            arrivals: { kind: 'trace', perSecond: [61, thenPerSecond], intervalSeconds: 90 },
          },
        ],
        deployments: [{ service: 'web', atSeconds: 62 }],
        run: { horizonSeconds: 180, seeds: [1] },
      }).log.filter(({ kind }) => kind === 'pods-scaled');
    expect(scaledAt(61)).toEqual([]);
    // Twice the load is twice the pods at the first look after it came.
    const [first] = scaledAt(122);
    expect(first?.atMs).toBe(105_000);
    expect(first?.detail['to']).toBeGreaterThanOrEqual(8);
  });

  it('orders as many nodes as the pending pods need, and no node for a pod that fits none', () => {
    const pending = finished({
      platform: { nodes: 1, pods: { replicas: 9, cpuRequest: 2 }, nodeAutoscaler: { maxNodes: 9 } },
    });
    // Nine pods, two to a node: four nodes besides the first.
    expect(logged(pending, 'node-ordered').map(([at]) => at)).toEqual([10, 10, 10, 10]);
    expect(pending.metrics).toMatchObject({ nodes: { used: 5, needed: 5 } });
    const hopeless = finished({
      platform: { nodes: 1, pods: { replicas: 1, cpuRequest: 5 }, nodeAutoscaler: {} },
    });
    expect(logged(hopeless, 'node-ordered')).toEqual([]);
  });

  it('moves the pods of a node that is hardly used, and gives it back', () => {
    const moving = {
      platform: {
        nodes: 3,
        pods: { replicas: 3, cpuRequest: 0.5 },
        nodeAutoscaler: { minNodes: 1, unneededSeconds: 20, scanSeconds: 10 },
        drainSeconds: 5,
      },
      run: { horizonSeconds: 300 },
    };
    const run = finished(moving);
    expect(run.metrics).toMatchObject({ nodes: { used: 1 } });
    expect(counts(run)).toEqual([3]);
    expect(logged(run, 'node-removed').length).toBe(2);
    // Requests that were under way were answered.
    expect(flattenMetrics(run.metrics)['errors.killed']).toBe(0);
  });
});

describe('a snapshot', () => {
  it('shows pods on their nodes, on their way there, and without one', () => {
    const simulation = started({
      platform: {
        nodes: 1,
        pods: { replicas: 3, cpuRequest: 2 },
        nodeAutoscaler: { maxNodes: 2 },
        pullMiBPerSecond: 10,
      },
    });
    const view = () => {
      const { hosts, pending } = simulation.snapshot();
      return {
        hosts: hosts.map(({ state, groups }) => [
          state,
          ...groups.map(({ id, kind, state: its }) => `${kind} ${id} ${its}`),
        ]),
        pending: pending?.map(({ id }) => id),
      };
    };
    const first = ['up', 'pod web-1 running', 'pod web-2 running'];
    expect(view()).toEqual({ hosts: [first], pending: ['web-3'] });
    simulation.advance({ untilMs: 11_000 });
    expect(view()).toEqual({ hosts: [first, ['starting']], pending: ['web-3'] });
    // The node is there at 35.8 s, the image 18 s later, the pod 5.59 s after that.
    simulation.advance({ untilMs: 40_000 });
    expect(view()).toEqual({ hosts: [first, ['up', 'pod web-3 starting']], pending: [] });
    simulation.advance({ untilMs: 59_380 });
    expect(view().hosts[1]).toEqual(['up', 'pod web-3 starting']);
    simulation.advance({ untilMs: 59_400 });
    expect(view().hosts[1]).toEqual(['up', 'pod web-3 running']);
  });
});

describe('containers that end', () => {
  const platform = { nodes: 1, pods: { replicas: 1, memoryLimitMiB: 600 } };
  const leak = { kind: 'leak', service: 'web', atSeconds: 0, mibPerSecond: 100 };

  it('by their memory limit are started again at once, then after 10, 20, 40 s and so on', () => {
    const run = finished({ platform, faults: [leak], run: { horizonSeconds: 1500 } });
    // 256 MiB of heap and 223 of runtime leave 121 MiB: gone in the second step. A start takes 5.59 s.
    const killed = logged(run, 'memory-limit-killed').map(([at]) => Number(at));
    const back = logged(run, 'restarted').map(([at]) => Number(at));
    expect(killed[0]).toBe(2);
    const waits = back.map((at, i) => at - (killed[i] ?? NaN) - 5.59);
    const expected = [0, 10, 20, 40, 80, 160, 300, 300];
    expected.forEach((seconds, i) => expect(waits[i]).toBeCloseTo(seconds, 6));
    expect(run.metrics).toMatchObject({ oomKills: killed.length, restarts: back.length, blastRadius: 1 });
    const delays = run.log
      .filter(({ kind }) => kind === 'crash-loop')
      .map(({ detail }) => detail['delaySeconds']);
    // The first time nothing is waited for.
    expect(delays.slice(0, 7)).toEqual(expected.slice(1));
  });

  it('after ten minutes without trouble wait as at first', () => {
    const crash = (atSeconds: number) => ({ kind: 'crash', service: 'web', atSeconds });
    const run = finished({
      platform,
      faults: [crash(10), crash(100), crash(800)],
      run: { horizonSeconds: 1000 },
    });
    const back = logged(run, 'restarted').map(([at]) => Number(at) - 5.59);
    expect(back.map((seconds) => Math.round(seconds))).toEqual([10, 110, 800]);
  });

  it('take nobody with them, but a leak without a limit does where the kernel is shared', () => {
    const services = [
      { ...web, name: 'leaky' },
      { ...web, name: 'large', memoryMiB: 3000 },
    ];
    const faults = [{ ...leak, service: 'leaky', mibPerSecond: 400 }];
    const radius = (sandbox: string, memoryLimitMiB: number, services_: object = {}): unknown =>
      finished({
        platform: {
          nodes: 1,
          nodeMemoryMiB: 5000,
          sandbox,
          pods: { replicas: 1, memoryRequestMiB: 700, memoryLimitMiB },
          services: services_,
        },
        services,
        faults,
      }).metrics['blastRadius'];
    const roomy = { large: { memoryRequestMiB: 3500, memoryLimitMiB: 0 } };
    expect(radius('shared-kernel', 0)).toBe(1);
    expect(radius('gvisor', 0)).toBe(1);
    expect(radius('shared-kernel', 800, roomy)).toBe(0.5);
    // A virtual machine has the memory that it was made with, and no more to take.
    expect(radius('microvm', 0, roomy)).toBe(0.5);
    expect(radius('vm', 0, roomy)).toBe(0.5);
  });
});

describe('a node without memory', () => {
  const settings = (request: number, limit: number, cores = 1) => ({
    memoryRequestMiB: request,
    memoryLimitMiB: limit,
    cpuRequest: cores,
    cpuLimit: limit === 0 ? 0 : cores,
  });
  const claims = (request: number, limit: number, cpuRequest: number, cpuLimit: number) => ({
    memoryRequestMiB: request,
    memoryLimitMiB: limit,
    cpuRequest,
    cpuLimit,
  });

  it('adjusts badness by class: Guaranteed, Burstable by its request, BestEffort', () => {
    expect(oomScoreAdjustment(claims(2500, 2500, 1, 1), 4096)).toBe(-997);
    expect(oomScoreAdjustment(claims(0, 0, 0, 0), 4096)).toBe(1000);
    expect(oomScoreAdjustment(claims(1024, 0, 0.5, 0), 4096)).toBe(750);
    expect(oomScoreAdjustment(claims(1, 0, 0.5, 0), 4096)).toBe(999);
    expect(oomScoreAdjustment(claims(4096, 0, 0.5, 0), 4096)).toBe(2);
    expect(oomScoreAdjustment(claims(2500, 2500, 1, 2), 4096)).toBe(390);
  });

  it('kills who has promised least, and a Guaranteed pod last, however large it is', () => {
    const victims = (precious: object) =>
      logged(
        finished({
          platform: { nodes: 1, nodeMemoryMiB: 4096, pods: { replicas: 1 }, services: { precious } },
          services: [
            { ...web, name: 'precious', memoryMiB: 2000 },
            { ...web, name: 'leaky' },
          ],
          faults: [{ kind: 'leak', service: 'leaky', atSeconds: 5, mibPerSecond: 50 }],
        }),
        'oom-killed',
      ).map(([, , subject]) => String(subject).split('-')[0]);
    expect(new Set(victims(settings(2500, 2500)))).toEqual(new Set(['leaky']));
    // Without a promise the larger one goes first.
    expect(victims({ memoryRequestMiB: 0, cpuRequest: 0 })[0]).toBe('precious');
  });
});

describe('a sandbox', () => {
  const used = (sandbox: string): number =>
    started({ platform: { nodes: 1, sandbox, pods: { replicas: 3 } } }).snapshot().hosts[0]?.memoryUsedMiB ??
    NaN;
  const lead = (platform: object): number => metricsFor({ platform })['deploy.leadSeconds'] ?? NaN;

  it('takes memory and time of every container', () => {
    expect(used('shared-kernel')).toBe(512 + 3 * (256 + 223 + 7));
    expect(used('vm') - used('shared-kernel')).toBe(3 * (52 - 7));
    expect(lead({ sandbox: 'microvm' }) - lead({ sandbox: 'gvisor' })).toBeCloseTo(2 * 0.075, 9);
    expect(lead({ disk: 'hdd' }) - lead({})).toBeCloseTo(2 * 0.59, 9);
    expect(lead({ sandboxStartMs: 1020 }) - lead({})).toBeCloseTo(2, 9);
  });

  it('of its own is reserved besides what the pod requests', () => {
    const pods = { replicas: 5, memoryRequestMiB: 4096 };
    expect(counts(finished({ platform: { nodes: 1, pods } }))).toEqual([4]);
    expect(counts(finished({ platform: { nodes: 1, sandbox: 'microvm', pods } }))).toEqual([3]);
  });

  it('of whole cores bounds endless loops, which otherwise take all that nobody else wants', () => {
    const busy = (sandbox: string): number =>
      metricsFor({
        platform: { nodes: 1, sandbox, pods: { replicas: 1 } },
        services: [calm(0.01, 1)],
        faults: [{ kind: 'cpu-hog', service: 'web', atSeconds: 0, cores: 8 }],
      })['utilisation'] ?? NaN;
    expect(busy('shared-kernel')).toBeCloseTo(1, 3);
    expect(busy('microvm')).toBeCloseTo(1 / 4, 3);
  });
});

it('a zone that holds no node can be lost without harm', () => {
  const zones = { nodes: 2, zones: 3, pods: { replicas: 2 } };
  const lost = (zone: number) =>
    finished({ platform: zones, faults: [{ kind: 'zone-loss', zone, atSeconds: 10 }] }).metrics[
      'blastRadius'
    ];
  expect([lost(1), lost(3)]).toEqual([1, 0]);
});

describe('a node that is lost', () => {
  const platform = { nodes: 2, pods: { replicas: 2 } };
  const loss = { kind: 'host-loss', host: 1, atSeconds: 20 };
  const run = { horizonSeconds: 500, seeds: [1] };
  const services = [calm(10, 20)];

  it('is noticed after 40 s, and its pods are started elsewhere after 300 s more', () => {
    const lost = finished({ platform, services, faults: [loss], run });
    expect(logged(lost)).toEqual([
      [20, 'host-lost', 'node-1'],
      [60, 'node-not-ready', 'node-1'],
      [360, 'pods-evicted', 'node-1'],
      [360, 'node-removed', 'node-1'],
    ]);
    expect(lost.placement).toEqual({ 'web-2': 'node-2', 'web-3': 'node-2' });
    // Every second of 10 requests in a second, for 40 s: the balancer does not know yet.
    const { errors } = lost.metrics as { errors: Record<string, number> };
    expect(Math.abs((errors['unavailable'] ?? NaN) - 200)).toBeLessThanOrEqual(1);
    expect(lost.metrics['imagePulls']).toBe(0);
  });

  it('is done without sooner where that is set so', () => {
    const quick = { ...platform, nodeMonitorGraceSeconds: 5, evictionTolerationSeconds: 10 };
    const lost = finished({ platform: quick, services, faults: [loss], run });
    expect(logged(lost, 'node-not-ready', 'pods-evicted').map(([at]) => at)).toEqual([25, 35]);
    expect(flattenMetrics(lost.metrics)['errors.unavailable']).toBeLessThanOrEqual(26);
  });

  it('goes on with its pods where it is back in time, and empty where it is back too late', () => {
    const back = finished({ platform, services, faults: [{ ...loss, forSeconds: 100 }], run });
    expect(back.placement).toEqual({ 'web-1': 'node-1', 'web-2': 'node-2' });
    expect(logged(back, 'host-back', 'restarted').map(([at]) => at)).toEqual([120, 125.59]);
    const late = finished({ platform, services, faults: [{ ...loss, forSeconds: 400 }], run });
    expect(late.placement).toEqual({ 'web-2': 'node-2', 'web-3': 'node-2' });
    expect(late.metrics).toMatchObject({ nodes: { mean: 2, used: 1 } });
  });

  it('still gets pods until it is noticed, which wait for it or for being given up', () => {
    const deployments = [{ service: 'web', atSeconds: 25 }];
    const lost = finished({ platform, services, faults: [loss], deployments, run });
    const [finishedAt] = logged(lost, 'deploy-finished').map(([at_]) => Number(at_));
    expect(finishedAt).toBeGreaterThan(360 + 5.59);
    const back = finished({ platform, services, faults: [{ ...loss, forSeconds: 30 }], deployments, run });
    // None may be missing: the second new pod comes once the first is ready, on the node that is back.
    expect(Number(logged(back, 'deploy-finished')[0]?.[0])).toBeCloseTo(50 + 2 * (5.59 + 0.4), 6);
  });

  it('counts as ready until it is noticed, so that a new version takes pods away that were needed', () => {
    const dip = (atSeconds: number): number =>
      metricsFor({
        platform: { nodes: 4, pods: { replicas: 4 } },
        services,
        faults: [loss],
        deployments: [{ service: 'web', atSeconds }],
        run,
      })['deploy.capacityDip'] ?? NaN;
    // One of the three that are left; known to be lost, the fourth is the one that may be missing.
    expect(dip(25)).toBeCloseTo(1 / 3, 9);
    expect(dip(65)).toBe(0);
  });

  it('takes with it every pod of a zone', () => {
    const lost = finished({
      platform: { nodes: 4, zones: 2, pods: { replicas: 4 } },
      services,
      faults: [{ kind: 'zone-loss', zone: 2, atSeconds: 20, forSeconds: 30 }],
    });
    expect(logged(lost, 'host-lost').map(([, , node]) => node)).toEqual(['node-2', 'node-4']);
    expect(Object.keys(lost.placement ?? {})).toHaveLength(4);
  });

  it('is replaced by the node autoscaler where its pods find no room', () => {
    const lost = finished({
      platform: {
        nodes: 2,
        pods: { replicas: 2, cpuRequest: 3 },
        nodeAutoscaler: { minNodes: 1, maxNodes: 3 },
        evictionTolerationSeconds: 20,
      },
      services,
      faults: [loss],
      run,
    });
    expect(logged(lost, 'pods-evicted', 'node-ordered', 'node-ready')).toEqual([
      [80, 'pods-evicted', 'node-1'],
      [80, 'node-ordered', 'node-3'],
      [105.8, 'node-ready', 'node-3'],
    ]);
    expect(lost.placement).toEqual({ 'web-2': 'node-2', 'web-3': 'node-3' });
    // The node has no image yet.
    expect(lost.metrics['imagePulls']).toBe(1);
  });
});

describe('a new version', () => {
  const services = [calm(40, 10)];
  const order = [{ service: 'web', atSeconds: 20 }];
  // Own layers 40 MiB at 100 MiB/s, container 0.57 s, sandbox 0.02 s, service 5 s.
  const startSeconds = 0.59 + 5;
  const deploy = ({ metrics }: RunResult) => metrics['deploy'] as Record<string, number>;

  it('rolls over the pods a quarter at a time, and loses nothing', () => {
    const platform = { nodes: 4, pods: { replicas: 4 } };
    const run = finished({ platform, services, deployments: order });
    // One more and one less at once: two at a time, two waits.
    expect(deploy(run)['leadSeconds']).toBeCloseTo(2 * (startSeconds + 0.4), 6);
    expect(deploy(run)).toMatchObject({ capacityDip: 0.25, lostRequests: 0, restartedShare: 1 });
    expect(run.metrics['errorRate']).toBe(0);
    expect(Object.keys(run.placement ?? {}).sort()).toEqual(['web-5', 'web-6', 'web-7', 'web-8']);
    const careful = finished({
      platform: { ...platform, maxUnavailablePercent: 0 },
      services,
      deployments: order,
    });
    expect(deploy(careful)['capacityDip']).toBe(0);
    expect(deploy(careful)['leadSeconds']).toBeGreaterThan(3 * startSeconds);
  });

  it('pulls its own layers only, once for each node', () => {
    const run = finished({ platform: { nodes: 1, pods: { replicas: 4 } }, services, deployments: order });
    expect(run.metrics['imagePulls']).toBe(1);
    expect(deploy(run)['leadSeconds']).toBeCloseTo(2 * startSeconds + 0.4, 6);
  });

  it('takes about as long as is told of a run without deployments', () => {
    for (const replicas of [1, 2, 3, 4, 7, 10, 16]) {
      for (const deployOrder of ['rolling', 'blue-green']) {
        const platform = { nodes: 1, deployOrder, pods: { replicas, cpuRequest: 0.1, memoryRequestMiB: 0 } };
        const told = deploy(finished({ platform, services }))['leadSeconds'] ?? NaN;
        const found = finished({ platform, services, deployments: order, run: { horizonSeconds: 200 } });
        expect(deploy(found)['leadSeconds']).toBeCloseTo(told, 6);
      }
    }
  });

  it('needs room besides the old one for blue/green, and then switches at once', () => {
    const platform = { deployOrder: 'blue-green', keepOldSeconds: 15, pods: { replicas: 4, cpuRequest: 2 } };
    const run = finished({ platform: { ...platform, nodes: 4 }, services, deployments: order });
    expect(logged(run, 'traffic-switched').map(([at]) => at)).toEqual([20 + startSeconds + 0.4]);
    expect(deploy(run)).toMatchObject({ capacityDip: 0, lostRequests: 0 });
    expect(Object.keys(run.placement ?? {})).toHaveLength(4);
    const full = finished({ platform: { ...platform, nodes: 2 }, services, deployments: order });
    expect(logged(full, 'traffic-switched')).toEqual([]);
    expect(flattenMetrics(full.metrics)['pods.pending']).toBeGreaterThan(2);
    expect(full.metrics['errorRate']).toBe(0);
  });

  const bad = { kind: 'bad-deploy', service: 'web', atSeconds: 20, errorRate: 1, detectSeconds: 30 };

  it('that is bad is taken back at once by blue/green, and step by step by rolling', () => {
    const platform = { nodes: 4, pods: { replicas: 4 } };
    const after = { run: { horizonSeconds: 120, seeds: [1] } };
    const blueGreen = finished({
      platform: { ...platform, deployOrder: 'blue-green' },
      services,
      faults: [bad],
      ...after,
    });
    const switched = logged(blueGreen, 'traffic-switched').map(([at]) => Number(at));
    expect(switched).toEqual([20 + startSeconds + 0.4, 50]);
    const bugs = flattenMetrics(blueGreen.metrics)['errors.bug'] ?? NaN;
    expect(bugs / 40).toBeCloseTo(50 - (switched[0] ?? NaN), 0);
    expect(blueGreen.metrics['blastRadius']).toBe(1);
    const rolling = finished({ platform, services, faults: [bad], ...after });
    expect(logged(rolling, 'rollback-started').map(([at]) => at)).toEqual([50]);
    const finishedAt = logged(rolling, 'deploy-finished').map(([at]) => Number(at));
    expect(deploy(rolling)['leadSeconds']).toBeCloseTo(2 * (startSeconds + 0.4), 6);
    expect(deploy(rolling)['rollbackSeconds']).toBeCloseTo(2 * startSeconds, 6);
    expect(deploy(blueGreen)).toMatchObject({ leadSeconds: startSeconds + 0.4, rollbackSeconds: 0 });
    expect(finishedAt[1]).toBeGreaterThan(50 + startSeconds);
    // The image of the version before is still on the nodes.
    expect(finishedAt[1]).toBeCloseTo(50 + 2 * startSeconds, 6);
    expect(flattenMetrics(rolling.metrics)['errors.bug']).toBeGreaterThan(bugs);
  });

  it('that is bad is not taken back once another one has come, and never seen where it is taken back in time', () => {
    const platform = { nodes: 4, pods: { replicas: 4 } };
    const fixed = finished({
      platform,
      services,
      faults: [{ ...bad, detectSeconds: 60 }],
      deployments: [{ service: 'web', atSeconds: 40 }],
      run: { horizonSeconds: 200, seeds: [1] },
    });
    expect(
      logged(fixed, 'deploy-started', 'rollback-started', 'deploy-finished').map(([at, kind]) => [at, kind]),
    ).toEqual([
      [20, 'deploy-started'],
      [31.98, 'deploy-finished'],
      [40, 'deploy-started'],
      [51.98, 'deploy-finished'],
    ]);
    const early = finished({
      platform: { ...platform, deployOrder: 'blue-green' },
      services,
      faults: [{ ...bad, detectSeconds: 3 }],
    });
    expect(early.metrics).toMatchObject({ errorRate: 0, blastRadius: 0 });
    expect(logged(early, 'traffic-switched')).toEqual([]);
    expect(Object.keys(early.placement ?? {})).toEqual(['web-1', 'web-2', 'web-3', 'web-4']);
  });

  it('that is bad hits nobody where blue/green finds no room for all of it, and so never switches', () => {
    const run = finished({
      platform: { nodes: 3, deployOrder: 'blue-green', pods: { replicas: 4, cpuRequest: 2 } },
      services,
      faults: [bad],
    });
    expect(flattenMetrics(run.metrics)['pods.pending']).toBeGreaterThan(0);
    expect(run.metrics).toMatchObject({ errorRate: 0, blastRadius: 0 });
  });

  it('ordered while pods find no room waits for it together with those of the version before', () => {
    const platform = {
      nodes: 1,
      pods: { replicas: 3, cpuRequest: 2 },
      nodeAutoscaler: { maxNodes: 4 },
      nodeBootSeconds: 30,
    };
    const deployments = [{ service: 'web', atSeconds: 5 }];
    const run = finished({ platform, services, deployments, run: { horizonSeconds: 200, seeds: [1] } });
    // None may be missing, so the old pod that waits is not given up for a second new one.
    expect(logged(run, 'pod-pending').map(([, , pod]) => pod)).toEqual(['web-3', 'web-4']);
    expect(Object.keys(run.placement ?? {}).sort()).toEqual(['web-4', 'web-5', 'web-6']);
    expect(deploy(run)['capacityDip']).toBe(0);
  });

  it('goes back to the last sound one after two bad ones', () => {
    for (const deployOrder of ['rolling', 'blue-green']) {
      const run = finished({
        platform: { nodes: 4, deployOrder, pods: { replicas: 4 } },
        services,
        faults: [
          { ...bad, detectSeconds: 50 },
          { ...bad, atSeconds: 40, detectSeconds: 20 },
        ],
        run: { horizonSeconds: 100, warmupSeconds: 85, seeds: [1] },
      });
      expect(run.metrics['errorRate']).toBe(0);
      expect(logged(run, 'rollback-started').map(([at]) => at)).toEqual([60]);
    }
  });
});

describe('a file of containers', () => {
  it('is refused where it cannot be, with the path', () => {
    const problems = (platform: object, others: Scenario = {}) =>
      problemsOf(scenario({ ...others, platform }));
    expect(problems({})).toEqual([]);
    expect(problems({ pods: { cpuRequest: 2, cpuLimit: 1 } })).toEqual(['platform.pods.cpuLimit']);
    expect(problems({ services: { web: { memoryLimitMiB: 100 } } })).toEqual([
      'platform.services.web.memoryLimitMiB',
    ]);
    expect(problems({ services: { nobody: {} } })).toEqual(['platform.services.nobody']);
    expect(problems({ hpa: {}, pods: { cpuRequest: 0 } })).toEqual(['platform.pods.cpuRequest']);
    expect(problems({ hpa: { minReplicas: 5, maxReplicas: 4 } })).toEqual(['platform.hpa.maxReplicas']);
    expect(problems({ nodeAutoscaler: { minNodes: 5, maxNodes: 4 } })).toEqual([
      'platform.nodeAutoscaler.maxNodes',
    ]);
    expect(problems({ pods: { replicas: 1000 } }, { services: [{ ...web, count: 3 }] })).toEqual([
      'platform.pods.replicas',
    ]);
    expect(problems({ nodes: 2 }, { faults: [{ kind: 'host-loss', host: 3, atSeconds: 1 }] })).toEqual([
      'faults[0].host',
    ]);
    expect(problems({ zones: 1 }, { faults: [{ kind: 'zone-loss', zone: 2, atSeconds: 1 }] })).toEqual([
      'faults[0].zone',
    ]);
    expect(problems({ pods: { imageMiB: -1 }, sandbox: 'jail' })).toEqual([
      'platform.pods.imageMiB',
      'platform.sandbox',
    ]);
  });
});
