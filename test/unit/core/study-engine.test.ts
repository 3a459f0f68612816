import { randomUUID } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import type { NextCard } from '#shared/contract/contract.ts';
import type { Grade } from '#shared/study/grade.ts';
import { settableClock } from '../../support/clock.ts';
import { answerInput, uuid } from '../../support/conversation.ts';
import { contentDir } from '../../support/paths.ts';
import { openStudy, tinyContent, type StudySession } from '../../support/study-session.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

vi.setConfig({ testTimeout: 60_000 });

const dayMinutes = 24 * 60;
const contentDirs = [tinyContent(12)];

const practised = (card: NextCard, right: boolean) => {
  const { grade: _grade, ...given } = answerInput(card, randomUUID(), { right });
  return given;
};

/** Answers everything that comes on each of so many days, Good. */
function studyDays(study: StudySession, days: number, grade: Grade = 3): void {
  for (let day = 0; day < days; day += 1) {
    for (;;) {
      const { card } = study.call('review.next', { lessonId: null });
      if (!card) break;
      study.call('review.answer', answerInput(card, randomUUID(), { right: grade > 1, grade }));
      study.clock.advanceMinutes(1);
    }
    study.call('review.finish', {});
    study.clock.advanceMinutes(dayMinutes);
  }
}

const dueDays = (study: StudySession) =>
  study.call('cards.search', { search: '-is:new', limit: 500 }).rows.map(({ dueInDays }) => dueInDays ?? 0);

describe('practice', () => {
  it('leaves every card as it is, asks what was wrong once more at the end, and then is over', () => {
    const study = openStudy({ contentDirs });
    studyDays(study, 2);
    const before = study.cards();
    const { count } = study.call('review.practise', { what: 'lesson', lessonId: 'only-lesson' });
    const asked: string[] = [];
    for (let number = 0; ; number += 1) {
      const { card, session } = study.call('review.next', {});
      if (!card) break;
      expect(session?.practice?.left).toBe(number === 0 ? count : count - number + 1);
      expect(card.dueAfter).toBeNull();
      asked.push(card.question.id);
      study.call('review.answerPractice', practised(card, number > 0));
    }
    expect(asked).toHaveLength(count + 1);
    expect(asked.at(-1)).toBe(asked[0]);
    expect(study.cards()).toEqual(before);
    expect(study.call('review.next', {}).summary).toMatchObject({ answered: count + 1, correct: count });
    expect(study.call('system.checkData', {})).toMatchObject({ cardDifferences: 0, sumDifferences: 0 });
    study.close();
  });

  it('is of what was missed in the session, or forgotten today, or due soon, or of one tag', () => {
    const study = openStudy({ contentDirs });
    study.call('settings.set', { newPerDay: 3 });
    expect(study.tryCall('review.practise', { what: 'forgotten-today' })).toMatchObject({
      error: { kind: 'nothing-to-practise' },
    });
    const wrong = study.answer(1).question.id;
    study.answer(3);
    for (const what of ['missed', 'forgotten-today'] as const) {
      expect(study.call('review.practise', { what }).count).toBe(1);
      expect(study.next().question.id).toBe(wrong);
    }
    study.call('review.next', { lessonId: null });
    studyDays(study, 1);
    expect(study.call('review.practise', { what: 'ahead', days: 30 }).count).toBeGreaterThan(0);
    const { question } = study.next();
    expect(study.call('review.practise', { what: 'tag', tag: question.kind }).count).toBeGreaterThan(0);
    expect(study.next().question.kind).toBe(question.kind);
    study.close();
  });

  it('comes back with undo, with what was left of it', () => {
    const study = openStudy({ contentDirs });
    study.call('review.practise', { what: 'lesson', lessonId: 'only-lesson' });
    const first = study.next();
    study.call('review.answerPractice', practised(first, true));
    expect(study.call('review.undo', {})).toMatchObject({
      action: { kind: 'practise' },
      questionId: first.question.id,
    });
    const again = study.next();
    expect(again.question).toEqual(first.question);
    expect(again.draft).toMatchObject({ response: practised(first, true).response });
    study.close();
  });
});

