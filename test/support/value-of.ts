import type { Result } from '#shared/contract/result.ts';

/** The value of a result that must be one; the error's own words otherwise. */
export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.kind}: ${result.error.message}`);
  return result.value;
}
