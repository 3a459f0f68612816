import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { questionSchema, type PackQuestion } from '#shared/pack/schema.ts';
import { closedForms } from '#shared/simulation/closed-forms/registry.ts';
import { drawNumbers, drawQuestion } from '#shared/study/draw-question.ts';
import { judge } from '#shared/study/verdict.ts';
import { rightResponse, wrongResponse } from '../../support/answers.ts';

const say = (en: string, zh = en) => ({ en, 'zh-CN': zh });
const base = { id: 'q-bill', section: 's', difficulty: 1 };
const parse = (question: object): PackQuestion => questionSchema.parse({ ...base, ...question });

const bill = parse({
  kind: 'drawn-numeric',
  stem: say('{{requests:compact}} of {{ms}} ms', '{{requests:compact}}次，每次 {{ms}} ms'),
  draw: {
    values: { requests: [1e6, 1e7, 3e7], ms: { from: 100, to: 400, step: 20 } },
    results: [
      { as: 'bill', form: 'lambda-bill', of: { requests: 'requests', durationMs: 'ms', memoryMiB: 512 } },
    ],
  },
  answer: 'bill.totalUsd',
  toleranceShare: 0.01,
  decimals: 2,
  unit: say('USD'),
  explanation: say('{{bill.gbSeconds:0}} GB-s'),
});

const choice = parse({
  id: 'q-cfs',
  kind: 'drawn-choice',
  stem: say('{{work}} ms under {{quota}} ms'),
  draw: {
    values: { work: [50, 70, 90], quota: [20, 30, 40] },
    results: [{ as: 'cfs', form: 'cfs-quota', of: { workMs: 'work', quotaMs: 'quota' } }],
  },
  options: [
    { id: 'wall', text: say('{{cfs.wallMs}} ms'), correct: true, why: say('{{cfs.periods}} periods') },
    { id: 'work', text: say('{{work}} ms'), why: say('no') },
    { id: 'still', text: say('{{cfs.throttledMs}} ms'), why: say('no') },
  ],
});

const seeds = fc.integer({ min: 0, max: 2 ** 31 });

describe('a drawn question', () => {
  it('is the same question whenever it is drawn with the same seed', () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(bill, choice), (seed, question) => {
        expect(drawQuestion(question, seed)).toEqual(drawQuestion(question, seed));
      }),
    );
  });

  it('has other numbers with other seeds: all that may be drawn come up', () => {
    const stems = Array.from({ length: 400 }, (_, seed) => drawQuestion(bill, seed).stem.en);
    expect(new Set(stems).size).toBe(3 * 16);
    expect(new Set(Array.from({ length: 100 }, (_, seed) => drawQuestion(choice, seed).stem.en)).size).toBe(
      9,
    );
  });

  it('is right with the answer that it computed, and with the same answer to its decimals', () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(bill, choice), (seed, packed) => {
        const question = drawQuestion(packed, seed);
        expect(judge(question, rightResponse(question)).correct).toBe(true);
        expect(judge(question, wrongResponse(question)).correct).toBe(false);
      }),
    );
  });

  it('asks the bill that the provider would write', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const question = drawQuestion(bill, seed);
        const numbers = drawNumbers(
          (bill as { draw: Parameters<typeof drawNumbers>[0] }).draw,
          `q-bill:${seed}`,
        );
        const expected =
          numbers['requests']! * (0.2 / 1e6) +
          numbers['requests']! * (numbers['ms']! / 1000) * 0.5 * 0.0000166667;
        if (question.kind !== 'numeric') throw new Error('expected a number');
        expect(question.answer).toBeCloseTo(expected, 1);
        expect(question.tolerance).toBeGreaterThanOrEqual(expected * 0.01);
      }),
    );
  });

  it('writes numbers as each language does', () => {
    const seed = Array.from({ length: 100 }, (_, index) => index).find((index) =>
      drawQuestion(bill, index).stem.en.startsWith('10 million'),
    )!;
    const { stem } = drawQuestion(bill, seed);
    expect(stem['zh-CN']).toMatch(/^1000 万次，/);
    const gbSeconds = /^[\d,]+ GB-s$/;
    expect((drawQuestion(bill, seed) as { explanation: { en: string } }).explanation.en).toMatch(gbSeconds);
  });

  it('leaves every other question as it is', () => {
    const numeric = parse({
      kind: 'numeric',
      stem: say('?'),
      answer: 1,
      tolerance: 0,
      unit: say('ms'),
      explanation: say('{{no}} placeholder'),
    });
    expect(drawQuestion(numeric, 7)).toBe(numeric);
  });

  it.each([
    ['an unknown form', { results: [{ as: 'r', form: 'no-such-form', of: {} }] }],
    ['an unknown name', { results: [{ as: 'r', form: 'little', of: { perSecond: 'nothing', meanMs: 1 } }] }],
    ['a missing input', { results: [{ as: 'r', form: 'little', of: { perSecond: 1 } }] }],
    [
      'a load that is too much',
      { results: [{ as: 'r', form: 'station', of: { servers: 1, perSecond: 2, meanMs: 1000 } }] },
    ],
  ])('refuses %s', (_what, change) => {
    expect(() => drawNumbers({ values: { x: [1, 2] }, ...change }, 'seed')).toThrow(RangeError);
  });
});

