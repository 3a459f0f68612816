import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite, { type Database } from 'better-sqlite3';
import type { Input, MethodName, Output } from '#shared/contract/contract.ts';
import type { Result } from '#shared/contract/result.ts';
import { createCore, type Core } from '#main/core/create-core.ts';
import type { Library } from '#main/packs/library.ts';
import { answerInput } from '../support/conversation.ts';
import { settableClock } from '../support/clock.ts';
import { percentile, rounded } from './statistics.ts';
import { largeLibrary, writeYears } from './study-years.ts';

const cardCount = 100_000;
const reviewCount = 1_000_000;
const answers = 2000;
/** As many as somebody with so many cards answers a day. */
const answersADay = 200;
const undos = 90;
const rounds = 40;

/** The least that any program must do that keeps an answer: one row more, one row changed, and the disk has both. */
function openFloor(folder: string): { keep(questionId: string, payload: string): void; close(): void } {
  const database: Database = new Sqlite(join(folder, 'floor.sqlite'));
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec(
    'CREATE TABLE log (id INTEGER PRIMARY KEY, question_id TEXT, payload TEXT) STRICT; CREATE TABLE card (question_id TEXT PRIMARY KEY, payload TEXT) STRICT',
  );
  const insert = database.prepare('INSERT INTO log (question_id, payload) VALUES (?, ?)');
  const upsert = database.prepare(
    'INSERT INTO card VALUES (?, ?) ON CONFLICT (question_id) DO UPDATE SET payload = excluded.payload',
  );
  // As many rows as the learner has, and as large ones.
  const row = 'x'.repeat(900);
  database.transaction(() => {
    for (let id = 0; id < reviewCount; id += 1) insert.run(`card-${String(id % cardCount)}`, row);
    for (let id = 0; id < cardCount; id += 1) upsert.run(`card-${String(id)}`, row.slice(0, 300));
  })();
  const keep = database.transaction((questionId: string, payload: string) => {
    insert.run(questionId, payload);
    upsert.run(questionId, payload);
  });
  return {
    keep: (questionId, payload) => keep.immediate(questionId, payload),
    close: () => database.close(),
  };
}

type Call = <M extends MethodName>(method: M, input: Input<M>) => Output<M>;

function callOf(core: Core): Call {
  return (method, input) => {
    const result = core.call(method, input) as Result<Output<typeof method>>;
    if (!result.ok) throw new Error(`${method}: ${result.error.message}`);
    return result.value;
  };
}

function timed<T>(into: number[], work: () => T): T {
  const startedMs = performance.now();
  const value = work();
  into.push(performance.now() - startedMs);
  return value;
}

function open(folder: string, library: Library, clock: ReturnType<typeof settableClock>): Core {
  const log = { info: () => undefined, error: (message: string) => process.stderr.write(`${message}\n`) };
  const created = createCore({
    dataDir: folder,
    contentDirs: [],
    clock,
    log,
    host: 'loopback',
    version: '0',
    library,
  });
  if (!created.ok) throw new Error(created.error.message);
  return created.value;
}

/** Asking and answering, with the floor in turns on the same disk, and taking back. */
function benchAnswers(call: Call, folder: string, clock: ReturnType<typeof settableClock>) {
  const floor = openFloor(folder);
  const nextMs: number[] = [];
  const answerMs: number[] = [];
  const floorMs: number[] = [];
  const undoMs: number[] = [];
  call('settings.set', { newPerDay: 500, reviewsPerDay: 9999, maximumIntervalDays: 365 });
  // A first look at the day is a part of the start.
  call('review.next', {});
  while (answerMs.length < answers) {
    const { card } = timed(nextMs, () => call('review.next', {}));
    if (!card) {
      clock.advanceMinutes(24 * 60);
      continue;
    }
    const input = answerInput(card, randomUUID(), { right: answerMs.length % 5 !== 0 });
    timed(answerMs, () => call('review.answer', input));
    // As much text as the log keeps of an answer.
    timed(floorMs, () => floor.keep(card.question.id, JSON.stringify(input).repeat(3)));
    clock.advanceMinutes(0.2);
    if (answerMs.length % answersADay === 0) {
      call('review.finish', {});
      clock.advanceMinutes(24 * 60 - answersADay * 0.2);
    }
  }
  for (let number = 0; number < undos; number += 1) timed(undoMs, () => call('review.undo', {}));
  floor.close();
  return {
    'study.next.p50Ms': percentile(nextMs, 0.5),
    'study.next.p99Ms': percentile(nextMs, 0.99),
    'study.answer.p50Ms': percentile(answerMs, 0.5),
    'study.answer.p99Ms': percentile(answerMs, 0.99),
    'study.floor.p50Ms': percentile(floorMs, 0.5),
    'study.floor.p99Ms': percentile(floorMs, 0.99),
    'study.answer.vsFloor': percentile(answerMs, 0.5) / percentile(floorMs, 0.5),
    'study.answer.vsFloorP99': percentile(answerMs, 0.99) / percentile(floorMs, 0.99),
    'study.undo.p50Ms': percentile(undoMs, 0.5),
    'study.undo.p99Ms': percentile(undoMs, 0.99),
  };
}

