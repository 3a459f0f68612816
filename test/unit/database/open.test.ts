import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Sqlite, { type Database } from 'better-sqlite3';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { errorText, type AppError } from '#shared/contract/errors.ts';
import { locales } from '#shared/locale.ts';
import {
  applicationId,
  migrations,
  schemaVersion,
  versionOf,
  type Migration,
} from '#main/database/migrate.ts';
import {
  databaseFileName,
  nodeCanLoadSqlite,
  openDatabase,
  sqlite,
  storageError,
} from '#main/database/open.ts';
import { valueOf } from '../../support/value-of.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { errorTextsIn } from '../../support/languages.ts';

const fileOf = (dataDir: string) => join(dataDir, databaseFileName);

/** Opens, works, closes. */
function withDatabase<T>(dataDir: string, work: (database: Database) => T, list?: readonly Migration[]): T {
  const database = valueOf(openDatabase(dataDir, list));
  try {
    return work(database);
  } finally {
    database.close();
  }
}

function refusal(dataDir: string): AppError {
  const result = openDatabase(dataDir);
  if (result.ok) {
    result.value.close();
    throw new Error('it was opened');
  }
  return result.error;
}

const state = JSON.stringify({ phase: 'learning' });
const addAnswer = (database: Database, answerId: string) =>
  database
    .prepare(
      `INSERT INTO review (kind, question_id, at, study_day, time_zone, day_start_hour, answer_id, grade, response, before, after)
       VALUES ('answer', 'q', 1, 0, 'UTC', 4, ?, 3, '{}', ?, ?)`,
    )
    .run(answerId, state, state);

describe('a database that is opened', () => {
  const pragmas = (database: Database) => ({
    journal: database.pragma('journal_mode', { simple: true }),
    // 2 is FULL: the disk has a commit before the commit returns.
    synchronous: database.pragma('synchronous', { simple: true }),
    foreignKeys: database.pragma('foreign_keys', { simple: true }),
    owner: database.pragma('application_id', { simple: true }),
    version: versionOf(database),
  });
  const expected = {
    journal: 'wal',
    synchronous: 2,
    foreignKeys: 1,
    owner: applicationId,
    version: schemaVersion,
  };

  it('loses nothing on a power cut, the first time and every other time', () => {
    const dataDir = join(temporaryFolder(), 'a', 'folder that is not there yet');
    expect(withDatabase(dataDir, pragmas)).toEqual(expected);
    expect(withDatabase(dataDir, pragmas)).toEqual(expected);
    expect(withDatabase(dataDir, pragmas)).toEqual(expected);
  });

  it('takes an empty file for a new one', () => {
    const dataDir = temporaryFolder();
    writeFileSync(fileOf(dataDir), '');
    expect(withDatabase(dataDir, pragmas)).toEqual(expected);
  });

  it('keeps to the types of its columns', () => {
    withDatabase(temporaryFolder(), (database) => {
      const tables = database
        .prepare<[], { name: string; strict: number }>(
          "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'",
        )
        .all();
      expect(tables.length).toBeGreaterThanOrEqual(7);
      expect(tables.filter(({ strict }) => strict !== 1)).toEqual([]);
    });
  });

  it('never changes or removes a row of the review log', () => {
    withDatabase(temporaryFolder(), (database) => {
      addAnswer(database, 'one');
      for (const sql of [
        'UPDATE review SET grade = 1',
        "UPDATE review SET response = '{}' WHERE id = 1",
        'DELETE FROM review',
        'DELETE FROM review WHERE id = 1',
        'UPDATE review SET at = at',
      ]) {
        expect(() => database.exec(sql), sql).toThrow('the review log is append-only');
      }
      expect(database.prepare('SELECT grade FROM review').pluck().all()).toEqual([3]);
    });
  });

  it('takes an answer once, and back once', () => {
    withDatabase(temporaryFolder(), (database) => {
      addAnswer(database, 'one');
      expect(() => addAnswer(database, 'one')).toThrow('UNIQUE');
      const undo = (undoes: number) =>
        database.exec(
          `INSERT INTO review (kind, question_id, at, study_day, time_zone, day_start_hour, undoes) VALUES ('undo', 'q', 1, 0, 'UTC', 4, ${undoes})`,
        );
      expect(() => undo(99)).toThrow('FOREIGN KEY');
      undo(1);
      expect(() => undo(1)).toThrow('UNIQUE');
    });
  });
});

