import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cardPhases } from '#shared/study/card.ts';
import { grades, type Confidence } from '#shared/study/grade.ts';
import {
  brierOfConfidence,
  calibrationOf,
  confidenceProbability,
  masteryOf,
  recallBin,
  reviewMeasures,
  stabilityBin,
  stabilityBins,
  streakOf,
  wilsonInterval,
  type CountedReview,
  type MeasureRow,
} from '#shared/study/statistics.ts';

const anyProbability = fc.double({ min: 0, max: 1, noNaN: true });

const masteryFrom = (recalls: readonly number[], total: number) =>
  masteryOf(
    recalls.reduce((sum, recall) => sum + recall, 0),
    total,
  );

describe("Wilson's interval", () => {
  // R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17, 1998,
  // pages 857-872, table I, method 3; 10 of 20 as in tables of the interval at 95 %.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
    [10, 20, 0.2993, 0.7007],
  ])('of %d of %d is as published', (successes, trials, low, high) => {
    const interval = wilsonInterval(successes, trials);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  // https://codegolf.stackexchange.com/questions/105389/compute-the-wilson-score-interval, z = 1.96.
  it.each([
    [0, 1, 0, 0.7934567085261071],
    [1, 1, 0.20654329147389294, 1],
    [10, 100, 0.05522854161313612, 0.1743673043676654],
    [75, 100, 0.6569535362992417, 0.8245490599627573],
  ])('of %d of %d is as others compute it', (successes, trials, low, high) => {
    const interval = wilsonInterval(successes, trials);
    expect(interval.low).toBeCloseTo(low, 12);
    expect(interval.high).toBeCloseTo(high, 12);
  });

  it('lies within 0-1 about the share, mirrors it, and narrows with more trials', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), anyProbability, (trials, share) => {
        const successes = share * trials;
        const { low, high } = wilsonInterval(successes, trials);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(share + 1e-12);
        expect(high).toBeGreaterThanOrEqual(share - 1e-12);
        const mirrored = wilsonInterval(trials - successes, trials);
        expect(mirrored.low).toBeCloseTo(1 - high, 9);
        const more = wilsonInterval(successes * 4, trials * 4);
        expect(more.high - more.low).toBeLessThan(high - low);
      }),
    );
  });

  it('knows nothing without trials', () => {
    expect(wilsonInterval(0, 0)).toEqual({ low: 0, high: 1 });
  });
});

describe('mastery of a lesson', () => {
  it('is the mean over all questions, those not seen counting as not recalled', () => {
    expect(masteryFrom([0.5, 1, 0.25], 7).share).toBe(0.25);
    expect(masteryFrom([], 5)).toMatchObject({ share: 0, low: 0 });
    expect(masteryFrom([], 0)).toEqual({ n: 0, share: 0, low: 0, high: 1 });
  });

  it("has Wilson's interval where all is either known or not", () => {
    expect(masteryFrom(Array(10).fill(1), 20)).toEqual({ n: 20, share: 0.5, ...wilsonInterval(10, 20) });
  });

  it('rises with each recall, and holds its mean', () => {
    fc.assert(
      fc.property(
        fc.array(anyProbability, { minLength: 1, maxLength: 30 }),
        fc.nat(20),
        (recalls, unseen) => {
          const total = recalls.length + unseen;
          const { share, low, high } = masteryFrom(recalls, total);
          expect(low).toBeLessThanOrEqual(share + 1e-12);
          expect(high).toBeGreaterThanOrEqual(share - 1e-12);
          const better = masteryFrom(
            recalls.map((recall) => (recall + 1) / 2),
            total,
          );
          expect(better.share).toBeGreaterThanOrEqual(share);
          expect(better.low).toBeGreaterThanOrEqual(low - 1e-12);
        },
      ),
    );
  });
});

describe('bins', () => {
  it('of stability begin with their edge', () => {
    stabilityBins.slice(0, -1).forEach((edge, bin) => expect(stabilityBin(edge)).toBe(bin));
    expect([0.99, 1.5, 29.9, 36_500, Infinity].map(stabilityBin)).toEqual([0, 1, 5, 11, 11]);
  });

  it('of stability hold every number of days', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e5, noNaN: true }), (days) => {
        const bin = stabilityBin(days);
        expect(days).toBeGreaterThanOrEqual(stabilityBins[bin]!);
        expect(days).toBeLessThan(stabilityBins[bin + 1]!);
      }),
    );
  });

  it('of recall are tenths, and certainty is in the last', () => {
    expect([0, 0.05, 0.1, 0.3, 0.7, 0.899, 0.9, 1].map(recallBin)).toEqual([0, 0, 1, 3, 7, 8, 9, 9]);
  });
});

const review: CountedReview = {
  studyDay: 20_000,
  hour: 7,
  lessonId: 'containers',
  mode: 'schedule',
  grade: 3,
  correct: true,
  confidence: 'think-so',
  answerMs: 4200.4,
  phaseBefore: 'review',
  intervalBefore: 21,
  firstOfDay: true,
  predictedRecall: 0.9,
};

