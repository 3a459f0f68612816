import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { Input } from '#shared/contract/contract.ts';
import type { Settings } from '#shared/contract/settings.ts';
import { cardFlags } from '#shared/study/card.ts';
import { grades, type Grade } from '#shared/study/grade.ts';
import { settableClock } from '../../support/clock.ts';
import { answerInput, uuid } from '../../support/conversation.ts';
import { openStudy, tinyContent, type StudySession } from '../../support/study-session.ts';

// Every answer waits for the disk.
vi.setConfig({ testTimeout: 60_000 });

type Hand = Input<'cards.change'>['change'];

type Step =
  | { readonly do: 'answer'; readonly grade: Grade }
  | { readonly do: 'undo' | 'redo' | 'finish' | 'lesson' | 'everything' | 'backlog' }
  | { readonly do: 'wait'; readonly minutes: number }
  | { readonly do: 'travel'; readonly zone: string }
  | { readonly do: 'practise'; readonly right: boolean }
  | { readonly do: 'rest'; readonly inDays: number }
  | { readonly do: 'by hand'; readonly of: number; readonly change: Hand }
  | { readonly do: 'note'; readonly number: number; readonly body: string | null }
  | { readonly do: 'interview'; readonly number: number; readonly inDays: number | null }
  | {
      readonly do: 'set';
      readonly patch: {
        newPerDay?: number;
        dayStartHour?: number;
        desiredRetention?: number;
        fuzz?: boolean;
        balanceLoad?: boolean;
        relearningSteps?: Settings['relearningSteps'];
      };
    };

const answer = fc.constantFrom(...grades).map((grade): Step => ({ do: 'answer', grade }));
/** What a learner does who only reviews. */
const reviewStep: fc.Arbitrary<Step> = fc.oneof(
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
        fuzz: fc.boolean(),
        balanceLoad: fc.boolean(),
        relearningSteps: fc.constantFrom<Settings['relearningSteps']>(['10m'], ['5m', '1h', '1d']),
      },
      { requiredKeys: [] },
    )
    .map((patch): Step => ({ do: 'set', patch })),
);
const hand: fc.Arbitrary<Hand> = fc.oneof(
  fc.constantFrom<Hand>(
    { do: 'suspend' },
    { do: 'unsuspend' },
    { do: 'bury' },
    { do: 'unbury' },
    { do: 'reset' },
  ),
  fc.constantFrom(...cardFlags).map((flag): Hand => ({ do: 'flag', flag })),
  fc.integer({ min: 0, max: 40 }).map((inDays): Hand => ({ do: 'set-due', inDays })),
);
/** All that a learner can do. */
const step: fc.Arbitrary<Step> = fc.oneof(
  { arbitrary: reviewStep, weight: 12 },
  { arbitrary: fc.constantFrom<Step>({ do: 'redo' }), weight: 3 },
  fc.boolean().map((right): Step => ({ do: 'practise', right })),
  fc.integer({ min: 0, max: 3 }).map((inDays): Step => ({ do: 'rest', inDays })),
  {
    arbitrary: fc.record({ of: fc.nat(6), change: hand }).map((of): Step => ({ do: 'by hand', ...of })),
    weight: 4,
  },
  fc
    .record({ number: fc.nat(1), inDays: fc.option(fc.integer({ min: 0, max: 30 })) })
    .map((interview): Step => ({ do: 'interview', ...interview })),
  fc
    .record({ number: fc.nat(2), body: fc.option(fc.constantFrom('', 'mine', '我的')) })
    .map((note): Step => ({ do: 'note', ...note })),
  fc.constantFrom<Step>({ do: 'backlog' }),
);

const content = tinyContent(12);

/** All that a learner sees, but for the draft that an undo brings back. */
function seen(study: StudySession) {
  const today = study.call('review.today', {});
  const session = today.session && { ...today.session, questionId: null, draft: null };
  return { ...today, session, redo: null, cards: study.cards() };
}

/** The study data itself. */
function kept(study: StudySession) {
  return {
    cards: study.cards(),
    interviews: study.file.prepare('SELECT * FROM interview ORDER BY id').all(),
    notes: study.file.prepare('SELECT * FROM note ORDER BY id').all(),
    restDays: study.file.prepare('SELECT * FROM rest_day ORDER BY study_day').all(),
    sums: study.file
      .prepare('SELECT * FROM daily WHERE n <> 0 OR value <> 0 ORDER BY measure, part, study_day')
      .all(),
  };
}

/** The newest thing that was done, as the undo stack has it. */
const lastAction = (study: StudySession) =>
  Number(study.file.prepare('SELECT coalesce(max(id), 0) FROM study_action').pluck().get());

/** The cards in memory, as the table of all cards tells of them. */
function inMemory(study: StudySession): readonly object[] {
  const { rows } = study.call('cards.search', { search: '', limit: 500 });
  return rows
    .filter(
      ({ state }) => state.phase !== 'new' || state.suspended || state.buriedDay !== null || state.flag > 0,
    )
    .map(({ id, state }) => ({
      question_id: id,
      phase: state.phase,
      due_at: state.dueAt,
      stability: state.stability,
      difficulty: state.difficulty,
      step: state.step,
      interval_days: state.intervalDays,
      reps: state.reps,
      lapses: state.lapses,
      last_review_at: state.lastReviewAt,
      suspended: Number(state.suspended),
      buried_day: state.buriedDay,
      flag: state.flag,
    }))
    .sort((a, b) => (a.question_id < b.question_id ? -1 : 1));
}

function byHand(study: StudySession, of: number, change: Hand): void {
  const { rows } = study.call('cards.search', { search: '' });
  study.call('cards.change', { which: { ids: rows.slice(of, of + 3).map(({ id }) => id) }, change });
}

