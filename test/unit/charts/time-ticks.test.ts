import fc from 'fast-check';
import { expect, it } from 'vitest';
import { timeTicks, timeUnit } from '../../../src-renderer/ui/charts/time-ticks.ts';

const day = 86_400;

it('a month is told in days, an hour in minutes, five minutes in seconds', () => {
  expect(timeUnit(30 * day).unit).toBe('day');
  expect(timeTicks(0, 30 * day, 8).map((at) => at / day)).toEqual([0, 5, 10, 15, 20, 25, 30]);
  expect(timeUnit(3600).unit).toBe('minute');
  expect(timeTicks(0, 3600, 5).map((at) => at / 60)).toEqual([0, 15, 30, 45, 60]);
  expect(timeTicks(2, 300, 5)).toEqual([100, 200, 300]);
});

it('ticks are round times of one unit within the run, evenly apart, and no more than there is room for', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.05, max: 400 * day, noNaN: true }),
      fc.double({ min: 0, max: 0.2, noNaN: true }),
      fc.integer({ min: 2, max: 12 }),
      (to, share, most) => {
        const from = to * share;
        const ticks = timeTicks(from, to, most);
        expect(ticks.length).toBeLessThanOrEqual(most);
        for (const at of ticks) {
          expect(at).toBeGreaterThanOrEqual(from - 1e-9);
          expect(at).toBeLessThanOrEqual(to + 1e-9);
        }
        const apart = ticks.slice(1).map((at, index) => at - (ticks[index] ?? 0));
        for (const one of apart) expect(one).toBeCloseTo(apart[0] ?? 0, 6);
      },
    ),
  );
});
