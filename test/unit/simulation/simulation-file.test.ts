import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyChanges,
  meetsGoals,
  parseSimulationFile,
  platformFields,
  platformKinds,
  simulationFileJsonSchema,
  valueAt,
} from '#shared/simulation/simulate.ts';
import { problemsOf } from './support.ts';

const example = {
  platform: { kind: 'queue', servers: 4, discipline: 'fcfs' },
  workload: {
    services: [
      {
        name: 'main',
        arrivals: { kind: 'poisson', perSecond: 3.2 },
        cpu: { kind: 'exponential', meanMs: 1000 },
      },
    ],
  },
  run: { requests: 200_000, warmupRequests: 20_000, seeds: [1, 2, 3, 4, 5] },
};

const changed = (path: string, value: string | number | boolean): unknown =>
  applyChanges(example, { [path]: value });

describe('a simulation file', () => {
  it('needs no more than platform, workload and run', () => {
    const parsed = parseSimulationFile(example);
    expect(parsed).toMatchObject({ ok: true, file: { ...example, faults: [], deployments: [] } });
  });

  it.each([
    ['platform.servers', 0],
    ['platform.servers', NaN],
    ['platform.servers', 2.5],
    ['platform.kind', 'balloon'],
    ['platform.capacity', -1],
    ['platform.colour', 'red'],
    ['workload.services[0].arrivals.perSecond', 0],
    ['workload.services[0].arrivals.perSecond', Infinity],
    ['workload.services[0].cpu.meanMs', -5],
    ['workload.services[0].cpu.kind', 'gamma'],
    ['workload.services[0].name', 'two words'],
    ['workload.services[0].count', 10_000],
    ['run.requests', 1e9],
    ['run.requests', '200000'],
    ['run.warmupRequests', 200_000],
    ['run.horizonSeconds', 10],
    ['run.seeds[1]', 1],
    ['run.seeds[0]', -1],
  ])('with %s = %s is refused at that path', (path, value) => {
    expect(problemsOf(changed(path, value))).toEqual([path]);
  });

  it('tells all problems at once', () => {
    const file = applyChanges(example, {
      'platform.servers': 0,
      'run.requests': 0,
      'workload.services[0].cpu.meanMs': 0,
    });
    expect(problemsOf(file)).toEqual(
      expect.arrayContaining(['platform.servers', 'workload.services[0].cpu.meanMs', 'run.requests']),
    );
  });

  it('refuses more requests than memory holds, however they are asked for', () => {
    const { requests: _, warmupRequests: __, ...run } = example.run;
    const flood = {
      ...example,
      run: { ...run, horizonSeconds: 10_000_000 },
    };
    expect(problemsOf(flood)).toEqual(['run.horizonSeconds']);
    const [service] = example.workload.services;
    const crowd = {
      ...example,
      workload: {
        services: Array.from({ length: 3 }, (_x, i) => ({ ...service, name: `s${i}`, count: 100 })),
      },
    };
    expect(problemsOf(crowd)).toEqual(['workload.services']);
  });

  it('counts what comes all at once', () => {
    const [service] = example.workload.services;
    const { requests: _, warmupRequests: __, ...seeds } = example.run;
    const run = { ...seeds, horizonSeconds: 10 };
    const arrivals = { kind: 'schedule', everySeconds: 1_000_000, requests: 100_000 };
    const batches = (count: number) => ({
      ...example,
      workload: { services: [{ ...service, count, arrivals }] },
      run,
    });
    expect(problemsOf(batches(20))).toEqual([]);
    expect(problemsOf(batches(21))).toEqual(['run.horizonSeconds']);
    const storm = { kind: 'retry-storm', service: service?.name, requests: 100_000 };
    const stormy = (fault: object) => ({ ...example, faults: [{ ...storm, ...fault }], run });
    expect(problemsOf(stormy({ atSeconds: 1 }))).toEqual([]);
    expect(problemsOf(stormy({ everySeconds: 0.1 }))).toEqual(['run.horizonSeconds']);
  });

  it('refuses one name for two services, replicas included', () => {
    const [service] = example.workload.services;
    const services = [
      { ...service, name: 'a', count: 2 },
      { ...service, name: 'a-2' },
    ];
    expect(problemsOf({ ...example, workload: { services } })).toEqual(['workload.services[1].name']);
  });

  it('can be anything at all without an exception', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), fc.anything(), fc.anything(), (a, b, c, d) => {
        for (const value of [
          a,
          { platform: a, workload: b, run: c, faults: d },
          { ...example, platform: { kind: 'shared-host', services: a, hosts: b } },
          { ...example, workload: { services: [{ ...example.workload.services[0], cpu: a, count: b }] } },
          { ...example, run: { ...example.run, requests: a, seeds: b } },
        ]) {
          const parsed = parseSimulationFile(value);
          if (!parsed.ok) expect(parsed.problems.length).toBeGreaterThan(0);
        }
      }),
      { seed: 20265, numRuns: 1000 },
    );
  });

  it('has a JSON Schema that names every platform', () => {
    const text = JSON.stringify(simulationFileJsonSchema());
    for (const kind of platformKinds) expect(text).toContain(`"const":"${kind}"`);
  });

  it('has parameters with labels in both languages', () => {
    for (const kind of platformKinds) {
      const fields = platformFields(kind);
      expect(fields.length).toBeGreaterThan(2);
      for (const { label } of fields) {
        expect(label.en).toMatch(/[a-z]/);
        expect(label['zh-CN']).toMatch(/\p{Script=Han}/u);
      }
    }
    expect(platformFields('shared-host')).toContainEqual(
      expect.objectContaining({ path: 'platform.runtimeOverheadMiB', unit: 'MiB', default: 223 }),
    );
  });
});

describe('changes by path', () => {
  it('leave the file as it was and make what is missing on the way', () => {
    const before = structuredClone(example);
    const after = applyChanges<unknown>(example, { 'platform.services.main.weight': 512, 'run.seeds[2]': 9 });
    expect(valueAt(after, 'platform.services.main.weight')).toBe(512);
    expect(valueAt(after, 'run.seeds[2]')).toBe(9);
    expect(valueAt(example, 'platform.services.main.weight')).toBeUndefined();
    expect(example).toEqual(before);
  });

  it.each([
    '',
    'a..b',
    '__proto__.polluted',
    'constructor.prototype.x',
    'workload.services[1].name',
    'run.requests.x',
  ])('are refused at %j', (path) => {
    expect(() => applyChanges(example, { [path]: 1 })).toThrow(RangeError);
    expect({}).not.toHaveProperty('polluted');
  });
});

describe('goals', () => {
  const runs = [
    { metrics: { latencyMs: { p99: 280 }, x: null } },
    { metrics: { latencyMs: { p99: 310 }, x: 1 } },
  ];
  it('must be met on every seed, and tell by how much', () => {
    const met = (metric: string, op: '<=' | '>=', value: number) =>
      meetsGoals([{ metric, op, value }], runs)[0];
    expect(met('latencyMs.p99', '<=', 310)).toMatchObject({ met: true, worst: 310, margin: 0 });
    expect(met('latencyMs.p99', '<=', 300)).toMatchObject({ met: false, worst: 310, margin: -10 });
    expect(met('latencyMs.p99', '>=', 270)).toMatchObject({ met: true, worst: 280, margin: 10 });
    expect(met('x', '<=', 5)).toMatchObject({ met: false, worst: null, margin: null });
    expect(met('nothing', '<=', 5)).toMatchObject({ met: false });
    expect(meetsGoals([{ metric: 'x', op: '<=', value: 1 }], [])[0]?.met).toBe(false);
  });
});
