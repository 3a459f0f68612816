import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LessonProgress } from '#shared/contract/contract.ts';
import { settingsSchema } from '#shared/contract/settings.ts';
import { defaultDataDir, findAppFolder } from '#main/core/app-folder.ts';
import { rightResponse, wrongResponse } from '../../support/answers.ts';
import { openTestCore } from '../../support/core.ts';
import { contentDir, projectRoot } from '../../support/paths.ts';
import { openStudy, tinyContent } from '../../support/study-session.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { tinyPack, writePack } from '../../support/tiny-pack.ts';

const lesson = 'only-lesson';

describe('progress in a lesson', () => {
  const share = fc.double({ min: 0, max: 100, noNaN: true });
  const step = fc.oneof(
    fc.record({
      percentRead: share,
      anchor: fc.constantFrom('', 'first-section', 'second-section'),
      offset: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    fc.boolean(),
  );

  it('only grows, while the place is where the learner was last', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
        const { call, core, clock } = openTestCore({ contentDirs: [content] });
        let before: LessonProgress | null = null;
        for (const taken of steps) {
          clock.advanceMinutes(1);
          const after: LessonProgress =
            typeof taken === 'boolean'
              ? call('lessons.finish', { id: lesson, finished: taken })
              : call('lessons.saveProgress', { id: lesson, ...taken });
          const read: number = typeof taken === 'boolean' ? (taken ? 100 : 0) : taken.percentRead;
          expect(after.percentRead).toBe(Math.max(before?.percentRead ?? 0, read));
          expect(after.updatedAt).toBe(clock.at);
          if (typeof taken === 'boolean') {
            expect(after.finishedAt).toBe(taken ? (before?.finishedAt ?? clock.at) : null);
            expect([after.anchor, after.offset]).toEqual([before?.anchor ?? '', before?.offset ?? 0]);
          } else {
            expect([after.anchor, after.offset]).toEqual([taken.anchor, taken.offset + 0]);
            expect(after.finishedAt).toBe(before?.finishedAt ?? null);
          }
          expect(call('lessons.get', { id: lesson }).progress).toEqual(after);
          expect(call('lessons.list', {})[0]?.progress).toEqual(after);
          before = after;
        }
        core.close();
      }),
      { numRuns: 25 },
    );
  });

  it('needs a lesson that is there', () => {
    const { tryCall, core, events } = openTestCore({ contentDirs: [content] });
    const missing = { ok: false, error: { kind: 'not-found', params: { id: 'other' } } };
    expect(
      tryCall('lessons.saveProgress', { id: 'other', percentRead: 1, anchor: '', offset: 0 }),
    ).toMatchObject(missing);
    expect(tryCall('lessons.finish', { id: 'other', finished: true })).toMatchObject(missing);
    expect(events).toEqual([]);
    core.close();
  });

  it('counts the questions that were seen', () => {
    const study = openStudy({ contentDirs: [content] });
    expect(study.call('lessons.list', {})).toMatchObject([
      { id: lesson, questionCount: 10, questionsSeen: 0 },
    ]);
    study.answer(1);
    study.answer(3);
    expect(study.call('lessons.list', {})[0]?.questionsSeen).toBe(2);
    study.call('review.undo', {});
    expect(study.call('lessons.list', {})[0]?.questionsSeen).toBe(1);
    study.close();
  });

  const content = tinyContent();
});

describe('a pretest', () => {
  it('keeps the first answer to each question', () => {
    const { call, tryCall, core } = openTestCore({ contentDirs: [tinyContent()] });
    const question = call('library.question', { id: 'q-single' });
    const wrong = { id: lesson, questionId: 'q-single', response: wrongResponse(question) };
    expect(call('lessons.answerPretest', wrong)).toEqual({ correct: false });
    call('lessons.answerPretest', { ...wrong, response: rightResponse(question) });
    expect(call('lessons.get', { id: lesson }).pretestAnswers).toEqual({
      'q-single': { response: wrong.response, correct: false },
    });
    call('lessons.answerPretest', { id: lesson, questionId: 'q-multiple', response: { kind: 'skipped' } });
    expect(Object.keys(call('lessons.get', { id: lesson }).pretestAnswers).sort()).toEqual([
      'q-multiple',
      'q-single',
    ]);
    for (const questionId of ['q-open', 'not-there']) {
      expect(tryCall('lessons.answerPretest', { ...wrong, questionId })).toMatchObject({
        ok: false,
        error: { kind: 'not-found' },
      });
    }
    expect(call('review.today', {}).answeredToday).toBe(0);
    core.close();
  });
});

