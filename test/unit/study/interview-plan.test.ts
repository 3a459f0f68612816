import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomStream, type RandomStream } from '#shared/simulation/engine/random.ts';
import { scopeOf } from '#shared/study/interview-load.ts';
import {
  interviewsFor,
  nextInterviewFor,
  planInterval,
  planLoad,
  planNextReview,
  type Interview,
  type LoadInput,
} from '#shared/study/interview-plan.ts';
import {
  daysUntil,
  defaultWeights as weights,
  firstMemory,
  memoryAfter,
  recallAfter,
  type Memory,
} from '#shared/study/memory.ts';

const relearned = (memory: Memory, elapsed: number): Memory =>
  memoryAfter(memoryAfter(memory, 1, elapsed, weights), 3, 0, weights);

/** The interval of FSRS without an interview. */
const normalInterval = (memory: Memory, retention: number): number =>
  Math.max(1, Math.round(daysUntil(memory.stability, retention, weights)));

const anyMemory = fc.record({
  stability: fc.double({ min: -3, max: 5, noNaN: true }).map(Math.exp),
  difficulty: fc.double({ min: 1, max: 10, noNaN: true }),
});
const anyTarget = fc.constantFrom(0.7, 0.8, 0.85, 0.9, 0.95, 0.97);
const anyPlace = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('memory', () => {
  it('is that of fsrs-rs after ratings 1,3,3,3,3,3 at gaps of 0,0,1,3,8,21 days', () => {
    let memory = firstMemory(1, weights);
    for (const gap of [0, 1, 3, 8, 21]) memory = memoryAfter(memory, 3, gap, weights);
    expect(memory.stability).toBeCloseTo(53.62691, 3);
    expect(memory.difficulty).toBeCloseTo(6.3574867, 3);
  });

  it('is recalled with 90 % when as many days as its stability are gone', () => {
    expect(recallAfter(4, 4, weights)).toBeCloseTo(0.9, 6);
    expect(recallAfter(3, 2, weights)).toBeCloseTo(0.9253786, 6);
  });

  it('falls to a share after the days until then', () => {
    fc.assert(
      fc.property(anyMemory, fc.double({ min: 0.5, max: 0.99, noNaN: true }), ({ stability }, retention) => {
        const days = daysUntil(stability, retention, weights);
        expect(recallAfter(stability, days, weights)).toBeCloseTo(retention, 5);
      }),
    );
  });

  it('follows the weights that it is given, also another list of the same', () => {
    const flatter = [...weights.slice(0, 20), 0.1];
    expect(recallAfter(2, 30, flatter)).not.toBeCloseTo(recallAfter(2, 30, weights), 3);
    expect(recallAfter(2, 30, [...flatter])).toBe(recallAfter(2, 30, flatter));
  });
});

/** Expected recall on the day and expected reviews before it when the plan is kept to and right answers are Good. */
function follow(memory: Memory, remainingDays: number, target: number, place: number): [number, number] {
  const { intervalDays } = planInterval({
    ...memory,
    remainingDays,
    target,
    place,
    normalIntervalDays: normalInterval(memory, 0.9),
    weights,
  });
  if (intervalDays >= remainingDays) return [recallAfter(memory.stability, remainingDays, weights), 0];
  const recall = recallAfter(memory.stability, intervalDays, weights);
  const left = remainingDays - intervalDays;
  const [good, reviewsGood] = follow(memoryAfter(memory, 3, intervalDays, weights), left, target, place);
  const [forgotten, reviewsForgotten] = follow(relearned(memory, intervalDays), left, target, place);
  return [
    recall * good + (1 - recall) * forgotten,
    1 + recall * reviewsGood + (1 - recall) * reviewsForgotten,
  ];
}

