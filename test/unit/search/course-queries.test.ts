import { describe, expect, it } from 'vitest';
import { courseDocuments } from '#main/core/search/course-documents.ts';
import { locales } from '#shared/locale.ts';
import { makeNames, namesOfTerm } from '#shared/search/names.ts';
import { SearchIndex } from '#shared/search/search-index.ts';
import { courseLibrary } from '../../support/course-library.ts';

const library = courseLibrary();
const documents = courseDocuments(library);
const index = new SearchIndex(documents, makeNames(library.glossary().map(namesOfTerm)));

const find = (search: string, locale: (typeof locales)[number] = 'en', limit = 30) =>
  index.search(search, { locale, limit });

/** What somebody types, and what they mean by it. */
const expected: readonly (readonly [search: string, first: string])[] = [
  // Terms by their name, in either language
  ['container', 'term:container'],
  ['容器', 'term:container'],
  ['节点', 'term:node'],
  ['幂等', 'term:idempotency'],
  ['冷启动', 'term:cold-start'],
  ['cold start', 'term:cold-start'],
  ['rolling update', 'term:rolling-update'],
  ['hypervisor', 'term:hypervisor'],
  // by other names, abbreviations and forms
  ['VM', 'term:virtual-machine'],
  ['virtual machine', 'term:virtual-machine'],
  ['虚拟机', 'term:virtual-machine'],
  ['k8s', 'term:kubernetes'],
  ['HPA', 'term:hpa'],
  ['FaaS', 'term:faas'],
  ['p99', 'term:tail-latency'],
  ['containers', 'term:container'],
  // by case, width, accents and signs
  ['ＡＭＩ', 'term:ami'],
  ['Kubérnetes', 'term:kubernetes'],
  ['littles law', 'term:littles-law'],
  ['Little’s law', 'term:littles-law'],
  ['blue green', 'term:blue-green'],
  ['break even', 'term:break-even'],
  // while they are typed
  ['contai', 'term:container'],
  ['autoscal', 'term:autoscaling'],
  ['dead let', 'term:dead-letter-queue'],
  ['利特尔', 'term:littles-law'],
  ['蓝绿', 'term:blue-green'],
  ['预热', 'term:warm-pool'],
  // One character
  ['堆', 'term:jvm-heap'],
  ['层', 'term:image-layer'],
  // Typing errors
  ['kuberntes', 'term:kubernetes'],
  ['monolth', 'term:monolith'],
  ['firecraker', 'term:firecracker'],
  ['error budgt', 'term:error-budget'],
  ['noisy neighbor', 'term:noisy-neighbour'],
  ['utilization', 'term:utilisation'],
  ['artifact', 'term:artefact'],
  // Both scripts in one search
  ['JVM堆', 'term:jvm-heap'],
  ['jvm 堆', 'term:jvm-heap'],
  ['Lambda冷启动', 'section:serverless-bill-and-limits/cold-starts'],
  ['pod 伸缩', 'term:hpa'],
  ['容器 limits', 'lesson:container-images-and-limits'],
  // Lessons, sections and challenges
  ['how to choose a strategy', 'lesson:choosing-a-strategy'],
  ['选择部署方式', 'lesson:choosing-a-strategy'],
  ['monolith baseline', 'lesson:monolith-baseline'],
  ['集群调度', 'lesson:cluster-scheduling'],
  ['autoscaling lag', 'section:vm-trade-offs/autoscaling-lag'],
  ['自动伸缩总要晚到', 'section:vm-trade-offs/autoscaling-lag'],
  ['忙闲都收钱', 'section:vm-trade-offs/billed-busy-or-idle'],
  ['quota on an idle node', 'scenario:quota-on-an-idle-node'],
  ['空闲节点', 'scenario:quota-on-an-idle-node'],
  // Questions, by what they ask
  ['"A fleet can do 300 requests a second"', 'question:vt-backlog-of-a-lag'],
  ['机群每秒能处理 300 个请求，突然来了 360 个', 'question:vt-backlog-of-a-lag'],
];

describe('the search of the course', () => {
  it.each(expected)('finds for “%s” first %s, in both languages', (search, first) => {
    for (const locale of locales) expect(find(search, locale).hits[0]?.id).toBe(first);
  });

  it('knows every kind of document in both languages', () => {
    for (const { title, body, path } of documents) {
      for (const locale of locales) expect(title?.[locale] ?? body[locale]).not.toBe('');
      expect(path).toMatch(/^\/(lessons|glossary|lab|cards)\/./);
    }
    expect(new Set(documents.map(({ id }) => id)).size).toBe(documents.length);
  });

  it('tells no answer: of a question only its stem is known', () => {
    for (const question of library.questions) {
      const found = documents.find(({ id }) => id === `question:${question.id}`);
      expect(found?.title).toBeNull();
      if (question.kind !== 'single-choice' && question.kind !== 'multiple-choice') continue;
      for (const { text, why } of question.options) {
        if (text.en.length < 20) continue;
        expect(found?.body.en).not.toContain(text.en);
        expect(found?.body.en).not.toContain(why.en);
      }
    }
  });

  it('reads as a lesson does: no signs of Markdown are left', () => {
    for (const { body } of documents) {
      for (const locale of locales) expect(body[locale]).not.toMatch(/\[\[|::\w|\{#|\*\*/);
    }
  });

  it('keeps to a phrase in quotation marks', () => {
    const { hits } = find('"fixed share"');
    expect(hits.length).toBeGreaterThan(0);
    for (const { snippet } of hits) expect(snippet?.text.toLowerCase()).toContain('fixed share');
  });

  it('finds what has all words before what has some of them, and only then', () => {
    const { hits } = find('firecracker xylophone');
    expect(hits[0]).toMatchObject({ id: 'term:firecracker', closeness: 'partial' });
    expect(find('xylophone').hits).toEqual([]);
    const both = find('pod scheduler', 'en', 100).hits.map(({ closeness }) => closeness);
    expect(both).toEqual(
      [...both].sort(
        (a, b) => ['whole', 'typo', 'partial'].indexOf(a) - ['whole', 'typo', 'partial'].indexOf(b),
      ),
    );
  });

  it('shows what was found in the language of the learner, and marks it there', () => {
    const [first] = find('容器', 'en').hits;
    expect(first).toMatchObject({
      title: { text: 'container', marks: [[0, 9]] },
      otherTitle: { text: '容器', marks: [[0, 2]] },
    });
    const [second] = find('container', 'zh-CN').hits;
    expect(second).toMatchObject({ title: { text: '容器', marks: [[0, 2]] } });
  });

  it('finds for each Chinese character and each pair of them every document that has it', () => {
    const pieces = ['冷', '容器', '限流', '的', '虚拟', '墙', '账单'];
    for (const piece of pieces) {
      const having = documents.filter(
        ({ title, body }) => title?.['zh-CN'].includes(piece) || body['zh-CN'].includes(piece),
      );
      expect(find(piece, 'zh-CN').total).toBeGreaterThanOrEqual(having.length);
    }
  });
});
