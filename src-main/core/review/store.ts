import type { Database } from 'better-sqlite3';
import { prepared } from '#main/database/prepared.ts';
import type { Response } from '#shared/contract/responses.ts';
import { freshCard, type CardPhase, type CardState } from '#shared/study/card.ts';
import type { Confidence, Grade } from '#shared/study/grade.ts';
import type { QueueCard } from '#shared/study/queue.ts';
import type { StudyCalendar } from '#shared/study/study-day.ts';
import type { Verdict } from '#shared/study/verdict.ts';

/** An answer counts unless a later row of the log takes it back. */
const standingAnswer = `kind = 'answer' AND NOT EXISTS (SELECT 1 FROM review AS u WHERE u.undoes = review.id)`;

interface CardRow {
  question_id: string;
  phase: Exclude<CardPhase, 'new'>;
  due_at: number;
  stability: number;
  difficulty: number;
  step: number;
  interval_days: number;
  reps: number;
  lapses: number;
  last_review_at: number;
}

const toState = (row: CardRow): CardState => ({
  phase: row.phase,
  dueAt: row.due_at,
  stability: row.stability,
  difficulty: row.difficulty,
  step: row.step,
  intervalDays: row.interval_days,
  reps: row.reps,
  lapses: row.lapses,
  lastReviewAt: row.last_review_at,
});

export function readCards(database: Database): QueueCard[] {
  return prepared<[], CardRow>(database, 'SELECT * FROM card')
    .all()
    .map((row) => ({ questionId: row.question_id, state: toState(row) }));
}

export function readCard(database: Database, questionId: string): CardState {
  const row = prepared<[string], CardRow>(database, 'SELECT * FROM card WHERE question_id = ?').get(
    questionId,
  );
  return row ? toState(row) : freshCard;
}

/** Writes what the schedule knows of a question; a card that is new again has no row. */
export function writeCard(database: Database, questionId: string, state: CardState): void {
  if (state.phase === 'new') {
    prepared(database, 'DELETE FROM card WHERE question_id = ?').run(questionId);
    return;
  }
  prepared(
    database,
    `INSERT OR REPLACE INTO card
         (question_id, phase, due_at, stability, difficulty, step, interval_days, reps, lapses, last_review_at)
       VALUES (:questionId, :phase, :dueAt, :stability, :difficulty, :step, :intervalDays, :reps, :lapses, :lastReviewAt)`,
  ).run({ questionId, ...state });
}

export interface AnswerRecord {
  readonly answerId: string;
  readonly questionId: string;
  readonly at: number;
  readonly studyDay: number;
  readonly calendar: StudyCalendar;
  readonly grade: Grade;
  readonly proposedGrade: Grade;
  readonly verdict: Verdict;
  readonly confidence: Confidence | null;
  readonly usedHelp: boolean;
  readonly answerMs: number;
  readonly desiredRetention: number;
  readonly response: Response;
  readonly before: CardState;
  readonly after: CardState;
}

/** Appends an answer to the log and returns its id. */
export function appendAnswer(database: Database, answer: AnswerRecord): number {
  const { lastInsertRowid } = prepared(
    database,
    `INSERT INTO review (kind, question_id, at, study_day, time_zone, day_start_hour, answer_id, grade, proposed_grade,
         correct, score, confidence, used_help, answer_ms, desired_retention, response, before, after)
       VALUES ('answer', :questionId, :at, :studyDay, :timeZone, :dayStartHour, :answerId, :grade, :proposedGrade,
         :correct, :score, :confidence, :usedHelp, :answerMs, :desiredRetention, :response, :before, :after)`,
  ).run({
    questionId: answer.questionId,
    at: answer.at,
    studyDay: answer.studyDay,
    timeZone: answer.calendar.timeZone,
    dayStartHour: answer.calendar.dayStartHour,
    answerId: answer.answerId,
    grade: answer.grade,
    proposedGrade: answer.proposedGrade,
    correct: Number(answer.verdict.correct),
    score: answer.verdict.score,
    confidence: answer.confidence,
    usedHelp: Number(answer.usedHelp),
    answerMs: answer.answerMs,
    desiredRetention: answer.desiredRetention,
    response: JSON.stringify(answer.response),
    before: JSON.stringify(answer.before),
    after: JSON.stringify(answer.after),
  });
  return Number(lastInsertRowid);
}

