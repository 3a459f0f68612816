/**
 * The probability that an arrival is lost in M/G/c/c: c servers and no waiting room. It depends on the mean of the
 * service times alone, not on their law.
 *
 * Recursion: B(0) = 1, B(k) = a B(k-1) / (k + a B(k-1)).
 * Source: Erlang (1917); insensitivity: Sevastyanov (1957); recursion: Jagerman, Bell System Technical Journal 53 (1974).
 *
 * @param servers c, a whole number of at least 0
 * @param offeredLoad a = lambda E[S] in erlangs, at least 0
 */
export function erlangB(servers: number, offeredLoad: number): number {
  let blocked = 1;
  for (let k = 1; k <= servers; k++) blocked = (offeredLoad * blocked) / (k + offeredLoad * blocked);
  return blocked;
}
