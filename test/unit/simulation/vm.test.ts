import { describe, expect, it } from 'vitest';
import { createSimulation } from '#shared/simulation/simulate.ts';
import { fileOf, problemsOf } from './support.ts';
import { billedVms, billOf, logged, ran, vmScenario, web } from './vm-support.ts';

const steady = (perSecond: number) => ({ kind: 'poisson', perSecond });
const step = (perSecond: number, thenPerSecond: number, atSeconds: number) => ({
  kind: 'step',
  perSecond,
  thenPerSecond,
  atSeconds,
});
/** From the order of a VM until its service answers. */
const newVmSeconds = 25.8 + 10;

describe('a fleet of a fixed size', () => {
  it('is what its instance type says, and the file may say otherwise', () => {
    const hostsOf = (platform: object) =>
      createSimulation(fileOf(vmScenario({ platform })), 1)
        .snapshot()
        .hosts.map(({ cores, memoryMiB }) => [cores, memoryMiB]);
    expect(hostsOf({})).toEqual([
      [2, 8192],
      [2, 8192],
    ]);
    expect(hostsOf({ instanceType: 'm5.4xlarge', instances: 1 })).toEqual([[16, 65_536]]);
    expect(hostsOf({ vCpus: 3, memoryMiB: 2048, instances: 1 })).toEqual([[3, 2048]]);
    expect(hostsOf({ services: { web: { instanceType: 't3.micro', instances: 1 } }, vCpus: 3 })).toEqual([
      [2, 1024],
    ]);
  });

  it('is paid for whether it works or not', () => {
    const { metrics, result } = ran({ platform: { instanceType: 'm5.xlarge' } });
    expect(metrics['costPerHourUsd']).toBeCloseTo(2 * 0.192, 9);
    const { parts } = result.explanation.cost;
    const usd = 2 * 0.192 * (600 / 3600);
    expect(parts.work).toBeCloseTo(usd * (metrics['utilisation'] ?? NaN), 9);
    expect(parts.idle).toBeCloseTo(usd * (1 - (metrics['utilisation'] ?? NaN)), 9);
    expect([parts.starting, parts.minimum]).toEqual([0, 0]);
  });

  it('counts busy cores over the cores of the VMs in service', () => {
    const { metrics } = ran({ run: { horizonSeconds: 3000, warmupSeconds: 300 } });
    // 50 requests a second of 20 ms each keep one of four cores busy.
    expect(metrics['utilisation']).toBeCloseTo(0.25, 2);
    expect(metrics['services.web.cpuCores']).toBeCloseTo(1, 1);
    expect(metrics['instances.mean']).toBe(2);
    expect(metrics['services.web.instances.mean']).toBe(2);
    // Operating system, runtime and heap.
    expect(metrics['memoryUtilisation']).toBeCloseTo((512 + 223 + 256) / 8192, 9);
  });

  it('isolates: what comes over one VM does not come over another service', () => {
    const run = ran({
      services: [web, { ...web, name: 'api' }],
      faults: [
        { kind: 'leak', service: 'web', atSeconds: 60, mibPerSecond: 200 },
        { kind: 'cpu-hog', service: 'web', atSeconds: 60, cores: 8 },
      ],
    });
    expect(run.metrics['blastRadius']).toBe(0.5);
    expect(run.metrics['oomKills']).toBeGreaterThan(0);
    expect(run.metrics['services.api.errorRate']).toBe(0);
    expect(run.metrics['services.web.errorRate']).toBeGreaterThan(0);
  });
});

