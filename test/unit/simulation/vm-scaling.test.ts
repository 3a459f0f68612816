import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scheduledChange } from '#shared/simulation/platforms/vm/scheduled-scaling.ts';
import { SimpleScaling } from '#shared/simulation/platforms/vm/simple-scaling.ts';
import { TargetTracking, trackedCapacity } from '#shared/simulation/platforms/vm/target-tracking.ts';

const tracking = () => new TargetTracking({ target: 0.5, pointsOut: 3, pointsIn: 15, scaleInShare: 0.9 });

/** Feeds points to a policy and returns the sizes that it asked for. */
const sizes = (
  policy: TargetTracking,
  points: readonly (number | null)[],
  fleet: { counted: number; desired: number; warmingUp?: boolean },
): number[] => points.map((metric) => policy.point({ warmingUp: false, ...fleet, metric }));

describe('target tracking', () => {
  it.each([
    // counted, metric, target, capacity
    [2, 0.75, 0.5, 3],
    [4, 0.9, 0.5, 8],
    [10, 0.3, 0.6, 5],
    [3, 0.5, 0.5, 3],
    [3, 0.51, 0.5, 4],
    [5, 0, 0.5, 0],
    [6, 120, 100, 8],
  ])('%i instances at %f with a target of %f are to be %i', (counted, metric, target, capacity) => {
    expect(trackedCapacity(counted, metric, target)).toBe(capacity);
  });

  it('of that capacity is just enough', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.double({ min: 0.001, max: 1, noNaN: true }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (counted, metric, target) => {
          const capacity = trackedCapacity(counted, metric, target);
          expect((counted * metric) / capacity).toBeLessThanOrEqual(target * (1 + 1e-6));
          if (capacity > 1) expect((counted * metric) / (capacity - 1)).toBeGreaterThan(target * (1 - 1e-6));
        },
      ),
      { seed: 41, numRuns: 500 },
    );
  });

  it('adds after 3 points of 3 above the target, and not after 2', () => {
    expect(sizes(tracking(), [0.8, 0.8, 0.8], { counted: 2, desired: 2 })).toEqual([2, 2, 4]);
    expect(sizes(tracking(), [0.8, 0.8, 0.5, 0.8, 0.8], { counted: 2, desired: 2 })).toEqual([2, 2, 2, 2, 2]);
  });

  it('takes away after 15 points of 15 below, and not within a tenth of the target', () => {
    const fleet = { counted: 6, desired: 6 };
    const low = Array.from({ length: 15 }, () => 0.1);
    expect(sizes(tracking(), low, fleet)).toEqual([...Array.from({ length: 14 }, () => 6), 2]);
    const nearly = Array.from({ length: 40 }, () => 0.46);
    expect(sizes(tracking(), nearly, fleet)).toEqual(nearly.map(() => 6));
    expect(
      sizes(tracking(), [...low.slice(1), 0.5, ...low.slice(1)], fleet).every((size) => size === 6),
    ).toBe(true);
  });

  it('does not answer one rise of the load twice while instances warm up, but a further one', () => {
    const policy = tracking();
    expect(sizes(policy, [0.8, 0.8, 0.8], { counted: 2, desired: 2 }).at(-1)).toBe(4);
    // The mean is still over the two that are warm.
    const warming = { counted: 2, desired: 4, warmingUp: true };
    expect(sizes(policy, [0.8, 0.8], warming)).toEqual([4, 4]);
    expect(sizes(policy, [1], warming)).toEqual([4]);
    expect(sizes(policy, [1], { ...warming, counted: 3 })).toEqual([6]);
  });

  it('takes nothing away while instances warm up', () => {
    const low = Array.from({ length: 30 }, () => 0.1);
    expect(
      sizes(tracking(), low, { counted: 4, desired: 6, warmingUp: true }).every((size) => size === 6),
    ).toBe(true);
  });

  it('waits for what cannot be measured', () => {
    expect(sizes(tracking(), [0.8, null, 0.8, null, 0.8], { counted: 2, desired: 2 })).toEqual([
      2, 2, 2, 2, 4,
    ]);
  });
});

describe('simple scaling', () => {
  const simple = () =>
    new SimpleScaling({
      scaleOutAbove: 0.7,
      scaleInBelow: 0.3,
      points: 2,
      scaleOutBy: 2,
      scaleInBy: 1,
      cooldownSeconds: 300,
    });
  const minute = 60_000;

  it('changes the size by its step, however far beyond the threshold the load is', () => {
    for (const utilisation of [0.71, 1]) {
      const policy = simple();
      expect(policy.point({ atMs: 0, utilisation, desired: 3 })).toBe(3);
      expect(policy.point({ atMs: minute, utilisation, desired: 3 })).toBe(5);
    }
    const policy = simple();
    policy.point({ atMs: 0, utilisation: 0.1, desired: 3 });
    expect(policy.point({ atMs: minute, utilisation: 0.1, desired: 3 })).toBe(2);
  });

  it('heeds no alarm until 300 s after the change is complete', () => {
    const policy = simple();
    policy.point({ atMs: 0, utilisation: 1, desired: 2 });
    expect(policy.point({ atMs: minute, utilisation: 1, desired: 2 })).toBe(4);
    policy.changeOrdered();
    // It takes 90 s to launch; the cooldown lasts from 150 s to 450 s.
    expect(policy.point({ atMs: 2 * minute, utilisation: 1, desired: 4 })).toBe(4);
    policy.changeComplete(150_000);
    for (let at = 3; at <= 7; at++)
      expect(policy.point({ atMs: at * minute, utilisation: 1, desired: 4 })).toBe(4);
    expect(policy.point({ atMs: 8 * minute, utilisation: 1, desired: 4 })).toBe(6);
  });

  it('is not cooled down by starts that it has not ordered', () => {
    const policy = simple();
    policy.changeComplete(0);
    policy.point({ atMs: minute, utilisation: 1, desired: 2 });
    expect(policy.point({ atMs: 2 * minute, utilisation: 1, desired: 2 })).toBe(4);
  });
});

describe('scheduled scaling', () => {
  const day = [
    { atSeconds: 8 * 3600, instances: 6 },
    { atSeconds: 20 * 3600, instances: 2 },
  ];

  const changes = (repeatSeconds: number | null) =>
    [0, 1, 2, 3, 4].map((turn) => {
      const change = scheduledChange(day, repeatSeconds, turn);
      return change === null ? null : [change.atSeconds / 3600, change.instances];
    });

  it('goes through its plan once', () => {
    expect(changes(null)).toEqual([[8, 6], [20, 2], null, null, null]);
  });

  it('begins anew every day', () => {
    expect(changes(86_400)).toEqual([
      [8, 6],
      [20, 2],
      [32, 6],
      [44, 2],
      [56, 6],
    ]);
  });

  it('has no change without a plan', () => {
    expect(scheduledChange([], 86_400, 0)).toBeNull();
  });
});
