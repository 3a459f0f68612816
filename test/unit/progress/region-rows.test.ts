import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { regionRows } from '../../../src-renderer/features/progress/region-rows.ts';

const counts = fc.array(fc.integer({ min: 1, max: 14 }), { maxLength: 9 });
const columns = fc.integer({ min: 1, max: 7 });

describe('rows of regions', () => {
  it('hold every region once, in order, and no row more than it has room for', () => {
    fc.assert(
      fc.property(counts, columns, (places, room) => {
        const rows = regionRows(places, room);
        expect(rows.flat()).toEqual(places.map((_, number) => number));
        for (const row of rows) {
          const sum = row.reduce((total, number) => total + (places[number] ?? 0), 0);
          expect(row.length === 1 || sum <= room).toBe(true);
        }
      }),
    );
  });

  it('are alike rather than full first and nearly empty at the end', () => {
    expect(regionRows([1, 2, 2, 3, 2, 2], 5)).toEqual([
      [0, 1],
      [2, 3],
      [4, 5],
    ]);
    expect(regionRows([3, 11, 2], 5)).toEqual([[0], [1], [2]]);
  });
});