describe('the interval before an interview', () => {
  it('is at least a day, and never past the day where the target needs a review', () => {
    fc.assert(
      fc.property(
        anyMemory,
        fc.integer({ min: 1, max: 400 }),
        anyTarget,
        anyPlace,
        fc.constantFrom(0, 0.7),
        (memory, remainingDays, target, place, leastRecall) => {
          const normalIntervalDays = normalInterval(memory, 0.9);
          const card = { ...memory, normalIntervalDays, place, leastRecall, weights };
          const plan = planInterval({ ...card, remainingDays, target });
          const unaided = recallAfter(memory.stability, remainingDays, weights);
          expect(plan.intervalDays).toBeGreaterThanOrEqual(1);
          expect(Number.isInteger(plan.intervalDays)).toBe(true);
          expect(plan.forInterview).toBe(unaided < target);
          if (plan.forInterview)
            expect(plan.intervalDays).toBeLessThanOrEqual(Math.max(1, remainingDays - 1));
          else expect(plan.intervalDays).toBeGreaterThan(remainingDays);
          expect(planInterval({ ...card, remainingDays, target })).toEqual(plan);
        },
      ),
      { numRuns: 300, seed: 6 },
    );
  });

  it('reaches in expectation what it says, and it says the target wherever one review can do it', () => {
    fc.assert(
      fc.property(
        anyMemory,
        fc.integer({ min: 2, max: 60 }),
        anyTarget,
        anyPlace,
        (memory, remainingDays, target, place) => {
          const plan = planInterval({
            ...memory,
            remainingDays,
            target,
            place,
            normalIntervalDays: 1,
            weights,
          });
          const [recall] = follow(memory, remainingDays, target, place);
          if (plan.expectedRecall >= target) expect(recall).toBeGreaterThanOrEqual(target - 0.005);
          expect(recall).toBeGreaterThanOrEqual(plan.expectedRecall - 0.01);

          const eve = remainingDays - 1;
          const recallOnEve = recallAfter(memory.stability, eve, weights);
          const reviewedOnEve =
            recallOnEve * recallAfter(memoryAfter(memory, 3, eve, weights).stability, 1, weights) +
            (1 - recallOnEve) * recallAfter(relearned(memory, eve).stability, 1, weights);
          if (reviewedOnEve >= target) expect(plan.expectedRecall).toBeGreaterThanOrEqual(target);
        },
      ),
      { numRuns: 150, seed: 6 },
    );
  });

  it('asks nothing before the day that would be known anyway, and then no earlier than after it', () => {
    const known = { stability: 200, difficulty: 5, weights, target: 0.85 };
    expect(planInterval({ ...known, remainingDays: 30, normalIntervalDays: 250 }).intervalDays).toBe(250);
    const putOff = [0, 0.5, 0.99].map(
      (place) => planInterval({ ...known, remainingDays: 30, normalIntervalDays: 20, place }).intervalDays,
    );
    expect(putOff).toEqual([31, 34, 37]);
  });

  it('is the normal one on the day and after it', () => {
    for (const remainingDays of [0, -1, -100]) {
      const card = {
        stability: 2,
        difficulty: 5,
        remainingDays,
        target: 0.95,
        normalIntervalDays: 3,
        weights,
      };
      expect(planInterval(card)).toMatchObject({ intervalDays: 3, forInterview: false });
    }
  });

  it('spreads over the days that are equally good', () => {
    const card = {
      stability: 15,
      difficulty: 5,
      remainingDays: 60,
      target: 0.9,
      normalIntervalDays: 15,
      weights,
    };
    const days = [0, 0.25, 0.5, 0.75, 0.999].map((place) => planInterval({ ...card, place }).intervalDays);
    expect(days).toEqual([...days].sort((a, b) => a - b));
    expect(new Set(days).size).toBe(5);
    expect(days.at(-1)).toBe(59);
  });

  it('lets no question fall under a least recall', () => {
    const card = {
      stability: 3,
      difficulty: 5,
      remainingDays: 60,
      target: 0.9,
      normalIntervalDays: 3,
      weights,
    };
    const { intervalDays } = planInterval({ ...card, leastRecall: 0.75 });
    expect(recallAfter(3, intervalDays, weights)).toBeGreaterThanOrEqual(0.75);
    expect(planInterval(card).intervalDays).toBeGreaterThan(intervalDays);
  });

  it('counts days that have gone by since the last answer', () => {
    const card = { stability: 3, difficulty: 5, target: 0.9, normalIntervalDays: 3, weights };
    expect(planInterval({ ...card, remainingDays: 1, elapsedDays: 5 }).intervalDays).toBe(0);
    const late = planInterval({ ...card, remainingDays: 20, elapsedDays: 40 });
    expect(late.intervalDays).toBeGreaterThanOrEqual(0);
    expect(late.intervalDays).toBeLessThan(20);
  });
});

