import { expect, it } from 'vitest';
import { migrations } from '#main/database/migrate.ts';
import { openDatabase } from '#main/database/open.ts';
import { readSettings } from '#main/core/settings/store.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { valueOf } from '../../support/value-of.ts';

const before = migrations.filter(({ version }) => version < 30);

it.each([
  ['who is new is welcomed', '', false],
  [
    'who has begun a lesson is not',
    `INSERT INTO lesson_progress (lesson_id, percent_read, anchor, section_offset, updated_at) VALUES ('l', 10, '', 0, 1)`,
    true,
  ],
  ['who has chosen a language is not', `INSERT INTO setting (key, value) VALUES ('language', '"en"')`, true],
])('%s', (_name, sql, wanted) => {
  const dataDir = temporaryFolder();
  const old = valueOf(openDatabase(dataDir, before));
  old.exec(sql);
  old.close();
  const database = valueOf(openDatabase(dataDir));
  expect(readSettings(database).welcomed).toBe(wanted);
  database.close();
});
