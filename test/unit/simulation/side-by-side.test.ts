import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  commonWorkloadSchema,
  deploymentFileOf,
  fileOf,
  fullEffort,
  mapEffort,
} from '#shared/simulation/side-by-side/common-workload.ts';
import { evaluatePattern } from '#shared/simulation/side-by-side/evaluate-pattern.ts';
import { patterns, sizesOf } from '#shared/simulation/side-by-side/pattern-sizes.ts';
import { smallest } from '#shared/simulation/side-by-side/smallest.ts';
import { parseSimulationFile } from '#shared/simulation/simulate.ts';

const workloadOf = (given: object) => commonWorkloadSchema.parse(given);
const wanted = { effort: mapEffort, isolation: true, leadTime: true };

describe('the smallest size that will do', () => {
  it('is found in a few tries, or there is none', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 64 }), fc.integer({ min: 1, max: 80 }), (least, needed) => {
        let tries = 0;
        const found = smallest(least, 64, (size) => {
          tries += 1;
          return size >= needed;
        });
        expect(found).toBe(needed > 64 ? null : Math.max(least, needed));
        expect(tries).toBeLessThanOrEqual(14);
      }),
    );
  });
});

describe('every pattern, sized for a workload', () => {
  it('can run where requests are rare and bursts follow close on each other', () => {
    const workload = workloadOf({ perSecond: 0.001, burstiness: 1.05, services: 1, redundant: false });
    const { platform } = sizesOf('monolith', workload).size(1);
    expect(parseSimulationFile(fileOf(workload, platform, fullEffort))).toMatchObject({ ok: true });
  });

  it('is a file that can run, whatever the workload and the size', () => {
    const workloads = fc.record({
      perSecond: fc.double({ min: 0.001, max: 200, noNaN: true }),
      burstiness: fc.double({ min: 1, max: 20, noNaN: true }),
      services: fc.integer({ min: 1, max: 40 }),
      cpuMs: fc.double({ min: 0.1, max: 5000, noNaN: true }),
      cpuCv: fc.double({ min: 0, max: 5, noNaN: true }),
      ioMs: fc.double({ min: 0, max: 5000, noNaN: true }),
      heapMiB: fc.double({ min: 16, max: 8192, noNaN: true }),
      goalP99Ms: fc.constant(500),
      redundant: fc.boolean(),
    });
    fc.assert(
      fc.property(
        workloads,
        fc.constantFrom(...patterns),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (given, pattern, share) => {
          const workload = workloadOf(given);
          const range = sizesOf(pattern, workload);
          const least = Math.min(range.least, range.most);
          const { platform } = range.size(Math.round(least + share * (range.most - least)));
          for (const file of [fileOf(workload, platform, fullEffort), deploymentFileOf(workload, platform)])
            expect(parseSimulationFile(file)).toMatchObject({ ok: true });
        },
      ),
      { numRuns: 200 },
    );
  });

  it('is as small as meets the goal: one step less does not', () => {
    const workload = workloadOf({ perSecond: 60, redundant: false, goalP99Ms: 250 });
    for (const pattern of ['monolith', 'shared-host', 'container'] as const) {
      const { size, meetsGoal, p99Ms } = evaluatePattern(pattern, workload, wanted);
      expect(meetsGoal).toBe(true);
      expect(p99Ms?.mean).toBeLessThanOrEqual(250);
      const strict = evaluatePattern(pattern, { ...workload, goalP99Ms: (p99Ms?.mean ?? 0) * 0.7 }, wanted);
      expect(strict.size.steps).toBeGreaterThan(size.steps);
    }
  });

  it('says so where no size meets the goal', () => {
    // The work alone takes longer.
    const workload = workloadOf({ cpuMs: 1000, cpuCv: 0, perSecond: 0.05, goalP99Ms: 100 });
    expect(evaluatePattern('vm', workload, wanted)).toMatchObject({ meetsGoal: false });
  });

  it('comes to the same every time', () => {
    const workload = workloadOf({ burstiness: 4 });
    const once = evaluatePattern('container', workload, wanted);
    expect(evaluatePattern('container', workload, wanted)).toEqual(once);
  });
});

describe('what the article says of the patterns', () => {
  const busy = Object.fromEntries(
    patterns.map((pattern) => [pattern, evaluatePattern(pattern, workloadOf({ perSecond: 40 }), wanted)]),
  );
  const of = (pattern: (typeof patterns)[number]) => {
    const found = busy[pattern];
    if (!found) throw new Error(pattern);
    return found;
  };

  it('walls of their own keep the others unharmed, shared processes do not', () => {
    for (const pattern of ['vm', 'serverless'] as const)
      expect(of(pattern).isolation?.slowdown).toBeLessThan(1.1);
    for (const pattern of ['monolith', 'shared-host'] as const)
      expect(of(pattern).isolation?.slowdown).toBeGreaterThan(1.5);
    expect(of('container').isolation?.slowdown).toBeLessThan(of('shared-host').isolation?.slowdown ?? 0);
  });

  it('images of machines make deployments slow, containers and functions quick', () => {
    expect(of('vm').leadSeconds).toBeGreaterThan(500);
    for (const pattern of ['container', 'serverless'] as const)
      expect(of(pattern).leadSeconds).toBeLessThan(60);
  });

  it('machines for each service cost most, and functions little where requests are rare', () => {
    expect(of('vm').costPerMonthUsd?.mean).toBeGreaterThan(
      2 * (of('container').costPerMonthUsd?.mean ?? Infinity),
    );
    const rare = workloadOf({ perSecond: 0.01 });
    const cost = (pattern: (typeof patterns)[number]) =>
      evaluatePattern(pattern, rare, { ...wanted, leadTime: false }).costPerMonthUsd?.mean ?? Infinity;
    expect(cost('serverless')).toBeLessThan(cost('container') / 10);
    expect(of('serverless').costPerMonthUsd?.mean).toBeGreaterThan(
      of('container').costPerMonthUsd?.mean ?? 0,
    );
  });
});
