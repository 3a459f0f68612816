import type { Database } from 'better-sqlite3';
import { prepared } from '#main/database/prepared.ts';

/** The one open review session. It outlives the window and the program. */
export interface SessionRow {
  readonly startedAt: number;
  readonly afterReviewId: number;
  readonly lessonId: string | null;
  readonly questionId: string | null;
  /** null where the session follows the schedule. */
  readonly practice: Practice | null;
}

/** Practice that leaves the schedule alone: what was asked for, and what is left of it, in order. */
export interface Practice {
  /** Which practice it is: an undo belongs to its own and to no other. */
  readonly id: string;
  readonly what: string;
  readonly left: readonly string[];
}

interface StoredRow {
  started_at: number;
  after_review_id: number;
  lesson_id: string | null;
  question_id: string | null;
  practice: string | null;
}

export function readSession(database: Database): SessionRow | null {
  const row = prepared<[], StoredRow>(database, 'SELECT * FROM review_session WHERE id = 1').get();
  return row
    ? {
        startedAt: row.started_at,
        afterReviewId: row.after_review_id,
        lessonId: row.lesson_id,
        questionId: row.question_id,
        practice: row.practice === null ? null : (JSON.parse(row.practice) as Practice),
      }
    : null;
}

export function startSession(database: Database, session: Omit<SessionRow, 'questionId'>): void {
  prepared(
    database,
    `INSERT OR REPLACE INTO review_session (id, started_at, after_review_id, lesson_id, question_id, practice)
     VALUES (1, :startedAt, :afterReviewId, :lessonId, NULL, :practice)`,
  ).run({ ...session, practice: session.practice === null ? null : JSON.stringify(session.practice) });
}

/** Sets what is left of a practice, if it is still the one that is open. */
export function writePractice(database: Database, practice: Practice): void {
  prepared(
    database,
    `UPDATE review_session SET practice = :json WHERE id = 1 AND practice ->> 'id' = :id`,
  ).run({
    id: practice.id,
    json: JSON.stringify(practice),
  });
}

/** Sets the question that is open. */
export function openQuestion(database: Database, questionId: string | null): void {
  prepared(database, 'UPDATE review_session SET question_id = ? WHERE id = 1').run(questionId);
}

export function endSession(database: Database): void {
  prepared(database, 'DELETE FROM review_session').run();
}

/** What was filled in so far, or null. A question keeps its draft until it is answered, whatever else is opened meanwhile. */
export function readDraft(database: Database, questionId: string): unknown {
  const draft = prepared<[string], string>(database, 'SELECT draft FROM answer_draft WHERE question_id = ?')
    .pluck()
    .get(questionId);
  return draft === undefined ? null : (JSON.parse(draft) as unknown);
}

export function writeDraft(database: Database, questionId: string, draft: unknown): void {
  prepared(database, 'INSERT OR REPLACE INTO answer_draft (question_id, draft) VALUES (?, ?)').run(
    questionId,
    JSON.stringify(draft),
  );
}

/** What the learner wrote of a question in words of their own, or ''. */
export function readOwnWords(database: Database, questionId: string): string {
  return (
    prepared<[string], string>(database, 'SELECT text FROM own_words WHERE question_id = ?')
      .pluck()
      .get(questionId) ?? ''
  );
}

export function writeOwnWords(database: Database, questionId: string, text: string, at: number): void {
  if (text === '') prepared(database, 'DELETE FROM own_words WHERE question_id = ?').run(questionId);
  else
    prepared(
      database,
      'INSERT OR REPLACE INTO own_words (question_id, text, updated_at) VALUES (?, ?, ?)',
    ).run(questionId, text, at);
}

export function removeDraft(database: Database, questionId: string): void {
  prepared(database, 'DELETE FROM answer_draft WHERE question_id = ?').run(questionId);
}
