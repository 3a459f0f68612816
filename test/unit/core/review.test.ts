import { randomUUID } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { answerInput } from '../../support/conversation.ts';
import { settableClock, someNoon } from '../../support/clock.ts';
import { openStudy, tinyContent } from '../../support/study-session.ts';

vi.setConfig({ testTimeout: 60_000 });

const hourMs = 3_600_000;
const dayMinutes = 24 * 60;
const everyGrade = [1, 2, 3, 4] as const;

describe('an answer', () => {
  it('given twice in two windows counts once; the other window is told', () => {
    const study = openStudy();
    const card = study.next();
    const first = answerInput(card, randomUUID());
    study.call('review.answer', first);
    expect(study.tryCall('review.answer', { ...first, answerId: randomUUID() })).toMatchObject({
      ok: false,
      error: { kind: 'stale-answer' },
    });
    study.call('review.undo', {});
    expect(study.tryCall('review.answer', { ...first, answerId: randomUUID() }).ok).toBe(false);
    expect(study.log()).toHaveLength(2);
    expect(study.tryCall('review.answer', answerInput(study.next(), randomUUID())).ok).toBe(true);
    study.close();
  });

  it('sent again is answered as before, even when it was taken back since or the settings are others', () => {
    const study = openStudy();
    const input = answerInput(study.next(), randomUUID(), { grade: 4 });
    const outcome = study.call('review.answer', input);
    study.call('settings.set', { desiredRetention: 0.75, dayStartHour: 9 });
    study.clock.advanceMinutes(3 * dayMinutes);
    expect(study.call('review.answer', input)).toEqual(outcome);
    study.call('review.undo', {});
    expect(study.call('review.answer', input)).toEqual(outcome);
    expect(study.log().map(({ kind }) => kind)).toEqual(['answer', 'undo']);
    study.close();
  });

  it('falls due when the card said it would, for each grade', () => {
    for (const grade of everyGrade) {
      const study = openStudy();
      const card = study.next();
      const outcome = study.call('review.answer', answerInput(card, randomUUID(), { grade }));
      expect(outcome).toMatchObject({ grade, dueAt: card.dueAfter?.[grade], leech: false });
      study.close();
    }
  });

  it('is kept with what was proposed, what was chosen and no more than a minute', () => {
    const study = openStudy();
    const input = {
      ...answerInput(study.next(), randomUUID(), { grade: 1 }),
      confidence: 'sure' as const,
      answerMs: 9e9,
    };
    study.call('review.answer', input);
    expect(study.log()).toMatchObject([
      {
        grade: 1,
        proposed_grade: 4,
        correct: 1,
        answer_ms: 60_000,
        confidence: 'sure',
        time_zone: 'UTC',
        day_start_hour: 4,
      },
    ]);
    study.close();
  });

  it('needs a question that is there', () => {
    const study = openStudy();
    const input = { ...answerInput(study.next(), randomUUID()), questionId: 'not-there' };
    expect(study.tryCall('review.answer', input)).toMatchObject({ ok: false, error: { kind: 'not-found' } });
    study.close();
  });

  it('forgotten for the eighth time makes a leech, and then every fourth time', () => {
    const study = openStudy({ contentDirs: [tinyContent()] });
    study.call('settings.set', { newPerDay: 1 });
    const leeches: number[] = [];
    study.answer(4);
    for (let lapse = 1; lapse <= 12; lapse += 1) {
      study.clock.at = study.call('review.today', {}).nextDueAt!;
      study.call('settings.set', { newPerDay: 0 });
      const { leech } = study.call(
        'review.answer',
        answerInput(study.next(), randomUUID(), { right: false, grade: 1 }),
      );
      if (leech) leeches.push(lapse);
      study.clock.advanceMinutes(20);
      study.answer(4);
    }
    expect(leeches).toEqual([8, 12]);
    study.close();
  });
});

