import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  contract,
  isMethodName,
  type EventName,
  type Input,
  type MethodName,
} from '#shared/contract/contract.ts';
import { englishErrors, errorText } from '#shared/contract/errors.ts';
import type { Result } from '#shared/contract/result.ts';
import { converse, uuid, type Exchange } from '../support/conversation.ts';
import { comparable, openWire, type Wire, type WireName } from '../support/wires.ts';

vi.mock('electron', () => import('../support/electron.ts'));

/** A page whose first try to listen fails tries again after two seconds; a busy machine takes its time. */
const patience = { timeout: 10_000 };

const methodNames = Object.keys(contract) as MethodName[];

interface Ids {
  readonly lesson: string;
  readonly question: string;
  readonly scenario: string;
}

/** A well-formed input of every method, on things that are there: where the attacks below start from. */
const wellFormed = ({ lesson, question, scenario }: Ids): { readonly [M in MethodName]: Input<M> } => ({
  'settings.get': {},
  'settings.set': {
    language: 'en',
    theme: 'dark',
    textSizePercent: 120,
    dayStartHour: 3,
    newPerDay: 9,
    desiredRetention: 0.8,
  },
  'system.info': {},
  'library.packs': {},
  'library.question': { id: question },
  'library.scenario': { id: scenario },
  'library.glossary': {},
  'lessons.list': {},
  'lessons.get': { id: lesson },
  'lessons.saveProgress': { id: lesson, percentRead: 50, anchor: 'somewhere', offset: 0.5 },
  'lessons.finish': { id: lesson, finished: false },
  'lessons.answerPretest': { id: lesson, questionId: question, response: { kind: 'skipped' } },
  'review.today': {},
  'review.next': { lessonId: lesson },
  'review.saveDraft': { questionId: question, basedOn: 0, draft: { text: ['a', 1, null] } },
  'review.answer': {
    answerId: uuid(77),
    questionId: question,
    basedOn: 0,
    response: { kind: 'matching', pairs: { a: 'b' } },
    confidence: 'sure',
    usedHelp: true,
    grade: 2,
    answerMs: 1,
  },
  'review.answerPractice': {
    answerId: uuid(78),
    questionId: question,
    basedOn: 0,
    response: { kind: 'skipped' },
    confidence: null,
    usedHelp: false,
    answerMs: 1,
  },
  'review.practise': { what: 'lesson', lessonId: lesson },
  'review.tags': {},
  'review.explain': { questionId: question, text: 'In my own words.' },
  'review.spreadBacklog': { days: 3 },
  'review.rest': { studyDay: 20_000, rests: true },
  'review.redo': {},
  'cards.search': { search: 'is:new', sort: 'due', descending: true, locale: 'en', offset: 0, limit: 10 },
  'cards.info': { id: question },
  'cards.change': { which: { ids: [question] }, change: { do: 'flag', flag: 1 } },
  'progress.calendar': { days: 30 },
  'progress.forecast': { days: 30 },
  'progress.retention': { days: 30 },
  'progress.memory': {},
  'progress.habits': { days: 30 },
  'progress.calibration': { days: 30 },
  'progress.mastery': {},
  'notes.save': {
    id: uuid(6),
    lessonId: lesson,
    locale: 'en',
    anchor: '',
    quote: 'a heap',
    prefix: 'share ',
    suffix: ' of',
    body: 'like flatmates',
  },
  'notes.list': { lessonId: lesson },
  'notes.remove': { id: uuid(6) },
  'interview.list': {},
  'interview.save': { id: uuid(5), name: 'One', day: 30_000, lessonIds: [lesson], target: 0.9 },
  'interview.remove': { id: uuid(5) },
  'optimise.state': {},
  'optimise.start': {},
  'optimise.cancel': {},
  'optimise.apply': {},
  'optimise.reset': {},
  'system.checkData': {},
  'review.undo': {},
  'review.finish': {},
  'lab.scenarios': {},
  'lab.saveAttempt': {
    scenarioId: scenario,
    place: 'review',
    changes: { 'platform.servers': 2 },
    seed: 1,
    prediction: [1, 'two'],
    metrics: { latency: 1 },
    met: true,
    margin: 0.25,
    measured: [1, null],
    explanation: null,
  },
  'lab.noteMeasured': { id: 1, measured: [0.5, 1] },
  'lab.attempts': { scenarioId: scenario, limit: 5, beforeId: 9 },
  'lab.overview': {},
  'lab.noteHelp': { scenarioId: scenario, hintsShown: 1, gaveUp: true },
  'search.find': { search: '容器 limit', locale: 'zh-CN', limit: 5 },
  'lab.keepRun': {
    id: uuid(60),
    platform: 'queue',
    seed: 1,
    file: { platform: { kind: 'queue' }, run: { seeds: [1, 2] } },
    metrics: { 'latencyMs.p95': 1 },
  },
  'lab.runs': { limit: 5 },
  'lab.nameRun': { id: uuid(60), name: 'The first' },
  'lab.removeRun': { id: uuid(60) },
});

