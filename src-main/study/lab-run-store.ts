import type { Database } from 'better-sqlite3';
import type { LabRun } from '#shared/contract/contract.ts';
import { prepared } from '#main/database/prepared.ts';

interface LabRunRow {
  id: string;
  at: number;
  name: string;
  platform: string;
  seed: number;
  file: string;
  metrics: string;
}

const toRun = ({ file, metrics, ...row }: LabRunRow): LabRun => ({
  ...row,
  file: JSON.parse(file) as unknown,
  metrics: JSON.parse(metrics) as LabRun['metrics'],
});

/** One run, or null where there is none. */
export function readLabRun(database: Database, id: string): LabRun | null {
  const row = prepared<[string], LabRunRow>(database, 'SELECT * FROM lab_run WHERE id = ?').get(id);
  return row ? toRun(row) : null;
}

/** The newest runs first. */
export function readLabRuns(database: Database, limit: number): LabRun[] {
  return prepared<[number], LabRunRow>(database, 'SELECT * FROM lab_run ORDER BY at DESC, id DESC LIMIT ?')
    .all(limit)
    .map(toRun);
}

/** Writes a run, or removes it where there is none. */
export function writeLabRun(database: Database, id: string, run: LabRun | null): void {
  if (run === null) {
    prepared(database, 'DELETE FROM lab_run WHERE id = ?').run(id);
    return;
  }
  prepared(
    database,
    `INSERT OR REPLACE INTO lab_run (id, at, name, platform, seed, file, metrics)
       VALUES (:id, :at, :name, :platform, :seed, :file, :metrics)`,
  ).run({ ...run, id, file: JSON.stringify(run.file), metrics: JSON.stringify(run.metrics) });
}

/** Lets the oldest runs without a name go until no more than `most` are left, named ones counted. */
export function dropOldLabRuns(database: Database, most: number): void {
  prepared(
    database,
    `DELETE FROM lab_run WHERE id IN (
       SELECT id FROM lab_run WHERE name = '' ORDER BY at, id
       LIMIT max(0, (SELECT count(*) FROM lab_run) - ?))`,
  ).run(most);
}

/** How many runs are kept. */
export function countLabRuns(database: Database): number {
  return prepared<[], number>(database, 'SELECT count(*) FROM lab_run').pluck().get() ?? 0;
}