describe('undo', () => {
  it('goes back many steps, over restarts, one question after the other', () => {
    const contentDirs = [tinyContent(12)];
    let study = openStudy({ contentDirs });
    const { dataDir, clock } = study;
    study.call('settings.set', { newPerDay: 500 });
    const asked: string[] = [];
    for (let number = 0; number < 15; number += 1) {
      asked.push(study.answer(everyGrade[number % 4]!).question.id);
      clock.advanceMinutes(number % 5 === 0 ? 600 : 1);
    }
    study.close();
    study = openStudy({ contentDirs, dataDir, clock });
    for (const id of asked.reverse()) {
      expect(study.call('review.undo', {}).questionId).toBe(id);
      expect(study.next().question.id).toBe(id);
    }
    expect(study.cards()).toEqual([]);
    expect(study.log()).toHaveLength(30);
    study.close();
  });

  it('gives back what was answered, to be changed', () => {
    const study = openStudy();
    const input = answerInput(study.next(), randomUUID(), { right: false });
    study.call('review.answer', input);
    expect(study.call('review.undo', {})).toMatchObject({
      questionId: input.questionId,
      response: input.response,
      undo: null,
      redo: { kind: 'answer' },
    });
    expect(study.call('review.next', {}).card?.draft).toEqual({ response: input.response, usedHelp: false });
    study.close();
  });

  it('of a new question gives its place in the day back', () => {
    const study = openStudy();
    study.call('settings.set', { newPerDay: 1 });
    study.answer(4);
    expect(study.call('review.next', {})).toMatchObject({ card: null, counts: { fresh: 0 } });
    study.call('review.undo', {});
    expect(study.call('review.next', {}).counts.fresh).toBe(1);
    study.close();
  });
});

describe('new questions', () => {
  it('come as many a study day as the learner set, and the day starts at four', () => {
    const study = openStudy({ clock: settableClock(someNoon) });
    study.call('settings.set', { newPerDay: 3 });
    for (let number = 0; number < 3; number += 1) expect(study.answer(4).phase).toBe('new');
    expect(study.call('review.next', {})).toMatchObject({ card: null, counts: { fresh: 0 } });
    study.clock.at = someNoon + 16 * hourMs - 1;
    expect(study.call('review.next', {}).counts.fresh).toBe(0);
    study.clock.at += 1;
    expect(study.call('review.next', {}).counts.fresh).toBe(3);
    study.close();
  });

  it('never come to less than none, and a higher limit holds at once', () => {
    const study = openStudy();
    for (let number = 0; number < 4; number += 1) study.answer(4);
    for (const [newPerDay, fresh] of [
      [2, 0],
      [4, 0],
      [0, 0],
      [6, 2],
      [500, 18],
    ] as const) {
      study.call('settings.set', { newPerDay });
      expect(study.call('review.today', {}).counts.fresh).toBe(fresh);
    }
    study.close();
  });

  it('of a lesson all come when the learner asks for the lesson', () => {
    const study = openStudy();
    study.call('settings.set', { newPerDay: 0 });
    expect(study.call('review.next', {}).card).toBeNull();
    const { card, counts, session } = study.call('review.next', { lessonId: 'only-lesson' });
    expect(counts.fresh).toBe(22);
    expect(card?.question.id).toBe('q-single');
    expect(session?.lessonId).toBe('only-lesson');
    study.close();
  });

  it('come in teaching order, each with its lesson', () => {
    const study = openStudy();
    study.call('settings.set', { newPerDay: 500 });
    const asked = Array.from({ length: 8 }, () => study.answer(4).question);
    expect(asked.map(({ id }) => id)).toEqual([
      'q-single',
      'q-multiple',
      'q-ordering',
      'q-matching',
      'q-cloze',
      'q-numeric',
      'q-simulation',
      'q-open',
    ]);
    expect(
      asked.every(({ lessonId, lessonTitle }) => lessonId === 'only-lesson' && lessonTitle.en === 'Only'),
    ).toBe(true);
    study.close();
  });

  it('on a simulation bring their scenario', () => {
    const study = openStudy();
    study.call('settings.set', { newPerDay: 500 });
    for (;;) {
      const { card } = study.call('review.next', {});
      if (card!.question.kind === 'simulation') {
        expect(card!.scenario).toMatchObject({ id: 'tiny-scenario', pattern: 'monolith' });
        break;
      }
      expect(card!.scenario).toBeNull();
      study.answer(4);
    }
    study.close();
  });
});