describe('autoscaling', () => {
  const scaled = (scaling: object, arrivals: object, more: object = {}, horizonSeconds = 2700) =>
    ran({
      platform: { scaling: { min: 2, max: 8, ...scaling }, ...more },
      services: [{ ...web, arrivals, cpu: { kind: 'deterministic', meanMs: 100 } }],
      run: { horizonSeconds },
    });

  it('by target tracking adds after three minutes and takes away after fifteen', () => {
    const spike = { kind: 'spike', perSecond: 16, peakPerSecond: 38, atSeconds: 600, forSeconds: 1800 };
    const run = scaled({ policy: 'target-tracking', warmupSeconds: 60 }, spike, {}, 3600);
    // Points at 660, 720 and 780 s are at 0.95 of four cores: ceil(2 x 0.95 / 0.5) = 4.
    expect(logged(run, 'scaled-out')).toEqual([[780, 'scaled-out']]);
    expect(run.metrics['instances.max']).toBe(4);
    // From 2400 s on 0.2: the fifteenth point below 0.45 is at 3300 s.
    expect(logged(run, 'scaled-in')).toEqual([[3300, 'scaled-in']]);
    expect(run.metrics).toMatchObject({ scaleOuts: 1, scaleIns: 1 });
    const added = billedVms(run.trace).filter(({ fromMs }) => fromMs > 0);
    // Billed from the boot on, which is the last 3.2 s of the launch.
    expect(added.map(({ fromMs }) => fromMs / 1000)).toEqual([780 + 22.6, 780 + 22.6]);
  });

  it('by requests per VM comes to as many as the rate needs', () => {
    const run = scaled({ policy: 'target-tracking', targetRequestsPerSecond: 6 }, steady(27));
    expect(logged(run, 'scaled-out')).toEqual([[180, 'scaled-out']]);
    expect(run.metrics['instances.max']).toBe(5);
  });

  it('by a threshold goes step by step, with a cooldown between', () => {
    const run = scaled({ policy: 'simple', scaleOutBy: 1 }, step(12, 80, 600));
    // Points at 660 and 720 s are too high. The VM answers after 35.8 s, then 300 s must pass: the next point is at 1080 s.
    const times = logged(run, 'scaled-out').map(([seconds]) => seconds);
    expect(times).toEqual([720, 1080, 1440, 1800, 2160]);
  });

  it('by a schedule is there before the load', () => {
    const run = ran({
      platform: {
        scaling: {
          policy: 'scheduled',
          min: 1,
          max: 8,
          schedule: [
            { atSeconds: 500, instances: 6 },
            { atSeconds: 900, instances: 2 },
          ],
          repeatSeconds: 1200,
        },
      },
      services: [
        {
          ...web,
          arrivals: { kind: 'spike', perSecond: 50, peakPerSecond: 400, atSeconds: 600, forSeconds: 250 },
        },
      ],
      run: { horizonSeconds: 2400 },
    });
    expect(logged(run, 'scaled-out', 'scaled-in')).toEqual([
      [500, 'scaled-out'],
      [900, 'scaled-in'],
      [1700, 'scaled-out'],
      [2100, 'scaled-in'],
    ]);
    expect(run.metrics['latencyMs.p99']).toBeLessThan(300);
    expect(run.metrics['errors.killed']).toBe(0);
  });

  it('shows the time that a VM takes to come as a backlog, which a warm pool makes smaller', () => {
    const spike = { kind: 'spike', perSecond: 12, peakPerSecond: 66, atSeconds: 600, forSeconds: 600 };
    const policy = { policy: 'target-tracking', targetUtilisation: 0.4, warmupSeconds: 30, pointSeconds: 20 };
    const backlog = (run: ReturnType<typeof ran>): number => run.metrics['backlog.max'] ?? NaN;
    const cold = scaled(policy, spike);
    const warm = scaled(policy, spike, { warmPool: 8 });
    const provisioned = scaled({ policy: 'fixed' }, spike, { instances: 5 });
    // 66 x 0.1 = 6.6 cores are wanted and 4 are there until the new ones come: 2.6 / 0.1 = 26 a second pile up.
    const delaySeconds = 60 + newVmSeconds;
    expect(backlog(cold)).toBeGreaterThan(0.85 * 26 * delaySeconds);
    expect(backlog(cold)).toBeLessThan(1.15 * 26 * delaySeconds);
    expect(backlog(warm)).toBeLessThan(1.15 * 26 * (60 + 12.8 + 10));
    expect(backlog(warm)).toBeLessThan(backlog(cold));
    expect(backlog(provisioned)).toBeLessThan(backlog(cold) / 20);
    expect(cold.metrics['costPerHourUsd']).toBeLessThan(provisioned.metrics['costPerHourUsd'] ?? NaN);
  });

  it('stays within its limits, and does nothing where it must not', () => {
    const run = scaled({ policy: 'target-tracking', max: 3 }, steady(80));
    expect(run.metrics['instances.max']).toBe(3);
    expect(scaled({ policy: 'fixed' }, steady(38)).metrics).toMatchObject({
      scaleOuts: 0,
      'instances.max': 2,
    });
  });
});

