import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { grades, type Grade } from '#shared/study/grade.ts';
import { settableClock } from '../../support/clock.ts';
import { openStudy, tinyContent, type StudySession } from '../../support/study-session.ts';

// Every answer waits for the disk.
vi.setConfig({ testTimeout: 60_000 });

type Step =
  | { readonly do: 'answer'; readonly grade: Grade }
  | { readonly do: 'undo' | 'finish' | 'lesson' | 'everything' }
  | { readonly do: 'wait'; readonly minutes: number }
  | { readonly do: 'travel'; readonly zone: string }
  | {
      readonly do: 'set';
      readonly patch: { newPerDay?: number; dayStartHour?: number; desiredRetention?: number };
    };

const answer = fc.constantFrom(...grades).map((grade): Step => ({ do: 'answer', grade }));
const step: fc.Arbitrary<Step> = fc.oneof(
  { arbitrary: answer, weight: 8 },
  { arbitrary: fc.constantFrom<Step>({ do: 'undo' }), weight: 4 },
  fc.constantFrom<Step>({ do: 'finish' }, { do: 'lesson' }, { do: 'everything' }),
  // Now and then the clock is set back.
  fc
    .constantFrom(0.5, 5, 30, 600, 1440, 3 * 1440, 20 * 1440, -90)
    .map((minutes): Step => ({ do: 'wait', minutes })),
  fc
    .constantFrom('UTC', 'Asia/Shanghai', 'America/Los_Angeles')
    .map((zone): Step => ({ do: 'travel', zone })),
  fc
    .record(
      {
        newPerDay: fc.integer({ min: 0, max: 9 }),
        dayStartHour: fc.integer({ min: 0, max: 23 }),
        desiredRetention: fc.constantFrom(0.8, 0.9),
      },
      { requiredKeys: [] },
    )
    .map((patch): Step => ({ do: 'set', patch })),
);

const content = tinyContent(12);

/** All that a learner sees, but for the draft that an undo brings back. */
function seen(study: StudySession) {
  const today = study.call('review.today', {});
  const session = today.session && { ...today.session, questionId: null, draft: null };
  return { ...today, session, cards: study.cards() };
}

/** The cards as they follow from the log alone. */
function rebuilt(study: StudySession): Map<string, unknown> {
  const log = study.log() as readonly (ReturnType<StudySession['log']>[number] & { question_id: string })[];
  const undone = new Set(log.flatMap(({ undoes }) => undoes ?? []));
  const cards = new Map<string, unknown>();
  for (const { id, kind, question_id: question, after } of log) {
    if (kind === 'answer' && !undone.has(id)) cards.set(question, JSON.parse(after) as unknown);
  }
  return cards;
}

function stored(study: StudySession): Map<string, unknown> {
  const rows = study.cards() as readonly Record<string, unknown>[];
  return new Map(
    rows.map((row) => [
      String(row['question_id']),
      {
        phase: row['phase'],
        dueAt: row['due_at'],
        stability: row['stability'],
        difficulty: row['difficulty'],
        step: row['step'],
        intervalDays: row['interval_days'],
        reps: row['reps'],
        lapses: row['lapses'],
        lastReviewAt: row['last_review_at'],
      },
    ]),
  );
}

function perform(study: StudySession, taken: Step): 'answered' | 'undone' | 'other' {
  switch (taken.do) {
    case 'answer': {
      if (!study.call('review.next', {}).card) return 'other';
      study.answer(taken.grade);
      return 'answered';
    }
    case 'undo':
      return study.tryCall('review.undo', {}).ok ? 'undone' : 'other';
    case 'finish':
      study.call('review.finish', {});
      return 'other';
    case 'lesson':
      study.call('review.next', { lessonId: 'only-lesson' });
      return 'other';
    case 'everything':
      study.call('review.next', {});
      return 'other';
    case 'wait':
      study.clock.advanceMinutes(taken.minutes);
      return 'other';
    case 'travel':
      study.clock.zone = taken.zone;
      return 'other';
    case 'set':
      study.call(
        'settings.set',
        Object.fromEntries(Object.entries(taken.patch).filter(([, value]) => value !== undefined)),
      );
      return 'other';
  }
}

