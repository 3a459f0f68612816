import { erlangB } from './erlang-b.ts';

/**
 * The probability that an arrival must wait in M/M/c.
 *
 * With offered load a = lambda E[S] and rho = a/c < 1: C = B / (1 - rho (1 - B)), B being the Erlang B probability.
 * Source: Kleinrock, Queueing Systems I (1975), section 3.5; the form by B: Cooper, Introduction to Queueing Theory (1981).
 *
 * @param servers c, a whole number of at least 1
 * @param offeredLoad a in erlangs, 0 <= a < c
 * @returns a probability; 1 where the load is too much for the servers
 */
export function erlangC(servers: number, offeredLoad: number): number {
  if (offeredLoad >= servers) return 1;
  const blocked = erlangB(servers, offeredLoad);
  return blocked / (1 - (offeredLoad / servers) * (1 - blocked));
}

/**
 * The mean wait in M/M/c, in the unit of the mean service time: Wq = C / (c (1 - rho)) E[S].
 *
 * @returns Infinity where the load is too much for the servers
 */
export function meanWait(servers: number, offeredLoad: number, meanService: number): number {
  if (offeredLoad >= servers) return Infinity;
  return (erlangC(servers, offeredLoad) * meanService) / (servers - offeredLoad);
}