/** Measure and part -> n and value. */
const counted = (change: Partial<CountedReview>) =>
  Object.fromEntries(
    reviewMeasures({ ...review, ...change }).map(({ measure, part, n, value }) => [
      part === '' ? measure : `${measure} ${part}`,
      [n, value],
    ]),
  );

describe('what an answer adds to its day', () => {
  it('is all that is counted of a review', () => {
    expect(counted({})).toEqual({
      activity: [1, 4200],
      correct: [1, 1],
      'lesson-time containers': [1, 4200],
      'hour 07': [1, 1],
      'confidence think-so': [1, 1],
      'grade mature/3': [1, 1],
      'retention containers/mature': [1, 1],
      'prediction 9': [1, 1],
      'predicted 9': [1, 900_000],
      brier: [1, 10_000],
    });
  });

  it('is a lapse where it was graded Again', () => {
    expect(counted({ grade: 1, correct: false, intervalBefore: 20, predictedRecall: 0.7 })).toMatchObject({
      correct: [1, 0],
      'grade young/1': [1, 0],
      'retention containers/young': [1, 0],
      'prediction 7': [1, 0],
      'predicted 7': [1, 700_000],
      brier: [1, 490_000],
    });
  });

  it('is no retention for a card that is new or in learning, or was asked before on the day', () => {
    const changes: Partial<CountedReview>[] = [
      { phaseBefore: 'new' },
      { phaseBefore: 'learning' },
      { phaseBefore: 'relearning' },
      { firstOfDay: false },
    ];
    for (const change of changes)
      expect(Object.keys(counted(change)).join()).not.toMatch(/retention|predict|brier/);
    expect(counted({ phaseBefore: 'new' })).toMatchObject({ fresh: [1, 1], 'grade new/3': [1, 1] });
    expect(counted({ phaseBefore: 'relearning' })).toHaveProperty('grade learning/3');
    expect(counted({ firstOfDay: false })).toHaveProperty('grade mature/3');
  });

  it('is neither grade nor retention nor a first answer in practice', () => {
    for (const phaseBefore of cardPhases)
      expect(counted({ mode: 'practice', grade: null, confidence: null, phaseBefore })).toEqual({
        activity: [1, 4200],
        correct: [1, 1],
        practice: [1, 1],
        'lesson-time containers': [1, 4200],
        'hour 07': [1, 1],
      });
  });

  const anyReview: fc.Arbitrary<CountedReview> = fc
    .record({
      studyDay: fc.constant(20_000),
      hour: fc.nat(23),
      lessonId: fc.constantFrom('containers', 'serverless'),
      mode: fc.constantFrom('schedule', 'practice'),
      grade: fc.constantFrom(...grades),
      correct: fc.boolean(),
      confidence: fc.constantFrom(null, 'sure', 'think-so', 'guess'),
      answerMs: fc.double({ min: 0, max: 60_000, noNaN: true }),
      phaseBefore: fc.constantFrom(...cardPhases),
      intervalBefore: fc.nat(400),
      firstOfDay: fc.boolean(),
      predictedRecall: fc.option(anyProbability),
    })
    .map((any) => ({ ...any, grade: any.mode === 'practice' ? null : any.grade }));

  function add(table: Map<string, MeasureRow>, rows: readonly MeasureRow[], sign: 1 | -1): void {
    for (const row of rows) {
      const key = `${row.measure} ${row.part}`;
      const before = table.get(key) ?? { ...row, n: 0, value: 0 };
      table.set(key, { ...row, n: before.n + sign * row.n, value: before.value + sign * row.value });
    }
  }
  function recount(reviews: readonly CountedReview[]): Map<string, MeasureRow> {
    const table = new Map<string, MeasureRow>();
    for (const one of reviews) add(table, reviewMeasures(one), 1);
    return table;
  }
  const sorted = (table: Map<string, MeasureRow>) =>
    [...table].filter(([, { n }]) => n !== 0).sort(([a], [b]) => (a < b ? -1 : 1));

  it('is taken back without a trace, in any order', () => {
    fc.assert(
      fc.property(fc.array(anyReview, { maxLength: 30 }), fc.array(anyReview), (kept, undone) => {
        const table = recount([...undone, ...kept]);
        for (const one of undone) add(table, reviewMeasures(one), -1);
        expect(sorted(table)).toEqual(sorted(recount([...kept].reverse())));
        for (const { n, value } of table.values()) expect(n !== 0 || value === 0).toBe(true);
      }),
    );
  });

  it('agrees between measures', () => {
    fc.assert(
      fc.property(fc.array(anyReview, { maxLength: 40 }), (reviews) => {
        const table = [...recount(reviews).values()];
        const sum = (measure: string, of: 'n' | 'value') =>
          table.filter((row) => row.measure === measure).reduce((total, row) => total + row[of], 0);
        expect(sum('activity', 'n')).toBe(reviews.length);
        for (const measure of ['correct', 'hour', 'lesson-time'])
          expect(sum(measure, 'n'), measure).toBe(reviews.length);
        expect(sum('hour', 'value')).toBe(sum('correct', 'value'));
        expect(sum('lesson-time', 'value')).toBe(sum('activity', 'value'));
        expect(sum('grade', 'n') + sum('practice', 'n')).toBe(reviews.length);
        expect(sum('grade', 'value') + sum('practice', 'value')).toBe(sum('correct', 'value'));
        expect(sum('prediction', 'n')).toBe(sum('brier', 'n'));
        expect(sum('predicted', 'n')).toBe(sum('brier', 'n'));
        expect(sum('prediction', 'n')).toBeLessThanOrEqual(sum('retention', 'n'));
        for (const { n, value } of table) {
          expect(n).toBeGreaterThan(0);
          expect(Number.isSafeInteger(value) && value >= 0).toBe(true);
        }
      }),
    );
  });
});

