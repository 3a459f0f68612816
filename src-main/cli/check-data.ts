import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { lockFolder } from '#main/database/folder-lock.ts';
import { databaseFileName, openDatabase } from '#main/database/open.ts';
import { bringSumsUpToDate, checkSums } from '#main/study/daily-sums.ts';
import { checkCards, writeRebuilt } from '#main/study/rebuild.ts';

/** `npm run aggregates:check -- FOLDER` and `npm run rebuild -- FOLDER`: is what follows from the review log as it follows from it? */

const usage = `Usage: npm run aggregates:check -- FOLDER
       npm run rebuild -- FOLDER [--write]

FOLDER is a data folder (the one that holds ${databaseFileName}); Slipway must not be running on it.

aggregates:check counts all daily sums again from the review log and prints where those that are kept differ.
rebuild works out every card again from the review log alone and prints where those that are kept differ;
--write puts the rebuilt ones in their place, in one transaction.
Both exit 0 when nothing differs, 1 when something does, 2 when the folder cannot be used.
`;

const shown = 50;

function print(lines: readonly string[], sound: string): number {
  for (const line of lines.slice(0, shown)) process.stdout.write(`${line}\n`);
  if (lines.length > shown) process.stdout.write(`and ${String(lines.length - shown)} more\n`);
  process.stdout.write(lines.length === 0 ? `${sound}\n` : `${String(lines.length)} difference(s)\n`);
  return lines.length === 0 ? 0 : 1;
}

function aggregates(database: Database): number {
  bringSumsUpToDate(database);
  const lines = checkSums(database).map(
    ({ key, kept, counted }) =>
      `${key.measure} ${key.part || '-'} day ${String(key.studyDay)}: kept ${String(kept.n)}/${String(kept.value)}, ` +
      `counted ${String(counted.n)}/${String(counted.value)}`,
  );
  return print(lines, 'All daily sums are what the review log gives.');
}

function rebuild(database: Database, write: boolean): number {
  const lines = checkCards(database).map(
    ({ questionId, field, kept, rebuilt }) =>
      `${questionId} ${field}: kept ${JSON.stringify(kept)}, rebuilt ${JSON.stringify(rebuilt)}`,
  );
  const code = print(lines, 'Every card is what the review log gives.');
  if (code === 0 || !write) return code;
  writeRebuilt(database);
  process.stdout.write('The cards were written as they were rebuilt.\n');
  return 0;
}

function run(what: string | undefined, folder: string | undefined, rest: readonly string[]): number {
  const write = what === 'rebuild' && rest[0] === '--write';
  if (!folder || (what !== 'rebuild' && what !== 'aggregates') || rest.length > (write ? 1 : 0)) {
    process.stderr.write(usage);
    return 2;
  }
  if (!existsSync(join(folder, databaseFileName))) {
    process.stderr.write(`There is no ${databaseFileName} in ${folder}.\n`);
    return 2;
  }
  const lock = lockFolder(folder);
  if (!lock.ok) {
    process.stderr.write(`${lock.error.message}\n`);
    return 2;
  }
  try {
    const opened = openDatabase(folder);
    if (!opened.ok) {
      process.stderr.write(`${opened.error.message}\n`);
      return 2;
    }
    const code = what === 'aggregates' ? aggregates(opened.value) : rebuild(opened.value, write);
    opened.value.close();
    return code;
  } finally {
    lock.value.release();
  }
}

const [what, folder, ...rest] = process.argv.slice(2);
if (folder === '--help') process.stdout.write(usage);
else process.exitCode = run(what, folder, rest);
