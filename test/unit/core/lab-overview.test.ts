import { expect, it } from 'vitest';
import { migrations } from '#main/database/migrate.ts';
import { openDatabase } from '#main/database/open.ts';
import { openTestCore } from '../../support/core.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { tinyContent } from '../../support/study-session.ts';
import { valueOf } from '../../support/value-of.ts';

const scenarioId = 'tiny-scenario';
const attempt = (met: boolean | null, margin: number | null) =>
  ({ scenarioId, place: 'lab', changes: {}, seed: 1, metrics: {}, met, margin }) as const;

it('tells of each scenario what was made of it, and keeps the help that was taken', () => {
  const { call, tryCall, core, clock, dataDir } = openTestCore({ contentDirs: [tinyContent()] });
  const only = () => call('lab.overview', { scenarioId })[0];
  const fresh = only();
  expect(fresh).toMatchObject({
    scenarioId,
    state: 'untried',
    attempts: 0,
    lastAt: null,
    bestMargin: null,
    hintsShown: 0,
    gaveUpAt: null,
  });
  expect(call('lab.overview', {}).map((record) => record.scenarioId)).toEqual(
    call('lab.scenarios', {}).map(({ id }) => id),
  );
  // Help without an attempt, in whatever order: nothing is taken back.
  call('lab.noteHelp', { scenarioId, hintsShown: 2 });
  expect(call('lab.noteHelp', { scenarioId, hintsShown: 1 })).toMatchObject({ hintsShown: 2, attempts: 0 });
  call('lab.saveAttempt', attempt(false, -0.4));
  call('lab.saveAttempt', attempt(false, -0.1));
  expect(only()).toMatchObject({ state: 'tried', attempts: 2, bestMargin: -0.1, firstMetAt: null });
  const gaveUpAt = clock.now();
  call('lab.noteHelp', { scenarioId, gaveUp: true });
  clock.advanceMinutes(1);
  call('lab.noteHelp', { scenarioId, gaveUp: true });
  const met = call('lab.saveAttempt', attempt(true, 0.2));
  clock.advanceMinutes(1);
  const last = call('lab.saveAttempt', attempt(true, null));
  const wanted = {
    attempts: 4,
    lastAt: last.at,
    bestMargin: fresh?.isChallenge ? 0.2 : null,
    hintsShown: 2,
    gaveUpAt,
  };
  expect(only()).toMatchObject(wanted);
  expect(only()).toMatchObject(
    fresh?.isChallenge ? { state: 'met', firstMetAt: met.at } : { state: 'tried' },
  );
  expect(tryCall('lab.noteHelp', { scenarioId: 'another' })).toMatchObject({ ok: false });
  core.close();
  const again = openTestCore({ contentDirs: [tinyContent()], dataDir });
  expect(again.call('lab.overview', { scenarioId })[0]).toMatchObject(wanted);
  again.core.close();
});

it('attempts are told page by page', () => {
  const { call, core } = openTestCore({ contentDirs: [tinyContent()] });
  for (let i = 0; i < 7; i += 1) call('lab.saveAttempt', attempt(null, null));
  const all = call('lab.attempts', { scenarioId }).map(({ id }) => id);
  const pages: number[] = [];
  let beforeId: number | undefined;
  for (;;) {
    const page = call('lab.attempts', {
      scenarioId,
      limit: 3,
      ...(beforeId === undefined ? {} : { beforeId }),
    });
    if (page.length === 0) break;
    pages.push(...page.map(({ id }) => id));
    beforeId = pages.at(-1);
  }
  expect(pages).toEqual(all);
  core.close();
});

it('what took longer than its run is added to an attempt once', () => {
  const { call, tryCall, core } = openTestCore({ contentDirs: [tinyContent()] });
  const [first, second] = [
    call('lab.saveAttempt', attempt(null, null)),
    call('lab.saveAttempt', attempt(true, 0.1)),
  ];
  const whole = { ...second, measured: [0.5, 0.25] };
  expect(call('lab.noteMeasured', { id: second.id, measured: whole.measured })).toEqual(whole);
  expect(call('lab.noteMeasured', { id: second.id, measured: 'another' })).toEqual(whole);
  expect(call('lab.attempts', { scenarioId })).toEqual([whole, first]);
  expect(tryCall('lab.noteMeasured', { id: second.id + 1, measured: 1 })).toMatchObject({
    ok: false,
    error: { kind: 'not-found' },
  });
  core.close();
});

it('an attempt from before margins were kept is still there, and its margin is not known', () => {
  const dataDir = temporaryFolder();
  const old = valueOf(
    openDatabase(
      dataDir,
      migrations.filter(({ version }) => version < 60),
    ),
  );
  old.exec(
    `INSERT INTO simulation_attempt (scenario_id, at, place, changes, seed, prediction, metrics, met)
       VALUES ('${scenarioId}', 5, 'lab', '{"a":1}', 7, '"x"', '{"m":2}', 1)`,
  );
  old.close();
  const { call, core } = openTestCore({ contentDirs: [tinyContent()], dataDir });
  expect(call('lab.attempts', { scenarioId })).toMatchObject([
    {
      at: 5,
      changes: { a: 1 },
      seed: 7,
      prediction: 'x',
      met: true,
      margin: null,
      measured: null,
      explanation: null,
    },
  ]);
  expect(call('lab.overview', { scenarioId })[0]).toMatchObject({ attempts: 1, lastAt: 5, bestMargin: null });
  core.close();
});