describe('a session', () => {
  it('is left and resumed: the open question and what was filled in outlive the program', () => {
    const contentDirs = [tinyContent()];
    let study = openStudy({ contentDirs });
    const { dataDir, clock } = study;
    study.answer(3);
    const { question } = study.next();
    const draft = { option: 'a', typed: '词 "quoted"', list: [1, null, { deep: true }] };
    study.call('review.saveDraft', { questionId: question.id, basedOn: 0, draft });
    study.close();

    clock.advanceMinutes(2 * dayMinutes);
    study = openStudy({ contentDirs, dataDir, clock });
    expect(study.call('review.today', {}).session).toMatchObject({
      answered: 1,
      correct: 1,
      questionId: question.id,
      draft,
    });
    expect(study.next()).toMatchObject({ question: { id: question.id }, draft });
    study.answer(3);
    expect(study.next().draft).toBeNull();
    expect(study.call('review.today', {}).session).toMatchObject({ answered: 2, draft: null });
    study.close();
  });

  it('keeps a draft for its own question only', () => {
    const study = openStudy();
    const { question } = study.next();
    study.call('review.saveDraft', { questionId: 'q-open', basedOn: 0, draft: 'elsewhere' });
    expect(study.next().draft).toBeNull();
    study.call('review.saveDraft', { questionId: question.id, basedOn: 0, draft: 'here' });
    study.answer(4);
    study.call('review.saveDraft', { questionId: question.id, basedOn: 0, draft: 'too late' });
    expect(study.next().draft).toBeNull();
    study.call('review.undo', {});
    // What was answered comes back, and not the draft that came too late.
    expect(study.next()).toMatchObject({ question: { id: question.id }, draft: { response: {} } });
    study.close();
  });

  it('keeps the draft of the open question when an undo opens another', () => {
    const study = openStudy();
    study.answer(4);
    const { question } = study.next();
    study.call('review.saveDraft', { questionId: question.id, basedOn: 0, draft: 'a long answer' });
    study.call('review.undo', {});
    expect(study.next().question.id).not.toBe(question.id);
    study.answer(4);
    expect(study.next()).toMatchObject({ question: { id: question.id }, draft: 'a long answer' });
    study.close();
  });

  it('goes on with the lesson that is open, and keeps its draft while everything is asked for', () => {
    const study = openStudy();
    const [lessonId] = study.call('lessons.list', {}).map(({ id }) => id);
    const { card } = study.call('review.next', { lessonId: lessonId ?? '' });
    const id = card?.question.id ?? '';
    study.call('review.saveDraft', { questionId: id, basedOn: 0, draft: 'typed' });
    expect(study.call('review.next', {})).toMatchObject({ session: { lessonId }, card: { draft: 'typed' } });
    expect(study.call('review.next', { lessonId: null }).session?.lessonId).toBeNull();
    expect(study.call('review.next', { lessonId: lessonId ?? '' }).card).toMatchObject({
      question: { id },
      draft: 'typed',
    });
    study.close();
  });

  it('goes over to everything when nothing of its lesson is left', () => {
    const study = openStudy();
    const [lessonId] = study.call('lessons.list', {}).map(({ id }) => id);
    const scoped = () => study.call('review.next', { lessonId: lessonId ?? '' });
    for (let { card } = scoped(); card; { card } = scoped()) {
      study.call('review.answer', { ...answerInput(card, randomUUID()), grade: 4 });
    }
    expect(study.call('review.next', {}).session?.lessonId).toBeNull();
    study.close();
  });

  it('remembers help through an undo', () => {
    const study = openStudy();
    study.call('review.answer', { ...answerInput(study.next(), randomUUID()), usedHelp: true });
    study.call('review.undo', {});
    expect(study.next().draft).toMatchObject({ usedHelp: true });
    study.close();
  });

  it('keeps the open question and its draft when another question is answered elsewhere', () => {
    const study = openStudy();
    const { question } = study.next();
    study.call('review.saveDraft', { questionId: question.id, basedOn: 0, draft: 'half an answer' });
    const other = study.call('library.question', { id: 'q-numeric' });
    expect(other.id).not.toBe(question.id);
    study.call('review.answer', answerInput({ question: other, basedOn: 0 }, randomUUID()));
    expect(study.next()).toMatchObject({ question: { id: question.id }, draft: 'half an answer' });
    study.close();
  });

  it('counts its own answers, and those that stand', () => {
    const study = openStudy();
    study.answer(3);
    study.call('review.finish', {});
    expect(study.call('review.today', {}).session).toBeNull();
    study.next();
    study.answer(1);
    study.answer(3);
    expect(study.call('review.today', {}).session).toMatchObject({ answered: 2, correct: 1 });
    study.call('review.undo', {});
    expect(study.call('review.today', {}).session).toMatchObject({ answered: 1, correct: 0 });
    study.close();
  });

  it('asks a drawn question anew at each review, and as it was after an undo', () => {
    const study = openStudy({ contentDirs: [tinyContent(0)] });
    study.call('settings.set', { newPerDay: 500 });
    for (let number = 0; number < 8; number += 1) study.answer(4);
    const first = study.next();
    expect(first.question).toMatchObject({ id: 'q-drawn-numeric', kind: 'numeric', draw: 0 });

    study.answer(1);
    study.call('review.undo', {});
    expect(study.next().question).toEqual(first.question);

    study.answer(1);
    study.answer(4);
    study.clock.advanceMinutes(15);
    const again = study.next();
    expect(again.question).toMatchObject({ id: 'q-drawn-numeric', draw: study.log().length - 1 });
    expect(again.question.stem).toEqual(first.question.stem);
    expect(again.question).not.toMatchObject({ answer: (first.question as { answer: number }).answer });
    study.close();
  });

  it('judges a drawn question by its own numbers, and refuses an answer to others', () => {
    const study = openStudy({ contentDirs: [tinyContent(0)] });
    study.call('settings.set', { newPerDay: 500 });
    for (let number = 0; number < 8; number += 1) study.answer(4);
    const input = answerInput(study.next(), randomUUID());
    const other = { ...input, response: { ...input.response, draw: 12_345 } as typeof input.response };
    expect(study.tryCall('review.answer', other)).toMatchObject({
      ok: false,
      error: { kind: 'stale-answer' },
    });
    const outcome = study.call('review.answer', input);
    expect(outcome.verdict.correct).toBe(true);
    // Sent again, and judged again by the numbers of then.
    expect(study.call('review.answer', input)).toEqual(outcome);
    study.close();
  });

  it('survives that its open question left the pack', () => {
    const contentDirs = [tinyContent(12)];
    let study = openStudy({ contentDirs });
    const { dataDir, clock } = study;
    study.call('settings.set', { newPerDay: 500 });
    for (let number = 0; number < 8; number += 1) study.answer(4);
    study.answer(1);
    clock.advanceMinutes(15);
    expect(study.next().question.id).toBe('q-extra-0');
    study.close();

    study = openStudy({ contentDirs: [tinyContent(0)], dataDir, clock });
    study.call('settings.set', { newPerDay: 0 });
    expect(study.call('review.next', {})).toMatchObject({ card: null, counts: { learning: 0, fresh: 0 } });
    expect(study.call('review.today', {}).forecast[0]).toBe(0);
    expect(study.cards()).toHaveLength(9);
    study.close();

    study = openStudy({ contentDirs, dataDir, clock });
    expect(study.call('review.next', {})).toMatchObject({
      card: { question: { id: 'q-extra-0' } },
      counts: { learning: 1 },
    });
    study.close();
  });
});

