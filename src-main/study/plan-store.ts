import type { Database } from 'better-sqlite3';
import type { Interview } from '#shared/study/interview-plan.ts';
import { prepared } from '#main/database/prepared.ts';

interface InterviewRow {
  id: string;
  name: string;
  study_day: number;
  lesson_ids: string;
  target: number;
}

/** All interviews, the soonest first. */
export function readInterviews(database: Database): readonly Interview[] {
  return prepared<[], InterviewRow>(database, 'SELECT * FROM interview ORDER BY study_day, id')
    .all()
    .map((row) => ({
      id: row.id,
      name: row.name,
      day: row.study_day,
      lessonIds: JSON.parse(row.lesson_ids) as string[],
      target: row.target,
    }));
}

/** Writes an interview, or removes it where there is none. */
export function writeInterview(database: Database, id: string, interview: Interview | null): void {
  if (interview === null) {
    prepared(database, 'DELETE FROM interview WHERE id = ?').run(id);
    return;
  }
  prepared(
    database,
    `INSERT OR REPLACE INTO interview (id, name, study_day, lesson_ids, target)
       VALUES (:id, :name, :day, :lessonIds, :target)`,
  ).run({ ...interview, id, lessonIds: JSON.stringify(interview.lessonIds) });
}

/** Study days on which the learner planned to rest. */
export function readRestDays(database: Database): ReadonlySet<number> {
  return new Set(prepared<[], number>(database, 'SELECT study_day FROM rest_day').pluck().all());
}

export function writeRestDay(database: Database, studyDay: number, rests: boolean): void {
  const sql = rests
    ? 'INSERT OR IGNORE INTO rest_day (study_day) VALUES (?)'
    : 'DELETE FROM rest_day WHERE study_day = ?';
  prepared(database, sql).run(studyDay);
}

/** One setting as it is kept, or null where it was never set. */
export function readSettingValue(database: Database, key: string): unknown {
  const value = prepared<[string], string>(database, 'SELECT value FROM setting WHERE key = ?')
    .pluck()
    .get(key);
  return value === undefined ? null : (JSON.parse(value) as unknown);
}

export function writeSettingValue(database: Database, key: string, value: unknown): void {
  if (value === null) prepared(database, 'DELETE FROM setting WHERE key = ?').run(key);
  else
    prepared(database, 'INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)').run(
      key,
      JSON.stringify(value),
    );
}
