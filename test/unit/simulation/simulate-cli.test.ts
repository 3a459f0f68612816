import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

// Each test starts a program, which takes long on a machine that is busy.
vi.setConfig({ testTimeout: 60_000 });

const program = join(import.meta.dirname, '../../../src-main/cli/simulate.ts');
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-simulate-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function simulate(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const example =
  '{"platform":{"kind":"queue","servers":4,"discipline":"fcfs"},"workload":{"services":[{"name":"main","arrivals":{"kind":"poisson","perSecond":3.2},"cpu":{"kind":"exponential","meanMs":1000}}]},"run":{"requests":2000,"warmupRequests":200,"seeds":[1,2]}}';

describe('npm run simulate', () => {
  it('prints runs and their summary as JSON', () => {
    const { status, stdout, stderr } = simulate(file('queue.json', example), '--json');
    expect([status, stderr]).toEqual([0, '']);
    const { runs, summary } = JSON.parse(stdout) as {
      runs: { metrics: { waitMs: object } }[];
      summary: Record<string, object>;
    };
    const numbers = (...names: string[]) =>
      Object.fromEntries(names.map((name) => [name, expect.any(Number)]));
    expect(runs).toHaveLength(2);
    expect(runs[0]).toMatchObject({
      seed: 1,
      events: 4000,
      ...numbers('wallMs'),
      metrics: {
        latencyMs: numbers('mean', 'p50', 'p95', 'p99'),
        waitMs: numbers('mean', 'p95'),
        ...numbers(
          'waitProbability',
          'lossProbability',
          'utilisation',
          'meanInSystem',
          'throughputPerSecond',
        ),
      },
    });
    expect(summary['latencyMs.p95']).toEqual(numbers('mean', 'ci95'));
  });

  it('reads YAML and prints a table', () => {
    const yaml = `
platform: { kind: shared-host }
workload:
  services:
    - { name: shop, count: 2, arrivals: { kind: poisson, perSecond: 5 }, cpu: { kind: exponential, meanMs: 10 } }
run: { horizonSeconds: 20, seeds: [1, 2, 3] }
`;
    const { status, stdout } = simulate(file('host.yaml', yaml));
    expect(status).toBe(0);
    expect(stdout).toMatch(/^latencyMs\.p95 +[\d.]+ +± [\d.]+$/m);
    expect(stdout).toMatch(/^shop-2( +[\d.]+){6}$/m);
    expect(stdout).toMatch(/3 seeds, mean ± 95 % confidence interval; \d+ events in \d+ ms/);
  });

  const comparison = (platforms: string) =>
    example.replace(/"platform":\{[^}]*\}/, `"compare":${platforms}`).replace('1000', '10');

  it('puts several platforms side by side on one workload', () => {
    const platforms =
      '[{"kind":"queue"},{"kind":"queue","servers":4},{"name":"two hosts","platform":{"kind":"shared-host","hosts":2}}]';
    const path = file('compare.json', comparison(platforms));
    const { status, stdout } = simulate(path);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^metric +queue +queue-2 +two hosts$/m);
    expect(stdout).toMatch(/^latencyMs\.mean( +[\d.]+){3}$/m);
    expect(stdout).toMatch(/^waitProbability( +[\d.]+){2} +-$/m);
    const { compare } = JSON.parse(simulate(path, '--json').stdout) as {
      compare: { name: string; runs: object[]; summary: Record<string, { mean: number }> }[];
    };
    expect(compare.map(({ name, runs }) => [name, runs.length])).toEqual([
      ['queue', 2],
      ['queue-2', 2],
      ['two hosts', 2],
    ]);
    // The same requests came to all of them.
    const [one, four, hosts] = compare.map(({ summary }) => summary);
    expect(four?.['latencyMs.mean']?.mean).toBeLessThanOrEqual(one?.['latencyMs.mean']?.mean ?? 0);
    expect(hosts?.['latencyMs.mean']?.mean).toBeCloseTo(four?.['latencyMs.mean']?.mean ?? 0, 1);
  });

  it.each([
    ['[]', 'compare: '],
    ['{"kind":"queue"}', 'compare: '],
    ['[{"kind":"queue"},{"kind":"queue","servers":0}]', 'compare[1].servers: '],
    ['[{"name":"x","platform":{"kind":"queue","servers":-1}}]', 'compare[0].platform.servers: '],
    ['[{"kind":"queue"}],"platform":{"kind":"queue"}', 'platform: '],
  ])('says what is wrong with compare: %s', (platforms, problem) => {
    const { status, stderr } = simulate(file('bad-compare.json', comparison(platforms)));
    expect(status).toBe(2);
    expect(stderr).toContain(`  ${problem}`);
  });

  it('writes what happened and what was paid for as JSON lines', () => {
    const events = join(folder, 'events.jsonl');
    const text = example
      .replace(/"platform":\{[^}]*\}/, '"platform":{"kind":"vm","instances":2}')
      .replace('"run"', '"faults":[{"kind":"crash","service":"main","atSeconds":5}],"run"');
    const { status } = simulate(file('vm.json', text), '--events', events);
    expect(status).toBe(0);
    const lines = readFileSync(events, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { platform: string; seed: number; atMs: number; kind: string });
    expect(lines.filter(({ seed, kind }) => seed === 2 && kind === 'crashed')).toMatchObject([
      { platform: 'vm', atMs: 5000 },
    ]);
    expect(lines.filter(({ seed, kind }) => seed === 1 && kind === 'instance-launched')).toHaveLength(2);
    const nowhere = simulate(file('vm.json', text), '--events', join(folder, 'no/such/folder'));
    expect([nowhere.status, nowhere.stderr]).toEqual([2, expect.stringContaining('cannot write')]);
  });

  it('holds a file against its goals, and says by how much each is kept or missed', () => {
    const goals = '"goals":["utilisation <= 0.9",{"metric":"latencyMs.mean","op":"<=","value":1}],"run"';
    const text = example.replace('"run"', goals).replace('[1,2]', '[1,2,3]');
    const path = file('goals.json', text);
    const { status, stdout } = simulate(path);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^utilisation <= 0\.9 +met +0\.\d+ +0\.\d+$/m);
    expect(stdout).toMatch(/^latencyMs\.mean <= 1 +missed +\d+(\.\d+)? +-\d+(\.\d+)?$/m);
    const { goals: results } = JSON.parse(simulate(path, '--json').stdout) as {
      goals: { met: boolean; worst: number; margin: number }[];
    };
    expect(results.map(({ met }) => met)).toEqual([true, false]);
    expect(results[1]?.margin).toBeCloseTo(1 - (results[1]?.worst ?? 0), 9);
    const tooFew = simulate(file('few.json', text.replace('[1,2,3]', '[1,2]')));
    expect([tooFew.status, tooFew.stderr]).toEqual([2, expect.stringContaining('run.seeds: ')]);
    const wrong = simulate(file('wrong.json', text.replace('utilisation <= 0.9', 'utilisation < 0.9')));
    expect([wrong.status, wrong.stderr]).toEqual([2, expect.stringContaining('goals[0]: ')]);
  });

  it('sweeps a number and prints CSV', () => {
    const path = file('queue.json', example);
    const { status, stdout } = simulate(path, '--sweep', 'platform.servers=4:8:2');
    expect(status).toBe(0);
    const [header, ...lines] = stdout.trimEnd().split('\n');
    const columns = header?.split(',') ?? [];
    expect(columns[0]).toBe('platform.servers');
    const values = lines.map((line) => line.split(',').map(Number));
    expect(values.map(([servers]) => servers)).toEqual([4, 6, 8]);
    // What one run of the middle point says, the row says.
    const { summary } = JSON.parse(
      simulate(file('six.json', example.replace('"servers":4', '"servers":6')), '--json').stdout,
    ) as { summary: Record<string, { mean: number; ci95: number }> };
    expect(values[1]?.[columns.indexOf('latencyMs.mean')]).toBe(summary['latencyMs.mean']?.mean);
    expect(values[1]?.[columns.indexOf('latencyMs.mean ci95')]).toBe(summary['latencyMs.mean']?.ci95);
  });

  it('makes a grid of several sweeps', () => {
    const rate = 'workload.services[0].arrivals.perSecond=1:1.2:0.1';
    const { stdout } = simulate(
      file('queue.json', example),
      '--sweep',
      'platform.servers=2:3:1',
      '--sweep',
      rate,
    );
    const points = stdout
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',').slice(0, 2).map(Number));
    expect(points).toEqual([
      [2, 1],
      [2, 1.1],
      [2, 1.2],
      [3, 1],
      [3, 1.1],
      [3, 1.2],
    ]);
  });

  it.each([
    ['platform.servers=1:2', 'from:to:step'],
    ['platform.servers=2:1:1', 'do not lead'],
    ['platform.servers=1:2:0', 'do not lead'],
    ['platform.servers=0:1:1', 'at platform.servers=0'],
    ['workload.services[9].cpu.meanMs=1:2:1', 'no such item'],
    ['platform.servers=1:99999:1', 'at most'],
  ])('exits with 2 for --sweep %s', (sweep, problem) => {
    const { status, stdout, stderr } = simulate(file('queue.json', example), '--sweep', sweep);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(problem);
    expect(stderr).not.toContain('    at ');
  });

  it('tells on stderr how far a long run is', () => {
    const long = example.replace('"requests":2000', '"requests":1000000').replace('[1,2]', '[1,2,3,4,5]');
    const { status, stdout, stderr } = simulate(file('long.json', long), '--json');
    expect(status).toBe(0);
    expect(stderr).toMatch(/^(\d+ %\n)+$/);
    expect(JSON.parse(stdout)).toHaveProperty('summary');
  });

  it('exits with 2 and all problems with their paths', () => {
    const bad = example
      .replace('"servers":4', '"servers":0')
      .replace('"perSecond":3.2', '"perSecond":"many"');
    const { status, stdout, stderr } = simulate(file('bad.json', bad), '--json');
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain('platform.servers: ');
    expect(stderr).toContain('workload.services[0].arrivals.perSecond: ');
  });

  it.each([[['--fast']], [[]], [['/there/is/no/such.yaml']], [['a.yaml', 'b.yaml']]])(
    'exits with 2 for %j',
    (args) => {
      const { status, stderr } = simulate(...args);
      expect(status).toBe(2);
      expect(stderr).not.toContain('    at ');
    },
  );

  it('exits with 2 for what is neither YAML nor JSON', () => {
    const { status, stderr } = simulate(file('broken.yaml', 'platform: [1, 2'));
    expect(status).toBe(2);
    expect(stderr).toContain('neither YAML nor JSON');
  });

  it('prints its JSON Schema and its usage', () => {
    expect(JSON.parse(simulate('--schema').stdout)).toMatchObject({
      type: 'object',
      required: ['workload', 'run'],
      oneOf: [{ required: ['platform'] }, { required: ['compare'] }],
    });
    expect(simulate('--help')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('Usage: ') as string,
    });
  });
});
