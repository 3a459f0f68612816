import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  rivalsOf,
  withKeys,
  withoutKeys,
  type Named,
} from '../../../src-renderer/features/settings/key-changes.ts';
import { actionsOf, defaultKeys, keyPlaces } from '../../../src-renderer/state/key-table.ts';

const every: Named[] = keyPlaces.flatMap((place) => actionsOf(place).map((action) => ({ place, action })));
const keys = [...new Set(every.map(({ place, action }) => defaultKeys(place, action)))];

it('a key that several actions have names them all', () => {
  const rivals = rivalsOf({}, { place: 'keys.everywhere', action: 'nav.today' }, 'n');
  expect(rivals.length).toBeGreaterThan(1);
  for (const { place, action } of rivals) expect(defaultKeys(place, action)).toContain('n');
});

it('whatever is taken over, by choice or by a reset, nobody else has it then', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...every),
      fc.constantFrom(...keys),
      fc.array(fc.tuple(fc.constantFrom(...every), fc.constantFrom(...keys)), { maxLength: 4 }),
      (named, wanted, own) => {
        const before = own.reduce((all, [other, given]) => withKeys(all, other, given), {});
        const freed = rivalsOf(before, named, wanted).reduce(
          (left, rival) => withoutKeys(left, rival, wanted),
          before,
        );
        expect(rivalsOf(withKeys(freed, named, wanted), named, wanted)).toEqual([]);
      },
    ),
  );
});
