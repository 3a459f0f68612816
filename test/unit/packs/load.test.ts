import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { questionKinds } from '#shared/pack/schema.ts';
import { openLibrary } from '#main/packs/library.ts';
import { loadPack } from '#main/packs/load.ts';
import { formatProblem } from '#main/packs/problem.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { tinyPack, writePack, type PackFiles } from '../../support/tiny-pack.ts';

/** What the loader says of the tiny pack with something about it changed, and the pack's text to find lines in. */
function problemsOf(change: (files: PackFiles) => void): {
  found: string[];
  files: PackFiles;
  loaded: boolean;
} {
  const files = tinyPack();
  change(files);
  const { pack, problems } = loadPack(writePack(temporaryFolder(), files));
  return { found: problems.map(formatProblem), files, loaded: pack !== null };
}

/** A cache that begins empty. */
const noCache = () => ({
  folder: temporaryFolder(),
  report: (message: string) => expect.unreachable(message),
});

/** Takes a file out of a pack. */
function without(files: PackFiles, path: string): void {
  if (!Reflect.deleteProperty(files, path)) throw new Error(`there is no ${path}`);
}

/** Replaces a text that must be there, the first time it occurs. */
function edit(files: PackFiles, path: string, from: string, to: string): void {
  const text = files[path]!;
  if (!text.includes(from)) throw new Error(`${path} has no ${from}`);
  files[path] = text.replace(from, () => to);
}

const questions = 'questions/only-lesson.yaml';
const lesson = 'lessons/only-lesson/lesson.yaml';
const english = 'lessons/only-lesson/en.md';
const chinese = 'lessons/only-lesson/zh-CN.md';
const scenarios = 'scenarios/monolith.yaml';
const text = '{ en: Words, zh-CN: 文字 }';

interface Broken {
  readonly what: string;
  readonly change: (files: PackFiles) => void;
  /** File, a text of the line in question or its number, and what the message must say. */
  readonly expected: readonly [file: string, line: number | string, words: readonly string[]][];
}

