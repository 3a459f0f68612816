import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cardPhases, freshCard, type CardState } from '#shared/study/card.ts';
import { buildQueue, learnAheadMs } from '#shared/study/queue.ts';
import { shuffled } from '#shared/study/shuffle.ts';

const now = 1_000_000_000;
const dayEnd = now + 8 * 3_600_000;
const state = (phase: CardState['phase'], dueAt: number): CardState => ({
  ...freshCard,
  phase,
  dueAt,
  reps: 1,
  lastReviewAt: now - 1,
});

describe("today's queue", () => {
  const anyCards = fc
    .array(
      fc.record({
        phase: fc.constantFrom(...cardPhases.slice(1)),
        dueIn: fc.integer({ min: -1e9, max: 1e9 }),
      }),
      { maxLength: 30 },
    )
    .map((list) =>
      list.map(({ phase, dueIn }, index) => ({ questionId: `c${index}`, state: state(phase, now + dueIn) })),
    );
  const anyFresh = fc
    .integer({ min: 0, max: 20 })
    .map((count) => Array.from({ length: count }, (_, index) => `n${index}`));

  it('asks nothing twice, nothing before its day, and no more new questions than allowed', () => {
    fc.assert(
      fc.property(anyCards, anyFresh, fc.integer({ min: -3, max: 30 }), (cards, fresh, freshAllowed) => {
        const { order } = buildQueue({ cards, fresh, freshAllowed, now, dayEnd });
        expect(new Set(order).size).toBe(order.length);
        expect(order.filter((id) => id.startsWith('n')).length).toBe(
          Math.min(fresh.length, Math.max(0, freshAllowed)),
        );
        for (const { questionId, state: card } of cards) {
          const learning = card.phase !== 'review';
          const due = learning ? card.dueAt <= now + learnAheadMs : card.dueAt < dayEnd;
          expect(order.includes(questionId)).toBe(due && card.dueAt < dayEnd);
        }
      }),
    );
  });

  it('keeps new questions in teaching order and asks what is being learned first', () => {
    const cards = [
      { questionId: 'learning', state: state('learning', now - 1) },
      { questionId: 'soon', state: state('learning', now + 60_000) },
      { questionId: 'late', state: state('review', now - 5000) },
      { questionId: 'later', state: state('review', now - 10) },
    ];
    const { order } = buildQueue({ cards, fresh: ['n0', 'n1'], freshAllowed: 2, now, dayEnd });
    expect(order[0]).toBe('learning');
    expect(order.at(-1)).toBe('soon');
    expect(order.filter((id) => id.startsWith('n'))).toEqual(['n0', 'n1']);
    expect(order.indexOf('late')).toBeLessThan(order.indexOf('later'));
  });

  it('says when the next card comes, and nothing when there is none', () => {
    const cards = [{ questionId: 'a', state: state('review', dayEnd + 500) }];
    expect(buildQueue({ cards, fresh: [], freshAllowed: 0, now, dayEnd }).nextDueAt).toBe(dayEnd + 500);
    expect(buildQueue({ cards: [], fresh: [], freshAllowed: 0, now, dayEnd }).nextDueAt).toBeNull();
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