describe('migrations', () => {
  it('are in steps of ten and have names of their own', () => {
    migrations.forEach(({ version, name }, index) => {
      expect(version).toBe((index + 1) * 10);
      expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(
        existsSync(
          join(
            import.meta.dirname,
            `../../../src-main/database/migrations/${String(version).padStart(4, '0')}-${name}.ts`,
          ),
        ),
      ).toBe(true);
    });
    expect(new Set(migrations.map(({ name }) => name)).size).toBe(migrations.length);
    expect(schemaVersion).toBe(migrations.length * 10);
  });

  const older: readonly Migration[] = [
    { version: 10, name: 'first', sql: 'CREATE TABLE note (text TEXT) STRICT' },
    { version: 20, name: 'second', sql: "INSERT INTO note VALUES ('from the second')" },
  ];
  const broken: readonly Migration[] = [
    ...older,
    { version: 30, name: 'third', sql: "INSERT INTO note VALUES ('from the third')" },
    {
      version: 40,
      name: 'fourth',
      sql: "INSERT INTO note VALUES ('from the fourth'); INSERT INTO nowhere VALUES (1)",
    },
  ];
  const mended: readonly Migration[] = [
    ...broken.slice(0, 3),
    { version: 40, name: 'fourth', sql: 'DELETE FROM note' },
  ];
  const notes = (database: Database) =>
    database.prepare('SELECT text FROM note ORDER BY rowid').pluck().all();
  const backups = (dataDir: string) => readdirSync(dataDir).filter((name) => name.includes('.before-'));

  it('run once each', () => {
    const dataDir = temporaryFolder();
    for (let time = 0; time < 3; time += 1) {
      expect(withDatabase(dataDir, (database) => [versionOf(database), notes(database)], older)).toEqual([
        20,
        ['from the second'],
      ]);
    }
    expect(backups(dataDir)).toEqual([]);
  });

  it('leave the last whole version when one fails, with a copy of what was before', () => {
    const dataDir = temporaryFolder();
    withDatabase(
      dataDir,
      (database) => database.exec("INSERT INTO note VALUES ('written by the learner')"),
      older,
    );
    expect(openDatabase(dataDir, broken)).toMatchObject({ ok: false, error: { kind: 'storage-failed' } });
    const inspect = (file: string) => {
      const database = new Sqlite(file, { readonly: true });
      const found = [versionOf(database), notes(database)];
      database.close();
      return found;
    };
    expect(inspect(fileOf(dataDir))).toEqual([
      30,
      ['from the second', 'written by the learner', 'from the third'],
    ]);
    const [backup, ...others] = backups(dataDir);
    expect([backup, others]).toEqual([`${databaseFileName}.before-20-to-40`, []]);
    expect(inspect(join(dataDir, backup!))).toEqual([20, ['from the second', 'written by the learner']]);
    expect(withDatabase(dataDir, (database) => [versionOf(database), notes(database)], mended)).toEqual([
      40,
      [],
    ]);
    expect(inspect(join(dataDir, `${databaseFileName}.before-30-to-40`))).toEqual([
      30,
      ['from the second', 'written by the learner', 'from the third'],
    ]);
  });

  it('copy what there is now, not what an earlier try has copied', () => {
    const dataDir = temporaryFolder();
    const failing: readonly Migration[] = [
      ...older,
      { version: 30, name: 'third', sql: 'INSERT INTO nowhere VALUES (1)' },
    ];
    withDatabase(dataDir, () => undefined, older);
    expect(openDatabase(dataDir, failing).ok).toBe(false);
    withDatabase(dataDir, (database) => database.exec("INSERT INTO note VALUES ('since then')"), older);
    expect(openDatabase(dataDir, failing).ok).toBe(false);
    const copy = new Sqlite(join(dataDir, `${databaseFileName}.before-20-to-30`), { readonly: true });
    expect(notes(copy)).toContain('since then');
    copy.close();
  });
});