/** Kinds that no request, however wrong, may be answered with: a bug, a broken wire, a closed door. */
const neverAnswered: readonly string[] = [
  'internal',
  'unreachable',
  'unauthorized',
  'forbidden',
  'storage-failed',
];

function expectProperResult(result: Result<unknown>): void {
  expect(Object.keys(result).sort()).toEqual(result.ok ? ['ok', 'value'] : ['error', 'ok']);
  if (result.ok) return;
  const { kind, message, params } = result.error;
  expect(Object.keys(englishErrors)).toContain(kind);
  expect(neverAnswered).not.toContain(kind);
  const named = [...englishErrors[kind].matchAll(/\{(\w+)\}/g)].map(([, param]) => param);
  expect(Object.keys(params).sort()).toEqual(named.sort());
  expect(message).toBe(errorText({ kind, params }));
}

/** An input with one thing about it changed, anywhere in it. */
function spoiled(input: object): fc.Arbitrary<unknown> {
  const paths: string[][] = [];
  const walk = (value: unknown, path: string[]) => {
    if (path.length > 0) paths.push(path);
    if (typeof value === 'object' && value !== null) {
      for (const [key, item] of Object.entries(value)) walk(item, [...path, key]);
    }
  };
  walk(input, []);
  const replace = (value: unknown, [key, ...rest]: string[], by: unknown): unknown =>
    key === undefined
      ? by
      : Array.isArray(value)
        ? value.map((item, index) => (String(index) === key ? replace(item, rest, by) : (item as unknown)))
        : { ...(value as object), [key]: replace((value as Record<string, unknown>)[key], rest, by) };
  const extra = fc.tuple(fc.string(), fc.jsonValue()).map(([key, value]) => ({ ...input, [key]: value }));
  if (paths.length === 0) return extra;
  const hostile = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom(null, -1, 1e300, 0.5, '', '__proto__', 'a'.repeat(30_000), [], {}, { kind: 'skipped' }),
    fc.array(fc.constantFrom('a', 'b'), { minLength: 9, maxLength: 20 }),
  );
  return fc.oneof(
    extra,
    fc.tuple(fc.constantFrom(...paths), hostile).map(([path, by]) => replace(input, path, by)),
  );
}

