import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listFields, type ListedField } from '#shared/simulation/field.ts';
import { platformFields, platformKinds } from '#shared/simulation/simulate.ts';
import { serviceSchema } from '#shared/simulation/workload/service.ts';
import { withValue } from '../../../src-renderer/features/lab/workbench/edit-file.ts';
import { startingFile } from '../../../src-renderer/features/lab/workbench/starting-file.ts';
import { faultsOf, suggestedSpan } from '../../../src-renderer/features/lab/workbench/sweep-span.ts';

const numeric = [
  ...listFields(serviceSchema, 'workload.services[0]'),
  ...platformKinds.flatMap((kind) => platformFields(kind)),
].filter(({ kind, path }) => (kind === 'number' || kind === 'integer') && !path.includes('[]'));
const rate = numeric.find(({ path }) => path.endsWith('arrivals.perSecond')) as ListedField;
const servers = numeric.find(({ path }) => path === 'platform.servers') as ListedField;

describe('a span of a sweep', () => {
  it('is refused at the end that the parameter does not take', () => {
    const span = { from: 1, to: 10, count: 9, spacing: 'linear' } as const;
    expect(faultsOf(span, rate)).toBeNull();
    expect(faultsOf({ ...span, from: 0 }, rate)).toMatchObject({ from: true, to: false, outside: true });
    expect(faultsOf({ ...span, to: 1e9 }, rate)).toMatchObject({ from: false, to: true, outside: true });
    const below = { ...span, from: -10, to: -1 };
    expect(faultsOf(below, rate)).toMatchObject({ from: true, to: true, outside: true });
    expect(faultsOf({ ...span, to: 2.5 }, servers)).toMatchObject({ to: true, outside: true });
  });

  it('is refused where its parts do not go together', () => {
    const span = { from: 1, to: 10, count: 9, spacing: 'linear' } as const;
    expect(faultsOf({ ...span, from: 10 }, rate)).toMatchObject({ from: true, to: true, outside: false });
    expect(faultsOf({ ...span, from: NaN }, rate)).toMatchObject({ from: true, to: false, outside: false });
    for (const count of [1, 2.5, 51])
      expect(faultsOf({ ...span, count }, rate)).toEqual({
        from: false,
        to: false,
        count: true,
        outside: false,
      });
  });

  it('is suggested within what every parameter takes, whatever its value is', () => {
    fc.assert(
      fc.property(fc.constantFrom(...numeric), fc.double({ min: 0, max: 1 }), (field, share) => {
        const [min, max] = [field.min ?? 0, field.max ?? 1];
        const drawn = min + share * (max - min);
        const value = field.kind === 'integer' ? Math.round(drawn) : drawn;
        const file = withValue(startingFile(), field.path, value);
        const span = suggestedSpan(field, file);
        expect(faultsOf({ ...span, count: 9 }, field), JSON.stringify([field.path, value, span])).toBeNull();
      }),
      { numRuns: 2000 },
    );
  });
});
