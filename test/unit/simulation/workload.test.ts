import { describe, expect, it } from 'vitest';
import { randomStream } from '#shared/simulation/engine/random.ts';
import { type Arrivals, ArrivalSampler, expectedArrivals } from '#shared/simulation/workload/arrivals.ts';
import { type Law, lawMeanMs, LawSampler } from '#shared/simulation/workload/laws.ts';

const n = 200_000;

function draws(law: Law): Float64Array {
  const sampler = new LawSampler(law, randomStream(7, 'law'));
  return Float64Array.from({ length: n }, () => sampler.sample());
}

const meanOf = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

describe('laws', () => {
  const laws: (Law & { cv: number })[] = [
    { kind: 'exponential', meanMs: 40, cv: 1 },
    { kind: 'lognormal', meanMs: 40, cv: 0.5 },
    { kind: 'lognormal', meanMs: 40, cv: 2 },
  ];
  it.each(laws)('%j has its mean and its coefficient of variation', (law) => {
    const values = draws(law);
    const mean = meanOf(values);
    const variance = meanOf(values.map((value) => (value - mean) ** 2));
    expect(mean / 40).toBeCloseTo(1, 1.6);
    expect(Math.sqrt(variance) / mean / law.cv).toBeCloseTo(1, 1);
  });

  it('deterministic is always the same', () => {
    expect(new Set(draws({ kind: 'deterministic', meanMs: 12 }))).toEqual(new Set([12]));
  });

  it('bimodal takes its values by their weights', () => {
    const values = [
      { ms: 10, weight: 3 },
      { ms: 200, weight: 1 },
    ];
    const drawn = draws({ kind: 'bimodal', values });
    expect(drawn.filter((value) => value === 10).length / n).toBeCloseTo(0.75, 2);
    expect(drawn.filter((value) => value === 200).length / n).toBeCloseTo(0.25, 2);
    expect(lawMeanMs({ kind: 'bimodal', values })).toBe(57.5);
  });

  it.each([0.8, 1, 1.5, 3])(
    'bounded Pareto with tail index %d stays in its bounds and has its mean',
    (alpha) => {
      const law: Law = { kind: 'pareto', alpha, minMs: 5, maxMs: 5000 };
      const drawn = draws(law);
      expect(Math.min(...drawn.subarray(0, 50_000))).toBeGreaterThanOrEqual(5);
      expect(drawn.every((value) => value <= 5000.0001)).toBe(true);
      expect(meanOf(drawn) / lawMeanMs(law)).toBeCloseTo(1, 1);
      // P(X > 50) by the law.
      const tail = (10 ** -alpha - 1000 ** -alpha) / (1 - 1000 ** -alpha);
      expect(drawn.filter((value) => value > 50).length / n).toBeCloseTo(tail, 2);
    },
  );
});

describe('arrivals', () => {
  const count = (arrivals: Arrivals, fromMs: number, untilMs: number, seed = 3): number => {
    const sampler = new ArrivalSampler(arrivals, randomStream(seed, 'arrivals'));
    let found = 0;
    for (let at = sampler.nextAfter(0); at < untilMs; at = sampler.nextAfter(at)) if (at >= fromMs) found++;
    return found;
  };

  it('constant come like a metronome', () => {
    const sampler = new ArrivalSampler({ kind: 'constant', perSecond: 4 }, randomStream(1, 'a'));
    expect(sampler.nextAfter(0)).toBe(250);
    expect(sampler.nextAfter(250)).toBe(500);
  });

  it('a step and a spike change the rate where they say', () => {
    const step: Arrivals = { kind: 'step', perSecond: 10, thenPerSecond: 100, atSeconds: 100 };
    expect(Math.abs(count(step, 0, 100_000) - 1000)).toBeLessThan(4 * Math.sqrt(1000));
    expect(Math.abs(count(step, 100_000, 200_000) - 10_000)).toBeLessThan(4 * Math.sqrt(10_000));
    const spike: Arrivals = {
      kind: 'spike',
      perSecond: 10,
      peakPerSecond: 200,
      atSeconds: 50,
      forSeconds: 10,
    };
    expect(Math.abs(count(spike, 50_000, 60_000) - 2000)).toBeLessThan(4 * Math.sqrt(2000));
    expect(Math.abs(count(spike, 60_000, 160_000) - 1000)).toBeLessThan(4 * Math.sqrt(1000));
    expect(expectedArrivals(spike, 100_000)).toBeCloseTo(2900, 6);
  });

  it('keep their chance when only a rate changes: a higher rate brings every arrival earlier', () => {
    const times = (perSecond: number) => {
      const sampler = new ArrivalSampler({ kind: 'poisson', perSecond }, randomStream(5, 'a'));
      let at = 0;
      return Array.from({ length: 50 }, () => (at = sampler.nextAfter(at)));
    };
    const slow = times(10);
    times(20).forEach((at, i) => expect(at).toBeCloseTo((slow[i] ?? NaN) / 2, 6));
  });
});