const brokenPacks: readonly Broken[] = [
  {
    what: 'has no manifest',
    change: (files) => without(files, 'pack.yaml'),
    expected: [['pack.yaml', 1, ['missing']]],
  },
  {
    what: 'lacks a lesson file',
    change: (files) => without(files, chinese),
    expected: [[chinese, 1, ['missing']]],
  },
  {
    what: 'lacks the questions of a lesson',
    change: (files) => without(files, questions),
    expected: [[questions, 1, ['missing']]],
  },
  {
    what: 'names a lesson that is not there',
    change: (files) => edit(files, 'pack.yaml', '[only-lesson]', '[only-lesson, second-lesson]'),
    expected: [
      ['lessons/second-lesson/lesson.yaml', 1, ['missing']],
      ['lessons/second-lesson/en.md', 1, ['missing']],
      ['lessons/second-lesson/zh-CN.md', 1, ['missing']],
      ['questions/second-lesson.yaml', 1, ['missing']],
    ],
  },
  {
    what: 'names a lesson twice',
    change: (files) => edit(files, 'pack.yaml', '[only-lesson]', '[only-lesson, only-lesson]'),
    expected: [['pack.yaml', 'lessons:', ['only-lesson', 'once']]],
  },
  {
    what: 'leads out of its folder',
    change: (files) => edit(files, 'pack.yaml', '[only-lesson]', '[../../etc]'),
    expected: [['pack.yaml', 'lessons:', ['lessons[0]', 'lower-case words']]],
  },
  {
    what: 'is not YAML',
    change: (files) => edit(files, lesson, 'minutes: 1', 'minutes: [1'),
    expected: [[lesson, 'objectives:', ['not valid YAML']]],
  },
  {
    what: 'has a key twice',
    change: (files) => edit(files, lesson, 'minutes: 1', 'minutes: 1\nminutes: 2'),
    expected: [[lesson, 'minutes: 2', ['not valid YAML', 'unique']]],
  },
  {
    what: 'refers to a YAML anchor that is not there',
    change: (files) => edit(files, lesson, 'minutes: 1', 'minutes: *nowhere'),
    expected: [[lesson, 'minutes:', ['not valid YAML', 'nowhere']]],
  },
  {
    what: 'blows itself up with aliases',
    change: (files) => {
      const levels = Array.from({ length: 12 }, (_, level) => {
        const inner =
          level === 0 ? '[x]' : `[${Array.from({ length: 10 }, () => `*a${level - 1}`).join(', ')}]`;
        return `a${level}: &a${level} ${inner}`;
      });
      files[lesson] += `${levels.join('\n')}\n`;
    },
    expected: [[lesson, 1, ['not valid YAML', 'alias']]],
  },
  {
    what: 'has a key that is not known',
    change: (files) => edit(files, lesson, 'minutes: 1', 'minutes: 1\nminuets: 2'),
    expected: [[lesson, 'minuets:', ['minuets']]],
  },
  {
    what: 'has a number out of its range',
    change: (files) => edit(files, lesson, 'minutes: 1', 'minutes: 1000'),
    expected: [[lesson, 'minutes:', ['minutes', '120']]],
  },
  {
    what: 'has a text where a number belongs',
    change: (files) => edit(files, questions, 'answer: 42', 'answer: forty-two'),
    expected: [[questions, 'answer: forty-two', ['[5].answer', 'expected number']]],
  },
  {
    what: 'lacks one language',
    change: (files) => edit(files, lesson, '{ en: Only, zh-CN: 唯一 }', '{ en: Only }'),
    expected: [[lesson, 'title:', ['title.zh-CN', 'expected string']]],
  },
  {
    what: 'has an empty text',
    change: (files) => edit(files, lesson, '{ en: Only, zh-CN: 唯一 }', '{ en: "  ", zh-CN: 唯一 }'),
    expected: [[lesson, 'title:', ['title.en']]],
  },
  {
    what: 'has a question of an unknown kind',
    change: (files) => edit(files, questions, 'kind: ordering', 'kind: essay'),
    expected: [[questions, 'kind: essay', ['kind']]],
  },
  {
    what: 'has two right options in a single choice',
    change: (files) =>
      edit(files, questions, `{ id: b, text: ${text}, why`, `{ id: b, text: ${text}, correct: true, why`),
    expected: [[questions, 'options:', ['exactly one option']]],
  },
  {
    what: 'has an option without a reason',
    change: (files) => edit(files, questions, `, why: ${text}`, ''),
    expected: [[questions, `{ id: a, text`, ['why']]],
  },
  {
    what: 'has two options of the same id',
    change: (files) => edit(files, questions, `{ id: c,`, `{ id: b,`),
    expected: [[questions, 'options:', ['"b"', 'once']]],
  },
  {
    what: 'has two items of an ordering with the same id',
    change: (files) => edit(files, questions, `{ id: two, text`, `{ id: one, text`),
    expected: [[questions, 'items:', ['"one"', 'once']]],
  },
  {
    what: 'has two questions of the same id',
    change: (files) => edit(files, questions, 'id: q-ordering', 'id: q-single'),
    expected: [[questions, 19, ['q-single', `${questions}:1`, 'unique']]],
  },
  {
    what: 'has two glossary terms of the same id',
    change: (files) => edit(files, 'glossary.yaml', 'id: other-term', 'id: tiny-term'),
    expected: [
      ['glossary.yaml', 5, ['tiny-term', 'unique']],
      ['glossary.yaml', 1, ['other-term']],
    ],
  },
  {
    what: 'has a question on a section that is not there',
    change: (files) => edit(files, questions, 'section: first-section', 'section: third-section'),
    expected: [[questions, 1, ['third-section', 'only-lesson']]],
  },
  {
    what: 'has a question on a scenario that is not there',
    change: (files) => edit(files, questions, 'scenario: tiny-scenario', 'scenario: other-scenario'),
    expected: [[questions, 'id: q-simulation', ['other-scenario']]],
  },
  {
    what: 'asks before reading what is not a question',
    change: (files) => edit(files, lesson, 'q-multiple', 'q-missing'),
    expected: [[lesson, 1, ['pretest', 'q-missing']]],
  },
  {
    what: 'embeds a scenario that is not there',
    change: (files) => edit(files, english, '::simulation{tiny-scenario}', '::simulation{tiny}'),
    expected: [[english, '::simulation{tiny}', ['scenario', '"tiny"']]],
  },
  {
    what: 'embeds a question that is not there',
    change: (files) => edit(files, english, '::question{q-single}', '::question{q-single}\n\n::question{q}'),
    expected: [[english, '::question{q}', ['question', '"q"']]],
  },
  {
    what: 'speaks of a term that is not there',
    change: (files) => edit(files, english, '[[tiny-term|term]]', '[[tiny|term]]'),
    expected: [[english, '[[tiny|', ['glossary term', '"tiny"']]],
  },
  {
    what: 'speaks of an unknown term in an explanation',
    change: (files) =>
      edit(files, questions, `explanation: ${text}`, 'explanation: { en: "A [[nothing]]", zh-CN: 文字 }'),
    expected: [[questions, 'id: q-ordering', ['glossary term', '"nothing"']]],
  },
  {
    what: 'speaks of an unknown term in a scenario',
    change: (files) =>
      edit(files, scenarios, `brief: ${text}`, 'brief: { en: "A [[nothing]]", zh-CN: 文字 }'),
    expected: [[scenarios, 1, ['glossary term', '"nothing"']]],
  },
  {
    what: 'relates a term to one that is not there',
    change: (files) => edit(files, 'glossary.yaml', '[other-term]', '[no-term]'),
    expected: [['glossary.yaml', 1, ['no-term']]],
  },
  {
    what: 'has other anchors in the other language',
    change: (files) => edit(files, chinese, '{#second-section}', '{#another-section}'),
    expected: [[chinese, '{#another-section}', ['another-section', 'second-section', 'en.md']]],
  },
  {
    what: 'lacks a section in the other language',
    change: (files) => edit(files, chinese, '## 第二节 {#second-section}', ''),
    expected: [[chinese, 1, ['second-section', 'en.md']]],
  },
  {
    what: 'has a heading without an anchor',
    change: (files) => {
      edit(files, english, 'Words before all', 'On the second section:');
      edit(files, english, '## Second section {#second-section}', '## second section');
      edit(files, chinese, '## 第二节 {#second-section}', '## 第二节');
    },
    expected: [
      [english, '## second section', ['second section', '{#']],
      [chinese, '## 第二节', ['第二节', '{#']],
    ],
  },
  {
    what: 'has an anchor twice',
    change: (files) => {
      edit(files, english, '{#second-section}', '{#first-section}');
      edit(files, chinese, '{#second-section}', '{#first-section}');
    },
    expected: [
      [english, '## Second section', ['first-section', 'twice']],
      [chinese, '## 第二节', ['first-section', 'twice']],
    ],
  },
  {
    what: 'lacks a blank in one language',
    change: (files) => edit(files, questions, '一个{{first}}和一个{{second}}', '一个{{first}}'),
    expected: [[questions, 'id: q-cloze', ['zh-CN', 'first, second', 'found first']]],
  },
  {
    what: 'has a simulation that cannot run',
    change: (files) =>
      edit(
        files,
        scenarios,
        'cpu: { kind: exponential, meanMs: 1000 }',
        'cpu: { kind: exponential, meanMs: -5 }',
      ),
    expected: [[scenarios, 'cpu:', ['simulation.workload', 'meanMs']]],
  },
  {
    what: 'has a simulation with a key that is not known',
    change: (files) => edit(files, scenarios, 'servers: 2', 'severs: 2'),
    expected: [[scenarios, 'severs:', ['simulation.platform', 'severs']]],
  },
  {
    what: 'has a solution that leads nowhere',
    change: (files) => edit(files, scenarios, 'platform.servers: 3', 'workload.services[4].name: x'),
    expected: [[scenarios, 'solution:', ['solution', 'workload.services[4].name']]],
  },
  {
    what: 'has a solution that cannot run',
    change: (files) => edit(files, scenarios, 'platform.servers: 3', 'platform.servers: none'),
    expected: [[scenarios, 'solution:', ['solution', 'platform.servers']]],
  },
  {
    what: 'has goals and no solution',
    change: (files) => edit(files, scenarios, '  solution:\n    platform.servers: 3\n', ''),
    expected: [[scenarios, 'goals:', ['solution']]],
  },
  {
    what: 'has goals on so few seeds that luck can meet them',
    change: (files) => edit(files, scenarios, 'seeds: [1, 2, 3]', 'seeds: [1, 2]'),
    expected: [[scenarios, 'seeds:', ['simulation.run.seeds', 'at least 3 seeds']]],
  },
  {
    what: 'has a control whose end cannot run',
    change: (files) => edit(files, scenarios, 'min: 1', 'min: 0'),
    expected: [[scenarios, 'kind: number', ['controls.0', 'platform.servers']]],
  },
  {
    what: 'has a control that leads nowhere',
    change: (files) => edit(files, scenarios, 'path: platform.servers', 'path: platform.servers.of.them'),
    expected: [
      [scenarios, 'kind: number', ['platform.servers.of.them']],
      [scenarios, 'kind: number', ['platform.servers.of.them']],
    ],
  },
  {
    what: 'is of a newer format',
    change: (files) => edit(files, 'pack.yaml', 'formatVersion: 1', 'formatVersion: 2'),
    expected: [['pack.yaml', 'formatVersion:', ['formatVersion', '1', 'newer Slipway']]],
  },
  {
    what: 'has a list where an object belongs',
    change: (files) => (files['pack.yaml'] = '- id: tiny\n'),
    expected: [['pack.yaml', 1, ['expected object']]],
  },
  {
    what: 'has an empty file',
    change: (files) => (files[questions] = ''),
    expected: [[questions, 1, ['expected array']]],
  },
  {
    what: 'has links that lead nowhere',
    change: (files) =>
      edit(
        files,
        english,
        'More words.',
        '[a](https://example.invalid) [b](#/lessons/only-lesson/second-section) [c](#/glossary/tiny-term)\n' +
          '[d](#/lessons/only-lesson/no-section)\n\n[e](javascript:alert)\n\n[f](../other.md)',
      ),
    expected: [
      [english, '[d]', ['#/lessons/only-lesson/no-section', 'nowhere']],
      [english, '[e]', ['javascript:alert', 'nowhere']],
      [english, '[f]', ['../other.md', 'nowhere']],
    ],
  },
  {
    what: 'draws a number of nothing',
    change: (files) => edit(files, questions, 'form: lambda-bill', 'form: lambda-bell'),
    expected: [[questions, 'q-drawn-numeric', ['lambda-bell']]],
  },
  {
    what: 'names a drawn number that is not there',
    change: (files) => edit(files, questions, '{{ms}} ms', '{{seconds}} s'),
    expected: [[questions, 'q-drawn-numeric', ['draw 0', 'seconds']]],
  },
  {
    what: 'can draw a wrong option that is right',
    change: (files) => edit(files, questions, "'{{work}} ms'", "'{{cfs.wallMs}} ms'"),
    expected: [[questions, 'q-drawn-choice', ['draw 0', 'twice']]],
  },
  {
    what: 'teaches a fact that its list does not have',
    change: (files) => {
      files['facts.yaml'] = `- { id: P2, text: ${text} }\n`;
    },
    expected: [[lesson, 1, ['P1', 'facts.yaml']]],
  },
  {
    what: 'has a product without what became of it',
    change: (files) => edit(files, 'glossary.yaml', '- id: tiny-term', '- id: tiny-term\n  kind: product'),
    expected: [['glossary.yaml', 1, ['became']]],
  },
  {
    what: 'has a lesson in a folder of another name',
    change: (files) => edit(files, lesson, 'id: only-lesson', 'id: lonely-lesson'),
    expected: [[lesson, 1, ['only-lesson', 'folder']]],
  },
];

