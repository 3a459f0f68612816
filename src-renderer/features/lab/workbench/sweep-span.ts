import { valueAt } from '#shared/simulation/apply-changes.ts';
import type { ListedField } from '#shared/simulation/field.ts';
import type { Span } from '#shared/simulation/sweep.ts';
import type { DraftFile } from './edit-file.ts';
import { isOutOfRange } from './field-range.ts';
import { sliderStops } from './slider-stops.ts';
import { usualValue } from './starting-values.ts';

/** The most points of a curve, each of which runs on all seeds. */
export const mostPoints = 50;

/** A span as it is typed: what stands in an emptied input is no number. */
export type TypedSpan = Omit<Span, 'whole'>;

/** Which inputs of a span are wrong. */
export interface SpanFaults {
  readonly from: boolean;
  readonly to: boolean;
  readonly count: boolean;
  /** An end is a number that the parameter does not take; otherwise the inputs do not go together. */
  readonly outside: boolean;
}

/** What is wrong with a span for a parameter; null where it can be swept. */
export function faultsOf({ from, to, count, spacing }: TypedSpan, field: ListedField): SpanFaults | null {
  const [fromOutside, toOutside] = [isOutOfRange(field, from), isOutOfRange(field, to)];
  const backwards = from >= to;
  const faults = {
    from: !Number.isFinite(from) || fromOutside || backwards || (spacing === 'logarithmic' && from <= 0),
    to: !Number.isFinite(to) || toOutside || backwards,
    count: !Number.isInteger(count) || count < 2 || count > mostPoints,
    outside: fromOutside || toOutside,
  };
  return faults.from || faults.to || faults.count ? faults : null;
}

/** A span about the value that a parameter has in a file, within what it takes. */
export function suggestedSpan(field: ListedField, file: DraftFile): Omit<TypedSpan, 'count'> {
  const stops = sliderStops(field);
  const value = Number(valueAt(file, field.path) ?? usualValue(field)) || usualValue(field);
  const near = stops.filter((stop) => stop >= value / 4 && stop <= value * 4);
  const tidy = field.kind === 'integer' ? Math.round : (end: number) => end;
  const [least = value, most = value] = [stops[0], stops.at(-1)];
  const candidates = [
    [near[0] ?? value, near.at(-1) ?? value],
    [Math.max(least, tidy(value / 4)), Math.min(field.max ?? Infinity, tidy(value * 4))],
  ] as const;
  const fits = candidates.find(([from, to]) => !faultsOf({ from, to, count: 2, spacing: 'linear' }, field));
  const [from, to] = fits ?? [least, most];
  return { from, to, spacing: from > 0 && to / from >= 20 ? 'logarithmic' : 'linear' };
}
