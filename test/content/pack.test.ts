import { resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadPack } from '#main/packs/load.ts';
import { locales } from '#shared/locale.ts';
import { sectionsOf } from '#shared/pack/markdown.ts';
import { questionKinds, type Pack, type Scenario } from '#shared/pack/schema.ts';
import { configure, extremesOf } from '#shared/simulation/configure.ts';
import { type Goal, meetsGoals, parseSimulationFile, runAll } from '#shared/simulation/simulate.ts';

const folder = resolve(import.meta.dirname, '../../content/microservice-deployment');
/** The facts of the article that the lessons so far are to teach. */
const facts = ['P1', 'P2', 'P3', 'P4', 'H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'H7', 'H8', 'H9'];

const { pack: loaded, problems } = loadPack(folder);
const pack = loaded as Pack;

beforeAll(() => {
  expect(problems).toEqual([]);
});

/** Text without Markdown's signs, embeds and the section that only names sources. */
function prose(lessonId: string, locale: 'en' | 'zh-CN'): string {
  const lesson = pack.lessons.find(({ id }) => id === lessonId);
  return sectionsOf(lesson?.body[locale] ?? '')
    .filter(({ anchor }) => anchor !== 'sources')
    .map(({ title, tokens }) => `${title}\n${tokens.map(({ raw }) => raw).join('')}`)
    .join('\n')
    .replace(/^::.*$/gm, '')
    .replace(/\[\[[a-z0-9-]+\|([^\]]+)\]\]/g, '$1')
    .replace(/[[\]*_`#|>:-]+/g, ' ');
}

const wordsOf = (text: string) => text.match(/[A-Za-z0-9]+(?:[’'.,-][A-Za-z0-9]+)*/g) ?? [];
const hanOf = (text: string) => text.match(/\p{Script=Han}/gu) ?? [];

describe('lessons', () => {
  it('teach every fact', () => {
    const taught = new Set(pack.lessons.flatMap((lesson) => lesson.facts));
    expect(facts.filter((fact) => !taught.has(fact))).toEqual([]);
  });

  it.each([
    ['several-instances-per-host', 800, 1200],
    ['monolith-baseline', 600, 1200],
  ])('%s has the length that a sitting bears, in both languages', (id, least, most) => {
    const english = wordsOf(prose(id, 'en')).length;
    expect(english).toBeGreaterThanOrEqual(least);
    expect(english).toBeLessThanOrEqual(most);
    // One English word says about as much as 1.4 to 2 Chinese characters.
    const chinese = hanOf(prose(id, 'zh-CN')).length;
    expect(chinese).toBeGreaterThanOrEqual(least * 1.4);
    expect(chinese).toBeLessThanOrEqual(most * 2);
  });

  it('have a recap, sources with the licence, and the promised simulations', () => {
    for (const lesson of pack.lessons) {
      for (const locale of locales) {
        const anchors = sectionsOf(lesson.body[locale]).map(({ anchor }) => anchor);
        expect(anchors).toContain('recap');
        expect(anchors.at(-1)).toBe('sources');
        expect(lesson.body[locale]).toMatch(/CC BY-SA 4\.0/);
      }
    }
    const host = pack.lessons.find(({ id }) => id === 'several-instances-per-host');
    expect(host?.body.en.match(/^::simulation\{/gm)?.length).toBeGreaterThanOrEqual(2);
  });

  it('are in the language they say', () => {
    for (const lesson of pack.lessons) {
      expect(hanOf(lesson.body.en)).toEqual([]);
      const chinese = lesson.body['zh-CN'];
      const sentences = chinese.match(/(?:[A-Za-z]{2,}[ ,]+){6,}/g) ?? [];
      expect(sentences.filter((run) => !chinese.slice(chinese.indexOf('{#sources}')).includes(run))).toEqual([]);
    }
  });
});

describe('questions', () => {
  it('are at least 24, in every kind', () => {
    expect(pack.questions.length).toBeGreaterThanOrEqual(24);
    const kinds = new Set(pack.questions.map(({ kind }) => kind));
    expect(questionKinds.filter((kind) => !kinds.has(kind))).toEqual([]);
  });

  it('ask of every fact at least twice', () => {
    const rare = facts.filter((fact) => pack.questions.filter((question) => question.facts.includes(fact)).length < 2);
    expect(rare).toEqual([]);
  });

  it('do not give the answer away by its length', () => {
    const singles = pack.questions.filter((question) => question.kind === 'single-choice');
    for (const locale of locales) {
      const longest = singles.filter((question) => {
        const lengths = question.options.map((option) => option.text[locale].length);
        const right = question.options.find((option) => option.correct)?.text[locale].length ?? 0;
        return right === Math.max(...lengths) && lengths.filter((length) => length === right).length === 1;
      });
      // By chance the right one of four would be the longest in a quarter of them.
      expect(longest.length / singles.length, locale).toBeLessThanOrEqual(0.4);
    }
  });

  it('never have the same stem twice', () => {
    for (const locale of locales) {
      const stems = pack.questions.map((question) => question.stem[locale]);
      expect(new Set(stems).size).toBe(stems.length);
    }
  });

  it('have open answers with 120 to 250 words and a rubric of 4 to 7 points', () => {
    for (const question of pack.questions.filter(({ kind }) => kind === 'open')) {
      if (question.kind !== 'open') continue;
      const words = wordsOf(question.modelAnswer.en).length;
      expect(words, question.id).toBeGreaterThanOrEqual(120);
      expect(words, question.id).toBeLessThanOrEqual(250);
      expect(question.rubric.length, question.id).toBeGreaterThanOrEqual(4);
    }
  });
});

/** Runs a scenario from its start, with some changes, on all of its seeds. */
function runsOf(scenario: Scenario, changes: Record<string, string | number | boolean> = {}) {
  const parsed = parseSimulationFile(configure(scenario, changes));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return runAll(parsed.file);
}

describe.each(pack.scenarios.map((scenario) => [scenario.id, scenario] as const))('scenario %s', (_id, scenario) => {
  const { runs, summary } = runsOf(scenario);
  const met = (goals: readonly Goal[], of = runs) => meetsGoals(goals, of).every((goal) => goal.met);

  it('runs on at least three seeds and measures what it shows', () => {
    expect(runs.length).toBeGreaterThanOrEqual(3);
    expect(scenario.metrics.filter((metric) => summary[metric] === undefined)).toEqual([]);
  });

  const options = scenario.prediction?.kind === 'choice' ? scenario.prediction.options : null;
  if (options) {
    it('has exactly one prediction come true, on every seed', () => {
      for (const run of runs) expect(options.filter(({ when }) => met(when, [run]))).toHaveLength(1);
      expect(options.filter(({ when }) => met(when))).toHaveLength(1);
    });
  }

  if (scenario.goals.length === 0) return;

  it('starts short of its goal, and its solution meets it on every seed', () => {
    expect(met(scenario.goals)).toBe(false);
    expect(met(scenario.goals, [...runsOf(scenario, scenario.solution).runs])).toBe(true);
    const reachable = new Set(scenario.controls.map(({ path }) => path));
    expect(Object.keys(scenario.solution ?? {}).filter((path) => !reachable.has(path))).toEqual([]);
  });

  it('is not met by pushing one control to its end', () => {
    const ends = scenario.controls.flatMap((control) => {
      return extremesOf(control).map((value) => ({ ...control.when, [control.path]: value }));
    });
    const meeting = ends.filter((changes) => met(scenario.goals, [...runsOf(scenario, changes).runs]));
    expect(meeting.length / ends.length).toBeLessThanOrEqual(1 / 3);
  });
});