describe('undo across practice and schedule', () => {
  const practiseOne = (study: StudySession) => {
    study.call('review.practise', { what: 'lesson', lessonId: 'only-lesson' });
    const card = study.next();
    study.call('review.answerPractice', practised(card, true));
    return card.question.id;
  };

  it('does not bring an answer of practice into the schedule once the practice is over', () => {
    const study = openStudy({ contentDirs });
    const id = practiseOne(study);
    study.call('review.finish', {});
    expect(study.call('review.undo', {})).toMatchObject({ action: { kind: 'practise' }, questionId: id });
    const { session } = study.call('review.next', {});
    expect(session?.practice).toBeNull();
    expect(study.call('system.checkData', {})).toMatchObject({ cardDifferences: 0, sumDifferences: 0 });
    study.close();
  });

  it('leaves a session by the schedule one, and the practice of another day as it is', () => {
    const study = openStudy({ contentDirs });
    practiseOne(study);
    study.call('review.next', { lessonId: null });
    study.call('review.undo', {});
    expect(study.call('review.next', {}).session?.practice).toBeNull();
    study.call('review.redo', {});
    expect(study.call('review.next', {}).session?.practice).toBeNull();
    study.close();
  });

  it('asks an answer by the schedule again by the schedule, also amid practice', () => {
    const study = openStudy({ contentDirs });
    const { id } = study.answer(1).question;
    study.call('review.practise', { what: 'missed' });
    expect(study.call('review.undo', {}).questionId).toBe(id);
    const { card, session } = study.call('review.next', {});
    expect(card?.question.id).toBe(id);
    expect(card?.dueAfter).not.toBeNull();
    expect(session?.practice).toBeNull();
    study.close();
  });

  it('keeps no answer of a practice that another window has ended', () => {
    const study = openStudy({ contentDirs });
    study.call('review.practise', { what: 'lesson', lessonId: 'only-lesson' });
    const card = study.next();
    study.call('review.next', { lessonId: null });
    expect(study.tryCall('review.answerPractice', practised(card, true))).toMatchObject({
      error: { kind: 'stale-answer' },
    });
    study.close();
  });
});

describe('a day', () => {
  it('holds back the siblings of what was practised and of what is being learned', () => {
    const study = openStudy({ contentDirs: [contentDir] });
    study.call('settings.set', { newPerDay: 500 });
    const facts = (id: string) => study.call('cards.info', { id }).facts;
    const { card } = study.call('review.next', { lessonId: null });
    const { rows } = study.call('cards.search', { search: 'is:new', limit: 500 });
    const withFact = rows.find(({ id }) => id !== card!.question.id && facts(id).length > 0)!;
    const before = study.call('review.today', {}).counts.fresh;
    study.call('review.practise', { what: 'chosen', ids: [withFact.id] });
    study.call('review.answerPractice', practised(study.next(), true));
    expect(study.call('review.today', {}).counts.fresh).toBeLessThan(before);
    study.call('review.undo', {});
    expect(study.call('review.today', {}).counts.fresh).toBe(before);
    study.close();
  });

  it('says of what is put off that it comes tomorrow', () => {
    const study = openStudy({ contentDirs });
    study.call('settings.set', { newPerDay: 1 });
    const { id } = study.answer(1).question;
    study.call('settings.set', { newPerDay: 0 });
    study.call('cards.change', { which: { ids: [id] }, change: { do: 'bury' } });
    const { nextDueAt } = study.call('review.today', {});
    expect(nextDueAt).toBe(Date.UTC(2026, 4, 14, 4));
    study.close();
  });

  it('begins a session of its own, unless an answer is half given', () => {
    const study = openStudy({ contentDirs });
    study.answer(3);
    const card = study.next();
    study.call('review.saveDraft', {
      questionId: card.question.id,
      basedOn: card.basedOn,
      draft: { text: 'half' },
    });
    study.clock.advanceMinutes(dayMinutes);
    expect(study.call('review.next', {}).session?.answered).toBe(1);
    study.call('review.saveDraft', { questionId: card.question.id, basedOn: card.basedOn, draft: {} });
    expect(study.call('review.next', {}).session?.answered).toBe(0);
    study.close();
  });
});

