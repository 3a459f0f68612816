import type { Input, MethodName, NextCard, Output } from '#shared/contract/contract.ts';
import type { Result } from '#shared/contract/result.ts';
import { proposeGrade } from '#shared/study/grade.ts';
import { judge } from '#shared/study/verdict.ts';
import { rightResponse, wrongResponse } from './answers.ts';
import type { SettableClock } from './clock.ts';
import { valueOf } from './value-of.ts';

export type Call = (method: string, input: unknown) => Promise<Result<unknown>>;

export interface Exchange {
  readonly method: string;
  readonly input: unknown;
  readonly result: Result<unknown>;
}

/** A valid UUID, always the same for the same number. */
export const uuid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

export function answerInput(
  card: Pick<NextCard, 'question' | 'basedOn'>,
  answerId: string,
  { right = true, grade }: { right?: boolean; grade?: 1 | 2 | 3 | 4 } = {},
): Input<'review.answer'> {
  const response = right ? rightResponse(card.question) : wrongResponse(card.question);
  const { correct } = judge(card.question, response);
  return {
    answerId,
    questionId: card.question.id,
    basedOn: card.basedOn,
    response,
    confidence: 'think-so',
    usedHelp: false,
    grade: grade ?? proposeGrade({ correct, usedHelp: false, confidence: 'think-so' }),
    answerMs: 4200,
  };
}

