import type { Database } from 'better-sqlite3';
import { expect, it, vi } from 'vitest';
import type { openDatabase } from '#main/database/open.ts';
import { answerInput, uuid } from '../../support/conversation.ts';
import { openTestCore } from '../../support/core.ts';

const opened: Database[] = [];

// The core keeps its connection to itself; the test sets a limit on it, as a full disk would.
vi.mock('#main/database/open.ts', async (original) => {
  const module = await original<{ openDatabase: typeof openDatabase }>();
  return {
    ...module,
    openDatabase: (dataDir: string) => {
      const result = module.openDatabase(dataDir);
      if (result.ok) opened.push(result.value);
      return result;
    },
  };
});

it('says that the disk is full, changes nothing, and takes the same answer when there is space again', () => {
  const { core, call, tryCall, events, dataDir } = openTestCore();
  const database = opened.at(-1)!;
  const pages = Number(database.pragma('page_count', { simple: true }));
  const everything = () =>
    [
      'review',
      'card',
      'review_session',
      'setting',
      'lesson_progress',
      'pretest_answer',
      'simulation_attempt',
    ].map((table) => database.prepare(`SELECT * FROM ${table}`).all());
  call('settings.set', { newPerDay: 500 });
  database.pragma(`max_page_count = ${pages}`);

  let refused = 0;
  for (let number = 1; number <= 60 && refused < 5; number += 1) {
    const { card } = call('review.next', {});
    const input = answerInput(card!, uuid(number));
    const before = everything();
    const eventsBefore = events.length;
    const result = tryCall('review.answer', input);
    if (result.ok) continue;
    refused += 1;
    expect(result.error).toMatchObject({ kind: 'storage-full', params: { dataDir } });
    expect(result.error.message).toContain(dataDir);
    expect(everything()).toEqual(before);
    expect(events).toHaveLength(eventsBefore);
    expect(tryCall('review.answer', input)).toEqual(result);
    expect(database.inTransaction).toBe(false);
    expect(call('review.next', {}).card?.basedOn).toBe(card!.basedOn);

    database.pragma('max_page_count = 1000000');
    const outcome = call('review.answer', input);
    expect(call('review.answer', input)).toEqual(outcome);
    expect(
      database.prepare('SELECT count(*) FROM review WHERE answer_id = ?').pluck().get(input.answerId),
    ).toBe(1);
    database.pragma(`max_page_count = ${Number(database.pragma('page_count', { simple: true }))}`);
  }
  expect(refused).toBe(5);

  const draft = { text: 'x'.repeat(60_000) };
  const { card } = call('review.next', {});
  expect(
    tryCall('review.saveDraft', { questionId: card!.question.id, basedOn: card!.basedOn, draft }),
  ).toMatchObject({
    ok: false,
    error: { kind: 'storage-full' },
  });
  expect(call('review.next', {}).card?.draft).toBeNull();
  core.close();
});