describe('an answer', () => {
  it('that was wrong is Again and nothing else', () => {
    const study = openStudy({ contentDirs });
    for (const grade of [2, 3, 4] as const) {
      const input = answerInput(study.next(), randomUUID(), { right: false, grade });
      expect(study.tryCall('review.answer', input)).toMatchObject({ error: { kind: 'grade-refused' } });
    }
    expect(study.log()).toEqual([]);
    expect(study.answer(1).phase).toBe('new');
    study.close();
  });

  it('that is half given loses nothing when another window flags the card, and is taken', () => {
    const study = openStudy({ contentDirs });
    const card = study.next();
    const which = { ids: [card.question.id] };
    study.call('cards.change', { which, change: { do: 'flag', flag: 1 } });
    const draft = { text: 'typed meanwhile' };
    study.call('review.saveDraft', { questionId: card.question.id, basedOn: card.basedOn, draft });
    expect(study.next().draft).toEqual(draft);
    const input = answerInput(card, randomUUID());
    expect(study.call('review.answer', input).grade).toBe(3);
    // What makes it another card refuses the answer.
    const next = study.next();
    study.call('cards.change', { which: { ids: [next.question.id] }, change: { do: 'set-due', inDays: 0 } });
    expect(study.tryCall('review.answer', answerInput(next, randomUUID()))).toMatchObject({
      error: { kind: 'stale-answer' },
    });
    study.close();
  });

  it('is due when the share that is wanted of its pack says so, and of no other pack', () => {
    const dueWith = (packRetention: Record<string, number>) => {
      const study = openStudy({ contentDirs });
      study.call('settings.set', { fuzz: false, balanceLoad: false, packRetention });
      const card = study.next();
      study.close();
      return card.dueAfter![4];
    };
    const usual = dueWith({});
    expect(dueWith({ tiny: 0.7 })).toBeGreaterThan(usual);
    expect(dueWith({ tiny: 0.97 })).toBeLessThan(usual);
    expect(dueWith({ another: 0.7 })).toBe(usual);
  });

  it('keeps what the learner wrote in words of their own, and shows it the next time', () => {
    const study = openStudy({ contentDirs });
    const { question } = study.next();
    study.call('review.explain', { questionId: question.id, text: '  Queues grow.\n' });
    expect(study.next().ownWords).toBe('Queues grow.');
    study.call('review.explain', { questionId: question.id, text: ' ' });
    expect(study.next().ownWords).toBe('');
    study.close();
  });

  it('to a leech comes with help from the eighth lapse on', () => {
    const study = openStudy({ contentDirs });
    study.call('settings.set', { newPerDay: 1, relearningSteps: ['1m'] });
    const { id } = study.answer(4).question;
    const outcomes = [];
    for (let lapse = 1; lapse <= 9; lapse += 1) {
      study.clock.advanceMinutes(60 * dayMinutes);
      const card = study.next();
      expect(card.question.id).toBe(id);
      expect(card.simpler).toBeNull();
      outcomes.push(study.call('review.answer', answerInput(card, randomUUID(), { right: false })).leech);
      study.clock.advanceMinutes(2);
      if (lapse < 9) study.answer(3);
      study.call('settings.set', { newPerDay: 0 });
    }
    expect(outcomes).toEqual([...Array<boolean>(7).fill(false), true, false]);
    expect(study.call('cards.search', { search: 'is:leech' }).rows.map((row) => row.id)).toEqual([id]);
    study.close();
  });
});

