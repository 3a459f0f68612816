import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite, { type Database } from 'better-sqlite3';
import type { Input, MethodName, Output } from '#shared/contract/contract.ts';
import type { Result } from '#shared/contract/result.ts';
import { createCore, type Core } from '#main/core/create-core.ts';
import { answerInput } from '../support/conversation.ts';
import { settableClock } from '../support/clock.ts';
import { contentDir } from '../support/paths.ts';
import { percentile, rounded } from './statistics.ts';

const answers = 2000;
const dayMinutes = 24 * 60;

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
  const keep = database.transaction((questionId: string, payload: string) => {
    insert.run(questionId, payload);
    upsert.run(questionId, payload);
  });
  return {
    keep: (questionId, payload) => keep.immediate(questionId, payload),
    close: () => database.close(),
  };
}

function callOf(core: Core) {
  return <M extends MethodName>(method: M, input: Input<M>): Output<M> => {
    const result = core.call(method, input) as Result<Output<M>>;
    if (!result.ok) throw new Error(result.error.message);
    return result.value;
  };
}

/**
 * How long an answer takes from call to result, on the disk: 2,000 answers over as many study days as they need, on the
 * real content. In turns with them, the bare SQLite floor of the same disk; `vsFloor` is the ratio of the medians.
 */
export function benchStudy(): Promise<Record<string, number>> {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-bench-'));
  const clock = settableClock();
  const log = { info: () => undefined, error: (message: string) => process.stderr.write(`${message}\n`) };
  const created = createCore({
    dataDir: folder,
    contentDirs: [contentDir],
    clock,
    log,
    host: 'loopback',
    version: '0',
  });
  if (!created.ok) throw new Error(created.error.message);
  const call = callOf(created.value);
  const floor = openFloor(folder);
  try {
    call('settings.set', { newPerDay: 500 });
    const answerMs: number[] = [];
    const floorMs: number[] = [];
    while (answerMs.length < answers) {
      const { card } = call('review.next', {});
      if (!card) {
        clock.advanceMinutes(dayMinutes);
        continue;
      }
      const number = answerMs.length;
      const input = answerInput(card, randomUUID(), { right: number % 5 !== 0 });
      const startedMs = performance.now();
      call('review.answer', input);
      const answeredMs = performance.now();
      // As much text as the log keeps of an answer.
      floor.keep(card.question.id, JSON.stringify(input).repeat(2));
      floorMs.push(performance.now() - answeredMs);
      answerMs.push(answeredMs - startedMs);
      clock.advanceMinutes(0.2);
    }
    return Promise.resolve({
      'study.answer.p50Ms': rounded(percentile(answerMs, 0.5)),
      'study.answer.p99Ms': rounded(percentile(answerMs, 0.99)),
      'study.floor.p50Ms': rounded(percentile(floorMs, 0.5)),
      'study.floor.p99Ms': rounded(percentile(floorMs, 0.99)),
      'study.answer.vsFloor': rounded(percentile(answerMs, 0.5) / percentile(floorMs, 0.5)),
    });
  } finally {
    floor.close();
    created.value.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
