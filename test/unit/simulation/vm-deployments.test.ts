import { describe, expect, it } from 'vitest';
import { billedVms, logged, ran, type VmScenario, web } from './vm-support.ts';

const bakeSeconds = 100;
const newVmSeconds = 25.8 + 10;
/** A service that nobody asks anything has nothing to drain. */
const idle = { ...web, arrivals: { kind: 'constant', perSecond: 0.000001 } };
const deployed = (platform: object, more: VmScenario = {}) =>
  ran({
    services: [idle],
    deployments: [{ service: 'web', atSeconds: 50 }],
    ...more,
    platform: { instances: 4, imageBakeSeconds: bakeSeconds, ...platform },
  });
const lead = (run: ReturnType<typeof ran>): number => run.metrics['deploy.leadSeconds'] ?? NaN;
const dip = (run: ReturnType<typeof ran>): number => run.metrics['deploy.capacityDip'] ?? NaN;

describe('a rolling deployment', () => {
  it('takes bake, and launch and bootstrap for each batch', () => {
    expect(lead(deployed({}))).toBeCloseTo(bakeSeconds + 4 * newVmSeconds, 6);
    expect(lead(deployed({ batchSize: 2 }))).toBeCloseTo(bakeSeconds + 2 * newVmSeconds, 6);
    expect(lead(deployed({ batchSize: 3 }))).toBeCloseTo(bakeSeconds + 2 * newVmSeconds, 6);
    expect(lead(deployed({ batchSize: 3, minHealthyShare: 0.25 }))).toBeCloseTo(
      bakeSeconds + 2 * newVmSeconds,
      6,
    );
    expect(lead(deployed({ batchSize: 4, minHealthyShare: 0 }))).toBeCloseTo(bakeSeconds + newVmSeconds, 6);
  });

  it('says the same beforehand, in a run without any deployment', () => {
    for (const platform of [{}, { batchSize: 3 }, { minHealthyShare: 1 }, { deployOrder: 'blue-green' }])
      expect(lead(deployed(platform, { deployments: [] }))).toBeCloseTo(lead(deployed(platform)), 6);
  });

  it.each([
    ['ebs-backed', 540],
    ['s3-backed', 1050],
    ['packer-pipeline', 3660],
  ])('makes its image %s in %i s', (imageBake, seconds) => {
    const run = ran({ platform: { imageBake, instances: 1 }, run: { horizonSeconds: 10 } });
    expect(lead(run)).toBeCloseTo(seconds + newVmSeconds, 6);
  });

  it('misses a batch at a time, or none where VMs are launched first', () => {
    expect(dip(deployed({}))).toBe(0.25);
    expect(dip(deployed({ batchSize: 2 }))).toBe(0.5);
    expect(dip(deployed({ batchSize: 4 }))).toBe(0.5);
    const surging = deployed({ minHealthyShare: 1, batchSize: 2 });
    expect(dip(surging)).toBe(0);
    expect(surging.metrics['instances.max']).toBe(6);
    expect(lead(surging)).toBeCloseTo(bakeSeconds + 2 * newVmSeconds, 6);
  });

  it('loses no request, as long as requests are shorter than the time that they are given', () => {
    const busy = { services: [{ ...web, arrivals: { kind: 'poisson', perSecond: 120 } }] };
    const run = deployed({}, busy);
    expect(run.metrics['errorRate']).toBe(0);
    expect(lead(run)).toBeGreaterThan(bakeSeconds + 4 * newVmSeconds);
    expect(lead(run)).toBeLessThan(bakeSeconds + 4 * newVmSeconds + 4);
    const hasty = deployed({ drainSeconds: 0 }, busy);
    expect(hasty.metrics['deploy.lostRequests']).toBe(hasty.metrics['errors.killed']);
    expect(hasty.metrics['errors.killed']).toBeGreaterThan(0);
  });

  it('is told of requests that were slow for want of capacity', () => {
    const services = [{ ...web, arrivals: { kind: 'poisson', perSecond: 320 } }];
    const slow = (platform: object): number =>
      deployed(platform, { services }).metrics['deploy.slowRequests'] ?? NaN;
    expect(slow({ batchSize: 2 })).toBeGreaterThan(4 * slow({ deployOrder: 'blue-green' }));
  });

  it('goes on after the loss of a VM', () => {
    const run = deployed(
      {},
      { faults: [{ kind: 'host-loss', host: 1, atSeconds: 170 }], run: { horizonSeconds: 900 } },
    );
    expect(logged(run, 'deploy-finished')).toHaveLength(1);
    expect(run.metrics['instances.max']).toBe(4);
  });
});

