/** The value below which a share (0-1) of the numbers lies: the smallest one that at least so many do not exceed. */
export function percentile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** Three digits are more than a measurement of time can promise. */
export const rounded = (value: number): number => Number(value.toPrecision(4));
