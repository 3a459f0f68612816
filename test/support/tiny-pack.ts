import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Path in the pack -> text. */
export type PackFiles = Record<string, string>;

const both = (en: string, zh: string) => `{ en: ${en}, zh-CN: ${zh} }`;
const text = both('Words', '文字');

const question = (id: string, kind: string, rest: string) => `- id: ${id}
  kind: ${kind}
  section: first-section
  difficulty: 1
  stem: ${text}
${rest}`;

const options = `  options:
    - { id: a, text: ${text}, correct: true, why: ${text} }
    - { id: b, text: ${text}, why: ${text} }
    - { id: c, text: ${text}, why: ${text} }
`;

/** A whole pack with one lesson, a question of every kind and `extra` more, small enough to read at a glance. */
export function tinyPack(extra = 0): PackFiles {
  return {
    'pack.yaml': `id: tiny
version: 1.0.0
formatVersion: 1
title: ${both('Tiny', '小')}
description: ${text}
licence: CC0-1.0
source:
  title: Nothing
  authors: Nobody
  url: https://example.invalid/tiny
  licence: CC0-1.0
  note: ${text}
lessons: [only-lesson]
`,
    'lessons/only-lesson/lesson.yaml': `id: only-lesson
title: ${both('Only', '唯一')}
summary: ${text}
pattern: monolith
facts: [P1]
minutes: 1
objectives:
  - ${text}
pretest: [q-single, q-multiple]
`,
    'lessons/only-lesson/en.md': `Words before all, on a [[tiny-term]].

## First section {#first-section}

More words.

::simulation{tiny-scenario}

## Second section {#second-section}

:::note Mind
**Bold with a [[tiny-term|term]] in it.**
:::

::question{q-single}
`,
    'lessons/only-lesson/zh-CN.md': `开头的话，关于 [[tiny-term]]。

## 第一节 {#first-section}

::simulation{tiny-scenario}

## 第二节 {#second-section}

::question{q-single}
`,
    'questions/only-lesson.yaml': [
      question('q-single', 'single-choice', options),
      question('q-multiple', 'multiple-choice', options),
      question(
        'q-ordering',
        'ordering',
        `  items:
    - { id: one, text: ${text} }
    - { id: two, text: ${text} }
    - { id: three, text: ${text} }
  explanation: ${text}
`,
      ),
      question(
        'q-matching',
        'matching',
        `  pairs:
    - { id: one, left: ${text}, right: ${text}, why: ${text} }
    - { id: two, left: ${text}, right: ${text}, why: ${text} }
    - { id: three, left: ${text}, right: ${text}, why: ${text} }
`,
      ),
      question(
        'q-cloze',
        'cloze',
        `  text:
    en: A {{first}} and a {{second}}
    zh-CN: 一个{{first}}和一个{{second}}
  blanks:
    - { id: first, accept: { en: [cat], zh-CN: [猫] } }
    - { id: second, accept: { en: [dog], zh-CN: [狗] } }
  explanation: ${text}
`,
      ),
      question(
        'q-numeric',
        'numeric',
        `  answer: 42\n  tolerance: 1\n  unit: ${text}\n  explanation: ${text}\n`,
      ),
      question('q-simulation', 'simulation', `  scenario: tiny-scenario\n  explanation: ${text}\n`),
      question(
        'q-open',
        'open',
        `  modelAnswer: ${text}
  rubric:
    - { id: one, point: ${text}, weight: 1, missing: ${text} }
    - { id: two, point: ${text}, weight: 1, missing: ${text} }
    - { id: three, point: ${text}, weight: 1, missing: ${text} }
`,
      ),
      ...Array.from({ length: extra }, (_, index) =>
        question(
          `q-extra-${index}`,
          'numeric',
          `  answer: ${index}\n  tolerance: 0\n  unit: ${text}\n  explanation: ${text}\n`,
        ),
      ),
      question(
        'q-drawn-numeric',
        'drawn-numeric',
        `  draw:
    values:
      requests: [1000000, 2000000, 5000000, 10000000]
      ms: { from: 100, to: 400, step: 20 }
    results:
      - { as: bill, form: lambda-bill, of: { requests: requests, durationMs: ms, memoryMiB: 512 } }
  answer: bill.totalUsd
  toleranceShare: 0.01
  decimals: 2
  unit: ${both('USD', '美元')}
  explanation:
    en: '{{requests:compact}} requests of {{ms}} ms'
    zh-CN: '{{requests:compact}}次请求，每次 {{ms}} ms'
`,
      ),
      question(
        'q-drawn-choice',
        'drawn-choice',
        `  draw:
    values: { work: [50, 70, 90], quota: [20, 30, 40] }
    results:
      - { as: cfs, form: cfs-quota, of: { workMs: work, quotaMs: quota } }
  options:
    - { id: a, text: ${both("'{{cfs.wallMs}} ms'", "'{{cfs.wallMs}} 毫秒'")}, correct: true, why: ${text} }
    - { id: b, text: ${both("'{{work}} ms'", "'{{work}} 毫秒'")}, why: ${text} }
    - { id: c, text: ${both("'{{cfs.throttledMs}} ms'", "'{{cfs.throttledMs}} 毫秒'")}, why: ${text} }
`,
      ),
    ].join(''),
    'scenarios/monolith.yaml': `- id: tiny-scenario
  title: ${text}
  brief: ${text}
  simulation:
    platform:
      kind: queue
      servers: 2
    workload:
      services:
        - name: main
          arrivals: { kind: poisson, perSecond: 1 }
          cpu: { kind: exponential, meanMs: 1000 }
    run: { requests: 1000, warmupRequests: 100, seeds: [1, 2, 3] }
  controls:
    - kind: number
      path: platform.servers
      label: ${text}
      min: 1
      max: 4
      step: 1
  metrics: [latencyMs.p95]
  explain: ${text}
  goals:
    - { metric: latencyMs.p95, op: <=, value: 5000 }
  solution:
    platform.servers: 3
`,
    'glossary.yaml': `- id: tiny-term
  term: ${both('tiny term', '小词')}
  definition: ${text}
  related: [other-term]
- id: other-term
  term: ${both('other term', '另一词')}
  definition: ${text}
`,
  };
}

/** Writes a pack to a folder and returns it. */
export function writePack(folder: string, files: PackFiles): string {
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  return folder;
}