describe('a file that is not ours to write', () => {
  /** Refuses the file, says so in both languages, and leaves every byte as it was. */
  function expectUntouched(dataDir: string, kind: AppError['kind'], words: readonly string[]): void {
    const before = readFileSync(fileOf(dataDir));
    const files = readdirSync(dataDir).sort();
    const changedAt = statSync(fileOf(dataDir)).mtimeMs;
    const error = refusal(dataDir);
    expect(error.kind).toBe(kind);
    for (const locale of locales) {
      const text = errorText(error, errorTextsIn(locale));
      for (const word of [fileOf(dataDir), ...words]) expect(text).toContain(word);
    }
    expect(readFileSync(fileOf(dataDir)).equals(before)).toBe(true);
    expect(statSync(fileOf(dataDir)).mtimeMs).toBe(changedAt);
    expect(readdirSync(dataDir).sort()).toEqual(files);
  }

  it('was written by a newer Slipway', () => {
    const dataDir = temporaryFolder();
    withDatabase(dataDir, (database) => {
      addAnswer(database, 'one');
      database.pragma('user_version = 990');
    });
    expectUntouched(dataDir, 'storage-newer', ['990', String(schemaVersion)]);
  });

  it('was left by a newer Slipway that was killed, with its newest answers in the log beside it', () => {
    const from = temporaryFolder();
    const dataDir = temporaryFolder();
    withDatabase(from, (database) => {
      database.pragma('user_version = 990');
      addAnswer(database, 'one');
      copyFileSync(fileOf(from), fileOf(dataDir));
      copyFileSync(`${fileOf(from)}-wal`, `${fileOf(dataDir)}-wal`);
    });
    const log = readFileSync(`${fileOf(dataDir)}-wal`);
    expect(log.length).toBeGreaterThan(0);
    expect(refusal(dataDir)).toMatchObject({ kind: 'storage-newer', params: { found: 990 } });
    expect(readFileSync(`${fileOf(dataDir)}-wal`).equals(log)).toBe(true);
  });

  it('is the database of another program', () => {
    const dataDir = temporaryFolder();
    const other = new Sqlite(fileOf(dataDir));
    other.exec('CREATE TABLE contact (name TEXT)');
    other.close();
    expectUntouched(dataDir, 'storage-foreign', []);
  });

  it('is the database of another program that counts its versions', () => {
    const dataDir = temporaryFolder();
    const other = new Sqlite(fileOf(dataDir));
    other.pragma('user_version = 990');
    other.close();
    expectUntouched(dataDir, 'storage-foreign', []);
  });

  it.each([
    ['a letter', 'Dear Slipway, this is not a database.'],
    ['one byte', 'x'],
    ['a long text', 'not a database '.repeat(10_000)],
  ])('is %s', (_, text) => {
    const dataDir = temporaryFolder();
    writeFileSync(fileOf(dataDir), text);
    expectUntouched(dataDir, 'storage-foreign', []);
  });

  it.each([1, 50, 99, 100, 512, 2000, 4096, 5000, 3 * 4096, 5 * 4096 + 17])(
    'is one of ours that was cut off after %i bytes',
    (bytes) => {
      const dataDir = temporaryFolder();
      withDatabase(dataDir, (database) => {
        for (let number = 0; number < 200; number += 1) addAnswer(database, `answer-${number}`);
      });
      truncateSync(fileOf(dataDir), bytes);
      expectUntouched(dataDir, 'storage-foreign', []);
    },
  );

  it('is one of ours with its first page overwritten', () => {
    const dataDir = temporaryFolder();
    withDatabase(dataDir, (database) => addAnswer(database, 'one'));
    const bytes = readFileSync(fileOf(dataDir));
    bytes.fill(0x5a, 100, 4096);
    writeFileSync(fileOf(dataDir), bytes);
    expectUntouched(dataDir, 'storage-foreign', []);
  });

  it('is one of ours with pages overwritten in its middle', () => {
    const dataDir = temporaryFolder();
    withDatabase(dataDir, (database) => {
      for (let number = 0; number < 400; number += 1) addAnswer(database, `answer-${number}`);
    });
    const bytes = readFileSync(fileOf(dataDir));
    bytes.fill(0xff, 4096, bytes.length - 4096);
    writeFileSync(fileOf(dataDir), bytes);
    expectUntouched(dataDir, 'storage-foreign', []);
  });
});

