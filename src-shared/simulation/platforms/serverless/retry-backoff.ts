/**
 * How long an event waits after it was throttled for the n-th time: first * 2^(n-1), at most so long. Lambda has 1 s and 5 min.
 *
 * Source: AWS Lambda Developer Guide, error handling for asynchronous invocation.
 *
 * @param throttlings n, at least 1
 * @returns seconds
 */
export function throttleBackoffSeconds(
  throttlings: number,
  firstSeconds: number,
  longestSeconds: number,
): number {
  return Math.min(firstSeconds * 2 ** Math.min(throttlings - 1, 60), longestSeconds);
}

/**
 * How long an event waits after the function failed on it for the n-th time: first * n. Lambda has 1 min, then 2.
 *
 * Source: as above.
 *
 * @param failures n, at least 1
 * @returns seconds
 */
export function errorBackoffSeconds(failures: number, firstSeconds: number): number {
  return firstSeconds * failures;
}