describe('several interviews', () => {
  const interview = (id: string, day: number, target: number, ...lessonIds: string[]): Interview => ({
    id,
    name: id,
    day,
    lessonIds,
    target,
  });
  const all = [
    interview('far', 120, 0.9),
    interview('past', 90, 0.9),
    interview('near', 105, 0.9, 'probes'),
    interview('strict', 105, 0.95, 'probes'),
  ];

  it('the nearest that has the lesson governs, up to its day', () => {
    expect(interviewsFor('probes', all, 100).map(({ id }) => id)).toEqual(['strict', 'near', 'far']);
    expect(nextInterviewFor('sidecars', all, 100)?.id).toBe('far');
    expect(nextInterviewFor('probes', all, 105)?.id).toBe('strict');
    expect(nextInterviewFor('probes', all, 106)?.id).toBe('far');
    expect(nextInterviewFor('probes', all, 121)).toBeNull();
  });

  it('what one puts off is not too late for the next', () => {
    const card = { lessonId: 'probes', stability: 20, difficulty: 5, normalIntervalDays: 300, weights };
    const soon = interview('soon', 110, 0.9);
    const later = interview('later', 160, 0.9);
    const plan = planNextReview(card, [soon, later], 100);
    expect(plan.interview?.id).toBe('later');
    expect(plan.intervalDays).toBeLessThan(60);
    expect(planNextReview(card, [soon], 100)).toEqual({ intervalDays: 300, interview: null });
    expect(planNextReview(card, [], 100)).toEqual({ intervalDays: 300, interview: null });
  });
});