describe('undo', () => {
  it('goes back a hundred steps, also after a restart, and no further', () => {
    const dataDir = temporaryFolder();
    let study = openStudy({ contentDirs, dataDir });
    const { id } = study.next().question;
    for (let step = 1; step <= 103; step += 1) {
      study.call('cards.change', {
        which: { ids: [id] },
        change: { do: 'flag', flag: (step % 2) as 0 | 1 },
      });
    }
    study.close();
    study = openStudy({ contentDirs, dataDir });
    for (let step = 0; step < 100; step += 1) study.call('review.undo', {});
    expect(study.tryCall('review.undo', {}).ok).toBe(false);
    for (let step = 0; step < 100; step += 1) study.call('review.redo', {});
    expect(study.tryCall('review.redo', {}).ok).toBe(false);
    expect(study.call('cards.info', { id }).row.state.flag).toBe(1);
    study.close();
  });

  it('takes back in one step what was done to many', () => {
    const study = openStudy({ contentDirs });
    studyDays(study, 2);
    const before = study.cards();
    const { changed } = study.call('cards.change', {
      which: { search: '-is:new' },
      change: { do: 'set-due', inDays: 9 },
    });
    expect(changed).toBe(before.length);
    expect(new Set(dueDays(study))).toEqual(new Set([9]));
    expect(study.call('review.undo', {}).action).toEqual({ kind: 'set-due', params: { count: changed } });
    expect(study.cards()).toEqual(before);
    study.close();
  });
});

describe('cards', () => {
  it('that are suspended or put off are not asked, and are again when they are taken back in', () => {
    const study = openStudy({ contentDirs });
    const { id } = study.next().question;
    for (const [away, back] of [
      ['suspend', 'unsuspend'],
      ['bury', 'unbury'],
    ] as const) {
      study.call('cards.change', { which: { ids: [id] }, change: { do: away } });
      expect(study.next().question.id).not.toBe(id);
      study.call('cards.change', { which: { ids: [id] }, change: { do: back } });
      study.call('review.finish', {});
      expect(study.next().question.id).toBe(id);
    }
    study.call('cards.change', { which: { ids: [id] }, change: { do: 'bury' } });
    study.clock.advanceMinutes(dayMinutes);
    study.call('review.finish', {});
    expect(study.next().question.id).toBe(id);
    study.close();
  });

  it('tell why a search cannot be read, and change nothing for it', () => {
    const study = openStudy({ contentDirs });
    expect(study.call('cards.search', { search: 'colour:red' }).problem).toMatchObject({
      kind: 'unknown-field',
      at: 0,
    });
    expect(
      study.tryCall('cards.change', { which: { search: 'due<' }, change: { do: 'suspend' } }),
    ).toMatchObject({ error: { kind: 'search-unreadable' } });
    expect(study.cards()).toEqual([]);
    study.close();
  });
});

describe('a backlog', () => {
  it('is spread over days, as much on each, what is best remembered first', () => {
    const study = openStudy({ contentDirs });
    study.call('settings.set', { newPerDay: 500 });
    studyDays(study, 3);
    study.clock.advanceMinutes(90 * dayMinutes);
    study.call('settings.set', { reviewsPerDay: 4 });
    const { backlog, counts } = study.call('review.today', {});
    expect(counts.review).toBe(4);
    const due = backlog + counts.review;
    // Today keeps no more than its limit.
    const kept = Math.min(4, Math.ceil(due / 5));
    expect(study.call('review.spreadBacklog', { days: 5 }).moved).toBe(due - kept);
    const { rows } = study.call('cards.search', { search: 'is:review due>=0', sort: 'recall', limit: 500 });
    const byDay = new Map<number, number>();
    for (const { dueInDays } of rows) byDay.set(dueInDays!, (byDay.get(dueInDays!) ?? 0) + 1);
    expect([...byDay.keys()].sort()).toEqual([1, 2, 3, 4]);
    expect(Math.max(...byDay.values())).toBeLessThanOrEqual(Math.ceil((due - kept) / 4));
    const first = rows.find(({ dueInDays }) => dueInDays === 1)!;
    const last = rows.find(({ dueInDays }) => dueInDays === 4)!;
    expect(first.recall).toBeGreaterThanOrEqual(last.recall!);
    study.close();
  });
});

