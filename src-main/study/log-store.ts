import type { Database } from 'better-sqlite3';
import { prepared } from '#main/database/prepared.ts';
import type { Response } from '#shared/contract/responses.ts';
import type { CardState } from '#shared/study/card.ts';
import type { Confidence, Grade } from '#shared/study/grade.ts';
import type { Verdict } from '#shared/study/verdict.ts';
import { StoredEntry, type LogEntry, type LogRow, type Moment } from './log-entry.ts';

/** A row counts unless a later one takes it back. */
export const stands = `NOT EXISTS (SELECT 1 FROM review AS u WHERE u.undoes = review.id)`;

interface Given extends Moment {
  readonly answerId: string;
  readonly questionId: string;
  readonly lessonId: string;
  readonly verdict: Verdict;
  readonly confidence: Confidence | null;
  readonly usedHelp: boolean;
  readonly answerMs: number;
  readonly response: Response;
}

export interface AnswerRecord extends Given {
  readonly grade: Grade;
  readonly proposedGrade: Grade;
  readonly desiredRetention: number;
  readonly rule: number;
  readonly predicted: number | null;
  readonly before: CardState;
  readonly after: CardState;
}

const momentOf = ({ at, studyDay, calendar }: Moment) => ({ at, studyDay, ...calendar });

const givenOf = (given: Given) => ({
  ...momentOf(given),
  answerId: given.answerId,
  questionId: given.questionId,
  lessonId: given.lessonId,
  correct: Number(given.verdict.correct),
  score: given.verdict.score,
  confidence: given.confidence,
  usedHelp: Number(given.usedHelp),
  answerMs: given.answerMs,
  response: JSON.stringify(given.response),
});

/** Appends an answer to the log and returns its id. */
export function appendAnswer(database: Database, answer: AnswerRecord): number {
  const { lastInsertRowid } = prepared(
    database,
    `INSERT INTO review (kind, question_id, lesson_id, at, study_day, time_zone, day_start_hour, answer_id, grade,
         proposed_grade, correct, score, confidence, used_help, answer_ms, desired_retention, rule, predicted, response,
         before, after)
       VALUES ('answer', :questionId, :lessonId, :at, :studyDay, :timeZone, :dayStartHour, :answerId, :grade,
         :proposedGrade, :correct, :score, :confidence, :usedHelp, :answerMs, :desiredRetention, :rule, :predicted, :response,
         :before, :after)`,
  ).run({
    ...givenOf(answer),
    grade: answer.grade,
    proposedGrade: answer.proposedGrade,
    desiredRetention: answer.desiredRetention,
    rule: answer.rule,
    predicted: answer.predicted,
    before: JSON.stringify(answer.before),
    after: JSON.stringify(answer.after),
  });
  return Number(lastInsertRowid);
}

/** Appends an answer that leaves the schedule as it is. */
export function appendPractice(database: Database, given: Given): number {
  const { lastInsertRowid } = prepared(
    database,
    `INSERT INTO review (kind, question_id, lesson_id, at, study_day, time_zone, day_start_hour, answer_id, correct, score,
         confidence, used_help, answer_ms, response)
       VALUES ('practice', :questionId, :lessonId, :at, :studyDay, :timeZone, :dayStartHour, :answerId, :correct, :score,
         :confidence, :usedHelp, :answerMs, :response)`,
  ).run(givenOf(given));
  return Number(lastInsertRowid);
}

/** Appends a change of a card by hand. */
export function appendChange(
  database: Database,
  change: Moment & {
    readonly questionId: string;
    readonly lessonId: string;
    readonly change: string;
    readonly before: CardState;
    readonly after: CardState;
  },
): number {
  const { lastInsertRowid } = prepared(
    database,
    `INSERT INTO review (kind, question_id, lesson_id, at, study_day, time_zone, day_start_hour, change, before, after)
       VALUES ('change', :questionId, :lessonId, :at, :studyDay, :timeZone, :dayStartHour, :change, :before, :after)`,
  ).run({
    ...momentOf(change),
    questionId: change.questionId,
    lessonId: change.lessonId,
    change: change.change,
    before: JSON.stringify(change.before),
    after: JSON.stringify(change.after),
  });
  return Number(lastInsertRowid);
}

/** Appends that a row is taken back. */
export function appendUndo(database: Database, undone: LogEntry, moment: Moment): void {
  prepared(
    database,
    `INSERT INTO review (kind, question_id, lesson_id, at, study_day, time_zone, day_start_hour, undoes)
       VALUES ('undo', :questionId, :lessonId, :at, :studyDay, :timeZone, :dayStartHour, :undoes)`,
  ).run({ ...momentOf(moment), questionId: undone.questionId, lessonId: undone.lessonId, undoes: undone.id });
}

/** Appends a row that was taken back once more, as it was but for its id. @param answerId one that the log does not have */
export function appendAgain(database: Database, id: number, answerId: string): number {
  const { lastInsertRowid } = prepared(
    database,
    `INSERT INTO review (kind, question_id, lesson_id, at, study_day, time_zone, day_start_hour, redoes, answer_id, grade,
         proposed_grade, correct, score, confidence, used_help, answer_ms, desired_retention, rule, predicted, response,
         change, before, after)
       SELECT kind, question_id, lesson_id, at, study_day, time_zone, day_start_hour, id,
         CASE WHEN answer_id IS NULL THEN NULL ELSE :answerId END, grade,
         proposed_grade, correct, score, confidence, used_help, answer_ms, desired_retention, rule, predicted, response,
         change, before, after
       FROM review WHERE id = :id`,
  ).run({ id, answerId });
  return Number(lastInsertRowid);
}

export function readEntry(database: Database, id: number): LogEntry | null {
  const row = prepared<[number], LogRow>(database, `SELECT * FROM review WHERE id = ?`).get(id);
  return row ? new StoredEntry(row) : null;
}

export function findAnswer(database: Database, answerId: string): LogEntry | null {
  const row = prepared<[string], LogRow>(database, `SELECT * FROM review WHERE answer_id = ?`).get(answerId);
  return row ? new StoredEntry(row) : null;
}

/** All that stands of the log, oldest first. @param questionId of one question only */
export function* standingEntries(database: Database, questionId?: string): Generator<LogEntry> {
  const where = questionId === undefined ? '' : 'question_id = ? AND';
  const rows = prepared<string[], LogRow>(
    database,
    `SELECT * FROM review WHERE ${where} kind <> 'undo' AND ${stands} ORDER BY id`,
  ).iterate(...(questionId === undefined ? [] : [questionId]));
  for (const row of rows) yield new StoredEntry(row);
}

/** What was answered and what was taken back of a question, newest first. */
export function entriesWithUndone(
  database: Database,
  questionId: string,
): readonly { readonly entry: LogEntry; readonly undone: boolean }[] {
  return prepared<[string], LogRow & { undone: number }>(
    database,
    `SELECT *, NOT ${stands} AS undone FROM review WHERE question_id = ? AND kind <> 'undo' ORDER BY id DESC`,
  )
    .all(questionId)
    .map((row) => ({ entry: new StoredEntry(row), undone: row.undone === 1 }));
}
