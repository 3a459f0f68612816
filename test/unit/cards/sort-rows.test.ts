import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sortRows } from '#main/core/cards/sort-rows.ts';

const anyKey = fc.oneof(
  fc.integer({ min: -1000, max: 1000 }),
  fc.float({ noNaN: true }),
  fc.constantFrom(NaN, 0, -0, Infinity, -Infinity),
);

it('sorts rows by their numbers in both directions, leaves equal ones as they were, and puts those without last', () => {
  fc.assert(
    fc.property(fc.array(anyKey, { maxLength: 300 }), fc.boolean(), (keys, descending) => {
      const rows = Int32Array.from(keys.keys());
      sortRows(rows, (row) => keys[row]!, descending);
      const sign = descending ? -1 : 1;
      // Array.prototype.sort is stable.
      const wanted = [...keys.keys()].sort((a, b) => {
        const [x, y] = [keys[a]!, keys[b]!];
        if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
        return x < y ? -sign : x > y ? sign : 0;
      });
      expect([...rows]).toEqual(wanted);
    }),
  );
});