describe('the load until an interview', () => {
  const load: LoadInput = {
    unseen: 300,
    seen: [],
    remainingDays: 60,
    target: 0.9,
    newPerDay: 10,
    reviewsPerDay: 200,
    weights,
  };

  it('fits where the days have room, with the fewest reviews', () => {
    const plan = planLoad(load);
    expect(plan).toMatchObject({ fits: true, leastRecall: 0, remedies: [] });
    expect(plan.newPerDay).toBe(7);
    expect(plan.expectedReviewsByDay).toHaveLength(60);
    expect(plan.expectedRecall).toBeGreaterThanOrEqual(0.9);
  });

  it('is spread over the days, with more reviews, before it is said not to fit', () => {
    const spread = planLoad({ ...load, reviewsPerDay: 20 });
    expect(spread).toMatchObject({ fits: true, leastRecall: 0.7 });
    expect(Math.max(...spread.expectedReviewsByDay)).toBeLessThanOrEqual(20 + 1e-6);
  });

  it('does not fit an empty day, and fits nothing to learn', () => {
    expect(planLoad({ ...load, newPerDay: 0 }).expectedRecall).toBe(0);
    expect(planLoad({ ...load, unseen: 0 })).toMatchObject({ fits: true, expectedRecall: 1 });
    expect(planLoad({ ...load, remainingDays: 0 })).toMatchObject({ fits: false, expectedReviewsByDay: [] });
  });

  it('offers only what is true when it is planned anew, and of that the least', () => {
    const tight = [
      { ...load, reviewsPerDay: 12 },
      { ...load, newPerDay: 3 },
      { ...load, remainingDays: 9, unseen: 120, reviewsPerDay: 15 },
    ];
    for (const input of tight) {
      const { fits, remedies } = planLoad(input);
      expect(fits).toBe(false);
      expect(remedies.map(({ kind }) => kind)).toContain('more-per-day');
      expect(remedies.map(({ kind }) => kind)).toContain('fewer-questions');
      for (const remedy of remedies) {
        const taken = (less: number): LoadInput => {
          switch (remedy.kind) {
            case 'more-per-day':
              return { ...input, newPerDay: remedy.newPerDay, reviewsPerDay: remedy.reviewsPerDay - less };
            case 'later-date':
              return { ...input, remainingDays: input.remainingDays + remedy.days - less };
            case 'fewer-questions':
              return { ...input, ...scopeOf(input, remedy.questions + less) };
            case 'lower-target':
              return { ...input, target: remedy.target + less / 100 };
          }
        };
        expect(planLoad(taken(0)).fits, JSON.stringify(remedy)).toBe(true);
        if (remedy.kind === 'more-per-day' && remedy.reviewsPerDay === input.reviewsPerDay) continue;
        expect(planLoad(taken(1)).fits, `less than ${JSON.stringify(remedy)}`).toBe(false);
      }
    }
  });

  it('any remedy for any scope is true', () => {
    const anyLoad = fc.record({
      unseen: fc.integer({ min: 0, max: 60 }),
      seen: fc.array(
        fc.record({
          stability: fc.double({ min: 0.2, max: 80, noNaN: true }),
          difficulty: fc.double({ min: 1, max: 10, noNaN: true }),
          elapsedDays: fc.integer({ min: 0, max: 40 }),
          dueInDays: fc.option(fc.integer({ min: -3, max: 60 }), { nil: null }),
        }),
        { maxLength: 20 },
      ),
      remainingDays: fc.integer({ min: 0, max: 30 }),
      target: anyTarget,
      newPerDay: fc.integer({ min: 0, max: 10 }),
      reviewsPerDay: fc.integer({ min: 0, max: 20 }),
      weights: fc.constant(weights),
    });
    fc.assert(
      fc.property(anyLoad, (input) => {
        const plan = planLoad(input);
        expect(plan.expectedRecall).toBeGreaterThanOrEqual(0);
        expect(plan.expectedRecall).toBeLessThanOrEqual(1 + 1e-9);
        for (const reviews of plan.expectedReviewsByDay)
          expect(reviews).toBeLessThanOrEqual(input.reviewsPerDay + 1e-6);
        for (const remedy of plan.remedies) {
          const changed =
            remedy.kind === 'more-per-day'
              ? { newPerDay: remedy.newPerDay, reviewsPerDay: remedy.reviewsPerDay }
              : remedy.kind === 'later-date'
                ? { remainingDays: input.remainingDays + remedy.days }
                : remedy.kind === 'fewer-questions'
                  ? scopeOf(input, remedy.questions)
                  : { target: remedy.target };
          expect(planLoad({ ...input, ...changed }).fits).toBe(true);
        }
      }),
      { numRuns: 12, seed: 6 },
    );
  });
});

type Schedule = (memory: Memory, remainingDays: number, place: number) => number;

interface Measured {
  /** Mean predicted probability of recall on the day, before any review of that day. */
  readonly recall: number;
  /** Per question, after the day on which it was learned. */
  readonly reviews: number;
  /** Reviews and the answers that relearn what was forgotten. */
  readonly answers: number;
  /** Share of reviews on the busiest tenth of the days. */
  readonly busiestTenth: number;
}

/** What is as it is whatever the schedule: streams are named, so that schedules see the same learners and the same luck. */
function learner(seed: number): {
  days: number;
  cards: { learned: number; memory: Memory; chance: RandomStream }[];
  hard: number;
  easy: number;
} {
  const random = randomStream(seed, 'learner');
  const days = 7 + random.below(84);
  const right = 0.3 + 0.6 * random.uniform();
  const hard = 0.25 * random.uniform();
  const easy = 0.25 * random.uniform();
  const cards = Array.from({ length: 3 + random.below(3) }, (_, index) => {
    const first = random.uniform() >= right ? 1 : random.uniform() < easy ? 4 : 3;
    const { stability } = firstMemory(first, weights);
    const memory = {
      stability: stability * 2 ** (2 * random.uniform() - 1),
      difficulty: 1 + 9 * random.uniform(),
    };
    return {
      // The first half of the days.
      learned: random.below(Math.floor(days / 2) + 1),
      memory: memoryAfter(memory, 3, 0, weights),
      chance: randomStream(seed, `question ${index}`),
    };
  });
  return { days, cards, hard, easy };
}

