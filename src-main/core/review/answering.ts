import type { AnswerOutcome, CheckedInput } from '#shared/contract/contract.ts';
import { drawOf, type Response } from '#shared/contract/responses.ts';
import { fail, ok, type Result } from '#shared/contract/result.ts';
import { isLeechLapse } from '#shared/study/card.ts';
import { proposeGrade } from '#shared/study/grade.ts';
import { answerCard, retrievability } from '#shared/study/schedule.ts';
import { studyDay } from '#shared/study/study-day.ts';
import { judge, type Verdict } from '#shared/study/verdict.ts';
import { askedQuestion, type LibraryQuestion } from '#main/packs/library.ts';
import { perform, type Deed } from '#main/study/deeds.ts';
import { basisOf, currentDraw } from '#main/study/answered-store.ts';
import type { LogEntry } from '#main/study/log-entry.ts';
import { findAnswer } from '#main/study/log-store.ts';
import { numberOfRule, ruleOf } from '#main/study/rules.ts';
import { placingFor, schedulerOptionsFor } from '#main/study/scheduling.ts';
import { openQuestion, readSession, removeDraft, type Practice } from '#main/study/session-store.ts';
import { deedPort } from '../deed-port.ts';
import type { Context } from '../port.ts';

/** Longer than this is time away from the desk, not time spent on the question. */
const longestAnswerMs = 60_000;

type Given = CheckedInput<'review.answerPractice'>;

/** What was said of an answer that is already in the log. */
function repeatedOutcome(entry: LogEntry, question: LibraryQuestion, context: Context): AnswerOutcome {
  const response: Response = entry.response ?? { kind: 'skipped' };
  const { before } = entry;
  const after = entry.after ?? before;
  return {
    reviewId: entry.id,
    verdict: judge(askedQuestion(question, drawOf(response)), response),
    grade: entry.grade,
    dueAt: entry.kind === 'practice' ? context.cards().state(question.id).dueAt : after.dueAt,
    leech: after.lapses > before.lapses && isLeechLapse(after.lapses),
  };
}

/** The verdict on an answer; or why it is not taken. */
function examine(given: Given, question: LibraryQuestion, { database }: Context): Result<Verdict> {
  const asked = askedQuestion(question, currentDraw(database, question));
  const isStale =
    basisOf(database, question.id) !== given.basedOn || drawOf(given.response) !== (asked.draw ?? 0);
  return isStale ? fail('stale-answer') : ok(judge(asked, given.response));
}

const keptMs = (answerMs: number) => Math.min(Math.round(answerMs), longestAnswerMs);

/** What the answer to a question leaves open. */
function close({ database }: Context, questionId: string): void {
  removeDraft(database, questionId);
  // Another question that is open stays open.
  if (readSession(database)?.questionId === questionId) openQuestion(database, null);
}

/** Takes an answer once, whole or not at all: one that came before gets what was said of it then. */
function takeOnce(
  input: Given,
  context: Context,
  kind: 'answer' | 'practise',
  keep: (deed: Deed, question: LibraryQuestion, verdict: Verdict) => Result<AnswerOutcome>,
): Result<AnswerOutcome> {
  const question = context.library.question(input.questionId);
  if (!question) return fail('not-found', { id: input.questionId });
  return perform(
    deedPort(context),
    kind,
    (deed): Result<AnswerOutcome> => {
      const repeated = findAnswer(context.database, input.answerId);
      if (repeated) return ok(repeatedOutcome(repeated, question, context));
      const examined = examine(input, question, context);
      if (!examined.ok) return examined;
      const kept = keep(deed, question, examined.value);
      if (kept.ok) close(context, question.id);
      return kept;
    },
    () => ({ questionId: question.id }),
  );
}

/** Writes one answer: log, card, sums and session together or not at all. */
export function answerQuestion(
  input: CheckedInput<'review.answer'>,
  context: Context,
): Result<AnswerOutcome> {
  return takeOnce(input, context, 'answer', (deed, question, verdict) => {
    // A failure graded Hard would be due as if it had been recalled.
    if (!verdict.correct && input.grade > 1) return fail('grade-refused');

    const moment = context.moment();
    const settings = context.settings();
    const options = schedulerOptionsFor(settings, question);
    const before = deed.state(question.id);
    const placing = placingFor(context, question, moment.studyDay);
    const after = answerCard(before, input.grade, moment.at, moment.calendar, options, placing);
    const elapsedDays =
      before.lastReviewAt === null ? null : moment.studyDay - studyDay(before.lastReviewAt, moment.calendar);
    const reviewId = deed.answer({
      ...input,
      ...moment,
      lessonId: question.lessonId,
      answerMs: keptMs(input.answerMs),
      verdict,
      proposedGrade: proposeGrade({ ...input, correct: verdict.correct }),
      desiredRetention: options.desiredRetention,
      rule: numberOfRule(context.database, ruleOf(settings)),
      predicted:
        before.phase === 'review' && elapsedDays !== null
          ? retrievability(before.stability, elapsedDays, options)
          : null,
      before,
      after,
    });
    return ok({
      reviewId,
      verdict,
      grade: input.grade,
      dueAt: after.dueAt,
      leech: after.lapses > before.lapses && isLeechLapse(after.lapses),
    });
  });
}

/** What was missed comes again at the end, until it is right. */
function leftAfter(practice: Practice, questionId: string, correct: boolean): Practice {
  const left = practice.left.filter((id) => id !== questionId);
  return { ...practice, left: correct ? left : [...left, questionId] };
}

/** Writes one answer given in practice, which no card learns of. */
export function answerPractice(input: Given, context: Context): Result<AnswerOutcome> {
  return takeOnce(input, context, 'practise', (deed, question, verdict) => {
    const before = readSession(context.database)?.practice;
    // Another window has ended the practice or begun another: this answer is part of none.
    if (!before) return fail('stale-answer');
    const reviewId = deed.practise(
      {
        ...input,
        ...context.moment(),
        lessonId: question.lessonId,
        answerMs: keptMs(input.answerMs),
        verdict,
      },
      { before, after: leftAfter(before, question.id, verdict.correct) },
    );
    return ok({ reviewId, verdict, grade: null, dueAt: deed.state(question.id).dueAt, leech: false });
  });
}
