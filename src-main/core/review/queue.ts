import type { NextCard, QueueState, ReviewSession } from '#shared/contract/contract.ts';
import { buildQueue, type Queue } from '#shared/study/queue.ts';
import { dueAfterEachGrade, type SchedulerOptions } from '#shared/study/schedule.ts';
import { startOfStudyDay, studyDay } from '#shared/study/study-day.ts';
import { askedQuestion } from '#main/packs/library.ts';
import type { Context } from '../port.ts';
import { countAnswers, currentDraw, lastLogId, lastStandingAnswer, readCard, readCards } from './store.ts';
import { openQuestion, readDraft, readSession } from './session-store.ts';

export function schedulerOptions(context: Context): SchedulerOptions {
  return { desiredRetention: context.settings().desiredRetention };
}

/** Today's queue, of everything or of one lesson. Someone who asks for a lesson wants all of it: the daily limit is for the rest. */
export function todaysQueue(context: Context, lessonId: string | null): Queue {
  const { database, library, clock } = context;
  const calendar = context.calendar();
  const now = clock.now();
  const today = studyDay(now, calendar);
  const questions = library.questions.filter(
    (question) => lessonId === null || question.lessonId === lessonId,
  );
  const wanted = new Set(questions.map(({ id }) => id));
  // A question that a pack no longer has keeps its history and is not asked.
  const cards = readCards(database).filter(({ questionId }) => wanted.has(questionId));
  const seen = new Set(cards.map(({ questionId }) => questionId));
  const { fresh } = countAnswers(database, { studyDay: today });
  return buildQueue({
    cards,
    fresh: questions.map(({ id }) => id).filter((id) => !seen.has(id)),
    freshAllowed: lessonId === null ? context.settings().newPerDay - fresh : Number.POSITIVE_INFINITY,
    now,
    dayEnd: startOfStudyDay(today + 1, calendar),
  });
}

export function sessionView(context: Context): ReviewSession | null {
  const session = readSession(context.database);
  if (!session) return null;
  const { answered, correct } = countAnswers(context.database, { afterId: session.afterReviewId });
  return {
    startedAt: session.startedAt,
    lessonId: session.lessonId,
    answered,
    correct,
    questionId: session.questionId,
    draft: session.questionId === null ? null : readDraft(context.database, session.questionId),
  };
}

/** The question to show: the one that is open, or the first of the queue, which then becomes the open one. */
function pick(context: Context, queue: Queue): string | null {
  const session = readSession(context.database);
  if (session?.questionId && context.library.question(session.questionId)) {
    return session.questionId;
  }
  const questionId = queue.order[0];
  if (questionId === undefined) return null;
  openQuestion(context.database, questionId);
  return questionId;
}

export function queueState(context: Context, lessonId: string | null): QueueState {
  const { database, library, clock } = context;
  const queue = todaysQueue(context, lessonId);
  const picked = pick(context, queue);
  const question = picked === null ? undefined : library.question(picked);
  let card: NextCard | null = null;
  if (question) {
    const state = readCard(database, question.id);
    const at = clock.now();
    card = {
      question: askedQuestion(question, currentDraw(database, question.id)),
      scenario: question.kind === 'simulation' ? (library.scenario(question.scenario) ?? null) : null,
      phase: state.phase,
      lapses: state.lapses,
      basedOn: lastLogId(database, question.id),
      at,
      dueAfter: dueAfterEachGrade(state, at, context.calendar(), schedulerOptions(context)),
      draft: readDraft(database, question.id),
    };
  }
  return {
    card,
    counts: { learning: queue.learning, review: queue.review, fresh: queue.fresh },
    session: sessionView(context),
    nextDueAt: queue.nextDueAt,
    undoable: lastStandingAnswer(database) !== null,
  };
}