describe('calibration', () => {
  it('is the distance between what was predicted and recalled, weighted by answers', () => {
    const { points, error } = calibrationOf([
      { n: 0, recalled: 0, predictedMillionths: 0 },
      { n: 10, recalled: 6, predictedMillionths: 7_500_000 },
      { n: 30, recalled: 27, predictedMillionths: 28_500_000 },
    ]);
    expect(points).toEqual([
      { n: 10, predicted: 0.75, share: 0.6, ...wilsonInterval(6, 10) },
      { n: 30, predicted: 0.95, share: 0.9, ...wilsonInterval(27, 30) },
    ]);
    // (10 * 0.15 + 30 * 0.05) / 40
    expect(error).toBeCloseTo(0.075, 12);
  });

  it('is perfect where each bin recalls what it predicts, and unknown without answers', () => {
    const bins = [1, 5, 9].map((tenths) => ({ n: 10, recalled: tenths, predictedMillionths: tenths * 1e6 }));
    expect(calibrationOf(bins).error).toBeCloseTo(0, 12);
    expect(calibrationOf([])).toEqual({ points: [], error: null });
  });
});

describe('the streak', () => {
  const today = 100;
  const streak = (days: number[], rest: number[] = []) => streakOf(days, (day) => rest.includes(day), today);

  it('counts days in a row up to today, which may still be studied', () => {
    expect(streak([])).toBe(0);
    expect(streak([100])).toBe(1);
    expect(streak([99, 98])).toBe(2);
    expect(streak([100, 99, 98, 96])).toBe(3);
    expect(streak([98, 97])).toBe(0);
  });

  it('is neither ended nor lengthened by planned days of rest', () => {
    expect(streak([100, 98, 97], [99])).toBe(3);
    expect(streak([98], [100, 99])).toBe(1);
    expect(streak([97], [99, 98])).toBe(1);
    expect(streak([97], [98])).toBe(0);
    expect(streak([], [100, 99, 98])).toBe(0);
    expect(streak([100, 99, 98], [99])).toBe(3);
  });

  it('passes over days that have not begun here', () => {
    expect(streak([102, 101, 100, 99])).toBe(2);
    expect(streak([101, 99], [101])).toBe(1);
  });

  it('counts the studied days back to the first that was neither studied nor planned for rest', () => {
    const days = fc.uniqueArray(fc.integer({ min: 80, max: 104 }), { maxLength: 25 });
    fc.assert(
      fc.property(days, days, (studied, rest) => {
        let gap = today - 1;
        while (studied.includes(gap) || rest.includes(gap)) gap -= 1;
        const expected = studied.filter((day) => day > gap && day <= today).length;
        expect(
          streak(
            studied.sort((a, b) => b - a),
            rest,
          ),
        ).toBe(expected);
      }),
    );
  });
});

describe("Brier score of the learner's confidence", () => {
  it('is the squared distance of what was said from what was so', () => {
    // The example of https://en.wikipedia.org/wiki/Brier_score: 70 % said, and right or wrong.
    expect(brierOfConfidence({ 'think-so': { n: 1, correct: 1 } })).toBeCloseTo(0.09, 12);
    expect(brierOfConfidence({ 'think-so': { n: 1, correct: 0 } })).toBeCloseTo(0.49, 12);
    expect(brierOfConfidence({ sure: { n: 2, correct: 2 }, 'think-so': { n: 2, correct: 1 } })).toBeCloseTo(
      (2 * 0.0025 + 0.09 + 0.49) / 4,
      12,
    );
    expect(brierOfConfidence({})).toBeNull();
    expect(brierOfConfidence({ guess: { n: 0, correct: 0 } })).toBeNull();
  });

  it('is least where answers are right as often as was said', () => {
    const anyConfidence = fc.constantFrom<Confidence>('sure', 'think-so', 'guess');
    fc.assert(
      fc.property(anyConfidence, fc.integer({ min: 1, max: 500 }), fc.nat(500), (confidence, n, some) => {
        const correct = Math.min(n, some);
        const score = brierOfConfidence({ [confidence]: { n, correct } });
        const share = correct / n;
        // Murphy's decomposition: what no single statement can avoid, and how far it is off (Journal of Applied Meteorology 12, 1973).
        const uncertainty = share * (1 - share);
        expect(score).toBeCloseTo(uncertainty + (confidenceProbability[confidence] - share) ** 2, 9);
      }),
    );
  });
});
