import { describe, expect, it } from 'vitest';
import { checkLanguages } from '#main/cli/proof/languages.ts';
import { scenarioProblems } from '#main/cli/proof/scenarios.ts';
import { checkSpelling } from '#main/cli/proof/spelling.ts';
import { checkWorkedNumbers, numbersIn } from '#main/cli/proof/worked-numbers.ts';
import { loadPack } from '#main/packs/load.ts';
import type { Pack } from '#shared/pack/schema.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { tinyPack, writePack, type PackFiles } from '../../support/tiny-pack.ts';

const english = 'lessons/only-lesson/en.md';
const chinese = 'lessons/only-lesson/zh-CN.md';
const examples = 'lessons/only-lesson/examples.yaml';

function packWith(change: (files: PackFiles) => void): { pack: Pack; folder: string } {
  const files = tinyPack();
  change(files);
  const folder = writePack(temporaryFolder(), files);
  const { pack, problems } = loadPack(folder);
  if (!pack) throw new Error(JSON.stringify(problems));
  return { pack, folder };
}

describe('the spelling of the English texts', () => {
  it('is British, knows the field, leaves code alone, and learns from words.txt', async () => {
    const { pack, folder } = packWith((files) => {
      files[english] += '\n\nThe artefact neighbours Kubernetes. Run `kubeadmx`. A frobnicator recieves.\n';
      files['words.txt'] = '# ours\nfrobnicator\n';
    });
    expect((await checkSpelling(pack, folder)).map(({ where, message }) => `${where}: ${message}`)).toEqual([
      'line 18: "recieves" is in no dictionary',
    ]);
  });
});

describe('the language of texts', () => {
  const found = (zh: string, en = '') => {
    const { pack } = packWith((files) => {
      files[chinese] = files[chinese]!.replace('关于 [[tiny-term]]', '关于[[tiny-term]]') + `\n${zh}\n`;
      files[english] += `\n${en}\n`;
    });
    return checkLanguages(pack).map(({ message }) => message);
  };

  it.each([
    '请求消耗 20 ms CPU，约 75%，共 3252 MB。',
    '先看 `top`，再看（也许）日志；平均等待 12 × (48 + 223) = **3252 MB**。',
    '“一台主机多个实例”是一族方案，见 [Kubernetes](https://kubernetes.io/docs/)。',
  ])('has nothing against %s', (zh) => {
    expect(found(zh)).toEqual([]);
  });

  it.each([
    ['用20 ms', '空格'],
    ['很快,很稳', '全角'],
    ['**很快。**所以很好', 'stars that mark nothing'],
    ['共 3,252 MB', 'without separators'],
    ['容器(也许)很轻', 'full-width brackets'],
    ['他说 the quick brown fox jumps over the lazy dog 就这样', 'an English sentence'],
  ])('finds what is wrong in %s', (zh, message) => {
    expect(found(zh).join('\n')).toContain(message);
  });

  it('finds Chinese in an English text', () => {
    expect(found('好。', 'A 容器 is a container.').join('\n')).toContain(
      'Chinese in the English text: "容器"',
    );
  });
});

describe('worked examples', () => {
  const lesson = (text: string) => `\n:::example A bill\n${text}\n:::\n`;
  const problems = (en: string, zh: string, yaml: string) => {
    const { pack, folder } = packWith((files) => {
      files[english] += lesson(en);
      files[chinese] += lesson(zh);
      files[examples] = yaml;
    });
    return checkWorkedNumbers(pack, folder).map(({ message }) => message);
  };
  const yaml = (says: string, given = '[10000000, 200, 512]') =>
    `- title: A bill\n  given: ${given}\n  computed:\n    - { says: '${says}', from: 'lambdaBill({requests: 1e7, durationMs: 200, memoryMiB: 512}).totalUsd' }\n`;
  const en = '10 million requests of 200 ms at 512 MB cost **$18.67**.';
  const zh = '1000 万次请求，每次 200 ms，512 MB，共 18.67 美元。';

  it('are proved when every number of both languages is given or computed', () => {
    expect(problems(en, zh, yaml('18.67'))).toEqual([]);
  });

  it('are not when a number is wrong, missing, or comes from nowhere', () => {
    expect(problems(en, zh, yaml('18.66')).join('\n')).toMatch(/the text says 18\.66, .* gives 18\.6/);
    expect(problems(en, zh.replace('18.67', '18.7'), yaml('18.67')).join('\n')).toMatch(
      /zh-CN: nothing proves 18\.7/,
    );
    expect(problems(en, zh, yaml('18.67', '[10000000, 200]')).join('\n')).toContain('en: nothing proves 512');
  });

  it('can run a simulation', () => {
    const from = `simulate("tiny-scenario", {"platform.servers": 3}, "instances.max")`;
    const run = `- title: A bill\n  computed:\n    - { says: '3', from: '${from}' }\n`;
    expect(problems('It has 3.', '共 3 个。', run)).toEqual([]);
  });

  it('need one number at least that the simulator reproduces', () => {
    const plain = `- title: A bill\n  given: [2]\n  computed:\n    - { says: '4', from: '2 + 2' }\n`;
    expect(problems('2 and 2 are 4.', '2 加 2 得 4。', plain).join('\n')).toContain('no number comes from');
  });

  it('read numbers as they are written', () => {
    expect(numbersIn('3,252 MB, 0.5964, $18.67, 10 million, 1000 万, m5.large, S3, 12 × 4')).toEqual([
      3252, 0.5964, 18.67, 1e7, 1e7, 12, 4,
    ]);
  });
});

describe('scenarios', () => {
  it('are run: start, solution, single levers, hints', () => {
    const { pack } = packWith(() => undefined);
    expect(scenarioProblems(pack.scenarios[0]!)).toEqual(
      expect.arrayContaining([
        'the start meets the goals',
        expect.stringMatching(/single changes meet the goals/),
        'expected three hints',
      ]),
    );
  });
});
