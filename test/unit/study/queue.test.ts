import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cardPhases } from '#shared/study/card.ts';
import {
  buildQueue,
  freshMixes,
  learnAheadMs,
  reviewOrders,
  type QueueCard,
  type QueueInput,
} from '#shared/study/queue.ts';
import { shuffled } from '#shared/study/shuffle.ts';

const now = 1_000_000_000;
const dayEnd = now + 8 * 3_600_000;

const card = (
  questionId: string,
  differing: Partial<QueueCard> & { phase?: string; dueAt?: number } = {},
) => {
  const { phase = 'review', dueAt = now - 1, ...rest } = differing;
  return {
    questionId,
    position: Number(/\d+/.exec(questionId)?.[0] ?? 0),
    state: { phase, dueAt, difficulty: 5 } as QueueCard['state'],
    recall: 0.9,
    pattern: 'vm',
    kind: 'single-choice',
    facts: [],
    urgent: false,
    ...rest,
  };
};

const plain: QueueInput = {
  cards: [],
  fresh: [],
  freshAllowed: Infinity,
  reviewsAllowed: Infinity,
  now,
  dayEnd,
  order: 'due',
  mix: 'mixed',
  seed: 'a day',
  askedFacts: null,
  last: null,
};
const queueOf = (input: Partial<QueueInput>) => buildQueue({ ...plain, ...input });

const aspects = {
  pattern: fc.constantFrom('vm', 'container', 'serverless'),
  kind: fc.constantFrom('single-choice', 'numeric'),
  facts: fc.uniqueArray(fc.constantFrom('P1', 'P2', 'P3', 'P4', 'P5', 'P6', 'P7', 'P8'), { maxLength: 2 }),
  recall: fc.double({ min: 0, max: 1, noNaN: true }),
  urgent: fc.boolean(),
};
const anyCards = fc
  .array(
    fc.record({
      phase: fc.constantFrom(...cardPhases.slice(1)),
      dueIn: fc.integer({ min: -1e9, max: 1e9 }),
      ...aspects,
    }),
    { maxLength: 30 },
  )
  .map((list) => list.map(({ dueIn, ...rest }, index) => card(`c${index}`, { ...rest, dueAt: now + dueIn })));
const anyFresh = fc
  .array(fc.record(aspects), { maxLength: 20 })
  .map((list) => list.map((rest, index) => card(`n${index}`, { ...rest, phase: 'new' })));
const anyHow = fc.record({
  order: fc.constantFrom(...reviewOrders),
  mix: fc.constantFrom(...freshMixes),
  freshAllowed: fc.integer({ min: 0, max: 30 }),
  reviewsAllowed: fc.integer({ min: 0, max: 30 }),
  askedFacts: fc.option(fc.constantFrom(new Set<string>(), new Set(['P1', 'P2']))),
});

const isLearning = ({ state }: QueueCard) => state.phase !== 'review';