function practise(study: StudySession, right: boolean): void {
  if (!study.tryCall('review.practise', { what: 'lesson', lessonId: 'only-lesson' }).ok) return;
  const { card } = study.call('review.next', {});
  if (!card) return;
  expect(card.dueAfter).toBeNull();
  const { grade: _grade, ...given } = answerInput(card, randomUUID(), { right });
  study.call('review.answerPractice', given);
}

function today(study: StudySession): number {
  return study.call('progress.calendar', { days: 1 }).today;
}

function planInterview(study: StudySession, number: number, inDays: number | null): void {
  const id = uuid(number);
  if (inDays === null) study.tryCall('interview.remove', { id });
  else
    study.call('interview.save', {
      id,
      name: `Interview ${String(number)}`,
      day: today(study) + inDays,
      lessonIds: [],
      target: 0.9,
    });
}

function makeNote(study: StudySession, number: number, body: string | null): void {
  const id = uuid(100 + number);
  if (body === null) study.tryCall('notes.remove', { id });
  else
    study.call('notes.save', {
      id,
      lessonId: 'only-lesson',
      locale: 'en',
      anchor: '',
      quote: 'heap',
      prefix: '',
      suffix: '',
      body,
    });
}

function perform(study: StudySession, taken: Step): void {
  switch (taken.do) {
    case 'answer': {
      const { card, session } = study.call('review.next', {});
      if (!card) return;
      const input = answerInput(card, randomUUID(), { right: taken.grade > 1, grade: taken.grade });
      const { grade: _grade, ...given } = input;
      if (session?.practice) study.call('review.answerPractice', given);
      else study.call('review.answer', input);
      return;
    }
    case 'undo':
      study.tryCall('review.undo', {});
      return;
    case 'redo':
      study.tryCall('review.redo', {});
      return;
    case 'finish':
      study.call('review.finish', {});
      return;
    case 'lesson':
      study.call('review.next', { lessonId: 'only-lesson' });
      return;
    case 'everything':
      study.call('review.next', { lessonId: null });
      return;
    case 'backlog':
      study.call('review.spreadBacklog', { days: 3 });
      return;
    case 'practise':
      practise(study, taken.right);
      return;
    case 'rest':
      study.call('review.rest', { studyDay: today(study) + taken.inDays, rests: true });
      return;
    case 'by hand':
      byHand(study, taken.of, taken.change);
      return;
    case 'interview':
      planInterview(study, taken.number, taken.inDays);
      return;
    case 'note':
      makeNote(study, taken.number, taken.body);
      return;
    case 'wait':
      study.clock.advanceMinutes(taken.minutes);
      return;
    case 'travel':
      study.clock.zone = taken.zone;
      return;
    case 'set':
      study.call(
        'settings.set',
        Object.fromEntries(Object.entries(taken.patch).filter(([, value]) => value !== undefined)),
      );
  }
}

describe('whatever a learner does', () => {
  it('undo and redo give back exactly what was, the log only grows, and everything follows from the log', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 30 }), (steps) => {
        const study = openStudy({ contentDirs: [content], clock: settableClock() });
        const past: ReturnType<typeof kept>[] = [];
        let future: ReturnType<typeof kept>[] = [];
        let log = study.log();
        let step = 0;
        for (const taken of steps) {
          const before = kept(study);
          const actionBefore = lastAction(study);
          perform(study, taken);
          const after = kept(study);
          if (taken.do === 'undo') {
            const wanted = past.pop();
            expect(after).toEqual(wanted ?? before);
            if (wanted) future.push(before);
          } else if (taken.do === 'redo') {
            const wanted = future.pop();
            expect(after).toEqual(wanted ?? before);
            if (wanted) past.push(before);
          } else if (lastAction(study) > actionBefore) {
            past.push(before);
            future = [];
          } else expect(after).toEqual(before);

          const { undo, redo } = study.call('review.today', {});
          expect([undo !== null, redo !== null]).toEqual([past.length > 0, future.length > 0]);
          const grown = study.log();
          expect(grown.slice(0, log.length)).toEqual(log);
          log = grown;
          expect(study.call('system.checkData', {})).toMatchObject({ cardDifferences: 0, sumDifferences: 0 });
          expect(inMemory(study)).toEqual(study.cards());
          // The day goes on as it was planned; planned anew it is the same. Another longest interval makes it forget the plan.
          step += 1;
          if (step % 3 > 0) continue;
          const going = study.call('review.today', {});
          study.call('settings.set', { maximumIntervalDays: 30_000 - step });
          const { counts, nextDueAt, backlog } = study.call('review.today', {});
          expect([counts, nextDueAt, backlog]).toEqual([going.counts, going.nextDueAt, going.backlog]);
        }

        const end = kept(study);
        for (let left = past.length; left > 0; left -= 1) {
          expect(study.call('review.undo', {}).undo !== null).toBe(left > 1);
        }
        expect(study.tryCall('review.undo', {})).toMatchObject({ error: { kind: 'nothing-to-undo' } });
        expect(kept(study)).toEqual({ cards: [], interviews: [], notes: [], restDays: [], sums: [] });
        for (let left = past.length; left > 0; left -= 1) study.call('review.redo', {});
        expect(kept(study)).toEqual(end);
        expect(study.errors).toEqual([]);
        study.close();
      }),
      { numRuns: 40 },
    );
  });

  it('an answer taken back at once leaves everything as it was: card, queue, counts, forecast and streak', () => {
    fc.assert(
      fc.property(fc.array(reviewStep, { maxLength: 15 }), fc.constantFrom(...grades), (steps, grade) => {
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
            redo: null,
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
      fc.property(fc.array(reviewStep, { minLength: 10, maxLength: 30 }), (steps) => {
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