function measure(schedule: Schedule, learners: number): Measured {
  let [recall, reviews, answers, questions] = [0, 0, 0, 0];
  const tenths = new Array<number>(10).fill(0);
  for (let seed = 0; seed < learners; seed += 1) {
    const { days, cards, hard, easy } = learner(seed);
    for (const card of cards) {
      let { memory, learned: day } = card;
      for (;;) {
        const interval = schedule(memory, days - day, card.chance.uniform());
        if (day + interval >= days) break;
        day += interval;
        reviews += 1;
        answers += 1;
        tenths[Math.floor((day / days) * 10)]! += 1;
        if (card.chance.uniform() < recallAfter(memory.stability, interval, weights)) {
          const luck = card.chance.uniform();
          memory = memoryAfter(memory, luck < hard ? 2 : luck > 1 - easy ? 4 : 3, interval, weights);
        } else {
          memory = relearned(memory, interval);
          answers += 1;
        }
      }
      recall += recallAfter(memory.stability, days - day, weights);
      questions += 1;
    }
  }
  return {
    recall: recall / questions,
    reviews: reviews / questions,
    answers: answers / questions,
    busiestTenth: Math.max(...tenths) / reviews,
  };
}

describe('10,000 learners', () => {
  const learners = 10_000;
  const plain =
    (retention: number): Schedule =>
    (memory) =>
      normalInterval(memory, retention);
  const planned =
    (target: number, leastRecall = 0): Schedule =>
    (memory, remainingDays, place) =>
      planInterval({
        ...memory,
        remainingDays,
        target,
        place,
        leastRecall,
        normalIntervalDays: normalInterval(memory, 0.9),
        weights,
      }).intervalDays;

  const shown = ({ recall, reviews, answers, busiestTenth }: Measured): string =>
    `recall ${recall.toFixed(4)}, reviews ${reviews.toFixed(2)}, answers ${answers.toFixed(2)}, busiest tenth of days ${busiestTenth.toFixed(2)}`;

  /** The desired retention with which plain FSRS has the target as its mean on the day, found on a part of the learners. */
  function tuned(target: number): number {
    let [low, high] = [0.5, 0.97];
    while (high - low > 0.002) {
      const middle = (low + high) / 2;
      if (measure(plain(middle), 1000).recall >= target) high = middle;
      else low = middle;
    }
    return low;
  }

  for (const target of [0.85, 0.9, 0.95]) {
    it(
      `know ${target * 100} % on the day, with fewer reviews than plain FSRS needs for as much`,
      { timeout: 120_000 },
      () => {
        const ours = measure(planned(target), learners);
        const same = measure(plain(target), learners);
        const retention = tuned(target);
        const least = measure(plain(retention), learners);
        console.info(
          [
            `target ${target}`,
            `  interview plan: ${shown(ours)}`,
            `  plain FSRS at ${target}: ${shown(same)}`,
            `  plain FSRS at ${retention.toFixed(3)}: ${shown(least)}`,
          ].join('\n'),
        );
        expect(ours.recall).toBeGreaterThanOrEqual(target);
        // The tuned one is not given an easier aim than it was tuned for.
        expect(least.recall).toBeLessThan(target + 0.005);
        expect(ours.reviews).toBeLessThan(least.reviews);
        expect(ours.answers).toBeLessThan(least.answers);
        expect(ours.reviews).toBeLessThan(same.reviews / 2);
      },
    );
  }

  it('spread by a least recall, they know as much with reviews on more days', { timeout: 120_000 }, () => {
    const target = 0.9;
    const few = measure(planned(target), 3000);
    const spread = measure(planned(target, 0.7), 3000);
    console.info(`target ${target}, least recall 0.7: ${shown(spread)}`);
    expect(spread.recall).toBeGreaterThanOrEqual(target);
    expect(spread.busiestTenth).toBeLessThan(few.busiestTenth / 2);
    expect(spread.reviews).toBeLessThan(measure(plain(target), 3000).reviews);
  });
});