describe("today's queue", () => {
  it('asks nothing twice, nothing before its day, and no more than allowed', () => {
    fc.assert(
      fc.property(anyCards, anyFresh, anyHow, (cards, fresh, how) => {
        const queue = queueOf({ cards, fresh, ...how });
        const { order } = queue;
        expect(new Set(order).size).toBe(order.length);
        const news = order.filter((id) => id.startsWith('n'));
        expect(news.length).toBe(queue.fresh);
        expect(queue.fresh).toBeLessThanOrEqual(how.freshAllowed);
        expect(queue.review).toBeLessThanOrEqual(how.reviewsAllowed);
        const due = cards.filter((one) => !isLearning(one) && one.state.dueAt < dayEnd);
        expect(queue.review + queue.kept).toBe(due.length);
        for (const one of cards) {
          const inOrder = order.includes(one.questionId);
          if (isLearning(one)) {
            expect(inOrder).toBe(one.state.dueAt < dayEnd && one.state.dueAt <= now + learnAheadMs);
          } else if (one.state.dueAt >= dayEnd) expect(inOrder).toBe(false);
        }
      }),
    );
  });

  it('without limits and siblings asks everything that is due', () => {
    fc.assert(
      fc.property(anyCards, anyFresh, anyHow, (cards, fresh, { order, mix }) => {
        const queue = queueOf({ cards, fresh, order, mix });
        expect(queue.kept).toBe(0);
        expect(queue.fresh).toBe(fresh.length);
      }),
    );
  });

  it('buries siblings: no two reviews or new questions of a day are about the same fact', () => {
    fc.assert(
      fc.property(anyCards, anyFresh, (cards, fresh) => {
        const asked = new Set(['P1']);
        const { order } = queueOf({ cards, fresh, askedFacts: asked });
        const byId = new Map([...cards, ...fresh].map((one) => [one.questionId, one]));
        const facts = order.flatMap((id) => {
          const one = byId.get(id)!;
          return one.state.phase === 'review' || one.state.phase === 'new' ? one.facts : [];
        });
        expect(facts).not.toContain('P1');
        expect(new Set(facts).size).toBe(facts.length);
        // What comes tomorrow is not lost: a fact that is free is asked about.
        const free = fresh.find((one) => one.facts.length === 0);
        if (free) expect(order).toContain(free.questionId);
      }),
    );
  });

  it('lets neighbours differ in pattern and kind where they can', () => {
    const cards = [
      card('a', { dueAt: now - 9 }),
      card('b', { dueAt: now - 8 }),
      card('c', { dueAt: now - 7, pattern: 'container', kind: 'numeric' }),
      card('d', { dueAt: now - 6, kind: 'numeric' }),
      card('e', { dueAt: now - 5, pattern: 'container' }),
    ];
    expect(queueOf({ cards }).order).toEqual(['a', 'c', 'b', 'd', 'e']);
    expect(queueOf({ cards, last: { pattern: 'vm', kind: 'single-choice' } }).order[0]).toBe('c');
  });

  it('keeps new questions in teaching order and asks what is being learned first', () => {
    const cards = [
      card('learning', { phase: 'learning' }),
      card('soon', { phase: 'learning', dueAt: now + 60_000 }),
      card('late', { dueAt: now - 5000 }),
      card('later', { dueAt: now - 10 }),
    ];
    const fresh = [card('n0', { phase: 'new' }), card('n1', { phase: 'new' })];
    const { order } = queueOf({ cards, fresh });
    expect(order[0]).toBe('learning');
    expect(order.at(-1)).toBe('soon');
    expect(order.filter((id) => id.startsWith('n'))).toEqual(['n0', 'n1']);
    expect(order.indexOf('late')).toBeLessThan(order.indexOf('later'));
    expect(queueOf({ cards, fresh, mix: 'new-first' }).order.slice(1, 3)).toEqual(['n0', 'n1']);
    expect(queueOf({ cards, fresh, mix: 'reviews-first' }).order.slice(1, 3)).toEqual(['late', 'later']);
  });

  it('sorts reviews as the learner wants', () => {
    const cards = [
      card('fading', { recall: 0.3, dueAt: now - 1 }),
      card('fresh', { recall: 0.95, dueAt: now - 2 }),
      card('wanted', { recall: 0.6, dueAt: now - 3, urgent: true }),
    ];
    const first = (order: QueueInput['order']) => queueOf({ cards, order }).order[0];
    expect(first('due')).toBe('wanted');
    expect(first('most-forgotten')).toBe('fading');
    expect(first('best-known')).toBe('fresh');
    expect(first('what-matters')).toBe('wanted');
    expect(queueOf({ cards, order: 'random' }).order).toEqual(queueOf({ cards, order: 'random' }).order);
  });

  it('says when the next card in learning comes, and what the limit keeps', () => {
    const later = card('a', { phase: 'relearning', dueAt: now + learnAheadMs + 1 });
    expect(queueOf({ cards: [later] }).nextLearningAt).toBe(now + learnAheadMs + 1);
    expect(queueOf({}).nextLearningAt).toBeNull();
    const due = ['a', 'b', 'c'].map((id) => card(id));
    expect(queueOf({ cards: due, reviewsAllowed: 1 })).toMatchObject({ review: 1, kept: 2, keptByLimit: 2 });
    // What a sibling keeps, the limit does not.
    const siblings = ['a', 'b', 'c'].map((id) => card(id, { facts: ['P1'] }));
    const queue = queueOf({ cards: siblings, reviewsAllowed: 2, askedFacts: new Set() });
    expect(queue).toMatchObject({ review: 1, kept: 2, keptByLimit: 0 });
  });
});

describe('shuffling', () => {
  it('keeps every item and depends on the seed alone', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.string(), (items, seed) => {
        const once = shuffled(items, seed);
        expect(once).toEqual(shuffled(items, seed));
        expect([...once].sort()).toEqual([...items].sort());
      }),
    );
  });

  it('brings each item to each place about equally often', () => {
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 6000; seed += 1) {
      const key = shuffled(['a', 'b', 'c'], `seed-${seed}`).join('');
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    // 1,000 expected; five standard deviations of a binomial are 144.
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(144);
  });
});