describe('the streak', () => {
  it('grows by days in a row, waits a day, and ends with a day left out', () => {
    const study = openStudy();
    const streak = () => study.call('review.today', {}).streakDays;
    expect(streak()).toBe(0);
    for (let day = 1; day <= 4; day += 1) {
      expect(streak()).toBe(day - 1);
      study.answer(3);
      expect(streak()).toBe(day);
      study.answer(3);
      expect(streak()).toBe(day);
      study.clock.advanceMinutes(dayMinutes);
    }
    expect(streak()).toBe(4);
    study.clock.advanceMinutes(dayMinutes);
    expect(streak()).toBe(0);
    study.answer(3);
    expect(streak()).toBe(1);
    study.call('review.undo', {});
    expect(streak()).toBe(0);
    study.close();
  });

  it('counts a session past midnight to the day before', () => {
    const study = openStudy();
    study.answer(3);
    study.clock.at = someNoon + 15 * hourMs;
    study.answer(3);
    expect(study.call('review.today', {})).toMatchObject({ streakDays: 1, answeredToday: 2 });
    study.close();
  });

  it('is not lost when the calendar goes back a day: a flight to the east of the date line and home', () => {
    const study = openStudy({ clock: settableClock(someNoon, 'Pacific/Auckland') });
    for (let day = 0; day < 3; day += 1) {
      study.answer(3);
      study.clock.advanceMinutes(dayMinutes);
    }
    study.clock.advanceMinutes(-dayMinutes + 60);
    expect(study.call('review.today', {}).streakDays).toBe(3);
    study.clock.zone = 'Pacific/Honolulu';
    expect(study.call('review.today', {}).streakDays).toBeGreaterThanOrEqual(2);
    study.close();
  });
});