export interface LoggedAnswer {
  readonly id: number;
  readonly questionId: string;
  readonly grade: Grade;
  readonly usedHelp: boolean;
  readonly response: Response;
  readonly before: CardState;
  readonly after: CardState;
}

interface LoggedRow {
  id: number;
  question_id: string;
  grade: Grade;
  used_help: number;
  response: string;
  before: string;
  after: string;
}

const toLogged = (row: LoggedRow): LoggedAnswer => ({
  id: row.id,
  questionId: row.question_id,
  grade: row.grade,
  usedHelp: row.used_help === 1,
  response: JSON.parse(row.response) as Response,
  before: JSON.parse(row.before) as CardState,
  after: JSON.parse(row.after) as CardState,
});

const loggedColumns = 'id, question_id, grade, used_help, response, before, after';

export function findAnswer(database: Database, answerId: string): LoggedAnswer | null {
  const row = prepared<[string], LoggedRow>(
    database,
    `SELECT ${loggedColumns} FROM review WHERE answer_id = ?`,
  ).get(answerId);
  return row ? toLogged(row) : null;
}

/** The newest answer that was not taken back. */
export function lastStandingAnswer(database: Database): LoggedAnswer | null {
  const row = prepared<[], LoggedRow>(
    database,
    `SELECT ${loggedColumns} FROM review WHERE ${standingAnswer} ORDER BY id DESC LIMIT 1`,
  ).get();
  return row ? toLogged(row) : null;
}

export function appendUndo(
  database: Database,
  undo: { answer: LoggedAnswer; at: number; studyDay: number; calendar: StudyCalendar },
): void {
  prepared(
    database,
    `INSERT INTO review (kind, question_id, at, study_day, time_zone, day_start_hour, undoes)
       VALUES ('undo', :questionId, :at, :studyDay, :timeZone, :dayStartHour, :undoes)`,
  ).run({
    questionId: undo.answer.questionId,
    at: undo.at,
    studyDay: undo.studyDay,
    ...undo.calendar,
    undoes: undo.answer.id,
  });
}

/**
 * The seed with which a drawn question is drawn now: the id of its newest answer that stands, or 0. Each answer brings
 * other numbers, and an undo brings back those of before.
 */
export function currentDraw(database: Database, questionId: string): number {
  return Number(
    prepared(database, `SELECT coalesce(max(id), 0) FROM review WHERE question_id = ? AND ${standingAnswer}`)
      .pluck()
      .get(questionId),
  );
}

/** Id of the newest row of the log on a question, or on any; 0 where there is none. */
export function lastLogId(database: Database, questionId?: string): number {
  const where = questionId === undefined ? '' : 'WHERE question_id = ?';
  const parameters = questionId === undefined ? [] : [questionId];
  return Number(
    prepared(database, `SELECT coalesce(max(id), 0) FROM review ${where}`)
      .pluck()
      .get(...parameters),
  );
}

/** How many answers stand of those with an id after `afterId`, or of one study day; and how many of them were new questions. */
export function countAnswers(
  database: Database,
  range: { afterId: number } | { studyDay: number },
): { answered: number; correct: number; fresh: number } {
  const [where, value] =
    'afterId' in range ? (['id > ?', range.afterId] as const) : (['study_day = ?', range.studyDay] as const);
  return (
    prepared<[number], { answered: number; correct: number; fresh: number }>(
      database,
      `SELECT count(*) AS answered, coalesce(sum(correct), 0) AS correct,
              coalesce(sum(before ->> 'phase' = 'new'), 0) AS fresh
       FROM review WHERE ${standingAnswer} AND ${where}`,
    ).get(value) ?? { answered: 0, correct: 0, fresh: 0 }
  );
}

/** Study days with at least one standing answer, newest first. */
export function studiedDays(database: Database): number[] {
  return prepared<[], number>(
    database,
    `SELECT DISTINCT study_day FROM review WHERE ${standingAnswer} ORDER BY study_day DESC`,
  )
    .pluck()
    .all();
}
