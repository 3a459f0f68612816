import { describe, expect, it } from 'vitest';
import { locales } from '#shared/locale.ts';
import { questionSchema, type PackQuestion } from '#shared/pack/schema.ts';
import { isDrawn } from '#shared/study/draw-question.ts';
import { course, wordsOf } from './course.ts';

const { questions, scenarios } = course;
const ofKind = <K extends PackQuestion['kind']>(kind: K) =>
  questions.filter((question): question is Extract<(typeof questions)[number], { kind: K }> => question.kind === kind);

const countBy = <T>(items: readonly T[], key: (item: T) => string): [string, number][] =>
  [...Map.groupBy(items, key)].map(([name, members]) => [name, members.length]);

describe('the questions', () => {
  it('are at least 200, at least 14 a lesson, in every kind', () => {
    expect(questions.length).toBeGreaterThanOrEqual(200);
    const perLesson = new Map(countBy(questions, ({ lessonId }) => lessonId));
    const short = course.lessons.filter(({ id }) => (perLesson.get(id) ?? 0) < 14).map(({ id }) => id);
    expect(short).toEqual([]);
    const kinds = new Set(questions.map(({ kind }) => kind));
    expect(questionSchema.options.map(({ shape }) => shape.kind.value).filter((kind) => !kinds.has(kind))).toEqual([]);
  });

  it('ask of every fact at least twice', () => {
    const rare = course.facts
      .map(({ id }) => [id, questions.filter(({ facts }) => facts.includes(id)).length] as const)
      .filter(([, count]) => count < 2);
    expect(rare).toEqual([]);
  });

  it('have at least 20 that are drawn anew at each review', () => {
    expect(questions.filter(isDrawn).length).toBeGreaterThanOrEqual(20);
  });

  it('have at least 30 simulations: 5 of each family and 5 across', () => {
    const simulations = ofKind('simulation');
    expect(simulations.length).toBeGreaterThanOrEqual(30);
    const patternOf = new Map(scenarios.map(({ id, pattern }) => [id, pattern]));
    const perPattern = new Map(countBy(simulations, ({ scenario }) => patternOf.get(scenario) ?? ''));
    for (const pattern of ['monolith', 'shared-host', 'vm', 'container', 'serverless', 'choosing'])
      expect(perPattern.get(pattern) ?? 0, pattern).toBeGreaterThanOrEqual(5);
    const aimless = simulations.filter(({ scenario }) => !scenarios.find(({ id }) => id === scenario)?.goals.length);
    expect(aimless.map(({ id }) => id)).toEqual([]);
  });

  it('do not give the answer away by its length', () => {
    const choices = [...ofKind('single-choice'), ...ofKind('drawn-choice')];
    for (const locale of locales) {
      const longest = choices.filter(({ options }) => {
        const lengths = options.map(({ text }) => text[locale].length);
        const right = options.find(({ correct }) => correct)?.text[locale].length ?? 0;
        return right === Math.max(...lengths) && lengths.filter((length) => length === right).length === 1;
      });
      // By chance the right one of four would be the longest in a quarter of them.
      expect(longest.length / choices.length, locale).toBeLessThanOrEqual(0.35);
    }
  });

  it('do not give the answer away by its place', () => {
    const places = ofKind('single-choice').map(({ options }) => options.findIndex(({ correct }) => correct));
    const most = Math.max(...countBy(places, String).map(([, count]) => count));
    expect(most / places.length).toBeLessThanOrEqual(0.45);
  });

  it('never have the same stem twice', () => {
    for (const locale of locales) {
      const stems = questions.map(({ stem }) => stem[locale]);
      expect(stems.filter((stem, index) => stems.indexOf(stem) !== index)).toEqual([]);
    }
  });

  it('are of every difficulty', () => {
    const perLevel = new Map(countBy(questions, ({ difficulty }) => String(difficulty)));
    for (const level of ['1', '2', '3', '4', '5']) expect(perLevel.get(level) ?? 0, level).toBeGreaterThanOrEqual(5);
  });
});

describe('interview questions', () => {
  const open = ofKind('open');

  it('are at least 36', () => {
    expect(open.length).toBeGreaterThanOrEqual(36);
  });

  it.each(open.map((question) => [question.id, question] as const))(
    '%s has a model answer of 120 to 250 words, a rubric of 4 to 7 points, and two follow-ups',
    (_id, { modelAnswer, rubric, followUps }) => {
      const words = wordsOf(modelAnswer.en).length;
      expect(words).toBeGreaterThanOrEqual(120);
      expect(words).toBeLessThanOrEqual(250);
      expect(rubric.length).toBeGreaterThanOrEqual(4);
      expect(followUps).toHaveLength(2);
    },
  );
});
