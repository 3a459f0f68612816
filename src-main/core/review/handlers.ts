import { randomUUID } from 'node:crypto';
import { fail, ok, type Result } from '#shared/contract/result.ts';
import type { UndoOutcome } from '#shared/contract/contract.ts';
import { startOfStudyDay, studyDay } from '#shared/study/study-day.ts';
import type { Measure } from '#shared/study/statistics.ts';
import { sumsByPart } from '#main/study/daily-store.ts';
import { perform } from '#main/study/deeds.ts';
import { basisOf, lastAnswerDay, lastLogId } from '#main/study/answered-store.ts';
import { restsOn } from '#main/study/scheduling.ts';
import { redo, undo, type Undone } from '#main/study/undoing.ts';
import {
  endSession,
  openQuestion,
  readDraft,
  readSession,
  removeDraft,
  startSession,
  writeDraft,
  writeOwnWords,
  type SessionRow,
} from '#main/study/session-store.ts';
import type { Context, FeatureHandlers } from '../port.ts';
import { deedPort } from '../deed-port.ts';
import { answerPractice, answerQuestion } from './answering.ts';
import { spreadBacklog } from './backlog.ts';
import { chooseForPractice, tagsOf } from './practice.ts';
import { todaysQueue } from './queue.ts';
import { queueState, sessionView, undoAndRedo } from './session.ts';
import { streakOn } from './streak.ts';

const forecastDays = 7;

/** Cards falling due on each of the next study days; what is overdue counts for today. */
function forecast(context: Context, today: number): number[] {
  const cards = context.cards();
  return Array.from({ length: forecastDays }, (_, inDays) =>
    inDays === 0 ? cards.loadUntil(today) : cards.loadOn(today + inDays),
  );
}

/** Nothing filled in is no draft: a question that was only looked at is not one to go on with. */
function isEmpty(draft: unknown): boolean {
  return draft === null || (typeof draft === 'object' && Object.keys(draft).length === 0);
}

/** Who goes back to the review goes on with the lesson of before, unless nothing of it is left. */
function scopeToResume(context: Context): string | null {
  const session = readSession(context.database);
  if (!session?.lessonId || !context.library.lesson(session.lessonId)) return null;
  const left = session.questionId !== null || todaysQueue(context, session.lessonId).order.length > 0;
  return left ? session.lessonId : null;
}

/** A session in which nothing was answered today is over, unless an answer in it is half given. */
function isOver({ database, ...context }: Context, session: SessionRow): boolean {
  const begun = studyDay(session.startedAt, context.calendar());
  const lastDay = lastAnswerDay(database, session.afterReviewId) ?? begun;
  if (Math.max(begun, lastDay) >= context.moment().studyDay) return false;
  return session.questionId === null || readDraft(database, session.questionId) === null;
}

/** Whether the session that is open is not the one that is asked for. */
function isAnother(context: Context, lessonId: string | null | undefined, scope: string | null): boolean {
  const session = readSession(context.database);
  if (!session) return true;
  // Practice goes on until it is ended or something else is asked for.
  if (session.practice) return lessonId !== undefined;
  return session.lessonId !== scope || isOver(context, session);
}

/** Opens a session by the schedule. */
function beginSession({ database, clock }: Context, lessonId: string | null): void {
  const afterReviewId = lastLogId(database);
  startSession(database, { startedAt: clock.now(), afterReviewId, lessonId, practice: null });
}

/** What happens to the screen with an undo: an answer that was taken back is open again, as it was given and where it was. */
function takeBack(context: Context, done: Undone): void {
  const { database } = context;
  if (!done.answer) return;
  const { questionId, response, usedHelp, practiceId } = done.answer;
  const session = readSession(database);
  // What was given in a practice that is over is not asked again: by the schedule it may not be due at all.
  if (practiceId !== null && session?.practice?.id !== practiceId) return;
  if (practiceId === null && (!session || session.practice)) beginSession(context, null);
  openQuestion(database, questionId);
  writeDraft(database, questionId, { response, usedHelp });
}

/** The question whose answer counts again is not open any more. */
function putAgain(context: Context, done: Undone): void {
  if (!done.answer) return;
  const { questionId } = done.answer;
  removeDraft(context.database, questionId);
  if (readSession(context.database)?.questionId === questionId) openQuestion(context.database, null);
}