describe('whatever a learner does', () => {
  it('an undo takes back exactly one answer, the log only grows, and the cards follow from the log', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 30 }), (steps) => {
        const study = openStudy({ contentDirs: [content], clock: settableClock() });
        const cardsBefore: (readonly object[])[] = [];
        let log = study.log();
        for (const taken of steps) {
          const before = study.cards();
          const happened = perform(study, taken);
          if (happened === 'answered') cardsBefore.push(before);
          if (happened === 'undone') expect(study.cards()).toEqual(cardsBefore.pop());
          if (happened === 'other') expect(study.cards()).toEqual(before);
          const grown = study.log();
          expect(grown.slice(0, log.length)).toEqual(log);
          expect(grown.length - log.length).toBe(happened === 'other' ? 0 : 1);
          log = grown;
          expect(stored(study)).toEqual(rebuilt(study));
        }

        for (let left = cardsBefore.length; left > 0; left -= 1) {
          expect(study.call('review.undo', {}).undoable).toBe(left > 1);
        }
        expect(study.tryCall('review.undo', {})).toMatchObject({
          ok: false,
          error: { kind: 'nothing-to-undo' },
        });
        study.call('review.finish', {});
        const { newPerDay } = study.call('settings.get', {});
        expect(seen(study)).toEqual({
          counts: { learning: 0, review: 0, fresh: Math.min(newPerDay, 20) },
          answeredToday: 0,
          correctToday: 0,
          streakDays: 0,
          nextDueAt: null,
          forecast: [0, 0, 0, 0, 0, 0, 0],
          session: null,
          undoable: false,
          cards: [],
        });
        expect(study.errors).toEqual([]);
        study.close();
      }),
      { numRuns: 25 },
    );
  });

  it('an answer taken back at once leaves everything as it was: card, queue, counts, forecast and streak', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 15 }), fc.constantFrom(...grades), (steps, grade) => {
        const study = openStudy({ contentDirs: [content], clock: settableClock() });
        for (const taken of steps) perform(study, taken);
        const queueBefore = study.call('review.next', {});
        if (queueBefore.card) {
          const before = seen(study);
          study.answer(grade);
          expect(seen(study)).not.toEqual(before);
          const undone = study.call('review.undo', {});
          expect(undone.questionId).toBe(queueBefore.card.question.id);
          expect(seen(study)).toEqual(before);
          const queueAfter = study.call('review.next', {});
          expect(queueAfter.card?.draft).toEqual({ response: undone.response, usedHelp: false });
          expect(queueAfter.card?.basedOn).toBeGreaterThan(queueBefore.card.basedOn);
          const plain = ({ card, session, ...rest }: typeof queueAfter) => ({
            ...rest,
            card: { ...card, draft: null, basedOn: 0 },
            session: { ...session, draft: null },
          });
          expect(plain(queueAfter)).toEqual(plain(queueBefore));
        }
        study.close();
      }),
      { numRuns: 25 },
    );
  });

  it('the forecast counts every card of the next seven days once, and today as the queue does', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 10, maxLength: 30 }), (steps) => {
        const study = openStudy({ contentDirs: [content], clock: settableClock() });
        study.call('settings.set', { newPerDay: 500 });
        for (const taken of steps) perform(study, taken);
        const { forecast, counts } = study.call('review.today', {});
        expect(forecast).toHaveLength(7);
        expect(forecast[0]).toBe(counts.learning + counts.review);
        const cards = study.cards() as readonly { due_at: number }[];
        const within = (days: number) =>
          cards.filter(({ due_at: at }) => at < study.clock.at + days * 86_400_000).length;
        const total = forecast.reduce((sum, count) => sum + count, 0);
        // The seventh study day ends between six and seven days from now, give or take a change of zone.
        expect(total).toBeGreaterThanOrEqual(within(6));
        expect(total).toBeLessThanOrEqual(within(7));
        study.close();
      }),
      { numRuns: 15 },
    );
  });
});
