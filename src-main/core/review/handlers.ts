import type { AnswerOutcome, CheckedInput, LearnerQuestion } from '#shared/contract/contract.ts';
import { drawOf } from '#shared/contract/responses.ts';
import { fail, ok, type Result } from '#shared/contract/result.ts';
import { isLeechLapse } from '#shared/study/card.ts';
import { proposeGrade } from '#shared/study/grade.ts';
import { answerCard } from '#shared/study/schedule.ts';
import { startOfStudyDay, studyDay } from '#shared/study/study-day.ts';
import { judge } from '#shared/study/verdict.ts';
import { askedQuestion, type LibraryQuestion } from '#main/packs/library.ts';
import type { Context, FeatureHandlers } from '../port.ts';
import { queueState, schedulerOptions, sessionView, todaysQueue } from './queue.ts';
import {
  endSession,
  openQuestion,
  readSession,
  removeDraft,
  startSession,
  writeDraft,
} from './session-store.ts';
import {
  appendAnswer,
  appendUndo,
  countAnswers,
  currentDraw,
  findAnswer,
  lastLogId,
  lastStandingAnswer,
  readCard,
  readCards,
  studiedDays,
  writeCard,
  type LoggedAnswer,
} from './store.ts';

/** Longer than this is time away from the desk, not time spent on the question. */
const longestAnswerMs = 60_000;

function outcomeOf(
  answer: Omit<LoggedAnswer, 'questionId' | 'usedHelp'>,
  question: LearnerQuestion,
): AnswerOutcome {
  return {
    reviewId: answer.id,
    verdict: judge(question, answer.response),
    grade: answer.grade,
    dueAt: answer.after.dueAt,
    leech: answer.after.lapses > answer.before.lapses && isLeechLapse(answer.after.lapses),
  };
}

/** Writes one answer: log, card and session together or not at all. */
function recordAnswer(
  input: CheckedInput<'review.answer'>,
  packQuestion: LibraryQuestion,
  context: Context,
): Result<AnswerOutcome> {
  const { database, clock } = context;
  const repeated = findAnswer(database, input.answerId);
  if (repeated) return ok(outcomeOf(repeated, askedQuestion(packQuestion, drawOf(repeated.response))));
  const question = askedQuestion(packQuestion, currentDraw(database, packQuestion.id));
  const isStale =
    lastLogId(database, question.id) !== input.basedOn || drawOf(input.response) !== (question.draw ?? 0);
  if (isStale) return fail('stale-answer');

  const at = clock.now();
  const calendar = context.calendar();
  const options = schedulerOptions(context);
  const verdict = judge(question, input.response);
  const before = readCard(database, question.id);
  const after = answerCard(before, input.grade, at, calendar, options);
  const id = appendAnswer(database, {
    ...input,
    at,
    studyDay: studyDay(at, calendar),
    calendar,
    proposedGrade: proposeGrade({ ...input, correct: verdict.correct }),
    verdict,
    answerMs: Math.min(Math.round(input.answerMs), longestAnswerMs),
    desiredRetention: options.desiredRetention,
    before,
    after,
  });
  writeCard(database, question.id, after);
  removeDraft(database, question.id);
  // Another question that is open stays open.
  if (readSession(database)?.questionId === question.id) openQuestion(database, null);
  return ok(outcomeOf({ id, grade: input.grade, response: input.response, before, after }, question));
}

/** A day that has not begun here was studied further east, or before the clock was set back: it breaks no streak. */
function streakDays(studied: readonly number[], today: number): number {
  const days = studied.filter((day) => day <= today);
  let expected = days[0] === today ? today : today - 1;
  let streak = 0;
  for (const day of days) {
    if (day !== expected) break;
    streak += 1;
    expected -= 1;
  }
  return streak;
}

/** Cards falling due on each of the next seven study days; what is overdue counts for today. */
function forecast(context: Context, today: number): number[] {
  const ends = Array.from({ length: 7 }, (_, day) => startOfStudyDay(today + day + 1, context.calendar()));
  const counts = ends.map(() => 0);
  for (const { questionId, state } of readCards(context.database)) {
    const day = ends.findIndex((end) => state.dueAt < end);
    if (day >= 0 && context.library.question(questionId)) counts[day] = (counts[day] ?? 0) + 1;
  }
  return counts;
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

export const reviewHandlers: FeatureHandlers<'review'> = {
  'review.today': (_input, context) => {
    const { database, clock } = context;
    const today = studyDay(clock.now(), context.calendar());
    const queue = todaysQueue(context, null);
    const done = countAnswers(database, { studyDay: today });
    return ok({
      counts: { learning: queue.learning, review: queue.review, fresh: queue.fresh },
      answeredToday: done.answered,
      correctToday: done.correct,
      streakDays: streakDays(studiedDays(database), today),
      nextDueAt: queue.nextDueAt,
      forecast: forecast(context, today),
      session: sessionView(context),
      undoable: lastStandingAnswer(database) !== null,
    });
  },

  'review.next': ({ lessonId }, context) => {
    const { database, library, clock } = context;
    if (typeof lessonId === 'string' && !library.lesson(lessonId)) return fail('not-found', { id: lessonId });
    return database.transaction(() => {
      const session = readSession(database);
      const scope = lessonId === undefined ? scopeToResume(context) : lessonId;
      if (!session || session.lessonId !== scope) {
        startSession(database, {
          startedAt: clock.now(),
          afterReviewId: lastLogId(database),
          lessonId: scope,
        });
      }
      return ok(queueState(context, scope));
    })();
  },

  'review.saveDraft': ({ questionId, basedOn, draft }, { database, library }) => {
    if (!library.question(questionId)) return fail('not-found', { id: questionId });
    // A draft that arrives after its answer belongs to nothing any more.
    if (lastLogId(database, questionId) !== basedOn) return ok(null);
    if (isEmpty(draft)) removeDraft(database, questionId);
    else writeDraft(database, questionId, draft);
    return ok(null);
  },

  'review.answer': (input, context) => {
    const question = context.library.question(input.questionId);
    if (!question) return fail('not-found', { id: input.questionId });
    const result = context.database.transaction(() => recordAnswer(input, question, context)).immediate();
    if (result.ok) context.emit('study.changed', null);
    return result;
  },

  'review.undo': (_input, context) => {
    const { database, clock } = context;
    const at = clock.now();
    const calendar = context.calendar();
    const answer = database
      .transaction(() => {
        const last = lastStandingAnswer(database);
        if (!last) return null;
        appendUndo(database, { answer: last, at, studyDay: studyDay(at, calendar), calendar });
        writeCard(database, last.questionId, last.before);
        openQuestion(database, last.questionId);
        writeDraft(database, last.questionId, { response: last.response, usedHelp: last.usedHelp });
        return last;
      })
      .immediate();
    if (!answer) return fail('nothing-to-undo');
    context.emit('study.changed', null);
    return ok({
      questionId: answer.questionId,
      response: answer.response,
      undoable: lastStandingAnswer(database) !== null,
    });
  },

  'review.finish': (_input, { database, emit }) => {
    endSession(database);
    emit('study.changed', null);
    return ok(null);
  },
};
