import type { Database } from 'better-sqlite3';
import { prepared } from '#main/database/prepared.ts';
import type { Response } from '#shared/contract/responses.ts';
import type { PackQuestion } from '#shared/pack/schema.ts';
import { freshCard, type CardState } from '#shared/study/card.ts';
import { isDrawn } from '#shared/study/draw-question.ts';
import type { Confidence, Grade } from '#shared/study/grade.ts';
import type { StudyCalendar } from '#shared/study/study-day.ts';
import type { Verdict } from '#shared/study/verdict.ts';

/** A row counts unless a later one takes it back. */
const stands = `NOT EXISTS (SELECT 1 FROM review AS u WHERE u.undoes = review.id)`;

/** When and under which calendar something was done. */
export interface Moment {
  readonly at: number;
  readonly studyDay: number;
  readonly calendar: StudyCalendar;
}

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

/** What the log has of one thing that was done to one question. */
export interface LogEntry extends Moment {
  readonly id: number;
  readonly kind: 'answer' | 'practice' | 'change';
  readonly questionId: string;
  readonly lessonId: string | null;
  readonly grade: Grade | null;
  readonly correct: boolean | null;
  readonly confidence: Confidence | null;
  readonly usedHelp: boolean;
  readonly answerMs: number;
  readonly desiredRetention: number | null;
  readonly rule: number | null;
  readonly predicted: number | null;
  readonly response: Response | null;
  readonly change: string | null;
  readonly before: CardState;
  readonly after: CardState | null;
}

interface LogRow {
  id: number;
  kind: LogEntry['kind'];
  question_id: string;
  lesson_id: string | null;
  at: number;
  study_day: number;
  time_zone: string;
  day_start_hour: number;
  grade: Grade | null;
  correct: number | null;
  confidence: Confidence | null;
  used_help: number | null;
  answer_ms: number | null;
  desired_retention: number | null;
  rule: number | null;
  predicted: number | null;
  response: string | null;
  change: string | null;
  before: string | null;
  after: string | null;
}

/** A card as the log keeps it; older rows lack what cards did not have then. */
const toCard = (json: string): CardState => ({ ...freshCard, ...(JSON.parse(json) as Partial<CardState>) });

/** A row, its JSON read only when somebody asks: a recount goes through all rows and wants little of each. */
class StoredEntry implements LogEntry {
  readonly id: number;
  readonly kind: LogEntry['kind'];
  readonly questionId: string;
  readonly lessonId: string | null;
  readonly at: number;
  readonly studyDay: number;
  readonly calendar: StudyCalendar;
  readonly grade: Grade | null;
  readonly correct: boolean | null;
  readonly confidence: Confidence | null;
  readonly usedHelp: boolean;
  readonly answerMs: number;
  readonly desiredRetention: number | null;
  readonly rule: number | null;
  readonly predicted: number | null;
  readonly change: string | null;
  readonly #row: LogRow;

  constructor(row: LogRow) {
    this.#row = row;
    this.id = row.id;
    this.kind = row.kind;
    this.questionId = row.question_id;
    this.lessonId = row.lesson_id;
    this.at = row.at;
    this.studyDay = row.study_day;
    this.calendar = { timeZone: row.time_zone, dayStartHour: row.day_start_hour };
    this.grade = row.grade;
    this.correct = row.correct === null ? null : row.correct === 1;
    this.confidence = row.confidence;
    this.usedHelp = row.used_help === 1;
    this.answerMs = row.answer_ms ?? 0;
    this.desiredRetention = row.desired_retention;
    this.rule = row.rule;
    this.predicted = row.predicted;
    this.change = row.change;
  }

  get response(): Response | null {
    return this.#row.response === null ? null : (JSON.parse(this.#row.response) as Response);
  }
  get before(): CardState {
    return this.#row.before === null ? freshCard : toCard(this.#row.before);
  }
  get after(): CardState | null {
    return this.#row.after === null ? null : toCard(this.#row.after);
  }
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

/** The number of a rule, which is written down when it is new. */
export function ruleId(database: Database, rule: string): number {
  const find = prepared<[string], number>(database, 'SELECT id FROM schedule_rule WHERE rule = ?').pluck();
  const found = find.get(rule);
  if (found !== undefined) return found;
  return Number(prepared(database, 'INSERT INTO schedule_rule (rule) VALUES (?)').run(rule).lastInsertRowid);
}

export function readRules(database: Database): ReadonlyMap<number, string> {
  const rows = prepared<[], { id: number; rule: string }>(
    database,
    'SELECT id, rule FROM schedule_rule',
  ).all();
  return new Map(rows.map(({ id, rule }) => [id, rule]));
}