describe('attempts at a simulation', () => {
  it('are all kept as they were, and told newest first', () => {
    const { call, tryCall, core, clock, dataDir } = openTestCore({ contentDirs: [tinyContent()] });
    const attempts = [true, false, null].map((met, index) => {
      clock.advanceMinutes(1);
      return call('lab.saveAttempt', {
        scenarioId: 'tiny-scenario',
        place: (['lesson', 'review', 'lab'] as const)[index]!,
        changes: { 'platform.servers': index, on: true, name: '名 "x"' },
        seed: index * 2 ** 45,
        prediction: index === 0 ? { value: 12.5 } : null,
        metrics: { 'latencyMs.p95': 0.1 + 0.2, none: 0 },
        met,
      });
    });
    expect(new Set(attempts.map(({ id }) => id)).size).toBe(3);
    core.close();
    const again = openTestCore({ contentDirs: [tinyContent()], dataDir });
    expect(again.call('lab.attempts', { scenarioId: 'tiny-scenario' })).toEqual([...attempts].reverse());
    expect(again.call('lab.attempts', { scenarioId: 'tiny-scenario', limit: 1 })).toEqual([attempts[2]]);
    expect(again.call('lab.attempts', { scenarioId: 'another' })).toEqual([]);
    const { id: _id, at: _at, ...attempt } = attempts[0]!;
    expect(tryCall('lab.attempts', { scenarioId: 'tiny-scenario', limit: 201 })).toMatchObject({ ok: false });
    expect(
      again.tryCall('lab.saveAttempt', {
        ...attempt,
        scenarioId: 'another',
        prediction: null,
      }),
    ).toMatchObject({ ok: false, error: { kind: 'not-found' } });
    again.core.close();
  });
});

describe('settings', () => {
  it('that this version does not know or accept count as not set, and stay in the file', () => {
    const { core, dataDir, call } = openTestCore({ contentDirs: [] });
    call('settings.set', { theme: 'dark', newPerDay: 33 });
    core.close();
    const strange = {
      language: '"tlh"',
      newPerDay: '-4',
      dayStartHour: '"four"',
      desiredRetention: 'null',
      __proto__x: '1',
      constructor: '{"a":1}',
      futureSetting: '[1,2]',
    };
    const file = new Sqlite(join(dataDir, 'slipway.sqlite'));
    for (const [key, value] of Object.entries(strange))
      file.prepare('INSERT OR REPLACE INTO setting VALUES (?, ?)').run(key, value);
    file.close();
    const again = openTestCore({ contentDirs: [], dataDir });
    expect(again.call('settings.get', {})).toEqual({ ...settingsSchema.parse({}), theme: 'dark' });
    again.call('settings.set', { textSizePercent: 130 });
    again.core.close();
    const kept = new Sqlite(join(dataDir, 'slipway.sqlite'), { readonly: true });
    const rows = kept.prepare<[], { key: string; value: string }>('SELECT * FROM setting').all();
    expect(Object.fromEntries(rows.map(({ key, value }) => [key, value]))).toEqual({
      ...strange,
      theme: '"dark"',
      textSizePercent: '130',
    });
    kept.close();
  });

  it('are changed one by one, told to everybody, and found again', () => {
    const { core, call, dataDir, events } = openTestCore({ contentDirs: [] });
    const told: unknown[] = [];
    const stop = core.on((event, payload) => told.push([event, payload]));
    const after = call('settings.set', { dayStartHour: 0, language: 'zh-CN' });
    expect(after).toEqual({ ...settingsSchema.parse({}), dayStartHour: 0, language: 'zh-CN' });
    expect(told).toEqual([['settings.changed', after]]);
    stop();
    call('settings.set', { desiredRetention: 0.97 });
    expect(told).toHaveLength(1);
    expect(events).toHaveLength(2);
    core.close();
    const again = openTestCore({ contentDirs: [], dataDir });
    expect(again.call('settings.get', {})).toEqual({ ...after, desiredRetention: 0.97 });
    again.core.close();
  });

  it('are taken all or not at all', () => {
    const { core, call, tryCall } = openTestCore({ contentDirs: [] });
    expect(tryCall('settings.set', { theme: 'dark', newPerDay: 501 }).ok).toBe(false);
    expect(call('settings.get', {})).toEqual(settingsSchema.parse({}));
    core.close();
  });
});

