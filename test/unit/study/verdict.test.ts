import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { questionSchema, type Question } from '#shared/pack/schema.ts';
import { drawQuestion } from '#shared/study/draw-question.ts';
import { proposeGrade } from '#shared/study/grade.ts';
import { judge, normaliseWord } from '#shared/study/verdict.ts';

const say = (text: string) => ({ en: text, 'zh-CN': text });
const base = { id: 'q', section: 's', difficulty: 1, stem: say('?') };
const question = (kind: object): Question => drawQuestion(questionSchema.parse({ ...base, ...kind }), 0);
const option = (id: string, correct: boolean) => ({ id, text: say(id), correct, why: say('because') });

describe('judging an answer', () => {
  const multiple = question({
    kind: 'multiple-choice',
    options: [option('a', true), option('b', true), option('c', false)],
  });

  it('wants all and only the right options of a multiple choice', () => {
    const ids = ['a', 'b', 'c'];
    fc.assert(
      fc.property(fc.subarray(ids), (options) => {
        const verdict = judge(multiple, { kind: 'multiple-choice', options });
        expect(verdict.correct).toBe(
          options.includes('a') && options.includes('b') && !options.includes('c'),
        );
        expect(verdict.correct).toBe(verdict.score === 1);
      }),
    );
  });

  it('wants the whole order, and scores what stands in place', () => {
    const ordering = question({
      kind: 'ordering',
      items: ['a', 'b', 'c'].map((id) => ({ id, text: say(id) })),
      explanation: say('x'),
    });
    expect(judge(ordering, { kind: 'ordering', items: ['a', 'b', 'c'] })).toMatchObject({
      correct: true,
      score: 1,
    });
    expect(judge(ordering, { kind: 'ordering', items: ['a', 'c', 'b'] })).toMatchObject({
      correct: false,
      score: 1 / 3,
    });
  });

  it('matches each left side with its own right side', () => {
    const matching = question({
      kind: 'matching',
      pairs: ['a', 'b', 'c'].map((id) => ({ id, left: say(id), right: say(id), why: say(id) })),
    });
    expect(judge(matching, { kind: 'matching', pairs: { a: 'a', b: 'b', c: 'c' } }).correct).toBe(true);
    expect(judge(matching, { kind: 'matching', pairs: { a: 'b', b: 'a', c: 'c' } }).parts).toEqual({
      a: false,
      b: false,
      c: true,
    });
  });

  it('accepts a blank in either language, whatever its case, spaces and full-width letters', () => {
    const cloze = question({
      kind: 'cloze',
      text: say('{{x}}'),
      blanks: [{ id: 'x', accept: { en: ['process group', 'group'], 'zh-CN': ['进程组'] } }],
      explanation: say('x'),
    });
    for (const given of [
      'process group',
      ' Process  Group ',
      'process-group',
      'GROUP.',
      '进程组',
      'ｇｒｏｕｐ',
    ]) {
      expect(judge(cloze, { kind: 'cloze', blanks: { x: given } }).correct, given).toBe(true);
    }
    for (const given of ['', 'groups', '进程'])
      expect(judge(cloze, { kind: 'cloze', blanks: { x: given } }).correct, given).toBe(false);
  });

  it('takes a number within its tolerance, bounds included', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.double({ min: 0, max: 100, noNaN: true }),
        (answer, tolerance) => {
          const numeric = question({
            kind: 'numeric',
            answer,
            tolerance,
            unit: say('ms'),
            explanation: say('x'),
          });
          const at = (value: number) => judge(numeric, { kind: 'numeric', value }).correct;
          expect(at(answer)).toBe(true);
          expect(at(answer + tolerance)).toBe(true);
          expect(at(answer + tolerance * 1.01 + Math.abs(answer) * 1e-6 + 1e-6)).toBe(false);
        },
      ),
    );
  });

  it('passes an open answer from 60 % of the weight', () => {
    const open = question({
      kind: 'open',
      modelAnswer: say('x'),
      rubric: [3, 2, 5].map((weight, index) => ({
        id: `p${index}`,
        point: say('p'),
        weight,
        missing: say('m'),
      })),
    });
    const at = (...points: string[]) => judge(open, { kind: 'open', text: 'x', points });
    expect(at('p0', 'p1')).toMatchObject({ correct: false, score: 0.5 });
    expect(at('p1', 'p2')).toMatchObject({ correct: true, score: 0.7 });
  });

  it('counts a skipped question and an answer of another kind as wrong', () => {
    expect(judge(multiple, { kind: 'skipped' })).toEqual({ correct: false, score: 0, parts: {} });
    expect(judge(multiple, { kind: 'numeric', value: 1 }).correct).toBe(false);
  });
});

it('normalising a word twice changes nothing more', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(normaliseWord(normaliseWord(text))).toBe(normaliseWord(text));
    }),
  );
});

it('proposes Again, Hard, Good and Easy as promised', () => {
  expect(proposeGrade({ correct: false, usedHelp: false, confidence: 'sure' })).toBe(1);
  expect(proposeGrade({ correct: true, usedHelp: true, confidence: 'sure' })).toBe(2);
  expect(proposeGrade({ correct: true, usedHelp: false, confidence: 'think-so' })).toBe(3);
  expect(proposeGrade({ correct: true, usedHelp: false, confidence: null })).toBe(3);
  expect(proposeGrade({ correct: true, usedHelp: false, confidence: 'sure' })).toBe(4);
});