/** Talks with a core about everything that the contract has, and keeps what was said. */
export async function converse(call: Call, clock: SettableClock): Promise<Exchange[]> {
  const exchanges: Exchange[] = [];
  const attempt = async (method: string, input: unknown): Promise<Result<unknown>> => {
    const result = await call(method, input);
    exchanges.push({ method, input, result });
    return result;
  };
  const ask = async <M extends MethodName>(method: M, input: Input<M>) =>
    valueOf((await attempt(method, input)) as Result<Output<M>>);

  await ask('system.info', {});
  await ask('settings.get', {});
  await ask('settings.set', { language: 'zh-CN', newPerDay: 6, desiredRetention: 0.85 });
  await ask('settings.set', {});
  await attempt('settings.set', { newPerDay: 501 });
  await ask('library.packs', {});
  await ask('library.glossary', {});

  const [lesson] = await ask('lessons.list', {});
  const { id, pretest } = lesson!;
  await ask('lessons.saveProgress', { id, percentRead: 40.5, anchor: '', offset: 0.25 });
  clock.advanceMinutes(1);
  const [pretestId] = pretest;
  const pretestQuestion = await ask('library.question', { id: pretestId! });
  await ask('lessons.answerPretest', {
    id,
    questionId: pretestId!,
    response: wrongResponse(pretestQuestion),
  });
  await ask('lessons.finish', { id, finished: true });
  await ask('lessons.get', { id });
  for (const method of ['lessons.get', 'library.question', 'library.scenario'])
    await attempt(method, { id: 'not-there' });

  const [scenario] = await ask('lab.scenarios', {});
  await ask('library.scenario', { id: scenario!.id });
  await ask('lab.saveAttempt', {
    scenarioId: scenario!.id,
    place: 'lab',
    changes: { 'platform.servers': 3, name: 'a "quoted" 名字', on: true },
    seed: 2 ** 40,
    prediction: { option: 'first', nested: [1, null] },
    metrics: { 'latencyMs.p95': 12.5 },
    met: null,
  });
  await ask('lab.attempts', { scenarioId: scenario!.id });
  await ask('lab.noteMeasured', { id: 1, measured: [0.25, 1] });
  await attempt('lab.noteMeasured', { id: 99, measured: 1 });
  await attempt('lab.attempts', { scenarioId: scenario!.id, limit: 0 });
  await ask('lab.overview', {});
  await ask('lab.noteHelp', { scenarioId: scenario!.id, hintsShown: 2, gaveUp: true });
  await attempt('lab.noteHelp', { scenarioId: 'not-there' });
  const labRun = {
    id: uuid(950),
    platform: 'queue',
    seed: 2 ** 31,
    file: { platform: { kind: 'queue', servers: 0.1 + 0.2 }, note: '名字' },
    metrics: { 'latencyMs.p95': 12.5 },
  };
  await ask('lab.keepRun', labRun);
  await ask('lab.keepRun', labRun);
  await ask('lab.runs', {});
  await ask('lab.nameRun', { id: labRun.id, name: '  慢  ' });
  await ask('lab.removeRun', { id: labRun.id });
  await attempt('lab.nameRun', { id: labRun.id, name: 'gone' });
  await ask('review.undo', {});
  await ask('review.undo', {});
  await ask('lab.runs', { limit: 1 });

  await ask('review.today', {});
  await attempt('review.undo', {});
  for (let number = 1; number <= 8; number += 1) {
    const { card } = await ask('review.next', {});
    if (!card) break;
    await ask('review.saveDraft', {
      questionId: card.question.id,
      basedOn: card.basedOn,
      draft: { typed: `so far ${number}` },
    });
    await ask('review.next', {});
    clock.advanceMinutes(0.5);
    const input = answerInput(card, uuid(number), { right: number % 3 !== 0 });
    await ask('review.answer', input);
    if (number === 2) await ask('review.answer', input);
    if (number === 4) await attempt('review.answer', { ...input, answerId: uuid(400) });
    if (number % 4 === 0) await ask('review.undo', {});
  }
  await ask('review.next', { lessonId: id });
  await attempt('review.next', { lessonId: 'not-there' });
  await ask('review.redo', {});
  await attempt('review.redo', {});

  const { rows } = await ask('cards.search', { search: '', limit: 5 });
  await ask('cards.search', { search: 'is:learning OR due<3', sort: 'due', descending: true });
  await ask('cards.search', { search: 'nonsense:field' });
  await attempt('cards.search', { search: '', limit: 0 });
  const [one, two] = rows.map((row) => row.id);
  await ask('cards.change', { which: { ids: [one!, two!] }, change: { do: 'flag', flag: 2 } });
  await ask('cards.change', { which: { search: 'flag:2' }, change: { do: 'suspend' } });
  await attempt('cards.change', { which: { search: 'r<' }, change: { do: 'bury' } });
  await ask('cards.info', { id: one! });
  await ask('review.undo', {});
  await ask('review.explain', { questionId: one!, text: '  用自己的话说  ' });
  await ask('search.find', { search: '自己的话', locale: 'zh-CN' });
  await ask('search.find', { search: 'container 容器' });
  await attempt('search.find', { search: 'container', limit: 0 });

  const { today } = await ask('progress.calendar', {});
  await ask('interview.save', {
    id: uuid(900),
    name: 'A big one',
    day: today + 20,
    lessonIds: [],
    target: 0.9,
  });
  await attempt('interview.save', {
    id: uuid(901),
    name: ' ',
    day: today,
    lessonIds: ['not-there'],
    target: 0.99,
  });
  await ask('interview.list', {});
  const note = { lessonId: id, locale: 'zh-CN', anchor: '', quote: '堆', prefix: '', suffix: '' } as const;
  await ask('notes.save', { id: uuid(905), ...note, body: '像合租' });
  await ask('notes.list', { lessonId: id });
  await attempt('notes.save', { id: uuid(906), ...note, lessonId: 'not-there', body: '' });
  await ask('notes.remove', { id: uuid(905) });
  await attempt('notes.remove', { id: uuid(905) });
  await ask('interview.remove', { id: uuid(900) });
  await attempt('interview.remove', { id: uuid(900) });
  await ask('review.rest', { studyDay: today + 1, rests: true });
  await ask('review.tags', {});
  await ask('review.practise', { what: 'lesson', lessonId: id });
  const practised = await ask('review.next', {});
  const { grade: _grade, ...given } = answerInput(practised.card!, uuid(902));
  await ask('review.answerPractice', given);
  await attempt('review.practise', { what: 'tag', tag: 'no-such-tag' });
  await ask('review.spreadBacklog', { days: 3 });

  await ask('progress.forecast', { days: 10 });
  await ask('progress.retention', {});
  await ask('progress.memory', {});
  await ask('progress.habits', {});
  await ask('progress.calibration', {});
  await ask('progress.mastery', {});
  await ask('optimise.state', {});
  await attempt('optimise.start', {});
  await attempt('optimise.apply', {});
  await ask('optimise.cancel', {});
  await ask('optimise.reset', {});
  await ask('system.checkData', {});
  clock.advanceMinutes(3 * 24 * 60);
  await ask('review.today', {});
  await ask('review.finish', {});
  await ask('lessons.list', {});
  await attempt('review.erase', {});
  await attempt('toString', {});
  return exchanges;
}
