import type { Database } from 'better-sqlite3';
import { readAllPretests, readAllProgress } from './store.ts';

/** What other features may ask of reading: lessons finished, and what was known before reading. */
export function readReading(database: Database): {
  readonly finished: ReadonlySet<string>;
  /** Lesson -> question -> whether the answer before reading was right. */
  readonly pretests: ReadonlyMap<string, ReadonlyMap<string, boolean>>;
} {
  const finished = [...readAllProgress(database)].flatMap(([id, { finishedAt }]) => (finishedAt ? [id] : []));
  return { finished: new Set(finished), pretests: readAllPretests(database) };
}
