import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { courseDocuments } from '#main/core/search/course-documents.ts';
import { locales, type Localized } from '#shared/locale.ts';
import type { SearchDocument } from '#shared/search/document.ts';
import { makeNames, namesOfTerm } from '#shared/search/names.ts';
import { SearchIndex } from '#shared/search/search-index.ts';
import { courseLibrary } from '../support/course-library.ts';
import { percentile, rounded } from './statistics.ts';

const documentCount = 20_000;
const rounds = 15;
const mebibyte = 2 ** 20;

/** What learners type: one and two Chinese characters, longer, mixed, starts of words, whole words, typing errors, several words, phrases. */
const searches = [
  ...['的', '器', '容', '冷', '部', '堆', '服', '一'],
  ...['容器', '部署', '服务', '实例', '资源', '限流', '主机', '节点'],
  ...['虚拟机', '冷启动', '自动伸缩', '负载均衡器', '微服务部署策略', '容器的隔离'],
  ...['k8s 部署', 'Lambda冷启动', 'JVM堆', 'CPU 上限', 'pod 伸缩', 'vm 镜像'],
  ...['a', 'c', 's', 'co', 'in', 'con', 'contai', 'serv', 'autosc', 'kube'],
  ...['container', 'service', 'instance', 'the', 'load balancer', 'cold start', 'virtual machine'],
  ...['kuberntes', 'contianer', 'monolth', 'firecraker', 'serverlss', 'instnce'],
  ...['how does a container start', 'cost of a virtual machine per month', 'requests a second on two hosts'],
  ...['"operating system"', '"cold start" cost', '“自动伸缩” 滞后', 'zzzzzz', '龘'],
] as const;

/**
 * As many documents as are asked for, of the sentences of the course in both languages: each a document of the course with the
 * sentences of three others put in the place of its own, so that no two have the same text and words are as frequent as they are.
 */
function manyDocuments(course: readonly SearchDocument[]): SearchDocument[] {
  const sentences = (text: string) => text.split(/(?<=[.!?。！？])\s*/).filter(Boolean);
  const own = course.map(({ body }) => ({ en: sentences(body.en), 'zh-CN': sentences(body['zh-CN']) }));
  return Array.from({ length: documentCount }, (_, number): SearchDocument => {
    const base = course[number % course.length];
    if (!base) throw new Error('the course has no documents');
    const round = Math.floor(number / course.length);
    if (round === 0) return base;
    const mixed = (locale: (typeof locales)[number]) =>
      (own[number % course.length]?.[locale] ?? [])
        .map((sentence, place) => {
          const from = own[(number * 31 + round * 17 + (place % 3) * 101) % course.length]?.[locale] ?? [];
          return from[(place + round) % Math.max(1, from.length)] ?? sentence;
        })
        .join(' ');
    const body: Localized = { en: mixed('en'), 'zh-CN': mixed('zh-CN') };
    const title = base.title && {
      en: `${base.title.en} ${round}`,
      'zh-CN': `${base.title['zh-CN']} ${round}`,
    };
    return { ...base, id: `${base.id}:${round}`, title, body };
  });
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes that are in use once nothing is left to be collected. */
function memoryHeld(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Searching 20,000 documents in two languages, as the palette does at each letter, and making their index. */
export function benchSearch(): Promise<Record<string, number>> {
  const library = courseLibrary();
  const names = makeNames(library.glossary().map(namesOfTerm));
  const documents = manyDocuments(courseDocuments(library));
  const before = memoryHeld();
  const startedMs = performance.now();
  const index = new SearchIndex(documents, names);
  const indexMs = performance.now() - startedMs;
  const heldBytes = memoryHeld() - before;
  const timesMs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const search of searches) {
      const from = performance.now();
      index.search(search, { locale: locales[round % locales.length] ?? 'en', limit: 30 });
      // In the first round the program itself is still being compiled.
      if (round > 0) timesMs.push(performance.now() - from);
    }
  }
  return Promise.resolve({
    'search.documents': index.size.documents,
    'search.p50Ms': rounded(percentile(timesMs, 0.5)),
    'search.p99Ms': rounded(percentile(timesMs, 0.99)),
    'search.maxMs': rounded(Math.max(...timesMs)),
    'search.indexMs': rounded(indexMs),
    'search.indexMiB': rounded(heldBytes / mebibyte),
  });
}