describe('a core', () => {
  it('opens with a broken pack, says so, and serves the rest', () => {
    const folder = temporaryFolder();
    writePack(join(folder, 'whole'), tinyPack());
    const broken = tinyPack();
    broken['glossary.yaml'] = 'a: *nowhere\n';
    writePack(join(folder, 'broken'), broken);
    const { core, call, errors } = openTestCore({ contentDirs: [folder] });
    const packs = call('library.packs', {});
    expect(packs.find(({ id }) => id === 'broken')?.problems).toMatchObject([
      { file: 'glossary.yaml', line: 1 },
    ]);
    expect(packs.find(({ id }) => id === 'tiny')?.problems).toEqual([]);
    expect(call('lessons.list', {}).map(({ id }) => id)).toEqual([lesson]);
    expect(errors).toMatchObject([expect.stringContaining(join(folder, 'broken'))]);
    core.close();
  });

  it('opens without any content', () => {
    const { core, call } = openTestCore({ contentDirs: [join(temporaryFolder(), 'not-there')] });
    expect(call('lessons.list', {})).toEqual([]);
    expect(call('review.next', {})).toMatchObject({ card: null });
    expect(call('review.today', {}).counts).toEqual({ learning: 0, review: 0, fresh: 0 });
    core.close();
  });

  it('holds its folder until it is closed', () => {
    const first = openTestCore({ contentDirs: [] });
    expect(() => openTestCore({ contentDirs: [], dataDir: first.dataDir })).toThrow('storage-in-use');
    first.core.close();
    openTestCore({ contentDirs: [], dataDir: first.dataDir }).core.close();
  });

  it('lets go of its folder when the database is refused', () => {
    const dataDir = temporaryFolder();
    writeFileSync(join(dataDir, 'slipway.sqlite'), 'not a database');
    for (let time = 0; time < 2; time += 1) {
      expect(() => openTestCore({ contentDirs: [], dataDir })).toThrow('storage-foreign');
    }
  });

  it('tells that the disk has lost pages, and never answers with what is left', () => {
    const study = openStudy();
    const { dataDir } = study;
    study.call('settings.set', { newPerDay: 500 });
    for (let number = 0; number < 20; number += 1) study.answer(4);
    study.close();
    const file = join(dataDir, 'slipway.sqlite');
    const database = new Sqlite(file, { readonly: true });
    const page = Number(
      database.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'card'").pluck().get(),
    );
    database.close();
    const bytes = readFileSync(file);
    bytes.fill(0xff, (page - 1) * 4096, page * 4096);
    writeFileSync(file, bytes);
    const { core, tryCall, errors } = openTestCore({ dataDir });
    expect(tryCall('review.next', {})).toMatchObject({
      ok: false,
      error: {
        kind: 'storage-failed',
        params: { dataDir, code: expect.stringMatching(/^SQLITE_CORRUPT/) as unknown },
      },
    });
    expect(errors).toHaveLength(1);
    core.close();
  });

  it('has a right and a wrong answer to every question of the real content', () => {
    const { core, call } = openTestCore({ contentDirs: [contentDir] });
    call('settings.set', { newPerDay: 500 });
    let asked = 0;
    for (const { id } of call('lessons.list', {})) {
      for (const right of [false, true]) {
        const { card } = call('review.next', { lessonId: id });
        expect(card?.question.lessonId).toBe(id);
        const response = right ? rightResponse(card!.question) : wrongResponse(card!.question);
        const { verdict } = call('review.answer', {
          answerId: crypto.randomUUID(),
          questionId: card!.question.id,
          basedOn: card!.basedOn,
          response,
          confidence: null,
          usedHelp: false,
          grade: right ? 3 : 1,
          answerMs: 1000,
        });
        expect(verdict.correct).toBe(right);
        asked += 1;
      }
    }
    expect(asked).toBeGreaterThan(0);
    core.close();
  });
});

describe('places', () => {
  it('are the same for both hosts and as usual on each system', () => {
    expect(defaultDataDir('linux', {}, '/home/x')).toBe(join('/home/x', '.config', 'Slipway'));
    expect(defaultDataDir('linux', { XDG_CONFIG_HOME: '/cfg' }, '/home/x')).toBe(join('/cfg', 'Slipway'));
    expect(defaultDataDir('darwin', { XDG_CONFIG_HOME: '/cfg' }, '/Users/x')).toBe(
      join('/Users/x', 'Library', 'Application Support', 'Slipway'),
    );
    expect(defaultDataDir('win32', { APPDATA: '/roaming' }, '/home')).toBe(join('/roaming', 'Slipway'));
    expect(defaultDataDir('win32', {}, '/home')).toBe(join('/home', 'AppData', 'Roaming', 'Slipway'));
  });

  it('of the program are found from anywhere inside of it, and nowhere else', () => {
    const { version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as {
      version: string;
    };
    for (const from of ['src-main/hosts/loopback', 'out/main/chunks']) {
      expect(findAppFolder(join(projectRoot, from))).toEqual({
        version,
        contentDir,
        interfaceDir: join(projectRoot, 'out', 'renderer'),
      });
    }
    expect(() => findAppFolder(temporaryFolder())).toThrow("Slipway's own folder");
  });
});
