import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomStream } from '#shared/simulation/engine/random.ts';
import { arrivalSampler } from '#shared/simulation/workload/arrival-sampler.ts';
import { type Arrivals, arrivalsSchema } from '#shared/simulation/workload/arrivals.ts';
import { type Law, lawMeanMs, LawSampler } from '#shared/simulation/workload/laws.ts';
import {
  expectedArrivals,
  msUntilArrivals,
  rateProfile,
  runsDry,
} from '#shared/simulation/workload/rate-profile.ts';

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
    const sampler = arrivalSampler(arrivals, randomStream(seed, 'arrivals'));
    let found = 0;
    for (let at = sampler.nextAfter(0); at < untilMs; at = sampler.nextAfter(at)) if (at >= fromMs) found++;
    return found;
  };

  it('constant come like a metronome', () => {
    const sampler = arrivalSampler({ kind: 'constant', perSecond: 4 }, randomStream(1, 'a'));
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

  const perSecond = fc.integer({ min: 5, max: 200 });
  const seconds = fc.integer({ min: 5, max: 60 });
  const changing: fc.Arbitrary<Arrivals> = fc.oneof(
    fc.record({
      kind: fc.constant('sawtooth'),
      perSecond: fc.integer({ min: 0, max: 50 }),
      peakPerSecond: perSecond,
      periodSeconds: seconds,
    }),
    fc.record({
      kind: fc.constant('day'),
      perSecond: fc.integer({ min: 0, max: 50 }),
      peakPerSecond: perSecond,
      peakHour: fc.integer({ min: 0, max: 23 }),
      daySeconds: seconds,
    }),
    fc.record({
      kind: fc.constant('bursts'),
      perSecond,
      quietPerSecond: fc.integer({ min: 0, max: 5 }),
      onSeconds: seconds,
      offSeconds: seconds,
      lengths: fc.constant('fixed'),
    }),
    fc.record({
      kind: fc.constant('trace'),
      perSecond: fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 6 }),
      intervalSeconds: seconds,
      repeat: fc.boolean(),
    }),
  );

  it('come in every stretch of time as many as their rate says', () => {
    fc.assert(
      fc.property(changing, seconds, seconds, fc.nat(), (arrivals, from, length, seed) => {
        const [fromMs, untilMs] = [from * 1000, (from + length) * 1000];
        const expected = expectedArrivals(arrivals, untilMs) - expectedArrivals(arrivals, fromMs);
        // Five standard deviations of a Poisson number, and room for the smallest ones.
        const off = Math.abs(count(arrivals, fromMs, untilMs, seed) - expected);
        expect(off).toBeLessThanOrEqual(5 * Math.sqrt(expected) + 5);
      }),
      { seed: 41, numRuns: 150 },
    );
  });

  it('in bursts of random length come as many as on average, and more unevenly than at a steady rate', () => {
    const bursts: Arrivals = {
      kind: 'bursts',
      perSecond: 40,
      quietPerSecond: 0,
      onSeconds: 1,
      offSeconds: 3,
      lengths: 'exponential',
    };
    const counts = Array.from({ length: 400 }, (_, i) => count(bursts, 0, 20_000, i));
    const mean = meanOf(Float64Array.from(counts));
    const variance = meanOf(Float64Array.from(counts, (each) => (each - mean) ** 2));
    // The process starts in a burst, so the first stretch has somewhat more than 10 a second.
    expect(mean).toBeGreaterThan(190);
    expect(mean).toBeLessThan(260);
    expect(variance / mean).toBeGreaterThan(5);
  });

  it('by a schedule come so many at once, at set times', () => {
    const sampler = arrivalSampler(
      { kind: 'schedule', everySeconds: 60, firstAtSeconds: 5, requests: 2 },
      randomStream(1, 'a'),
    );
    const times = Array.from({ length: 5 }, () => sampler.nextAfter(0));
    expect(times).toEqual([5000, 5000, 65_000, 65_000, 125_000]);
  });

  it('of a day are highest and lowest where they say, twelve hours apart', () => {
    const day = arrivalsSchema.parse({ kind: 'day', perSecond: 10, peakPerSecond: 50, peakHour: 20 });
    const rates = rateProfile(day).pieces.map(({ fromPerMs }) => fromPerMs * 1000);
    expect(rates[20]).toBeCloseTo(50, 9);
    expect(rates[8]).toBeCloseTo(10, 9);
    expect(rates[2]).toBeCloseTo(30, 9);
    rates.forEach((rate, hour) => {
      expect(rate).toBeCloseTo(30 + 20 * Math.cos((2 * Math.PI * (hour - 20)) / 24), 9);
    });
  });

  it('of a trace end with it, unless it is repeated', () => {
    const trace: Arrivals = { kind: 'trace', perSecond: [50, 0], intervalSeconds: 10, repeat: false };
    expect(count(trace, 10_000, 1e9)).toBe(0);
    expect(runsDry(trace)).toBe(true);
    expect(runsDry({ ...trace, repeat: true })).toBe(false);
    expect(count({ ...trace, repeat: true }, 20_000, 30_000)).toBeGreaterThan(300);
    expect(msUntilArrivals([{ ...trace, repeat: true }], 750)).toBeCloseTo(25_000, 3);
  });

  it('keep their chance when only a rate changes: a higher rate brings every arrival earlier', () => {
    const times = (perSecond: number) => {
      const sampler = arrivalSampler({ kind: 'poisson', perSecond }, randomStream(5, 'a'));
      let at = 0;
      return Array.from({ length: 50 }, () => (at = sampler.nextAfter(at)));
    };
    const slow = times(10);
    times(20).forEach((at, i) => expect(at).toBeCloseTo((slow[i] ?? NaN) / 2, 6));
  });
});
