import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { migrations } from '#main/database/migrate.ts';
import { databaseFileName, openDatabase } from '#main/database/open.ts';
import { openStudy, tinyContent } from '../../support/study-session.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { valueOf } from '../../support/value-of.ts';

const minute = 60_000;
const noon = Date.UTC(2026, 4, 13, 12);

/** A card and a log as the version before wrote them: two answers, one of them taken back, on one question. */
function writeOld(dataDir: string): void {
  const old = valueOf(openDatabase(dataDir, migrations.slice(0, 1)));
  const fresh = {
    phase: 'new',
    dueAt: 0,
    stability: 0,
    difficulty: 0,
    step: 0,
    intervalDays: 0,
    reps: 0,
    lapses: 0,
    lastReviewAt: null,
  };
  const learned = {
    phase: 'learning',
    dueAt: noon + 10 * minute,
    stability: 2.3065,
    difficulty: 2.11810397,
    step: 1,
    intervalDays: 0,
    reps: 1,
    lapses: 0,
    lastReviewAt: noon,
  };
  const answer = old.prepare(
    `INSERT INTO review (kind, question_id, at, study_day, time_zone, day_start_hour, answer_id, grade, proposed_grade,
       correct, score, confidence, used_help, answer_ms, desired_retention, response, before, after)
     VALUES ('answer', 'q-single', :at, 20586, 'UTC', 4, :id, 3, 3, 1, 1, 'sure', 0, 5000, 0.9,
       '{"kind":"single-choice","option":"a"}', :before, :after)`,
  );
  const row = { before: JSON.stringify(fresh), after: JSON.stringify(learned) };
  answer.run({ ...row, at: noon - minute, id: 'first' });
  old
    .prepare(
      `INSERT INTO review (kind, question_id, at, study_day, time_zone, day_start_hour, undoes)
       VALUES ('undo', 'q-single', ?, 20586, 'UTC', 4, 1)`,
    )
    .run(noon - minute);
  answer.run({ ...row, at: noon, id: 'second' });
  old
    .prepare('INSERT INTO card VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
    .run('q-single', 'learning', noon + 10 * minute, 2.3065, 2.11810397, 1, 0, 1, 0, noon);
  old.close();
}

it('what was answered before the study engine stays, is counted, and can be taken back', () => {
  const dataDir = temporaryFolder();
  writeOld(dataDir);
  const study = openStudy({ dataDir, contentDirs: [tinyContent()] });
  expect(study.call('review.today', {})).toMatchObject({
    answeredToday: 1,
    correctToday: 1,
    spentTodayMs: 5000,
    streakDays: 1,
    undo: { kind: 'answer', params: { questionId: 'q-single' } },
  });
  expect(study.call('system.checkData', {})).toMatchObject({
    entries: 3,
    cardDifferences: 0,
    sumDifferences: 0,
  });
  expect(study.call('cards.info', { id: 'q-single' }).history).toMatchObject([
    { id: 3, undone: false, grade: 3 },
    { id: 1, undone: true },
  ]);
  expect(study.call('review.undo', {})).toMatchObject({ questionId: 'q-single', undo: null });
  expect(study.cards()).toEqual([]);
  expect(study.call('review.today', {})).toMatchObject({ answeredToday: 0, streakDays: 0 });
  expect(study.errors).toEqual([]);
  study.close();

  const file = new Sqlite(join(dataDir, databaseFileName), { readonly: true });
  expect(file.prepare('SELECT count(*) FROM review').pluck().get()).toBe(4);
  expect(file.pragma('foreign_key_check')).toEqual([]);
  expect(file.pragma('integrity_check', { simple: true })).toBe('ok');
  file.close();
});
