import { exp } from '../../engine/portable-math.ts';

/**
 * The probability that a request of a Poisson stream finds no warm environment, while one environment is enough for all:
 * P(cold) = P(gap > T) = exp(-lambda T).
 *
 * Right where the work is short against the gaps. Once requests overlap it is wrong: each request that comes while another
 * is worked on needs an environment of its own, whatever the keep-alive.
 *
 * Source: the exponential law of the times between arrivals, Kleinrock, Queueing Systems I (1975), section 2.4.
 *
 * @param perSecond lambda, requests per second, at least 0
 * @param keepAliveSeconds T, how long an environment is kept after its last use, at least 0
 */
export function coldStartProbability(perSecond: number, keepAliveSeconds: number): number {
  return exp(-perSecond * keepAliveSeconds);
}
