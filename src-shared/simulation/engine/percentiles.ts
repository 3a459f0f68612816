/**
 * The nearest-rank percentile: the least of the values that at least `share` of all values do not exceed. It is exact
 * and always a value that was seen.
 *
 * @param sorted values in ascending order
 * @param share in (0, 1], such as 0.95
 * @returns null where there are no values
 */
export function percentile(sorted: Float64Array, share: number): number | null {
  if (sorted.length === 0) return null;
  const rank = Math.max(1, Math.ceil(share * sorted.length));
  return sorted[Math.min(rank, sorted.length) - 1] as number;
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

/** Mean and percentiles of values in ascending order. */
export function summariseSorted(sorted: Float64Array): LatencySummary {
  return {
    mean: mean(sorted),
    p50: percentile(sorted, 0.5),
    p95: percentile(sorted, 0.95),
    p99: percentile(sorted, 0.99),
  };
}
