import type { ListedField } from '#shared/simulation/field.ts';

/** Whether a value is a number that the field does not take. */
export function isOutOfRange(field: ListedField, value: unknown): boolean {
  if (typeof value !== 'number') return false;
  const { min, max, aboveMin, kind } = field;
  if (kind === 'integer' && !Number.isInteger(value)) return true;
  return (min !== null && (aboveMin ? value <= min : value < min)) || (max !== null && value > max);
}
