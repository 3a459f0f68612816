import type { Database } from 'better-sqlite3';
import { prepared } from '#main/database/prepared.ts';

/** The one open review session. It outlives the window and the program. */
export interface SessionRow {
  readonly startedAt: number;
  readonly afterReviewId: number;
  readonly lessonId: string | null;
  readonly questionId: string | null;
  readonly draft: unknown;
}

interface StoredRow {
  started_at: number;
  after_review_id: number;
  lesson_id: string | null;
  question_id: string | null;
  draft: string | null;
}

export function readSession(database: Database): SessionRow | null {
  const row = prepared<[], StoredRow>(database, 'SELECT * FROM review_session WHERE id = 1').get();
  return row
    ? {
        startedAt: row.started_at,
        afterReviewId: row.after_review_id,
        lessonId: row.lesson_id,
        questionId: row.question_id,
        draft: row.draft === null ? null : (JSON.parse(row.draft) as unknown),
      }
    : null;
}

export function startSession(
  database: Database,
  session: { startedAt: number; afterReviewId: number; lessonId: string | null },
): void {
  prepared(
    database,
    `INSERT OR REPLACE INTO review_session (id, started_at, after_review_id, lesson_id, question_id, draft)
       VALUES (1, :startedAt, :afterReviewId, :lessonId, NULL, NULL)`,
  ).run(session);
}

/** Sets the question that is open, with what was filled in so far. */
export function openQuestion(database: Database, questionId: string | null, draft: unknown): void {
  prepared(database, 'UPDATE review_session SET question_id = ?, draft = ? WHERE id = 1').run(
    questionId,
    draft === null ? null : JSON.stringify(draft),
  );
}

export function endSession(database: Database): void {
  prepared(database, 'DELETE FROM review_session').run();
}