/** Every number of the progress screen over three years, each asked for again and again. */
function benchStatistics(call: Call): Record<string, number> {
  const days = 1100;
  const asked = {
    calendar: () => call('progress.calendar', { days }),
    forecast: () => call('progress.forecast', { days: 365 }),
    retention: () => call('progress.retention', { days }),
    memory: () => call('progress.memory', {}),
    habits: () => call('progress.habits', { days }),
    calibration: () => call('progress.calibration', { days }),
    mastery: () => call('progress.mastery', {}),
    today: () => call('review.today', {}),
  };
  const result: Record<string, number> = {};
  let most = 0;
  for (const [name, ask] of Object.entries(asked)) {
    const ms: number[] = [];
    for (let round = 0; round < rounds; round += 1) timed<unknown>(ms, ask);
    const p99 = percentile(ms, 0.99);
    most = Math.max(most, p99);
    result[`study.stats.${name}.p50Ms`] = percentile(ms, 0.5);
    result[`study.stats.${name}.p99Ms`] = p99;
  }
  return { ...result, 'study.stats.maxP99Ms': most };
}

/** The table of all cards: scrolling through it, searching it and sorting it. */
function benchBrowse(call: Call): Record<string, number> {
  const scroll: number[] = [];
  const search: number[] = [];
  call('cards.search', { search: '', sort: 'due' });
  for (let page = 0; page < 200; page += 1) {
    timed(scroll, () => call('cards.search', { search: '', sort: 'due', offset: page * 400, limit: 60 }));
  }
  const searches = [
    { search: 'lesson:serverless due<3 r<0.8', sort: 'recall' },
    { search: 'is:leech OR flag:1', sort: 'lapses', descending: true },
    { search: 'container -is:new', sort: 'due' },
    { search: '容器', sort: 'teaching' },
    { search: 's>100 d>=5', sort: 'stability', descending: true },
    { search: '', sort: 'difficulty' },
  ] as const;
  for (const [number, asked] of searches.entries()) {
    for (let round = 0; round < rounds; round += 1) {
      // Another search each time, as while typing: nothing is there from before.
      timed(search, () =>
        call('cards.search', { ...asked, search: `${asked.search} reps>=${String(round % 3)}` }),
      );
      timed(search, () =>
        call('cards.search', { ...asked, search: `${asked.search} lapses>=${String(number % 2)}` }),
      );
    }
  }
  return {
    'study.scroll.p50Ms': percentile(scroll, 0.5),
    'study.scroll.p99Ms': percentile(scroll, 0.99),
    'study.browse.p50Ms': percentile(search, 0.5),
    'study.browse.p99Ms': percentile(search, 0.99),
  };
}

/**
 * A learner of many years: 100,000 cards and 1,000,000 reviews, on the disk with `synchronous=FULL`. Each thing that a
 * screen waits for is measured through the core as a screen asks for it.
 */
export function benchStudy(): Promise<Record<string, number>> {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-bench-'));
  try {
    const clock = settableClock();
    const library = largeLibrary(cardCount, folder);
    const calendar = { timeZone: clock.timeZone(), dayStartHour: 4 };
    const buildMs: number[] = [];
    timed(buildMs, () => writeYears(folder, library.questions, reviewCount, calendar, clock.now()));
    // The daily sums of a log from before them, counted once.
    const recountMs: number[] = [];
    const first = open(folder, library, clock);
    timed(recountMs, () => callOf(first)('review.today', {}));
    first.close();

    const startMs: number[] = [];
    let core = first;
    for (let round = 0; round < 3; round += 1) {
      timed(startMs, () => {
        core = open(folder, library, clock);
        callOf(core)('review.today', {});
      });
      if (round < 2) core.close();
    }
    const call = callOf(core);
    const metrics = {
      'study.build.s': (buildMs[0] ?? 0) / 1000,
      'study.file.MiB': statSync(join(folder, 'slipway.sqlite')).size / 2 ** 20,
      'study.recount.s': (recountMs[0] ?? 0) / 1000,
      'study.start.ms': percentile(startMs, 0.5),
      ...benchStatistics(call),
      ...benchBrowse(call),
      ...benchAnswers(call, folder, clock),
    };
    core.close();
    return Promise.resolve(
      Object.fromEntries(Object.entries(metrics).map(([name, value]) => [name, rounded(value)])),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