describe('a pack', () => {
  it('that is whole has no problems and a question of every kind', () => {
    const { pack, problems } = loadPack(writePack(temporaryFolder(), tinyPack()));
    expect(problems).toEqual([]);
    expect(pack?.questions.map(({ kind }) => kind)).toEqual(questionKinds);
    expect(pack?.questions.every(({ lessonId }) => lessonId === 'only-lesson')).toBe(true);
    expect(pack?.scenarios.map(({ pattern }) => pattern)).toEqual(['monolith']);
  });

  it('may begin with a byte order mark and end its lines the Windows way', () => {
    const files = tinyPack();
    for (const [path, content] of Object.entries(files))
      files[path] = `\uFEFF${content.replaceAll('\n', '\r\n')}`;
    const { pack, problems } = loadPack(writePack(temporaryFolder(), files));
    expect(problems).toEqual([]);
    expect(pack?.lessons[0]?.body.en.startsWith('Words')).toBe(true);
  });

  it.each(brokenPacks)('that $what is told so, with file and line', ({ change, expected }) => {
    const { found, files, loaded } = problemsOf(change);
    expect(loaded).toBe(false);
    const wanted = expected.map(([file, line, words]) => {
      const number =
        typeof line === 'number'
          ? line
          : (files[file]?.split('\n').findIndex((one) => one.includes(line)) ?? -1) + 1;
      return { place: `${file}:${number}: `, words };
    });
    expect(found.map((problem) => /^[^ ]+ /.exec(problem)?.[0])).toEqual(wanted.map(({ place }) => place));
    wanted.forEach(({ words }, index) => {
      for (const word of words) expect(found[index]).toContain(word);
    });
  });

  it('tells all of its problems at once', () => {
    const { found } = problemsOf((files) => {
      edit(files, lesson, 'minutes: 1', 'minutes: 0');
      edit(files, questions, 'answer: 42', 'answer: forty-two');
      edit(files, scenarios, 'servers: 2', 'servers: 0');
    });
    expect(found.map((problem) => problem.split(':')[0])).toEqual([lesson, questions, scenarios]);
  });
});

