import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { appError, type Result } from '#shared/contract/result.ts';
import type { AppError } from '#shared/contract/errors.ts';
import { applicationId, migrate, migrations, versionOf, type Migration } from './migrate.ts';

export const databaseFileName = 'slipway.sqlite';

type DatabaseConstructor = new (file: string, options?: { readonly?: boolean; timeout?: number }) => Database;

/** better-sqlite3 is a Node-API 10 module: an older Node does not refuse it but crashes. */
export function nodeCanLoadSqlite(versions: { readonly node: string; readonly napi?: string }): boolean {
  return Number(versions.napi ?? 0) >= 10;
}

let constructor: DatabaseConstructor | undefined;

/** Loads better-sqlite3 where that is safe. */
export function sqlite(): DatabaseConstructor {
  if (!nodeCanLoadSqlite({ node: process.versions.node, napi: process.versions['napi'] ?? '0' })) {
    throw new Error(
      `Slipway's database needs Node 22.14 or later and this is Node ${process.versions.node}. ` +
        'Start it with "npm start", which brings its own Node 24.',
    );
  }
  constructor ??= createRequire(import.meta.url)('better-sqlite3') as DatabaseConstructor;
  return constructor;
}

/** Stops opening with an error that the user is to read. */
class Refused extends Error {
  readonly error: AppError;
  constructor(error: AppError) {
    super(error.message);
    this.error = error;
  }
}

/** SQLite's name of an error, such as `SQLITE_FULL`, or undefined for any other error. */
export function sqliteCode(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && code.startsWith('SQLITE_') ? code : undefined;
}

/** What went wrong with the data folder, in words for its owner; rethrows what is a bug. */
export function storageError(error: unknown, dataDir: string): AppError {
  if (error instanceof Refused) return error.error;
  const code = sqliteCode(error) ?? (error instanceof Error && 'code' in error ? String(error.code) : '');
  if (code.startsWith('SQLITE_FULL') || code === 'ENOSPC') return appError('storage-full', { dataDir });
  if (/^(SQLITE_READONLY|SQLITE_PERM|SQLITE_CANTOPEN|EACCES|EROFS|EPERM)/.test(code)) {
    return appError('storage-read-only', { dataDir });
  }
  if (/^(SQLITE_|E[A-Z]+$)/.test(code)) return appError('storage-failed', { dataDir, code });
  throw error;
}

/** SQLite takes a file of a few bytes for an empty database and would write over it. */
function startsLikeDatabase(file: string): boolean {
  const start = Buffer.alloc(16);
  const descriptor = openSync(file, 'r');
  try {
    readSync(descriptor, start, 0, start.length, 0);
  } finally {
    closeSync(descriptor);
  }
  return start.toString('latin1') === 'SQLite format 3\0';
}

/** Refuses a file that is not ours or comes from the future, before anything is written to it or beside it. */
function inspect(file: string, known: number): number {
  if (!startsLikeDatabase(file)) throw new Refused(appError('storage-foreign', { file }));
  // SQLite leaves an empty log beside a database that it only reads.
  const beside = [`${file}-wal`, `${file}-shm`].filter((name) => !existsSync(name));
  const database = new (sqlite())(file, { readonly: true });
  try {
    const version = versionOf(database);
    const tables = Number(database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get());
    const owner = Number(database.pragma('application_id', { simple: true }));
    if (version > known && owner === applicationId) {
      throw new Refused(appError('storage-newer', { file, found: version, known }));
    }
    if (owner !== applicationId && (tables > 0 || version > 0)) {
      throw new Refused(appError('storage-foreign', { file }));
    }
    return version;
  } catch (error) {
    const code = sqliteCode(error);
    if (code === 'SQLITE_NOTADB' || code === 'SQLITE_CORRUPT') {
      throw new Refused(appError('storage-foreign', { file }));
    }
    throw error;
  } finally {
    database.close();
    for (const name of beside) rmSync(name, { force: true });
  }
}

/** A copy of the whole database beside it, made before a migration changes it. */
function backUp(database: Database, file: string, version: number, known: number): void {
  const copy = `${file}.before-${version}-to-${known}`;
  database.pragma('wal_checkpoint(TRUNCATE)');
  copyFileSync(file, `${copy}.part`);
  renameSync(`${copy}.part`, copy);
}

/**
 * Opens the database of a data folder for its one writer, and brings its schema up to date.
 * Call only while holding the folder's lock.
 *
 * @param list - the migrations to bring it to; a test has its own
 */
export function openDatabase(dataDir: string, list: readonly Migration[] = migrations): Result<Database> {
  const known = list.at(-1)?.version ?? 0;
  const file = join(dataDir, databaseFileName);
  try {
    mkdirSync(dataDir, { recursive: true });
    const version = existsSync(file) && statSync(file).size > 0 ? inspect(file, known) : 0;
    const database = new (sqlite())(file, { timeout: 2000 });
    try {
      database.pragma('journal_mode = WAL');
      // better-sqlite3 reopens a WAL database with NORMAL, which may lose acknowledged answers on a power cut.
      database.pragma('synchronous = FULL');
      database.pragma('foreign_keys = ON');
      // Four times SQLite's own: the answer that has to bring the log into the file waits for it, and one in hundreds may.
      database.pragma('wal_autocheckpoint = 4000');
      if (version > 0 && version < known) backUp(database, file, version, known);
      migrate(database, list);
      return { ok: true, value: database };
    } catch (error) {
      database.close();
      throw error;
    }
  } catch (error) {
    return { ok: false, error: storageError(error, dataDir) };
  }
}
