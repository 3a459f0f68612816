import { afterEach, describe, expect, it, vi } from 'vitest';
import { qualityTally } from '#shared/study/fit-quality.ts';
import type { Grade } from '#shared/study/grade.ts';
import { defaultWeights, type Weights } from '#shared/study/memory.ts';
import { intervalsOf, recallPredictor, usableWeights, type Recall } from '#shared/study/predicted-recall.ts';
import {
  fitParameters,
  minimumReviews,
  type CardHistory,
  type Fit,
  type FitProgress,
} from '#main/study/fit-parameters.ts';
import { loadOptimiser, OptimiserMissing } from '#main/study/optimiser.ts';
import { packHistories, unpackHistories } from '#main/study/packed-histories.ts';
import { syntheticHistories } from '../../support/synthetic-learner.ts';

/** Forgets faster than most. */
const forgetful: Weights = [
  0.12, 0.5, 1.1, 4.2, 6.9, 0.7, 2.6, 0.02, 1.5, 0.2, 0.65, 1.7, 0.08, 0.3, 1.5, 0.5, 2.1, 0.6, 0.2, 0.1,
  0.25,
];
const logOf = (truth: Weights, recalls: number, seed = 1) =>
  syntheticHistories({ truth, schedule: defaultWeights, cards: Math.ceil(recalls / 10), recalls, seed });

async function run(
  histories: readonly CardHistory[],
  current: Weights = defaultWeights,
  signal?: AbortSignal,
) {
  const progress: FitProgress[] = [];
  const outcome = await fitParameters(histories, current, {
    signal: signal ?? new AbortController().signal,
    onProgress: (step) => progress.push(step),
    enableShortTerm: true,
  });
  return { outcome, progress };
}

async function fitted(histories: readonly CardHistory[], current?: Weights): Promise<Fit> {
  const { outcome } = await run(histories, current);
  if (outcome.kind !== 'fitted') throw new Error(`The outcome is ${outcome.kind}.`);
  return outcome.fit;
}

/** All recalls of a log as weights predict them. */
function recallsBy(weights: Weights, histories: readonly CardHistory[]): Recall[] {
  const recalls: Recall[] = [];
  const visitRecalls = recallPredictor(weights, true);
  for (const card of histories) visitRecalls(card, (recall) => recalls.push(recall));
  return recalls;
}

/** Mean distance of two predictions of the same log. */
function distance(one: Weights, other: Weights, histories: readonly CardHistory[]): number {
  const others = recallsBy(other, histories);
  const distances = recallsBy(one, histories).map(({ predicted }, index) =>
    Math.abs(predicted - (others[index]?.predicted ?? NaN)),
  );
  return distances.reduce((sum, each) => sum + each, 0) / distances.length;
}

const card = (...reviews: readonly (readonly [Grade, number])[]): CardHistory => ({
  reviews: reviews.map(([grade, day]) => ({ grade, day })),
});

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('a fit', () => {
  it('of a learner unlike most predicts unseen reviews better, and comes nearer to the truth', async () => {
    const log = logOf(forgetful, 6000);
    const { weights, before, after, better } = await fitted(log);
    expect(better).toBe(true);
    expect(after.logLoss).toBeLessThan(before.logLoss);
    expect(after.rmse).toBeLessThan(before.rmse);
    expect(after.reviews).toBe(before.reviews);
    expect(before.reviews).toBeGreaterThanOrEqual(1200);
    expect(before.reviews).toBeLessThan(1500);
    // A log that neither the fit nor the judgement has seen.
    const other = logOf(forgetful, 3000, 2);
    expect(distance(weights, forgetful, other)).toBeLessThan(distance(defaultWeights, forgetful, other) / 2);
  });

  it.each([3, 4, 5, 6, 7, 8])(
    'of a learner like most replaces nothing by what is worse (seed %i)',
    async (seed) => {
      const log = logOf(defaultWeights, 1000, seed);
      const { before, after, better, weights } = await fitted(log);
      expect(better && !(after.logLoss < before.logLoss)).toBe(false);
      // Where chance makes it look better, it is not far from the truth either.
      if (better) expect(distance(weights, defaultWeights, log)).toBeLessThan(0.05);
    },
  );

  it('is not better than the truth', async () => {
    const { before, after, better } = await fitted(logOf(forgetful, 3000), forgetful);
    expect(after.logLoss).toBeGreaterThan(before.logLoss);
    expect(better).toBe(false);
  });

  it('has weights within bounds and of four decimals, the same each time', async () => {
    const log = logOf(forgetful, 1500);
    const first = await fitted(log);
    expect(first.weights).toEqual(usableWeights(first.weights, true));
    expect(await fitted(log)).toEqual(first);
  });

  it('of few cards, of one day, or of histories longer than FSRS trains on, comes to an end', async () => {
    const everyDay = card(...Array.from({ length: 600 }, (_, day) => [day % 9 === 0 ? 1 : 3, day] as const));
    const oneDay = Array.from({ length: 400 }, () => card([3, 10], [3, 14]));
    for (const log of [[everyDay], oneDay]) {
      const { before, after, better } = await fitted(log);
      expect(Number.isFinite(before.logLoss + before.rmse + after.logLoss + after.rmse)).toBe(true);
      expect(better && !(after.logLoss < before.logLoss)).toBe(false);
    }
  });
});

