import type { ListedField } from '#shared/simulation/field.ts';
import { isOutOfRange } from './field-range.ts';
import { usualValue } from './starting-values.ts';

/** Numbers that a hand stops at, in one power of ten. */
const mantissas = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8];
const tidy = (value: number): number => Number(value.toPrecision(10));

/** The least of 1, 2 or 5 times a power of ten that is not below a value above 0. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value) + 1e-9);
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= value * (1 - 1e-9)) ?? 10;
  return tidy(factor * power);
}

/** The span that a slider covers. What lies beyond can be typed. */
function spanOf(field: ListedField): { readonly low: number; readonly high: number } {
  const reference = usualValue(field);
  const max = field.max ?? Infinity;
  // A range that a hand can take in is all there; of one without end, what is near to the usual value.
  const high = max <= Math.max(100, reference * 50) ? max : Math.min(max, roundUp(reference * 20));
  const min = field.min ?? 0;
  const low = min > 0 && !field.aboveMin && min >= reference / 1000 ? min : min < 0 ? min : 0;
  return { low, high };
}

function evenStops(low: number, high: number, whole: boolean): number[] {
  const step = Math.max(whole ? 1 : 0, roundUp((high - low) / 100));
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  const between = Array.from({ length: last - first + 1 }, (_, i) => tidy((first + i) * step));
  return [low, ...between, high];
}

function growingStops(low: number, high: number, whole: boolean): number[] {
  const first = Math.floor(Math.log10(low));
  const last = Math.ceil(Math.log10(high));
  const stops = Array.from({ length: last - first + 1 }, (_, i) =>
    mantissas.map((mantissa) => tidy(mantissa * 10 ** (first + i))),
  ).flat();
  return [low, ...(whole ? stops.map(Math.round) : stops), high].filter(
    (stop) => stop >= low && stop <= high,
  );
}

/**
 * The values that a slider of a field has, from the lowest up: evenly spaced in a small range, growing by about the same
 * factor in a large one. The default is among them. Empty for what is no number.
 */
export function sliderStops(field: ListedField): readonly number[] {
  if (field.kind !== 'number' && field.kind !== 'integer') return [];
  const whole = field.kind === 'integer';
  const { low, high } = spanOf(field);
  const usual = usualValue(field);
  const even = low < 0 || (high - low <= 100 && (whole || high <= 1 || usual >= high / 20)) || high <= 1;
  let stops: number[];
  if (even) stops = evenStops(low, high, whole);
  else if (low > 0) stops = growingStops(low, high, whole);
  else {
    const small = whole ? 1 : roundUp(Math.min(usual, high) / 200);
    const zero = field.aboveMin || (field.min ?? 0) > 0 ? [] : [0];
    stops = [...zero, ...growingStops(Math.max(small, field.min ?? 0), high, whole)];
  }
  const own = typeof field.default === 'number' && field.default >= low && field.default <= high;
  const all = [...stops, ...(own ? [field.default as number] : [])];
  const allowed = all.filter((stop) => !isOutOfRange(field, stop));
  return [...new Set(allowed)].sort((a, b) => a - b);
}

/** The place of the stop that is nearest to a value; the first or last one for what lies beyond. */
export function nearestStop(stops: readonly number[], value: number): number {
  let nearest = 0;
  stops.forEach((stop, i) => {
    if (Math.abs(stop - value) < Math.abs((stops[nearest] ?? 0) - value)) nearest = i;
  });
  return nearest;
}