describe('a blue/green deployment', () => {
  const blueGreen = { deployOrder: 'blue-green', keepOldSeconds: 120 };

  it('takes bake, launch and bootstrap, and misses nobody', () => {
    const run = deployed(blueGreen);
    expect(lead(run)).toBeCloseTo(bakeSeconds + newVmSeconds, 6);
    expect(dip(run)).toBe(0);
    expect(logged(run, 'traffic-switched')).toEqual([[50 + bakeSeconds + newVmSeconds, 'traffic-switched']]);
  });

  it('pays for two fleets until the old one has been kept long enough', () => {
    const run = deployed(blueGreen, { run: { horizonSeconds: 600 } });
    const at = (seconds: number): number =>
      billedVms(run.trace).filter(
        ({ fromMs, untilMs }) => fromMs <= seconds * 1000 && seconds * 1000 < (untilMs ?? Infinity),
      ).length;
    const switched = 50 + bakeSeconds + newVmSeconds;
    expect([100, switched - 1, switched + 1, switched + 119, switched + 121].map(at)).toEqual([
      4, 8, 8, 8, 4,
    ]);
    const rolling = deployed({}, { run: { horizonSeconds: 600 } });
    // Four VMs more for 3.2 s of boot, 10 s of bootstrap and 120 s; a rolling deployment pays for nobody while it waits.
    const extra = ((4 * (3.2 + 10 + 120)) / 3600) * 0.096;
    expect(run.result.explanation.cost.totalUsd).toBeCloseTo((4 * 600 * 0.096) / 3600 + extra, 4);
    expect(rolling.result.explanation.cost.totalUsd).toBeLessThan(run.result.explanation.cost.totalUsd);
  });

  it('loses no request at the switch', () => {
    const run = deployed(blueGreen, { services: [{ ...web, ioMs: { kind: 'exponential', meanMs: 200 } }] });
    expect(run.metrics['errorRate']).toBe(0);
  });
});

describe('a bad version', () => {
  /** Noticed so many seconds after its order, of which `bakeSeconds` go by before there is anything to notice. */
  const bad = (noticedSeconds: number) => ({
    services: [web],
    deployments: [],
    faults: [
      {
        kind: 'bad-deploy',
        service: 'web',
        atSeconds: 50,
        errorRate: 0.5,
        detectSeconds: noticedSeconds - bakeSeconds,
      },
    ],
  });

  it('is taken back at once where the old VMs are still there', () => {
    const run = deployed({ deployOrder: 'blue-green' }, bad(200));
    const switched = 50 + bakeSeconds + newVmSeconds;
    expect(logged(run, 'traffic-switched')).toEqual([
      [switched, 'traffic-switched'],
      [250, 'traffic-switched'],
    ]);
    // Half of 50 requests a second failed from the switch on.
    expect((run.metrics['errors.bug'] ?? NaN) / (25 * (250 - switched))).toBeCloseTo(1, 0);
    expect(run.metrics['errors.unavailable']).toBe(0);
    expect(run.metrics['blastRadius']).toBe(1);
  });

  it('is replaced by a fleet of the old version where they are gone, without another image', () => {
    const run = deployed({ deployOrder: 'blue-green', keepOldSeconds: 20 }, bad(250));
    expect(logged(run, 'traffic-switched').at(-1)).toEqual([300 + newVmSeconds, 'traffic-switched']);
  });

  it('is rolled back VM by VM, only as far as it had come', () => {
    // The image is there at 150 s; by 200 s one VM runs the bad version and a second one is on its way.
    const run = deployed({}, bad(150));
    const [, back] = logged(run, 'deploy-finished', 'rollback-started');
    expect(logged(run, 'rollback-started')).toEqual([[200, 'rollback-started']]);
    expect(Number(back?.[0])).toBeGreaterThan(200 + 2 * newVmSeconds);
    expect(Number(back?.[0])).toBeLessThan(200 + 2 * newVmSeconds + 3);
    expect(run.metrics['errors.bug']).toBeGreaterThan(0);
    expect(run.metrics['instances.max']).toBe(4);
  });

  it('hurts nobody if it is taken back before any VM answers on it', () => {
    const run = deployed({ deployOrder: 'blue-green' }, bad(bakeSeconds + 20));
    expect(run.metrics).toMatchObject({ 'errors.bug': 0, blastRadius: 0 });
    expect(logged(run, 'traffic-switched')).toEqual([]);
  });

  it('does harm however long its image takes: nobody can notice anything before', () => {
    const fault = { kind: 'bad-deploy', service: 'web', atSeconds: 50 };
    const run = ran({ services: [web], faults: [fault], run: { horizonSeconds: 1200 } });
    expect(run.metrics['errors.bug']).toBeGreaterThan(0);
    expect(run.metrics['blastRadius']).toBe(1);
  });

  it('has a way back that is no part of the lead time', () => {
    const run = deployed({ deployOrder: 'blue-green' }, bad(200));
    expect(lead(run)).toBeCloseTo(bakeSeconds + newVmSeconds, 6);
    expect(run.metrics['deploy.rollbackSeconds']).toBe(0);
    expect(deployed({}).metrics).not.toHaveProperty(['deploy.rollbackSeconds']);
  });

  it('is overtaken by a good one that was ordered later', () => {
    const run = deployed(
      { deployOrder: 'blue-green', keepOldSeconds: 10 },
      { ...bad(450), deployments: [{ service: 'web', atSeconds: 200 }], run: { horizonSeconds: 900 } },
    );
    expect(logged(run, 'traffic-switched').map(([seconds]) => seconds)).toEqual([
      50 + bakeSeconds + newVmSeconds,
      200 + bakeSeconds + newVmSeconds,
    ]);
  });
});