describe('what the disk says', () => {
  const failure = (code: string) => Object.assign(new Error('no'), { code });

  it.each([
    ['SQLITE_FULL', 'storage-full'],
    ['ENOSPC', 'storage-full'],
    ['SQLITE_READONLY', 'storage-read-only'],
    ['SQLITE_READONLY_DIRECTORY', 'storage-read-only'],
    ['SQLITE_CANTOPEN', 'storage-read-only'],
    ['EACCES', 'storage-read-only'],
    ['EROFS', 'storage-read-only'],
    ['SQLITE_IOERR_WRITE', 'storage-failed'],
    ['SQLITE_BUSY', 'storage-failed'],
    ['EIO', 'storage-failed'],
  ])('%s is told as %s, naming the folder, in both languages', (code, kind) => {
    const error = storageError(failure(code), '/the/data folder');
    expect(error.kind).toBe(kind);
    for (const locale of locales) {
      expect(errorText(error, errorTextsIn(locale))).toContain('/the/data folder');
      expect(errorText(error, errorTextsIn(locale))).not.toMatch(/[{}]/);
    }
  });

  it('is not a bug of ours told as a fault of the disk', () => {
    const bug = new TypeError('undefined is not a function');
    expect(() => storageError(bug, '/d')).toThrow(bug);
    const other = failure('ERR_INVALID_ARG_TYPE');
    expect(() => storageError(other, '/d')).toThrow(other);
  });

  it('is told when a file stands where the folder should be', () => {
    const dataDir = join(temporaryFolder(), 'file');
    writeFileSync(dataDir, 'in the way');
    expect(refusal(dataDir).kind).toBe('storage-failed');
    expect(refusal(join(dataDir, 'below')).kind).toBe('storage-failed');
  });

  it('is told when the database is a folder', () => {
    const dataDir = temporaryFolder();
    mkdirSync(fileOf(dataDir));
    expect(refusal(dataDir).kind).toMatch(/^storage-/);
  });
});

describe('the native module', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('needs Node-API 10', () => {
    expect(nodeCanLoadSqlite({ node: '24.1.0', napi: '10' })).toBe(true);
    expect(nodeCanLoadSqlite({ node: '26.0.0', napi: '11' })).toBe(true);
    expect(nodeCanLoadSqlite({ node: '20.19.0', napi: '9' })).toBe(false);
    expect(nodeCanLoadSqlite({ node: '22.13.0', napi: '9' })).toBe(false);
    expect(nodeCanLoadSqlite({ node: '12.0.0' })).toBe(false);
  });

  it('is not loaded where it would crash; a message says what to do', () => {
    const versions = { ...process.versions, node: '20.19.2', napi: '9' };
    vi.stubGlobal('process', Object.create(process, { versions: { value: versions } }));
    expect(() => sqlite()).toThrow(/needs Node 22\.14 or later and this is Node 20\.19\.2.*npm start/);
    vi.unstubAllGlobals();
    expect(typeof sqlite()).toBe('function');
  });
});