describe.each<WireName>(['http', 'ipc'])('the contract over %s', (name) => {
  let wire: Wire;
  let ids: Ids;
  beforeAll(async () => {
    wire = await openWire[name]();
    const [lesson] = wire.core.call('lessons.list', {});
    const [scenario] = wire.core.call('lab.scenarios', {});
    ids = { lesson: lesson!.id, question: lesson!.pretest[0]!, scenario: scenario!.id };
  });
  afterAll(() => wire.close());
  const call = (method: string, input: unknown) => wire.transport.call(method, input);

  it.each([
    '',
    'settings',
    'settings.',
    'settings.erase',
    'Settings.get',
    '__proto__',
    'constructor',
    'hasOwnProperty',
  ])('has no method %j', async (method) => {
    expect(await call(method, {})).toMatchObject({ ok: false, error: { kind: 'unknown-method' } });
  });

  it('refuses what is not in the expected form, and says where', async () => {
    const refused = await call('settings.set', { newPerDay: -1, colour: 'red' });
    expect(refused).toMatchObject({ ok: false, error: { kind: 'invalid-input' } });
    const { message } = (refused as { error: { message: string } }).error;
    expect(message).toContain('newPerDay');
    expect(message).toContain('colour');
    expect(await call('settings.get', {})).toMatchObject({ ok: true, value: { newPerDay: 15 } });
    for (const input of [null, undefined, [], 'text', 4, true, { unasked: 1 }]) {
      expect(await call('settings.get', input), String(input)).toMatchObject({
        ok: false,
        error: { kind: 'invalid-input' },
      });
    }
  });

  it.each(methodNames)('answers any JSON sent to %s with a proper Result', async (method) => {
    const inputs = fc.oneof(fc.jsonValue(), { arbitrary: spoiled(wellFormed(ids)[method]), weight: 3 });
    await fc.assert(
      fc.asyncProperty(inputs, async (input) => expectProperResult(await call(method, input))),
      { numRuns: 40 },
    );
    expect(wire.core.errors).toEqual([]);
  });

  it('answers nesting without end with a proper Result', async () => {
    await call('review.next', {});
    // The structured clone of IPC has an end of its own, beyond 2,000 levels.
    for (const depth of [60, 1001, 1500, ...(name === 'http' ? [4000] : [])]) {
      let draft: unknown = 'the innermost';
      for (let level = 0; level < depth; level += 1) draft = level % 2 ? [draft] : { in: draft };
      for (const [method, input] of [
        ['review.saveDraft', { questionId: ids.question, basedOn: 0, draft }],
        ['lab.saveAttempt', { ...wellFormed(ids)['lab.saveAttempt'], prediction: draft }],
        ['settings.set', draft],
      ] as const) {
        expectProperResult(await call(method, input));
      }
    }
    expect(wire.core.errors).toEqual([]);
  });

  it('takes every well-formed input', async () => {
    for (const method of methodNames) {
      const result = await call(method, wellFormed(ids)[method]);
      expectProperResult(result);
      expect(result.ok ? 'ok' : result.error.kind, method).not.toBe('invalid-input');
    }
  });

  it('tells the page what happened, in order, until it stops listening', async () => {
    const heard: [EventName, unknown][] = [];
    const stop = wire.transport.on((event, payload) => heard.push([event, payload]));
    // A page begins to listen a moment after it asks to.
    await vi.waitFor(() => {
      wire.core.core.emit('menu.chosen', { command: 'keys' });
      expect(heard).not.toEqual([]);
    }, patience);
    await new Promise((resolve) => setTimeout(resolve, 50));
    heard.length = 0;
    const settings = await call('settings.set', { textSizePercent: 110 });
    await call('lessons.finish', { id: ids.lesson, finished: true });
    await call('review.finish', {});
    wire.core.core.emit('menu.chosen', { command: 'undo' });
    await vi.waitFor(() => expect(heard).toHaveLength(4), patience);
    expect(heard).toEqual([
      ['settings.changed', (settings as { value: unknown }).value],
      ['lessons.changed', null],
      ['study.changed', null],
      ['menu.chosen', { command: 'undo' }],
    ]);
    stop();
    await vi.waitFor(async () => {
      heard.length = 0;
      await call('review.finish', {});
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(heard).toEqual([]);
    }, patience);
  });
});

describe('the same conversation over both wires', () => {
  const said: Partial<Record<WireName, Exchange[]>> = {};
  beforeAll(async () => {
    for (const name of ['http', 'ipc'] as const) {
      const wire = await openWire[name]();
      const exchanges = await converse(wire.transport.call, wire.core.clock);
      said[name] = exchanges.map((exchange) => comparable(exchange, wire) as Exchange);
      expect(wire.core.errors).toEqual([]);
      await wire.close();
    }
  });

  it('is about every method of the contract', () => {
    const methods = new Set(said.http!.filter(({ result }) => result.ok).map(({ method }) => method));
    // A fit needs hundreds of reviews; test/unit/core/optimise.test.ts gives them.
    const afterMonths: readonly MethodName[] = ['optimise.apply', 'optimise.start'];
    expect([...methods, ...afterMonths].sort()).toEqual([...methodNames].sort());
  });

  it('meets the errors that a client can run into', () => {
    const kinds = said.http!.flatMap(({ result }) => (result.ok ? [] : [result.error.kind]));
    expect([...new Set(kinds)].sort()).toEqual([
      'fit-not-ready',
      'invalid-input',
      'not-found',
      'nothing-to-practise',
      'nothing-to-redo',
      'nothing-to-undo',
      'search-unreadable',
      'stale-answer',
      'too-few-reviews',
      'unknown-method',
    ]);
    expect(said.http!.filter(({ method }) => !isMethodName(method))).toHaveLength(2);
  });

  it('gets the same answers', () => {
    expect(said.ipc).toStrictEqual(said.http);
  });
});
