import type { RandomStream } from '../engine/random.ts';
import type { Instance } from './estate-parts.ts';

export const servicePolicies = ['round-robin', 'random', 'least-outstanding', 'power-of-two'] as const;

/**
 * Who gets a request: the next in turn, any at random, whoever has fewest requests, or the less busy of two at random.
 *
 * Source of the last: Mitzenmacher, The Power of Two Choices in Randomized Load Balancing, IEEE TPDS 12 (2001).
 */
export type ServicePolicy = (typeof servicePolicies)[number];

/** Picks instances that can answer, service by service or for all services alike. */
export class Balancer {
  private readonly policy: ServicePolicy;
  private readonly chance: RandomStream;
  private readonly outstanding: (instance: Instance) => number;
  private readonly turns: Int32Array;

  /**
   * @param counters how many turns are counted apart: one for each service, or one for all
   * @param outstanding the requests that an instance has, as the policy counts them
   */
  constructor(
    policy: ServicePolicy,
    chance: RandomStream,
    counters: number,
    outstanding: (instance: Instance) => number,
  ) {
    this.policy = policy;
    this.chance = chance;
    this.outstanding = outstanding;
    this.turns = new Int32Array(counters);
  }

  /** One of those that can answer, or null where none can. */
  pick(candidates: readonly Instance[], counter: number): Instance | null {
    const count = candidates.length;
    if (count === 0) return null;
    switch (this.policy) {
      case 'round-robin':
        return this.inTurn(candidates, counter);
      case 'random':
        return this.from(candidates, this.chance.below(count));
      case 'least-outstanding':
        return this.leastOutstanding(candidates, counter);
      case 'power-of-two':
        return this.lessBusyOfTwo(candidates);
    }
  }

  private inTurn(candidates: readonly Instance[], counter: number): Instance | null {
    const start = (this.turns[counter] as number) % candidates.length;
    for (let i = 0; i < candidates.length; i++) {
      const at = (start + i) % candidates.length;
      const instance = candidates[at] as Instance;
      if (!mayBeSentTo(instance)) continue;
      this.turns[counter] = at + 1;
      return instance;
    }
    return null;
  }

  private from(candidates: readonly Instance[], start: number): Instance | null {
    for (let i = 0; i < candidates.length; i++) {
      const instance = candidates[(start + i) % candidates.length] as Instance;
      if (mayBeSentTo(instance)) return instance;
    }
    return null;
  }

  /** Among equals in turn, so that an idle fleet is used evenly. */
  private leastOutstanding(candidates: readonly Instance[], counter: number): Instance | null {
    const start = (this.turns[counter] as number) % candidates.length;
    let best: Instance | null = null;
    let bestAt = 0;
    for (let i = 0; i < candidates.length; i++) {
      const at = (start + i) % candidates.length;
      const instance = candidates[at] as Instance;
      if (!mayBeSentTo(instance)) continue;
      if (best !== null && this.outstanding(instance) >= this.outstanding(best)) continue;
      best = instance;
      bestAt = at;
    }
    this.turns[counter] = bestAt + 1;
    return best;
  }

  private lessBusyOfTwo(candidates: readonly Instance[]): Instance | null {
    const one = this.from(candidates, this.chance.below(candidates.length));
    const other = this.from(candidates, this.chance.below(candidates.length));
    if (one === null || other === null) return one;
    return this.outstanding(other) < this.outstanding(one) ? other : one;
  }
}

/** Whether the balancer counts on an instance: it answers, or nobody has noticed yet that it no longer does. */
function mayBeSentTo(instance: Instance): boolean {
  return canAnswer(instance) || (instance.available && instance.group.goneUnnoticed);
}

/** Whether an instance takes requests at this moment. */
export function canAnswer({ available, group }: Instance): boolean {
  return available && group.accepting && group.running > 0;
}
