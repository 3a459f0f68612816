import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IntQueue } from '#shared/simulation/engine/columns.ts';
import { estimate, studentT975 } from '#shared/simulation/engine/confidence.ts';
import { EventList } from '#shared/simulation/engine/event-list.ts';
import { BucketClock, Level, maxBuckets } from '#shared/simulation/engine/level.ts';
import { normalQuantile } from '#shared/simulation/engine/normal-quantile.ts';
import { percentile } from '#shared/simulation/engine/percentiles.ts';
import { exp, log } from '#shared/simulation/engine/portable-math.ts';
import { randomStream } from '#shared/simulation/engine/random.ts';
import { SharedProcessor } from '#shared/simulation/engine/shared-processor.ts';

const seeded = { seed: 20260, numRuns: 200 };

interface Action {
  do: string;
  at?: number;
  pick?: number;
}

describe('the event list', () => {
  const action = fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant('add'), at: fc.integer({ min: 0, max: 5 }) }) },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant('move'), at: fc.integer({ min: 0, max: 5 }), pick: fc.nat() }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel'), pick: fc.nat() }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('pop') }) },
  );

  it('behaves like a list that is sorted by time and then by insertion', () => {
    fc.assert(
      fc.property(fc.array(action as fc.Arbitrary<Action>, { minLength: 50, maxLength: 150 }), (actions) => {
        const list = new EventList(2);
        const model: { at: number; order: number; subject: number; handle: number }[] = [];
        let order = 0;
        const sorted = () => model.sort((a, b) => a.at - b.at || a.order - b.order);
        for (const { do: what, at = 0, pick = 0 } of actions) {
          const chosen = model.length === 0 ? undefined : model[pick % model.length];
          if (what === 'add') {
            const subject = order;
            model.push({ at, order: order++, subject, handle: list.schedule(at, 1, subject) });
          } else if (what === 'move' && chosen) {
            list.move(chosen.handle, at);
            Object.assign(chosen, { at, order: order++ });
          } else if (what === 'cancel' && chosen) {
            list.cancel(chosen.handle);
            model.splice(model.indexOf(chosen), 1);
          } else if (what === 'pop') {
            const first = sorted().shift();
            expect(list.pop()).toBe(first !== undefined);
            if (first) expect([list.atMs, list.subject]).toEqual([first.at, first.subject]);
          }
          expect(list.size).toBe(model.length);
          expect(list.nextAtMs).toBe(sorted()[0]?.at ?? Infinity);
        }
      }),
      seeded,
    );
  });
});

describe('chance', () => {
  it('is decided by seed and name alone, and differs between them', () => {
    const draw = (seed: number, name: string) => {
      const stream = randomStream(seed, name);
      return Array.from({ length: 5 }, () => stream.uniform());
    };
    expect(draw(1, 'arrivals:a')).toEqual(draw(1, 'arrivals:a'));
    const rows = [
      draw(1, 'arrivals:a'),
      draw(2, 'arrivals:a'),
      draw(1, 'arrivals:b'),
      draw(1, 'work:a'),
      draw(0, ''),
    ];
    expect(new Set(rows.flat()).size).toBe(25);
  });

  it('is uniform: mean, spread and no correlation between neighbouring seeds', () => {
    const n = 20_000;
    let sum = 0;
    let squares = 0;
    let products = 0;
    for (let seed = 0; seed < n; seed++) {
      const u = randomStream(seed, 'x').uniform() - 0.5;
      sum += u;
      squares += u * u;
      products += u * (randomStream(seed + 1, 'x').uniform() - 0.5);
    }
    expect(Math.abs(sum / n)).toBeLessThan(4 * Math.sqrt(1 / 12 / n));
    expect(squares / n).toBeCloseTo(1 / 12, 2);
    expect(Math.abs(products / n)).toBeLessThan(4 / 12 / Math.sqrt(n));
  });
});

describe('portable mathematics', () => {
  it('agrees with the logarithm and the exponential of the engine to the last bits', () => {
    fc.assert(
      fc.property(fc.double({ min: 2 ** -60, max: 1e15, noNaN: true }), (x) => {
        expect(Math.abs(log(x) - Math.log(x))).toBeLessThanOrEqual(Math.abs(Math.log(x)) * 2.3e-16 + 1e-300);
      }),
      { ...seeded, numRuns: 2000 },
    );
    fc.assert(
      fc.property(fc.double({ min: -700, max: 709, noNaN: true }), (x) => {
        expect(Math.abs(exp(x) / Math.exp(x) - 1)).toBeLessThan(5e-16);
      }),
      { ...seeded, numRuns: 2000 },
    );
    expect([log(1), exp(0), exp(-1e6), exp(1e6)]).toEqual([0, 1, 0, Infinity]);
    expect(log(1 - 2 ** -53)).toBe(Math.log(1 - 2 ** -53));
  });

  it('knows the quantiles of the normal law', () => {
    expect(normalQuantile(0.5)).toBe(0);
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 14);
    expect(normalQuantile(0.001)).toBeCloseTo(-3.090232306167813, 13);
    expect(normalQuantile(1e-15)).toBeCloseTo(-7.941345326170998, 11);
  });
});

