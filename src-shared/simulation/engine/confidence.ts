/** Quantiles .975 of Student's t for 1 to 30 degrees of freedom. Source: NIST/SEMATECH e-Handbook, table 1.3.6.7.2. */
const tTable = [
  12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.306, 2.2622, 2.2281, 2.201, 2.1788, 2.1604,
  2.1448, 2.1314, 2.1199, 2.1098, 2.1009, 2.093, 2.086, 2.0796, 2.0739, 2.0687, 2.0639, 2.0595, 2.0555,
  2.0518, 2.0484, 2.0452, 2.0423,
];

/** Quantile .975 of Student's t, four decimals. Beyond the table by Abramowitz and Stegun 26.7.5. */
export function studentT975(degreesOfFreedom: number): number {
  const tabled = tTable[degreesOfFreedom - 1];
  if (tabled !== undefined) return tabled;
  const z = 1.959963984540054;
  const z3 = z * z * z;
  const z5 = z3 * z * z;
  const n = degreesOfFreedom;
  return z + (z3 + z) / (4 * n) + (5 * z5 + 16 * z3 + 3 * z) / (96 * n * n);
}

export interface Estimate {
  readonly mean: number;
  /** Half-width of the 95 % confidence interval over the seeds; null for a single seed, which tells nothing of spread. */
  readonly ci95: number | null;
}

/** Mean of independent replications with its 95 % confidence interval. Needs at least one value. */
export function estimate(values: readonly number[]): Estimate {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  if (n < 2) return { mean, ci95: null };
  // Equal values have no spread, which rounding of their mean would hide.
  if (values.every((value) => value === values[0])) return { mean: values[0] as number, ci95: 0 };
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return { mean, ci95: studentT975(n - 1) * Math.sqrt(squares / (n - 1) / n) };
}
