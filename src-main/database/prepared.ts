import type { Database, Statement } from 'better-sqlite3';

const statements = new WeakMap<Database, Map<string, Statement>>();

/** A statement of a database, compiled once: compiling costs more than most of our statements take to run. */
export function prepared<P extends unknown[] | object = unknown[], R = unknown>(
  database: Database,
  sql: string,
): Statement<P extends unknown[] ? P : [P], R> {
  let known = statements.get(database);
  if (!known) {
    known = new Map();
    statements.set(database, known);
  }
  let statement = known.get(sql);
  if (!statement) {
    statement = database.prepare(sql);
    known.set(sql, statement);
  }
  return statement as Statement<P extends unknown[] ? P : [P], R>;
}