describe('statistics', () => {
  it('takes exact percentiles', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(fc.double({ noNaN: true, min: 0, max: 1e9 }), { minLength: 1, maxLength: 200 }),
          // Large enough for the sampling by which selection of many finds its pivots; with ties.
          fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1500, maxLength: 2000 }),
        ),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (values, share) => {
          const sorted = [...values].sort((a, b) => a - b);
          const found = percentile(Float64Array.from(values), share) ?? NaN;
          const atMost = sorted.filter((value) => value <= found).length;
          const below = sorted.filter((value) => value < found).length;
          expect(sorted).toContain(found);
          expect(atMost).toBeGreaterThanOrEqual(share * values.length - 1e-9);
          expect(below).toBeLessThan(share * values.length + 1e-9);
        },
      ),
      seeded,
    );
    expect(percentile(new Float64Array(0), 0.5)).toBeNull();
  });

  it('knows the confidence interval of five values', () => {
    // Mean 3, standard deviation sqrt(2.5); t = 2.7764 with four degrees of freedom.
    const { mean, ci95 } = estimate([1, 2, 3, 4, 5]);
    expect(mean).toBe(3);
    expect(ci95).toBeCloseTo((2.7764 * Math.sqrt(2.5)) / Math.sqrt(5), 10);
    expect(estimate([7])).toEqual({ mean: 7, ci95: null });
    expect(estimate([0.1, 0.1, 0.1])).toEqual({ mean: 0.1, ci95: 0 });
    expect(studentT975(60)).toBeCloseTo(2.0003, 3);
  });

  it('weights a level by time, in whole and by bucket, whatever the length of the run', () => {
    const step = fc.record({
      forMs: fc.double({ min: 0, max: 5000, noNaN: true }),
      value: fc.integer({ min: 0, max: 9 }),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 60 }), (steps) => {
        const clock = new BucketClock();
        const level = new Level(clock);
        const held: { fromMs: number; untilMs: number; value: number }[] = [];
        let nowMs = 0;
        for (const { forMs, value } of steps) {
          held.push({ fromMs: nowMs, untilMs: nowMs + forMs, value: level.value });
          nowMs += forMs;
          level.set(value, nowMs);
        }
        if (nowMs === 0) return;
        clock.cover(nowMs);
        const meanBetween = (fromMs: number, untilMs: number): number =>
          held.reduce((sum, stretch) => {
            const ms = Math.min(untilMs, stretch.untilMs) - Math.max(fromMs, stretch.fromMs);
            return sum + Math.max(0, ms) * stretch.value;
          }, 0) /
          (untilMs - fromMs);
        expect(level.mean(nowMs)).toBeCloseTo(meanBetween(0, nowMs), 6);
        const series = level.series(nowMs);
        expect(series).toHaveLength(Math.ceil(nowMs / clock.widthMs));
        expect(series.length).toBeLessThanOrEqual(maxBuckets);
        series.forEach((mean, i) => {
          const endMs = Math.min(nowMs, (i + 1) * clock.widthMs);
          // A last sliver of a bucket divides rounding by next to nothing.
          if (endMs - i * clock.widthMs > 1e-3)
            expect(mean).toBeCloseTo(meanBetween(i * clock.widthMs, endMs), 4);
        });
      }),
      seeded,
    );
  });
});

describe('the shared processor', () => {
  it('ends jobs when serving each of them step by step would', () => {
    const processor = new SharedProcessor();
    processor.add(1, 30);
    processor.add(2, 10);
    processor.rate = 0.5;
    expect(processor.nextInMs).toBe(20);
    processor.advance(20);
    expect(processor.finishNext()).toBe(2);
    processor.rate = 1;
    const third = processor.add(3, 100);
    processor.advance(5);
    expect(processor.remove(third)).toBe(95);
    expect(processor.nextInMs).toBe(15);
    expect(processor.finishNext()).toBe(1);
    expect(processor.nextInMs).toBe(Infinity);
  });
});

describe('the queue of integers', () => {
  it('gives back what it was given, in order', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.integer({ min: 0, max: 1e6 }))), (steps) => {
        const queue = new IntQueue();
        const model: number[] = [];
        for (const value of steps) {
          if (value !== null) {
            queue.push(value);
            model.push(value);
          } else if (model.length > 0) expect(queue.shift()).toBe(model.shift());
          expect(queue.length).toBe(model.length);
        }
      }),
      seeded,
    );
  });
});