describe('the clock', () => {
  it('set back asks nothing early and makes no card younger', () => {
    const study = openStudy();
    const { question } = study.answer(4);
    const before = study.cards();
    study.clock.advanceMinutes(-2 * dayMinutes);
    expect(study.cards()).toEqual(before);
    const { counts } = study.call('review.today', {});
    expect(counts.review).toBe(0);
    const input = answerInput({ question, basedOn: study.log().at(-1)!.id }, randomUUID(), { grade: 3 });
    const { dueAt } = study.call('review.answer', input);
    expect(dueAt).toBeGreaterThan(someNoon);
    expect((study.cards() as readonly { last_review_at: number }[])[0]!.last_review_at).toBe(someNoon);
    study.call('review.undo', {});
    expect(study.cards()).toEqual(before);
    study.close();
  });

  it('of another zone moves the day, and no answer with it', () => {
    const study = openStudy({ clock: settableClock(Date.UTC(2026, 4, 13, 3), 'Asia/Shanghai') });
    study.answer(4);
    study.answer(3);
    expect(study.call('review.today', {}).answeredToday).toBe(2);
    const log = study.log();
    // Eleven in the morning in Shanghai is eight in the evening before in Los Angeles.
    study.clock.zone = 'America/Los_Angeles';
    expect(study.call('review.today', {}).answeredToday).toBe(0);
    expect(study.log()).toEqual(log);
    study.clock.zone = 'Asia/Shanghai';
    expect(study.call('review.today', {}).answeredToday).toBe(2);
    study.close();
  });

  it('shows a review due from the start of its study day, wherever the learner is', () => {
    for (const zone of ['UTC', 'Asia/Shanghai', 'America/New_York']) {
      const study = openStudy({ clock: settableClock(someNoon, zone) });
      study.call('settings.set', { newPerDay: 1 });
      study.answer(4);
      study.call('settings.set', { newPerDay: 0 });
      const { nextDueAt } = study.call('review.today', {});
      const hour = new Intl.DateTimeFormat('en', {
        timeZone: zone,
        hour: 'numeric',
        hourCycle: 'h23',
      }).format(nextDueAt!);
      expect(Number(hour)).toBe(4);
      study.clock.at = nextDueAt! - 1;
      expect(study.call('review.next', {}).card).toBeNull();
      study.clock.at = nextDueAt!;
      expect(study.next().phase).toBe('review');
      study.close();
    }
  });
});
