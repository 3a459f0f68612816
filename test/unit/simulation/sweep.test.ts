import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spacedValues, sweepPoints, type Span } from '#shared/simulation/sweep.ts';

const file = {
  platform: { kind: 'queue' },
  workload: {
    services: [
      { name: 'one', arrivals: { kind: 'poisson', perSecond: 10 }, cpu: { kind: 'exponential', meanMs: 20 } },
    ],
  },
  run: { requests: 100 },
};
const spans: fc.Arbitrary<Span> = fc.record({
  from: fc.double({ min: 0.001, max: 1000, noNaN: true }),
  to: fc.double({ min: 0.001, max: 1000, noNaN: true }),
  count: fc.integer({ min: 2, max: 50 }),
  spacing: fc.constantFrom('linear', 'logarithmic'),
  whole: fc.constant(false),
});

describe('the values of a sweep', () => {
  it('begin and end where they should, in order', () => {
    fc.assert(
      fc.property(spans, (span) => {
        const values = spacedValues(span);
        expect(values[0]).toBe(span.from);
        expect(values.at(-1)).toBe(span.to);
        expect(values.length).toBeLessThanOrEqual(span.count);
        const sorted = values.toSorted((a, b) => (span.from <= span.to ? a - b : b - a));
        expect(values).toEqual(sorted);
      }),
    );
  });

  it('lie evenly, or by the same factor', () => {
    const even = { from: 0, to: 1, count: 5, spacing: 'linear', whole: false } as const;
    expect(spacedValues(even)).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(spacedValues({ ...even, from: 1, to: 10_000, spacing: 'logarithmic' })).toEqual([
      1, 10, 100, 1000, 10_000,
    ]);
    expect(() => spacedValues({ ...even, spacing: 'logarithmic' })).toThrow(RangeError);
  });

  it('come once where only whole numbers will do', () => {
    const span = { from: 1, to: 4, count: 9, spacing: 'linear', whole: true } as const;
    expect(spacedValues(span)).toEqual([1, 2, 3, 4]);
  });
});

describe('the points of a sweep', () => {
  it('are each a file with its value', () => {
    const found = sweepPoints(file, [{ path: 'platform.servers', values: [1, 4] }]);
    const servers = found.ok ? found.points.map(({ contenders }) => contenders[0]?.file.platform) : [];
    expect(servers).toMatchObject([{ servers: 1 }, { servers: 4 }]);
  });

  it('tell the first value that cannot run, with its problems', () => {
    const found = sweepPoints(file, [{ path: 'platform.servers', values: [1, 5000, 6000] }]);
    expect(found).toMatchObject({ ok: false, values: [5000], problems: [{ path: 'platform.servers' }] });
  });
});
