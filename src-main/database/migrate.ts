import type { Database } from 'better-sqlite3';
import { firstTables } from './migrations/0010-first-tables.ts';
import { studyEngine } from './migrations/0020-study-engine.ts';
import { welcomed } from './migrations/0030-welcomed.ts';
import { notes } from './migrations/0040-notes.ts';
import { labRuns } from './migrations/0050-lab-runs.ts';
import { challenges } from './migrations/0060-challenges.ts';

export interface Migration {
  /** Steps of ten leave room for a fix between two landed ones. */
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

/** In order. A landed migration is never edited. */
export const migrations: readonly Migration[] = [
  firstTables,
  studyEngine,
  welcomed,
  notes,
  labRuns,
  challenges,
];

/** The version of the newest schema that this program knows. */
export const schemaVersion = migrations.at(-1)?.version ?? 0;

/** Marks the file as one of Slipway: "Slip" in ASCII. */
export const applicationId = 0x536c6970;

export function versionOf(database: Database): number {
  return Number(database.pragma('user_version', { simple: true }));
}

/** Brings the schema up to date, one transaction a migration, so that a kill leaves it at a whole version. */
export function migrate(database: Database, list: readonly Migration[] = migrations): void {
  for (const migration of list) {
    database
      .transaction(() => {
        if (versionOf(database) >= migration.version) return;
        database.exec(migration.sql);
        database.pragma(`application_id = ${applicationId}`);
        database.pragma(`user_version = ${migration.version}`);
      })
      .immediate();
  }
}