describe('the library', () => {
  it('holds what is whole and says what is broken', () => {
    const content = temporaryFolder();
    writePack(join(content, 'whole'), tinyPack());
    const broken = tinyPack();
    edit(broken, 'pack.yaml', 'version: 1.0.0', 'version: one');
    writePack(join(content, 'broken'), broken);
    writePack(join(content, '.hidden'), {});
    const library = openLibrary([content, join(content, 'not-there')], noCache());
    expect(existsSync(join(content, 'not-there'))).toBe(false);
    const status = Object.fromEntries(library.packs.map((pack) => [pack.id, pack]));
    expect(Object.keys(status).sort()).toEqual(['broken', 'tiny']);
    expect(status['tiny']).toMatchObject({
      problems: [],
      version: '1.0.0',
      licence: 'CC0-1.0',
      title: { en: 'Tiny' },
    });
    expect(status['broken']?.problems).toMatchObject([{ file: 'pack.yaml', line: 2 }]);
    expect(library.lessons.map(({ id }) => id)).toEqual(['only-lesson']);
    expect(library.question('q-open')).toMatchObject({ lessonTitle: { en: 'Only' }, pattern: 'monolith' });
    expect(library.scenario('tiny-scenario')?.pattern).toBe('monolith');
    for (const id of ['nothing', '__proto__', 'constructor']) {
      expect([library.lesson(id), library.question(id), library.scenario(id)]).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
    }
  });
});

describe('the library', () => {
  const library = () => {
    const folder = temporaryFolder();
    const files = tinyPack();
    files['facts.yaml'] = `- { id: P1, text: ${text} }\n- { id: P2, text: ${text} }\n`;
    writePack(join(folder, 'tiny'), files);
    return openLibrary([folder], noCache());
  };

  it('tells of a term where each lesson uses it first', () => {
    expect(
      library()
        .glossary()
        .map(({ id, usedIn }) => [id, usedIn]),
    ).toEqual([
      ['tiny-term', [{ lessonId: 'only-lesson', lessonTitle: { en: 'Only', 'zh-CN': '唯一' }, anchor: '' }]],
      ['other-term', []],
    ]);
  });

  it('tells of a lesson which facts it teaches', () => {
    const opened = library();
    expect(opened.factsOf(opened.lesson('only-lesson')!).map(({ id }) => id)).toEqual(['P1']);
  });
});
