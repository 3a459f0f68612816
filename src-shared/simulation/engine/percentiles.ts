import quickselect from 'quickselect';

/**
 * The value that would be at a place, counted from 0, if the values were sorted. Takes time in proportion to their number,
 * and rearranges them: what is before the place is no larger, what is behind it no smaller.
 */
export function valueAtRank(values: Float64Array, place: number): number {
  // It reads and swaps by index only, so that an array of numbers in one block does as well.
  quickselect(values as unknown as number[], place);
  return values[place] as number;
}

/**
 * The nearest-rank percentile: the least of the values that at least `share` of all values do not exceed. It is exact
 * and always a value that was seen. Rearranges the values.
 *
 * @param share in (0, 1], such as 0.95
 * @returns null where there are no values
 */
export function percentile(values: Float64Array, share: number): number | null {
  if (values.length === 0) return null;
  const rank = Math.max(1, Math.ceil(share * values.length));
  return valueAtRank(values, Math.min(rank, values.length) - 1);
}

/** The arithmetic mean, or null where there are no values. */
export function mean(values: Float64Array): number | null {
  if (values.length === 0) return null;
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] as number;
  return sum / values.length;
}

export interface LatencySummary {
  readonly mean: number | null;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
}

/** Mean and percentiles. Rearranges the values. */
export function summariseLatencies(values: Float64Array): LatencySummary {
  // The mean first: its last digits depend on the order.
  return {
    mean: mean(values),
    p50: percentile(values, 0.5),
    p95: percentile(values, 0.95),
    p99: percentile(values, 0.99),
  };
}
