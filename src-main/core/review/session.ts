import type {
  NamedAction,
  NextCard,
  PracticeKind,
  QueueState,
  ReviewSession,
  SessionSummary,
} from '#shared/contract/contract.ts';
import { leechLapses } from '#shared/study/card.ts';
import { dueAfterEachGrade } from '#shared/study/schedule.ts';
import { askedQuestion, type LibraryQuestion } from '#main/packs/library.ts';
import { nextRedo, nextUndo } from '#main/study/action-store.ts';
import { answersAfter, basisOf, currentDraw, freshAfter } from '#main/study/answered-store.ts';
import { placingFor, restsOn, schedulerOptionsFor } from '#main/study/scheduling.ts';
import { openQuestion, readDraft, readOwnWords, readSession } from '#main/study/session-store.ts';
import type { Context } from '../port.ts';
import { todaysQueue, type TodaysQueue } from './queue.ts';
import { streakOn } from './streak.ts';

const namedAction = (action: NamedAction | null): NamedAction | null =>
  action && { kind: action.kind, params: action.params };

/** What can be undone and redone now. */
export function undoAndRedo({ database }: Context): { undo: NamedAction | null; redo: NamedAction | null } {
  return { undo: namedAction(nextUndo(database)), redo: namedAction(nextRedo(database)) };
}

/** Ids of the questions whose last answer since a row of the log was wrong, in the order of these answers. */
export function missedSince(context: Context, afterId: number): string[] {
  const last = new Map<string, boolean>();
  for (const { questionId, correct } of answersAfter(context.database, afterId)) {
    last.delete(questionId);
    last.set(questionId, correct);
  }
  return [...last].flatMap(([id, correct]) => (correct || !context.library.question(id) ? [] : [id]));
}

export function sessionView(context: Context): ReviewSession | null {
  const { database } = context;
  const session = readSession(database);
  if (!session) return null;
  const answers = answersAfter(database, session.afterReviewId);
  return {
    startedAt: session.startedAt,
    lessonId: session.lessonId,
    practice: session.practice && {
      what: session.practice.what as PracticeKind,
      left: session.practice.left.filter((id) => !context.cards().state(id).suspended).length,
    },
    answered: answers.length,
    correct: answers.filter(({ correct }) => correct).length,
    missed: missedSince(context, session.afterReviewId).length,
    questionId: session.questionId,
    draft: session.questionId === null ? null : readDraft(database, session.questionId),
  };
}

/** What the open session came to. */
function summaryOf(context: Context, queue: TodaysQueue): SessionSummary | null {
  const { database, library } = context;
  const session = readSession(database);
  if (!session) return null;
  const { studyDay: today } = context.moment();
  const answers = answersAfter(database, session.afterReviewId);
  const lessons = new Map<string, { answered: number; correct: number }>();
  for (const { questionId, correct } of answers) {
    const lessonId = library.question(questionId)?.lessonId;
    if (lessonId === undefined) continue;
    const sum = lessons.get(lessonId) ?? { answered: 0, correct: 0 };
    lessons.set(lessonId, { answered: sum.answered + 1, correct: sum.correct + Number(correct) });
  }
  const cards = context.cards();
  let unseen = 0;
  for (let row = 0; row < cards.length; row += 1) {
    if (cards.isNewAt(row) && !cards.stateAt(row).suspended) unseen += 1;
  }
  return {
    answered: answers.length,
    correct: answers.filter(({ correct }) => correct).length,
    fresh: freshAfter(database, session.afterReviewId),
    spentMs: answers.reduce((sum, { answerMs }) => sum + answerMs, 0),
    lessons: [...lessons].flatMap(([lessonId, sum]) => {
      const title = library.lesson(lessonId)?.title;
      return title ? [{ lessonId, title, ...sum }] : [];
    }),
    missed: missedSince(context, session.afterReviewId).flatMap((questionId) => {
      const question = library.question(questionId);
      if (!question) return [];
      return [{ questionId, stem: askedQuestion(question, currentDraw(database, question)).stem }];
    }),
    tomorrow: {
      // What today does not ask any more comes on top.
      reviews: Math.min(context.settings().reviewsPerDay, cards.loadOn(today + 1) + queue.kept),
      fresh: Math.min(unseen, context.settings().newPerDay),
      rests: restsOn(context)(today + 1),
    },
    streakDays: streakOn(context, today),
  };
}

/** The question to show: the one that is open, or the next of the queue or of the practice, which then becomes the open one. */
function pick(context: Context, queue: TodaysQueue): LibraryQuestion | undefined {
  const { database, library } = context;
  const session = readSession(database);
  const { studyDay: today } = context.moment();
  const askable = (id: string) => {
    const { suspended, buriedDay } = context.cards().state(id);
    // What is put off until tomorrow can be practised all the same.
    const putOff = buriedDay === today && !session?.practice;
    return suspended || putOff ? undefined : library.question(id);
  };
  const open = session?.questionId ? askable(session.questionId) : undefined;
  if (open) return open;
  const order = session?.practice ? session.practice.left : queue.order;
  for (const id of order) {
    const question = askable(id);
    if (!question) continue;
    openQuestion(database, id);
    return question;
  }
  if (session?.questionId) openQuestion(database, null);
  return undefined;
}

/** For a leech: the simplest other question about the same section, if it is simpler. */
function simplerThan(context: Context, question: LibraryQuestion): NextCard['simpler'] {
  const siblings = context.library.questions.filter(
    ({ id, lessonId, section, difficulty }) =>
      id !== question.id &&
      !context.cards().state(id).suspended &&
      lessonId === question.lessonId &&
      section === question.section &&
      difficulty < question.difficulty,
  );
  const [simplest] = siblings.sort((a, b) => a.difficulty - b.difficulty);
  return simplest ? { questionId: simplest.id, level: simplest.difficulty } : null;
}

function nextCard(context: Context, question: LibraryQuestion, practises: boolean): NextCard {
  const { database, library } = context;
  const { at, studyDay: today, calendar } = context.moment();
  const state = context.cards().state(question.id);
  return {
    question: askedQuestion(question, currentDraw(database, question)),
    scenario: question.kind === 'simulation' ? (library.scenario(question.scenario) ?? null) : null,
    phase: state.phase,
    lapses: state.lapses,
    flag: state.flag,
    basedOn: basisOf(database, question.id),
    at,
    dueAfter: practises
      ? null
      : dueAfterEachGrade(
          state,
          at,
          calendar,
          schedulerOptionsFor(context.settings(), question),
          placingFor(context, question, today),
        ),
    draft: readDraft(database, question.id),
    ownWords: readOwnWords(database, question.id),
    simpler: state.lapses >= leechLapses ? simplerThan(context, question) : null,
  };
}

export function queueState(context: Context, lessonId: string | null): QueueState {
  const queue = todaysQueue(context, lessonId);
  const question = pick(context, queue);
  const practises = readSession(context.database)?.practice != null;
  return {
    card: question ? nextCard(context, question, practises) : null,
    counts: { learning: queue.learning, review: queue.review, fresh: queue.fresh },
    session: sessionView(context),
    summary: question ? null : summaryOf(context, queue),
    nextDueAt: queue.nextDueAt,
    ...undoAndRedo(context),
  };
}