describe('a rest day', () => {
  it('that was planned breaks no streak and adds nothing to it', () => {
    const study = openStudy({ contentDirs });
    study.answer(3);
    const { today } = study.call('progress.calendar', {});
    study.call('review.rest', { studyDay: today + 1, rests: true });
    expect(study.call('review.today', {}).restsToday).toBe(false);
    study.clock.advanceMinutes(dayMinutes);
    expect(study.call('review.today', {})).toMatchObject({ restsToday: true, streakDays: 1 });
    study.clock.advanceMinutes(dayMinutes);
    study.answer(3);
    expect(study.call('review.today', {}).streakDays).toBe(2);
    study.call('review.rest', { studyDay: today + 1, rests: false });
    expect(study.call('review.today', {}).streakDays).toBe(1);
    study.close();
  });

  it('of every week brings no review that another day suits as well', () => {
    const study = openStudy({ contentDirs: [tinyContent(40)] });
    study.call('settings.set', { newPerDay: 500 });
    const { today } = study.call('progress.calendar', {});
    const weekday = (((today + 4 + 8) % 7) + 7) % 7;
    const weekdays = Array.from({ length: 7 }, (_, day) => (day === weekday ? 'rest' : 'normal') as 'rest');
    study.call('settings.set', { weekdays });
    studyDays(study, 1, 4);
    const days = dueDays(study).map((inDays) => inDays + 1);
    expect(days.length).toBeGreaterThan(30);
    // Easy at once comes back after about eight days: exactly on the rest day.
    expect(days.filter((day) => day === 8)).toEqual([]);
    study.close();
  });
});

describe('an interview', () => {
  it('brings what would be forgotten on the day before it, undo brings the days of before, and it ends', () => {
    const clock = settableClock();
    const study = openStudy({ contentDirs, clock });
    study.call('settings.set', { newPerDay: 500 });
    studyDays(study, 12);
    const before = study.cards();
    const { today } = study.call('progress.calendar', {});
    const interview = { id: uuid(1), name: 'Big one', day: today + 40, lessonIds: [], target: 0.95 };
    const [planned] = study.call('interview.save', interview);
    expect(planned).toMatchObject({ inDays: 40, plan: { fits: true } });
    expect(planned!.plan!.expectedRecall).toBeGreaterThanOrEqual(0.95);
    expect(Math.min(...dueDays(study))).toBeLessThan(40);
    const due = dueDays(study);
    study.call('review.undo', {});
    expect(study.cards()).toEqual(before);
    study.call('review.redo', {});
    expect(dueDays(study)).toEqual(due);

    clock.advanceMinutes(41 * dayMinutes);
    expect(study.call('interview.list', {})).toMatchObject([{ inDays: -1, plan: null }]);
    const { card } = study.call('review.next', {});
    if (card) study.call('review.answer', answerInput(card, randomUUID()));
    expect(study.call('system.checkData', {})).toMatchObject({ cardDifferences: 0 });
    study.close();
  });

  it('asks about its lessons first', () => {
    const study = openStudy({ contentDirs: [contentDir] });
    const lessons = study.call('lessons.list', {});
    const [first, , third] = lessons.map(({ id }) => id);
    expect(study.next().question.lessonId).toBe(first);
    study.call('review.finish', {});
    const { today } = study.call('progress.calendar', {});
    study.call('interview.save', {
      id: uuid(1),
      name: 'One',
      day: today + 9,
      lessonIds: [third!],
      target: 0.9,
    });
    expect(study.next().question.lessonId).toBe(third);
    expect(
      study.tryCall('interview.save', {
        id: uuid(2),
        name: 'Two',
        day: today,
        lessonIds: ['gone'],
        target: 0.9,
      }),
    ).toMatchObject({ error: { kind: 'not-found', params: { id: 'gone' } } });
    study.close();
  });
});
