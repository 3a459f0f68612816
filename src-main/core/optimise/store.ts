import type { Database } from 'better-sqlite3';
import { prepared } from '#main/database/prepared.ts';
import type { Grade } from '#shared/study/grade.ts';
import type { Fit } from '#main/study/fit-parameters.ts';

export interface KeptFit {
  readonly at: number;
  readonly fit: Fit;
}

/** The newest fit to the learner's log, or null. */
export function lastFit(database: Database): KeptFit | null {
  const row = prepared<[], { at: number; fit: string }>(
    database,
    'SELECT at, fit FROM fitted_weights ORDER BY id DESC LIMIT 1',
  ).get();
  return row ? { at: row.at, fit: JSON.parse(row.fit) as Fit } : null;
}

export function keepFit(database: Database, { at, fit }: KeptFit): void {
  prepared(database, 'INSERT INTO fitted_weights (at, fit) VALUES (?, ?)').run(at, JSON.stringify(fit));
}

/** Answers that a fit may learn from: not the first ones, and one a day. */
export function countLearnable(database: Database): number {
  return Number(
    prepared(database, `SELECT coalesce(sum(n), 0) FROM daily WHERE measure = 'retention'`).pluck().get(),
  );
}

export interface LoggedGrade {
  readonly id: number;
  readonly questionId: string;
  readonly studyDay: number;
  /** null where the card was reset by hand. */
  readonly grade: Grade | null;
}

/** The next grades and resets of the log that stand, after a row of it. */
export function gradesAfter(database: Database, afterId: number, limit: number): readonly LoggedGrade[] {
  return prepared<[number, number], LoggedGrade>(
    database,
    `SELECT id, question_id AS questionId, study_day AS studyDay, grade FROM review
       WHERE id > ? AND (kind = 'answer' OR change = 'reset')
         AND NOT EXISTS (SELECT 1 FROM review AS u WHERE u.undoes = review.id)
       ORDER BY id LIMIT ?`,
  ).all(afterId, limit);
}
