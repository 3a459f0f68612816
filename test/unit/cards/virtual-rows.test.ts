import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mostRows, scrollTo, stretchInSight } from '../../../src-renderer/features/cards/virtual-rows.ts';

const view = fc.record({
  scrollPx: fc.nat(6_000_000),
  viewPx: fc.integer({ min: 1, max: 2_500 }),
  rowPx: fc.integer({ min: 50, max: 120 }),
  total: fc.nat(100_000),
});

it('has every row in sight in the page, and never more than a few of a long table', () => {
  fc.assert(
    fc.property(view, ({ scrollPx, viewPx, rowPx, total }) => {
      const bottom = Math.max(0, total * rowPx - viewPx);
      const at = Math.min(scrollPx, bottom);
      const { first, count } = stretchInSight(at, viewPx, rowPx, total);
      expect(count).toBeLessThanOrEqual(mostRows);
      expect(first).toBeGreaterThanOrEqual(0);
      expect(first + count).toBeLessThanOrEqual(total);
      const lastSeen = Math.min(total - 1, Math.floor((at + viewPx - 1) / rowPx));
      if (total > 0) {
        expect(first).toBeLessThanOrEqual(Math.floor(at / rowPx));
        expect(first + count - 1).toBeGreaterThanOrEqual(lastSeen);
      }
    }),
  );
});

it('scrolls no further than a row needs to be seen', () => {
  expect(scrollTo(3, 0, 500, 50)).toBe(0);
  expect(scrollTo(10, 0, 500, 50)).toBe(50);
  expect(scrollTo(2, 400, 500, 50)).toBe(100);
});