/** Numbers from outside: textbooks, price lists, the documentation of Kubernetes and of Linux (see docs/simulation.md). */
describe('closed forms', () => {
  const value = (form: string, of: Record<string, number>, output: string) =>
    closedForms.get(form)!.compute(of)[output]!;

  it.each([
    ['station', { servers: 4, perSecond: 3.2, meanMs: 1000 }, 'waitProbability', 0.596432],
    ['station', { servers: 2, perSecond: 1.6, meanMs: 1000 }, 'meanWaitMs', 1777.778],
    ['single-server', { perSecond: 0.8, meanMs: 1000 }, 'p95LatencyMs', 14_979],
    ['general-server', { perSecond: 0.7, meanMs: 1000, cv: 2 }, 'meanWaitMs', 5833.3],
    ['general-server', { perSecond: 0.8, meanMs: 1000, cv: 0 }, 'meanWaitMs', 2000],
    ['processor-sharing', { jobMs: 200, utilisation: 0.7 }, 'latencyMs', 666.667],
    ['loss', { places: 5, perSecond: 3, meanMs: 1000 }, 'lossProbability', 0.110054],
    ['pooling', { stations: 4, utilisation: 0.8, meanMs: 1 }, 'ratio', 5.365],
    ['cold-start', { perHour: 6, keepAliveMinutes: 10 }, 'probability', 0.3679],
    ['cold-start', { perHour: 12, keepAliveMinutes: 10 }, 'probability', 0.1353],
    ['lambda-bill', { requests: 1e7, durationMs: 200, memoryMiB: 512 }, 'totalUsd', 18.667],
    ['lambda-bill', { requests: 3e7, durationMs: 120, memoryMiB: 1024 }, 'totalUsd', 66],
    ['lambda-bill-2016', { requests: 1e6, durationMs: 101, memoryMiB: 1024 }, 'billedMs', 200],
    ['month', { pricePerHourUsd: 0.096, instances: 1 }, 'usd', 70.08],
    ['instance-bill', { seconds: 10, pricePerHourUsd: 0.36, instances: 2 }, 'usd', 0.012],
    ['hpa', { replicas: 4, metric: 90, target: 60 }, 'replicas', 6],
    ['hpa', { replicas: 4, metric: 65, target: 60 }, 'replicas', 4],
    ['hpa', { replicas: 3, metric: 200, target: 50 }, 'replicas', 12],
    ['cfs-quota', { workMs: 50, quotaMs: 20 }, 'wallMs', 210],
    ['cfs-quota', { workMs: 200, quotaMs: 50 }, 'wallMs', 350],
    ['cfs-quota', { workMs: 30, quotaMs: 50 }, 'wallMs', 30],
    [
      'node-score',
      { milliCpu: 1000, memoryMiB: 4096, nodeMilliCpu: 4000, nodeMiB: 16_384 },
      'leastAllocated',
      75,
    ],
    ['node-score', { milliCpu: 3000, memoryMiB: 4096, nodeMilliCpu: 4000, nodeMiB: 16_384 }, 'balanced', 75],
    ['weighted-share', { cores: 4, weight: 1024, otherWeights: 1024 }, 'cores', 2],
    ['provisioned', { environments: 1, memoryMiB: 1024, hours: 1, busyShare: 0.5 }, 'breakEvenShare', 0.6],
    ['cpu-share', { memoryMiB: 1769, cpuMs: 100 }, 'durationMs', 100],
  ] as const)('%s %o: %s is %d', (form, of, output, expected) => {
    expect(value(form, of, output)).toBeCloseTo(expected, expected < 1 ? 4 : expected < 100 ? 2 : 0);
  });

  it('have a name, inputs and outputs that they keep to', () => {
    for (const [name, form] of closedForms) {
      expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      const missing = () => form.compute({});
      expect(missing, name).toThrow(RangeError);
    }
  });
});
