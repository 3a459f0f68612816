import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measuredCurveSchema } from '#shared/simulation/curve.ts';
import { curveFeatures, featureOf, scoreCurve } from '#shared/simulation/curve-score.ts';
import { nearestMargin, type GoalResult } from '#shared/simulation/goals.ts';
import { measureCurve } from '#shared/simulation/measure-curve.ts';
import { parseSimulationFile, runAll } from '#shared/simulation/simulate.ts';

const axis = { from: 0, to: 100 };
const points = fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 4, maxLength: 9 });
const raw = {
  platform: { kind: 'queue', servers: 2 },
  workload: {
    services: [
      {
        name: 'web',
        arrivals: { kind: 'poisson', perSecond: 10 },
        cpu: { kind: 'exponential', meanMs: 100 },
      },
    ],
  },
  run: { horizonSeconds: 60, warmupSeconds: 5, seeds: [1, 2, 3] },
};

describe('a drawn curve', () => {
  it('is close to itself, and nowhere near when it lies beyond the tolerance everywhere', () => {
    fc.assert(
      fc.property(points, fc.double({ min: 0.01, max: 0.4, noNaN: true }), (drawn, within) => {
        expect(scoreCurve(drawn, drawn, axis, within)).toEqual({
          near: drawn.length,
          of: drawn.length,
          distance: 0,
          close: true,
        });
        const away = drawn.map((y) => (y > 50 ? y - (within + 0.05) * 100 : y + (within + 0.05) * 100));
        expect(scoreCurve(away, drawn, axis, within)).toMatchObject({ near: 0, close: false });
      }),
    );
  });

  it('is not held against what could not be measured', () => {
    expect(scoreCurve([1, 2, 3, 99], [1, 2, 3, null], axis, 0.1)).toMatchObject({ near: 3, of: 3 });
    expect(scoreCurve([1, 2], [null, null], axis, 0.1)).toMatchObject({ of: 0, close: false });
  });

  it('has its bend, its peak and its middle where one sees them, and none where it is level', () => {
    const xs = [0, 10, 20, 30, 40];
    expect(featureOf('knee', xs, [10, 11, 12, 15, 100], axis)).toBe(30);
    expect(featureOf('knee', xs, [0, 25, 50, 75, 100], axis)).toBeNull();
    expect(featureOf('peak', xs, [0, 5, 90, 40, 2], axis)).toBe(20);
    expect(featureOf('halfway', xs, [3, 3, 3, 25, 25], axis)).toBe(25);
    expect(featureOf('halfway', xs, [100, 50, 25, 12, 0], axis)).toBe(10);
    fc.assert(
      fc.property(fc.constantFrom(...curveFeatures), points, (feature, ys) => {
        const places = ys.map((_, i) => i);
        const at = featureOf(feature, places, ys, axis);
        if (at !== null) expect(at >= 0 && at <= ys.length - 1).toBe(true);
        expect(
          featureOf(
            feature,
            places,
            places.map(() => 7),
            axis,
          ),
        ).toBeNull();
      }),
    );
  });
});

describe('the measured curve', () => {
  it('is over a parameter what the file comes to with each value, and what cannot run is told as nothing', () => {
    const path = 'workload.services[0].arrivals.perSecond';
    const curve = {
      over: 'parameter',
      path,
      metric: 'latencyMs.mean',
      at: [1, 2, 3, 4],
      values: [5, 10, 15, -1],
    } as const;
    const measured = [...measureCurve({ ...curve, at: [...curve.at], values: [...curve.values] }, raw, [])];
    const parsed = parseSimulationFile(raw);
    if (!parsed.ok) throw new Error('cannot run');
    expect(measured[1]).toBe(runAll(parsed.file).summary['latencyMs.mean']?.mean);
    expect(measured[2]).toBeGreaterThan(measured[0] ?? 0);
    expect(measured[3]).toBeNull();
  });

  it('is over time what the runs told around each point', () => {
    const parsed = parseSimulationFile(raw);
    if (!parsed.ok) throw new Error('cannot run');
    const { runs } = runAll(parsed.file);
    const curve = { over: 'time' as const, series: 'instances' as const, at: [10, 20, 40, 59, 1000] };
    expect([...measureCurve(curve, raw, runs)]).toEqual([2, 2, 2, 2, null]);
  });

  it('has its places in order, and a value for each', () => {
    const curve = { over: 'parameter', path: 'a', metric: 'b', at: [1, 2, 3, 4] };
    expect(measuredCurveSchema.safeParse(curve).success).toBe(true);
    expect(measuredCurveSchema.safeParse({ ...curve, at: [1, 3, 2, 4] }).success).toBe(false);
    expect(measuredCurveSchema.safeParse({ ...curve, values: [1, 2] }).success).toBe(false);
  });
});

describe('the margin of an attempt', () => {
  const result = (value: number, margin: number | null): GoalResult => ({
    goal: { metric: 'm', op: '<=', value },
    met: margin !== null && margin >= 0,
    worst: 0,
    margin,
  });

  it('is the room of the goal that is nearest to failing, as a share of what it asks for', () => {
    expect(nearestMargin([result(200, 50), result(0.5, 0.05)])).toBeCloseTo(0.1);
    expect(nearestMargin([result(200, 50), result(0.5, -0.25)])).toBe(-0.5);
  });

  it('leaves a goal of nothing out where it is met, and counts it as wholly missed where it is not', () => {
    expect(nearestMargin([result(0, 0), result(10, 2)])).toBe(0.2);
    expect(nearestMargin([result(0, -3), result(10, 2)])).toBe(-1);
    expect(nearestMargin([result(0, 0)])).toBe(0);
    expect(nearestMargin([])).toBeNull();
    expect(nearestMargin([result(10, 2), result(10, null)])).toBeNull();
  });
});
