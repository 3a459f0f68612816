import fc from 'fast-check';
import { get_fuzz_range } from 'ts-fsrs';
import { describe, expect, it } from 'vitest';
import { freshCard } from '#shared/study/card.ts';
import { grades } from '#shared/study/grade.ts';
import { placeReview, type Placing } from '#shared/study/placing.ts';
import { answerCard, dueAfterEachGrade, type AnswerPlacing } from '#shared/study/schedule.ts';
import type { StudyCalendar } from '#shared/study/study-day.ts';

const today = 20_000;
const plain: Placing = { seed: 'q:1', today, fuzz: true, loadOn: null, shareOn: () => 1 };
const longest = 36_500;

const anyPlacing = fc
  .record({
    seed: fc.string(),
    fuzz: fc.boolean(),
    loads: fc.option(fc.array(fc.nat(9), { minLength: 1, maxLength: 9 })),
    shares: fc.array(fc.constantFrom(0, 0.5, 1), { minLength: 7, maxLength: 7 }),
  })
  .map(({ seed, fuzz, loads, shares }): Placing => ({
    seed,
    today,
    fuzz,
    loadOn: loads && ((day) => loads[day % loads.length] ?? 0),
    shareOn: (day) => shares[day % 7] ?? 1,
  }));

describe('where a review falls', () => {
  it('is within the range of fuzz of FSRS, the same each time, and never past the longest interval', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2000 }),
        fc.integer({ min: 1, max: 2000 }),
        anyPlacing,
        (days, most, placing) => {
          const ideal = Math.min(days, most);
          const placed = placeReview(ideal, most, placing);
          expect(placed).toBe(placeReview(ideal, most, placing));
          expect(placed).toBeLessThanOrEqual(most);
          if (ideal < 2.5) expect(placed).toBe(ideal);
          else {
            const { min_ivl: from, max_ivl: to } = get_fuzz_range(ideal, 0, most);
            expect(placed).toBeGreaterThanOrEqual(from);
            expect(placed).toBeLessThanOrEqual(to);
          }
        },
      ),
    );
  });

  it('is the ideal day where nothing speaks for another', () => {
    expect(placeReview(30, longest, { ...plain, fuzz: false })).toBe(30);
    expect(placeReview(30, longest, { ...plain, fuzz: false, loadOn: () => 7 })).toBe(30);
  });

  it('is not a rest day as long as another day is as good', () => {
    for (let rest = 27; rest <= 33; rest += 1) {
      for (const fuzz of [true, false]) {
        const placing = { ...plain, fuzz, shareOn: (day: number) => (day === today + rest ? 0 : 1) };
        expect(placeReview(30, longest, placing)).not.toBe(rest);
        expect(placeReview(30, longest, { ...placing, loadOn: () => 3 })).not.toBe(rest);
      }
    }
  });

  it('scatters what was learned together, and evens out the load', () => {
    const spread = (place: (card: number, loads: Map<number, number>) => Placing) => {
      const loads = new Map<number, number>();
      for (let card = 0; card < 400; card += 1) {
        const day = placeReview(30, longest, place(card, loads));
        loads.set(today + day, (loads.get(today + day) ?? 0) + 1);
      }
      return [...loads.values()];
    };
    const scattered = spread((card) => ({ ...plain, seed: `card ${card}` }));
    expect(scattered.length).toBeGreaterThan(4);
    const even = spread((card, loads) => ({
      ...plain,
      seed: `card ${card}`,
      loadOn: (day) => loads.get(day) ?? 0,
    }));
    expect(Math.max(...even) - Math.min(...even)).toBeLessThanOrEqual(1);
  });
});

describe('an answer whose review is placed', () => {
  const utc: StudyCalendar = { timeZone: 'UTC', dayStartHour: 4 };
  const start = Date.UTC(2026, 0, 5, 12);
  const anyAnswerPlacing = fc
    .record({
      placing: anyPlacing,
      interviews: fc.array(
        fc.record({ inDays: fc.integer({ min: -3, max: 90 }), target: fc.constantFrom(0.8, 0.9, 0.95) }),
        { maxLength: 2 },
      ),
      place: fc.double({ min: 0, max: 0.999, noNaN: true }),
      leastRecall: fc.constantFrom(0, 0.7),
    })
    .map(({ placing, interviews, place, leastRecall }) => (day: number): AnswerPlacing => ({
      ...placing,
      today: day,
      place,
      leastRecall,
      lessonId: 'lesson',
      interviews: interviews.map(({ inDays, target }, index) => ({
        id: String(index),
        name: '',
        day: day + inDays,
        lessonIds: [],
        target,
      })),
    }));

  it('keeps better grades from being due earlier, says beforehand when it is due, and moves nothing but the day', () => {
    const options = { desiredRetention: 0.9 };
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...grades), { minLength: 1, maxLength: 8 }),
        anyAnswerPlacing,
        (history, placingOn) => {
          let card = freshCard;
          let at = start;
          for (const grade of history) {
            const placing = placingOn(Math.floor((at - 4 * 3_600_000) / 86_400_000));
            const due = dueAfterEachGrade(card, at, utc, options, placing);
            expect(due[1]).toBeLessThanOrEqual(due[2]);
            expect(due[2]).toBeLessThanOrEqual(due[3]);
            expect(due[3]).toBeLessThanOrEqual(due[4]);
            const placed = answerCard(card, grade, at, utc, options, placing);
            expect(placed.dueAt).toBe(due[grade]);
            const free = answerCard(card, grade, at, utc, options);
            expect({ ...placed, dueAt: 0, intervalDays: 0 }).toEqual({ ...free, dueAt: 0, intervalDays: 0 });
            card = placed;
            at = Math.max(card.dueAt, at) + 3_600_000;
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});