describe('a run in which hundreds of VMs come and go', () => {
  it('forgets none of what they did and cost', () => {
    const schedule = [
      { atSeconds: 10, instances: 40 },
      { atSeconds: 50, instances: 2 },
    ];
    const run = ran({
      platform: {
        vCpus: 1,
        drainSeconds: 0,
        launchSeconds: 1,
        scaling: { policy: 'scheduled', max: 40, schedule, repeatSeconds: 60 },
      },
      services: [{ ...web, startSeconds: 0.1, cpu: { kind: 'exponential', meanMs: 15 } }],
    });
    const { metrics, result, trace } = run;
    expect(billedVms(trace).length).toBeGreaterThan(300);
    expect(result.explanation.cost.totalUsd).toBeCloseTo(billOf(trace, 0, 600_000), 9);
    // Measured on the VMs, over time, and by the requests: three books that must agree.
    const cores = metrics['services.web.cpuCores'] ?? NaN;
    expect((metrics['utilisation'] ?? NaN) * (metrics['instances.mean'] ?? NaN)).toBeCloseTo(cores, 6);
    const { utilisation, instances, bucketMs } = result.series;
    const busyMs = utilisation.reduce((sum, share, i) => sum + share * (instances[i] ?? NaN) * bucketMs, 0);
    expect(busyMs / (utilisation.length * bucketMs) / cores).toBeCloseTo(1, 2);
    expect((metrics['memoryUtilisation'] ?? NaN) / ((512 + 223 + 256) / 8192)).toBeCloseTo(1, 2);
    const perVm = (metrics['services.web.memoryMiB'] ?? NaN) / (metrics['instances.mean'] ?? NaN);
    expect(perVm).toBeCloseTo(223 + 256, 6);
  });
});

describe('a lost VM', () => {
  it('is noticed after a minute and replaced, its requests lost', () => {
    const run = ran({ faults: [{ kind: 'host-loss', host: 1, atSeconds: 100 }] });
    expect(logged(run, 'host-lost', 'instance-replaced')).toEqual([
      [100, 'host-lost'],
      [160, 'instance-replaced'],
    ]);
    const [lost, , replacement] = billedVms(run.trace);
    expect(lost?.untilMs).toBe(100_000);
    expect(replacement?.fromMs).toBeCloseTo(160_000 + 22_600, 6);
    expect(run.metrics['instances.mean']).toBeCloseTo(2 - (60 + newVmSeconds) / 600, 9);
  });

  it('comes back in another zone while its own is down', () => {
    const file = vmScenario({
      platform: { instances: 4, zones: 2, statusCheckSeconds: 10 },
      faults: [{ kind: 'zone-loss', zone: 2, atSeconds: 100, forSeconds: 200 }],
    });
    const simulation = createSimulation(fileOf(file), 1);
    const up = (seconds: number): number => {
      simulation.advance({ untilMs: seconds * 1000 });
      return simulation.snapshot().hosts.filter(({ state }) => state === 'up').length;
    };
    expect([99, 101, 140, 150].map(up)).toEqual([4, 2, 2, 4]);
  });

  it('is none where its zone holds no VM now', () => {
    const lost = (instances: number, zone: number) =>
      logged(
        ran({
          platform: { instances, zones: 3 },
          faults: [{ kind: 'zone-loss', zone, atSeconds: 100, forSeconds: 50 }],
        }),
        'host-lost',
      ).length;
    expect([lost(2, 1), lost(2, 2), lost(2, 3)]).toEqual([1, 1, 0]);
  });

  it('stays away as long as any fault takes its zone', () => {
    const loss = { kind: 'zone-loss', zone: 1, atSeconds: 100, forSeconds: 300 };
    const run = ran({
      platform: { instances: 2, zones: 2, statusCheckSeconds: 10 },
      faults: [loss, { ...loss, atSeconds: 150, forSeconds: 20 }],
    });
    expect(logged(run, 'zone-back')).toEqual([[400, 'zone-back']]);
  });

  it('with all zones down is replaced as soon as one is back', () => {
    const run = ran({
      platform: { zones: 1, statusCheckSeconds: 10 },
      faults: [{ kind: 'zone-loss', zone: 1, atSeconds: 100, forSeconds: 100 }],
    });
    const ready = run.result.series.instances;
    const { bucketMs } = run.result.series;
    const at = (seconds: number): number | undefined => ready[Math.floor((seconds * 1000) / bucketMs)];
    expect([at(90), at(150), at(230), at(240)]).toEqual([2, 0, 0, 2]);
  });

  it('is not what a crash is: the process starts again on its VM', () => {
    const run = ran({ faults: [{ kind: 'crash', service: 'web', atSeconds: 100 }] });
    expect(logged(run, 'crashed', 'restarted')).toEqual([
      [100, 'crashed'],
      [111, 'restarted'],
    ]);
    expect(billedVms(run.trace)).toHaveLength(2);
  });
});

