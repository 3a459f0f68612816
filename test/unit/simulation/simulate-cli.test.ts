import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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
      required: ['platform', 'workload', 'run'],
    });
    expect(simulate('--help')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('Usage: ') as string,
    });
  });
});
