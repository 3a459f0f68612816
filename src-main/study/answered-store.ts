import type { Database } from 'better-sqlite3';
import { prepared } from '#main/database/prepared.ts';
import type { PackQuestion } from '#shared/pack/schema.ts';
import { isDrawn } from '#shared/study/draw-question.ts';
import { stands } from './log-store.ts';

/**
 * The seed with which a drawn question is drawn now: the id of its newest answer that stands, or 0. Each answer brings
 * other numbers, and an undo brings back those of before.
 */
export function currentDraw(database: Database, question: PackQuestion): number {
  // Most are not drawn, and need no look at the log.
  if (!isDrawn(question)) return 0;
  return Number(
    prepared(
      database,
      `SELECT coalesce(max(id), 0) FROM review
         WHERE question_id = ? AND kind IN ('answer', 'practice') AND ${stands}`,
    )
      .pluck()
      .get(question.id),
  );
}

/** Id of the newest row of the log; 0 where there is none. */
export function lastLogId(database: Database): number {
  return Number(prepared(database, 'SELECT coalesce(max(id), 0) FROM review').pluck().get());
}

/**
 * The row of the log that an answer to a question builds on; 0 where there is none. A flag, or another due day by a backlog or
 * an interview, leaves an answer that is half given what it is.
 */
export function basisOf(database: Database, questionId: string): number {
  return Number(
    prepared(
      database,
      `SELECT coalesce(max(id), 0) FROM review
         WHERE question_id = ? AND (change IS NULL OR change IN ('reset', 'set-due'))`,
    )
      .pluck()
      .get(questionId),
  );
}

/** Whether the newest row on a question is an answer of a study day, and not practice, an undo or a change by hand. */
export function wasAnsweredOn(database: Database, questionId: string, day: number): boolean {
  const last = prepared<[string], { kind: string; day: number }>(
    database,
    'SELECT kind, study_day AS day FROM review WHERE question_id = ? ORDER BY id DESC LIMIT 1',
  ).get(questionId);
  return last?.kind === 'answer' && last.day === day;
}

export interface GivenAnswer {
  readonly questionId: string;
  readonly correct: boolean;
  readonly answerMs: number;
}

const sessionAnswers = new WeakMap<
  Database,
  { afterId: number; lastId: number; answers: readonly GivenAnswer[] }
>();

/** What was answered since a row of the log, and stands, in order. Asked for often while nothing happens, it is read once. */
export function answersAfter(database: Database, afterId: number): readonly GivenAnswer[] {
  const lastId = lastLogId(database);
  const known = sessionAnswers.get(database);
  if (known?.afterId === afterId && known.lastId === lastId) return known.answers;
  const answers = prepared<[number], { questionId: string; correct: number; answerMs: number }>(
    database,
    `SELECT question_id AS questionId, correct, answer_ms AS answerMs FROM review
       WHERE id > ? AND kind IN ('answer', 'practice') AND ${stands} ORDER BY id`,
  )
    .all(afterId)
    .map((row) => ({ ...row, correct: row.correct === 1 }));
  sessionAnswers.set(database, { afterId, lastId, answers });
  return answers;
}

/** Study day of the newest answer since a row of the log; null where there is none. */
export function lastAnswerDay(database: Database, afterId: number): number | null {
  return (
    prepared<[number], number>(
      database,
      `SELECT study_day FROM review WHERE id > ? AND kind IN ('answer', 'practice') ORDER BY id DESC LIMIT 1`,
    )
      .pluck()
      .get(afterId) ?? null
  );
}

/** How many questions were answered for the first time since a row of the log. */
export function freshAfter(database: Database, afterId: number): number {
  return Number(
    prepared(
      database,
      `SELECT count(*) FROM review WHERE id > ? AND kind = 'answer' AND before ->> 'phase' = 'new' AND ${stands}`,
    )
      .pluck()
      .get(afterId),
  );
}

/** Ids of the questions that were asked on a study day, in practice too, the last one last. */
export function askedOn(database: Database, studyDay: number): readonly string[] {
  return prepared<[number], string>(
    database,
    `SELECT question_id FROM review WHERE study_day = ? AND kind IN ('answer', 'practice') AND ${stands} ORDER BY id`,
  )
    .pluck()
    .all(studyDay);
}

/** Ids of the questions that were forgotten (Again) in a review of a study day. */
export function forgottenOn(database: Database, studyDay: number): readonly string[] {
  return prepared<[number], string>(
    database,
    `SELECT DISTINCT question_id FROM review WHERE study_day = ? AND kind = 'answer' AND grade = 1 AND ${stands}`,
  )
    .pluck()
    .all(studyDay);
}