describe('a warm pool', () => {
  it('gives a VM in half the time, is made anew, and costs what making it takes', () => {
    const schedule = [{ atSeconds: 100, instances: 3 }];
    const run = ran({ platform: { warmPool: 1, scaling: { policy: 'scheduled', schedule } } });
    const [, , taken, made] = billedVms(run.trace);
    expect([taken, made].map((vm) => vm?.fromMs)).toEqual([100_000 + 12_800 - 3200, 100_000 + 22_600]);
    expect(made?.untilMs).toBeCloseTo(100_000 + newVmSeconds * 1000, 6);
    const { parts } = run.result.explanation.cost;
    const usd = (seconds: number): number => (seconds / 3600) * 0.096;
    // Both boot for 3.2 s and start for 10 s; the one that is stopped is billed for a minute.
    expect(parts.starting).toBeCloseTo(usd(2 * 13.2), 9);
    expect(parts.minimum).toBeCloseTo(usd(60 - 13.2), 9);
  });
});

describe('what a file says of VMs', () => {
  it.each([
    [{ instanceType: 'm5.huge' }, 'platform.instanceType'],
    [{ instances: 0 }, 'platform.instances'],
    [{ scaling: { policy: 'simple', min: 3 } }, 'platform.instances'],
    [{ scaling: { policy: 'target-tracking', min: 5, max: 4 } }, 'platform.scaling.max'],
    [{ scaling: { policy: 'scheduled' } }, 'platform.scaling.schedule'],
    [
      { scaling: { policy: 'scheduled', schedule: [{ atSeconds: 9, instances: 40 }] } },
      'platform.scaling.schedule[0].instances',
    ],
    [{ scaling: { policy: 'simple', scaleOutAbove: 0.2 } }, 'platform.scaling.scaleInBelow'],
    [{ services: { nobody: {} } }, 'platform.services.nobody'],
    [{ services: { web: { scaling: { policy: 'simple', max: 1 } } } }, 'platform.services.web.instances'],
    [{ launchSeconds: -1 }, 'platform.launchSeconds'],
    [{ deployOrder: 'sideways' }, 'platform.deployOrder'],
  ])('is wrong in %j', (platform, path) => {
    expect(problemsOf(vmScenario({ platform }))).toEqual([path]);
  });

  it('is wrong where it makes more VMs than can be simulated, or loses a zone that is not there', () => {
    const services = [{ ...web, arrivals: steady(1), count: 100 }];
    expect(problemsOf(vmScenario({ services, platform: { instances: 21 } }))).toEqual(['platform']);
    const faults = [{ kind: 'zone-loss', zone: 3, atSeconds: 1 }];
    expect(problemsOf(vmScenario({ faults }))).toEqual(['faults[0].zone']);
  });
});
