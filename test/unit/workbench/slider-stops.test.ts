import { describe, expect, it } from 'vitest';
import { listFields, type ListedField } from '#shared/simulation/field.ts';
import { faultSchema } from '#shared/simulation/faults/fault-schema.ts';
import { platformFields, platformKinds } from '#shared/simulation/simulate.ts';
import { serviceSchema } from '#shared/simulation/workload/service.ts';
import { isOutOfRange } from '../../../src-renderer/features/lab/workbench/field-range.ts';
import { nearestStop, sliderStops } from '../../../src-renderer/features/lab/workbench/slider-stops.ts';

const fields = [
  ...listFields(serviceSchema, 'workload.services[0]'),
  ...listFields(faultSchema, 'faults[]'),
  ...platformKinds.flatMap((kind) => platformFields(kind)),
];
const numeric = fields.filter(({ kind }) => kind === 'number' || kind === 'integer');
const at = (path: string) => fields.find((field) => field.path === path) as ListedField;

describe('the stops of a slider', () => {
  it('climb, and each of them is allowed', () => {
    for (const field of numeric) {
      const stops = sliderStops(field);
      expect(stops.length, field.path).toBeGreaterThan(1);
      expect(stops.length, field.path).toBeLessThan(110);
      expect(
        stops.toSorted((a, b) => a - b),
        field.path,
      ).toEqual(stops);
      expect(new Set(stops).size, field.path).toBe(stops.length);
      for (const stop of stops) expect(isOutOfRange(field, stop), `${field.path} ${stop}`).toBe(false);
    }
  });

  it('have the default among them', () => {
    for (const field of numeric)
      if (typeof field.default === 'number') expect(sliderStops(field), field.path).toContain(field.default);
  });

  it('cover a small range whole, and of an endless one what is near', () => {
    expect(sliderStops(at('platform.scaling.targetUtilisation')).at(-1)).toBe(1);
    expect(sliderStops(at('platform.zones'))).toEqual([1, 2, 3, 4, 5, 6]);
    const rate = sliderStops(at('workload.services[0].arrivals.perSecond'));
    expect(rate.at(-1)).toBe(200);
    // The same factor, not the same distance.
    expect(rate.filter((stop) => stop <= 10).length).toBeGreaterThan(rate.length / 2);
  });

  it('are none for what is no number', () => {
    expect(sliderStops(at('platform.balancer'))).toEqual([]);
  });

  it('stand for a value that was typed between or beyond them', () => {
    const stops = [1, 2, 5, 10];
    expect([0, 1, 3, 4, 9, 1000].map((value) => nearestStop(stops, value))).toEqual([0, 0, 1, 2, 3, 3]);
  });
});