function outcomeOf(context: Context, done: Undone): UndoOutcome {
  if (done.settings) context.settingsChanged();
  context.emit('study.changed', null);
  return {
    action: { kind: done.action.kind, params: done.action.params },
    questionId: done.answer?.questionId ?? null,
    response: done.answer?.response ?? null,
    ...undoAndRedo(context),
  };
}

function announce<T>(context: Context, result: Result<T>): Result<T> {
  if (result.ok) context.emit('study.changed', null);
  return result;
}

export const reviewHandlers: FeatureHandlers<'review'> = {
  'review.today': (_input, context) => {
    const { database } = context;
    const { studyDay: today } = context.moment();
    const queue = todaysQueue(context, null);
    const days = { from: today, to: today };
    const sum = (measure: Measure) => sumsByPart(database, measure, days).get('') ?? { n: 0, value: 0 };
    const activity = sum('activity');
    return ok({
      counts: { learning: queue.learning, review: queue.review, fresh: queue.fresh },
      answeredToday: activity.n,
      correctToday: sum('correct').value,
      spentTodayMs: activity.value,
      streakDays: streakOn(context, today),
      restsToday: restsOn(context)(today),
      nextDueAt: queue.nextDueAt,
      forecast: forecast(context, today),
      session: sessionView(context),
      backlog: queue.keptByLimit,
      ...undoAndRedo(context),
    });
  },

  'review.next': ({ lessonId }, context) => {
    const { database, library } = context;
    if (typeof lessonId === 'string' && !library.lesson(lessonId)) return fail('not-found', { id: lessonId });
    // What is brought up to date with the cards must not go back with this transaction.
    context.cards();
    return database.transaction(() => {
      const scope = lessonId === undefined ? scopeToResume(context) : lessonId;
      if (isAnother(context, lessonId, scope)) beginSession(context, scope);
      return ok(queueState(context, scope));
    })();
  },

  'review.practise': (input, context) => {
    const ids = chooseForPractice(context, input);
    if (ids.length === 0) return fail('nothing-to-practise');
    const { database, clock } = context;
    startSession(database, {
      startedAt: clock.now(),
      afterReviewId: lastLogId(database),
      lessonId: null,
      practice: { id: randomUUID(), what: input.what, left: ids },
    });
    context.emit('study.changed', null);
    return ok({ count: ids.length });
  },

  'review.tags': (_input, { library }) => ok(tagsOf(library)),

  'review.saveDraft': ({ questionId, basedOn, draft }, { database, library }) => {
    if (!library.question(questionId)) return fail('not-found', { id: questionId });
    // A draft that arrives after its answer belongs to nothing any more.
    if (basisOf(database, questionId) !== basedOn) return ok(null);
    if (isEmpty(draft)) removeDraft(database, questionId);
    else writeDraft(database, questionId, draft);
    return ok(null);
  },

  'review.answer': (input, context) => announce(context, answerQuestion(input, context)),

  'review.answerPractice': (input, context) => announce(context, answerPractice(input, context)),

  'review.explain': ({ questionId, text }, { database, library, clock }) => {
    if (!library.question(questionId)) return fail('not-found', { id: questionId });
    writeOwnWords(database, questionId, text.trim(), clock.now());
    return ok(null);
  },

  'review.undo': (_input, context) => {
    const done = undo(deedPort(context), (undone) => takeBack(context, undone));
    return done ? ok(outcomeOf(context, done)) : fail('nothing-to-undo');
  },

  'review.redo': (_input, context) => {
    const done = redo(deedPort(context), (redone) => putAgain(context, redone));
    return done ? ok(outcomeOf(context, done)) : fail('nothing-to-redo');
  },

  'review.finish': (_input, { database, emit }) => {
    endSession(database);
    emit('study.changed', null);
    return ok(null);
  },

  'review.spreadBacklog': ({ days }, context) =>
    announce(context, ok({ moved: spreadBacklog(context, days) })),

  'review.rest': ({ studyDay, rests }, context) => {
    const before = restsOn(context)(studyDay);
    if (before !== rests) {
      perform(
        deedPort(context),
        rests ? 'plan-rest' : 'unplan-rest',
        (deed) => deed.setRestDay(studyDay, !rests, rests),
        () => ({ dayStart: startOfStudyDay(studyDay, context.calendar()) }),
      );
    }
    return announce(context, ok(null));
  },
};