describe('the way of a fit', () => {
  it('says how far it is, never backwards, from nothing to all', async () => {
    const { progress } = await run(logOf(forgetful, 4000));
    const done = progress.map((step) => step.done);
    expect(done).toEqual([...new Set(done)].sort((one, other) => one - other));
    expect(done[0]).toBe(0);
    expect(done.length).toBeGreaterThan(5);
    expect(progress.at(-1)).toEqual({ done: 100, total: 100 });
  });

  it('is refused below 400 recalls, whatever else was answered', async () => {
    // First answers, and more of the same day, are no recalls.
    const log = Array.from({ length: 399 }, () => card([1, 10], [3, 10], [3, 12], [4, 12]));
    expect((await run(log)).outcome).toEqual({ kind: 'too-few-reviews', found: 399, needed: minimumReviews });
    expect((await run([])).outcome).toEqual({ kind: 'too-few-reviews', found: 0, needed: 400 });
    expect((await run([...log, card([3, 0], [3, 1])])).outcome.kind).toBe('fitted');
  });

  it.each([0, 15, 30, 60])('stops soon when it is cancelled after %i steps of 100', async (steps) => {
    const controller = new AbortController();
    let cancelledMs = Infinity;
    let afterwards = 0;
    const outcome = await fitParameters(logOf(forgetful, 30_000), defaultWeights, {
      signal: controller.signal,
      onProgress: ({ done }) => {
        if (controller.signal.aborted) afterwards += 1;
        if (done < steps || controller.signal.aborted) return;
        controller.abort();
        cancelledMs = performance.now();
      },
      enableShortTerm: true,
    });
    expect(outcome).toEqual({ kind: 'cancelled' });
    expect(afterwards).toBe(0);
    expect(performance.now() - cancelledMs).toBeLessThan(500);
  });

  it('does not begin when it is cancelled beforehand', async () => {
    const { outcome, progress } = await run(logOf(forgetful, 500), defaultWeights, AbortSignal.abort());
    expect(outcome).toEqual({ kind: 'cancelled' });
    expect(progress).toEqual([]);
  });

  it('says so where the machine has no optimiser', async () => {
    // Where the binding looks first for its native module.
    vi.stubEnv('NAPI_RS_NATIVE_LIBRARY_PATH', '/nowhere/fsrs-binding.node');
    const { outcome } = await run(logOf(forgetful, 500));
    expect(outcome).toMatchObject({ kind: 'unavailable' });
    expect(outcome.kind === 'unavailable' && outcome.error).toBeInstanceOf(OptimiserMissing);
  });

  it('takes no weights that are none', async () => {
    await expect(run([], [1, 2, 3])).rejects.toThrow(RangeError);
    await expect(run([], [...defaultWeights.slice(1), NaN])).rejects.toThrow(RangeError);
  });
});

describe('predicted recall', () => {
  it('has the memory that fsrs-rs has', () => {
    const { FSRSBinding } = loadOptimiser();
    const model = new FSRSBinding([...forgetful]);
    for (const history of logOf(forgetful, 300).slice(0, 30)) {
      const intervals = intervalsOf(history);
      let memory: Parameters<typeof model.nextStates>[0] = null;
      const expected: number[] = [];
      for (const [index, { grade }] of history.reviews.entries()) {
        const days = intervals[index] ?? 0;
        if (memory && days > 0) {
          const factor = 0.9 ** (-1 / (forgetful[20] ?? 0)) - 1;
          expected.push((1 + (factor * days) / memory.stability) ** -(forgetful[20] ?? 0));
        }
        const next = model.nextStates(memory, 0.9, days);
        memory = { 1: next.again, 2: next.hard, 3: next.good, 4: next.easy }[grade].memory;
      }
      const predicted = recallsBy(forgetful, [history]).map((recall) => recall.predicted);
      expect(predicted.length).toBe(expected.length);
      for (const [index, value] of predicted.entries()) expect(value).toBeCloseTo(expected[index] ?? NaN, 3);
    }
  });

  it('counts recalls and lapses, and neither first answers nor those of the same day', () => {
    const recalls = recallsBy(defaultWeights, [
      card([3, 0], [3, 0], [1, 2], [3, 2], [3, 5], [1, 4], [3, 9]),
      card([1, 3]),
    ]);
    expect(
      recalls.map(({ day, intervalDays, recalled, recalls: count, lapses }) => [
        day,
        intervalDays,
        recalled,
        count,
        lapses,
      ]),
    ).toEqual([
      [2, 2, false, 1, 0],
      [5, 3, true, 2, 1],
      [9, 4, true, 3, 1],
    ]);
  });

  it('is judged by log loss and RMSE(bins)', () => {
    const tally = qualityTally();
    const recall = { day: 0, intervalDays: 3, recalled: true, recalls: 1, lapses: 0, predicted: 0.8 };
    tally.add(recall);
    tally.add({ ...recall, intervalDays: 1, recalled: false });
    tally.add({ ...recall, intervalDays: 10, predicted: 0.6 });
    const { logLoss, rmse, reviews } = tally.quality();
    expect(reviews).toBe(3);
    expect(logLoss).toBeCloseTo(-(Math.log(0.8) + Math.log(0.2) + Math.log(0.6)) / 3, 12);
    // Intervals of 1 and 3 days share a bin (below 3.62): 0.8 predicted, half recalled; 10 days are in another.
    expect(rmse).toBeCloseTo(Math.sqrt((2 * 0.3 ** 2 + 0.4 ** 2) / 3), 12);
  });

  it('is finite where the impossible happens', () => {
    const tally = qualityTally();
    tally.add({ day: 0, intervalDays: 1, recalled: false, recalls: 1, lapses: 0, predicted: 1 });
    expect(tally.quality().logLoss).toBeCloseTo(16.118, 3);
  });
});

it('packs histories so that they come out as they were', async () => {
  const log = [...logOf(forgetful, 50), card(), card([4, -3], [1, 7])];
  const packed = await packHistories(log);
  expect(unpackHistories(packed)).toEqual(log);
  expect(packed.recalls).toBe(51);
});
