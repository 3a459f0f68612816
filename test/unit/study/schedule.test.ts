import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freshCard, isLeechLapse, type CardState } from '#shared/study/card.ts';
import { grades, type Grade } from '#shared/study/grade.ts';
import { answerCard, dueAfterEachGrade, retrievability } from '#shared/study/schedule.ts';
import { studyDay, type StudyCalendar } from '#shared/study/study-day.ts';

const dayMs = 86_400_000;
const utc: StudyCalendar = { timeZone: 'UTC', dayStartHour: 0 };
const options = { desiredRetention: 0.9 };
const start = Date.UTC(2026, 0, 5, 12);

/** Answers a card again and again, each time when it falls due. */
function answerWhenDue(ratings: readonly Grade[]): CardState[] {
  let card = freshCard;
  let at = start;
  return ratings.map((grade) => {
    card = answerCard(card, grade, at, utc, options);
    // A review is due for all of its day: answer at the hour of the first one.
    at = card.intervalDays > 0 ? at + card.intervalDays * dayMs : card.dueAt;
    return card;
  });
}

describe('FSRS-6 against the reference numbers of its projects', () => {
  it('A: the intervals of ts-fsrs and py-fsrs', () => {
    const cards = answerWhenDue([3, 3, 3, 3, 3, 3, 1, 1, 3, 3, 3, 3, 3]);
    expect(cards.map((card) => card.intervalDays)).toEqual([0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]);
  });

  it('B: stability and difficulty of fsrs-rs', () => {
    const ratings: Grade[] = [1, 3, 3, 3, 3, 3];
    const gapsDays = [0, 0, 1, 3, 8, 21];
    let card = freshCard;
    let at = start;
    ratings.forEach((grade, index) => {
      at += (gapsDays[index] ?? 0) * dayMs;
      card = answerCard(card, grade, at, utc, options);
    });
    expect(card.stability).toBeCloseTo(53.62691, 3);
    expect(card.difficulty).toBeCloseTo(6.3574867, 3);
  });

  it('C: the first answer', () => {
    const first = grades.map((grade) => answerCard(freshCard, grade, start, utc, options));
    expect(first.map((card) => card.stability)).toEqual([0.212, 1.2931, 2.3065, 8.2956]);
    const difficulties = [6.4133, 5.11217071, 2.11810397, 1];
    first.forEach((card, index) => expect(card.difficulty).toBeCloseTo(difficulties[index] ?? 0, 6));
  });

  it('D: retrievability over the days', () => {
    const stabilities = [1, 2, 3, 4, 4, 2];
    const expected = [1, 0.9403443, 0.9253786, 0.9185229, 0.9, 0.8261359];
    stabilities.forEach((stability, days) => {
      const card: CardState = {
        ...freshCard,
        phase: 'review',
        stability,
        difficulty: 5,
        reps: 1,
        lastReviewAt: start,
      };
      expect(retrievability(card.stability, days, options)).toBeCloseTo(expected[days] ?? 0, 6);
    });
  });
});

const anyGrade = fc.constantFrom(...grades);
const anyCalendar = fc.record({
  timeZone: fc.constantFrom(
    'UTC',
    'Asia/Shanghai',
    'America/New_York',
    'Australia/Lord_Howe',
    'Pacific/Apia',
    'Europe/Berlin',
  ),
  dayStartHour: fc.integer({ min: 0, max: 23 }),
});
const anyHistory = fc.array(
  fc.record({ grade: anyGrade, waitMinutes: fc.integer({ min: 0, max: 400 * 24 * 60 }) }),
  {
    minLength: 1,
    maxLength: 25,
  },
);

describe('any history', () => {
  it('a better grade is never due earlier', () => {
    fc.assert(
      fc.property(anyHistory, anyCalendar, (history, calendar) => {
        let card = freshCard;
        let at = start;
        for (const { grade, waitMinutes } of history) {
          at += waitMinutes * 60_000;
          const due = dueAfterEachGrade(card, at, calendar, options);
          expect(due[1]).toBeLessThanOrEqual(due[2]);
          expect(due[2]).toBeLessThanOrEqual(due[3]);
          expect(due[3]).toBeLessThanOrEqual(due[4]);
          expect(due[1]).toBeGreaterThanOrEqual(at);
          card = answerCard(card, grade, at, calendar, options);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('a better grade is not due earlier minutes before a study day ends either', () => {
    const lordHowe: StudyCalendar = { timeZone: 'Australia/Lord_Howe', dayStartHour: 19 };
    const nineMinutesBefore = Date.UTC(2026, 7, 22, 8, 21);
    const card = answerCard(freshCard, 1, nineMinutesBefore - 480 * 60_000, lordHowe, options);
    const due = dueAfterEachGrade(card, nineMinutesBefore, lordHowe, options);
    expect(due[4]).toBe(nineMinutesBefore + 9 * 60_000);
    expect(due[3]).toBe(due[4]);
    expect(due[2]).toBeLessThan(due[3]);
  });

  it('a card due in days is due from the first moment of that study day, whatever the zone', () => {
    fc.assert(
      fc.property(anyHistory, anyCalendar, (history, calendar) => {
        let card = freshCard;
        let at = start;
        for (const { grade, waitMinutes } of history) {
          at += waitMinutes * 60_000;
          card = answerCard(card, grade, at, calendar, options);
          if (card.intervalDays === 0) continue;
          expect(studyDay(card.dueAt, calendar)).toBe(studyDay(at, calendar) + card.intervalDays);
          expect(studyDay(card.dueAt - 1, calendar)).toBe(studyDay(card.dueAt, calendar) - 1);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('a clock set back counts as the moment of the last answer, and breaks nothing', () => {
    fc.assert(
      fc.property(
        anyHistory,
        anyGrade,
        fc.integer({ min: 1, max: 10_000 }),
        (history, grade, backMinutes) => {
          let card = freshCard;
          let at = start;
          for (const step of history) {
            at += step.waitMinutes * 60_000;
            card = answerCard(card, step.grade, at, utc, options);
          }
          expect(answerCard(card, grade, at - backMinutes * 60_000, utc, options)).toEqual(
            answerCard(card, grade, at, utc, options),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it('counts a lapse only when a card in review is forgotten', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        let card = freshCard;
        let at = start;
        for (const { grade, waitMinutes } of history) {
          at += waitMinutes * 60_000;
          const next = answerCard(card, grade, at, utc, options);
          expect(next.lapses - card.lapses).toBe(card.phase === 'review' && grade === 1 ? 1 : 0);
          expect(next.reps).toBe(card.reps + 1);
          card = next;
        }
      }),
      { numRuns: 60 },
    );
  });
});

it('wants to be recalled with the desired probability on the due day', () => {
  for (const desiredRetention of [0.8, 0.9, 0.95]) {
    const [card] = [answerCard(freshCard, 4, start, utc, { desiredRetention })];
    const onDueDay = retrievability(card?.stability ?? 0, card?.intervalDays ?? 0, { desiredRetention });
    // The interval is a whole number of days, so that the aim is met to within a day of forgetting.
    expect(Math.abs(onDueDay - desiredRetention)).toBeLessThan(0.02);
  }
});

it('flags a leech at 8 lapses and every 4 after', () => {
  expect(Array.from({ length: 21 }, (_, lapses) => lapses).filter(isLeechLapse)).toEqual([8, 12, 16, 20]);
});
