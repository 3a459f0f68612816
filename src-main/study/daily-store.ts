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

/** Days in a block of the second table. */
const blockDays = 64;
const blockOf = (studyDay: number) => Math.floor(studyDay / blockDays);

/** Rows that one statement takes. */
const rowsAtOnce = 32;

function upsert(
  database: Database,
  table: 'daily' | 'daily_block',
  rows: readonly (readonly [measure: Measure, part: string, when: number, n: number, value: number])[],
): void {
  const when = table === 'daily' ? 'study_day' : 'block';
  prepared<(string | number)[]>(
    database,
    `INSERT INTO ${table} (measure, part, ${when}, n, value) VALUES ${rows.map(() => '(?, ?, ?, ?, ?)').join()}
       ON CONFLICT (measure, ${when}, part) DO UPDATE SET n = n + excluded.n, value = value + excluded.value`,
  ).run(...rows.flat());
}

/** Adds to the sums of days, and of the blocks that they lie in; a negative `n` takes back. */
export function addToDays(database: Database, sums: readonly DailySum[]): void {
  for (let from = 0; from < sums.length; from += rowsAtOnce) {
    const some = sums.slice(from, from + rowsAtOnce);
    upsert(
      database,
      'daily',
      some.map(({ measure, part, studyDay, n, value }) => [measure, part, studyDay, n, value]),
    );
    upsert(
      database,
      'daily_block',
      some.map(({ measure, part, studyDay, n, value }) => [measure, part, blockOf(studyDay), n, value]),
    );
  }
}

/** A measure over a span of study days, added up by part: whole blocks, and the days before and after them. */
export function sumsByPart(
  database: Database,
  measure: Measure,
  days: { readonly from: number; readonly to: number },
): ReadonlyMap<string, { readonly n: number; readonly value: number }> {
  const firstBlock = Math.ceil(days.from / blockDays);
  const lastBlock = blockOf(days.to + 1) - 1;
  const whole = lastBlock >= firstBlock;
  const rows = prepared<object, { part: string; n: number; value: number }>(
    database,
    `SELECT part, sum(n) AS n, sum(value) AS value FROM (
         SELECT part, n, value FROM daily_block WHERE measure = :measure AND block BETWEEN :firstBlock AND :lastBlock
         UNION ALL
         SELECT part, n, value FROM daily WHERE measure = :measure AND study_day BETWEEN :from AND :headEnd
         UNION ALL
         SELECT part, n, value FROM daily WHERE measure = :measure AND study_day BETWEEN :tailStart AND :to
       ) GROUP BY part HAVING sum(n) > 0`,
  ).all({
    measure,
    firstBlock,
    lastBlock,
    from: days.from,
    to: days.to,
    headEnd: whole ? firstBlock * blockDays - 1 : days.to,
    tailStart: whole ? (lastBlock + 1) * blockDays : days.to + 1,
  });
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

const studied = `SELECT study_day FROM daily WHERE measure = 'activity' AND n > 0 ORDER BY study_day DESC`;

/** Study days with at least one answer, newest first, read as far as they are asked for. */
export function studiedDays(database: Database): Iterable<number> {
  return database.prepare<[], number>(studied).pluck().iterate();
}

/** All study days with at least one answer, newest first. */
export function allStudiedDays(database: Database): readonly number[] {
  return prepared<[], number>(database, studied).pluck().all();
}

/** All sums that are not nothing, in a fixed order. */
export function allSums(database: Database): readonly DailySum[] {
  return prepared<[], DailySum>(
    database,
    `SELECT measure, part, study_day AS studyDay, n, value FROM daily
       WHERE n <> 0 OR value <> 0 ORDER BY measure, study_day, part`,
  ).all();
}

/** Blocks that are not the sum of their days; there are none in a sound file. */
export function blocksThatDiffer(database: Database): readonly DailySum[] {
  return prepared<[], DailySum>(
    database,
    `SELECT measure, part, block * ${blockDays} AS studyDay, sum(n) AS n, sum(value) AS value FROM (
         SELECT measure, part, block, n, value FROM daily_block
         UNION ALL
         SELECT measure, part, floor(study_day / ${blockDays}.0), -n, -value FROM daily
       ) GROUP BY measure, part, block HAVING sum(n) <> 0 OR sum(value) <> 0`,
  ).all();
}

export function removeAllSums(database: Database): void {
  prepared(database, 'DELETE FROM daily').run();
  prepared(database, 'DELETE FROM daily_block').run();
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
