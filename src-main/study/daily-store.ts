import type { Database } from 'better-sqlite3';
import type { Measure } from '#shared/study/statistics.ts';
import { prepared } from '#main/database/prepared.ts';

/** One sum of one study day. */
export interface DailySum {
  readonly measure: Measure;
  readonly part: string;
  readonly studyDay: number;
  readonly n: number;
  readonly value: number;
}

/** Adds to the sums of a day; a negative `n` takes back. */
export function addToDay(database: Database, sum: DailySum): void {
  prepared(
    database,
    `INSERT INTO daily (measure, part, study_day, n, value) VALUES (:measure, :part, :studyDay, :n, :value)
       ON CONFLICT (measure, study_day, part) DO UPDATE SET n = n + excluded.n, value = value + excluded.value`,
  ).run(sum);
}

/** A measure over a span of study days, added up by part. */
export function sumsByPart(
  database: Database,
  measure: Measure,
  days: { readonly from: number; readonly to: number },
): ReadonlyMap<string, { readonly n: number; readonly value: number }> {
  const rows = prepared<[string, number, number], { part: string; n: number; value: number }>(
    database,
    `SELECT part, sum(n) AS n, sum(value) AS value FROM daily
       WHERE measure = ? AND study_day BETWEEN ? AND ? GROUP BY part HAVING sum(n) > 0`,
  ).all(measure, days.from, days.to);
  return new Map(rows.map(({ part, n, value }) => [part, { n, value }]));
}

/** A measure day by day, oldest first; days without it are left out. */
export function sumsByDay(
  database: Database,
  measure: Measure,
  days: { readonly from: number; readonly to: number },
): readonly { readonly studyDay: number; readonly n: number; readonly value: number }[] {
  return prepared<[string, number, number], { studyDay: number; n: number; value: number }>(
    database,
    `SELECT study_day AS studyDay, sum(n) AS n, sum(value) AS value FROM daily
       WHERE measure = ? AND study_day BETWEEN ? AND ? GROUP BY study_day HAVING sum(n) > 0 ORDER BY study_day`,
  ).all(measure, days.from, days.to);
}

/** Study days with at least one answer, newest first. */
export function studiedDays(database: Database): readonly number[] {
  return prepared<[], number>(
    database,
    `SELECT study_day FROM daily WHERE measure = 'activity' AND n > 0 ORDER BY study_day DESC`,
  )
    .pluck()
    .all();
}

/** All sums that are not nothing, in a fixed order. */
export function allSums(database: Database): readonly DailySum[] {
  return prepared<[], DailySum>(
    database,
    `SELECT measure, part, study_day AS studyDay, n, value FROM daily
       WHERE n <> 0 OR value <> 0 ORDER BY measure, study_day, part`,
  ).all();
}

export function removeAllSums(database: Database): void {
  prepared(database, 'DELETE FROM daily').run();
}

/** The version of the rule by which something derived was computed; 0 where it never was. */
export function derivedVersion(database: Database, name: string): number {
  return Number(
    prepared(database, 'SELECT coalesce(max(version), 0) FROM derived WHERE name = ?').pluck().get(name),
  );
}

export function setDerivedVersion(database: Database, name: string, version: number): void {
  prepared(database, 'INSERT OR REPLACE INTO derived (name, version) VALUES (?, ?)').run(name, version);
}
