import type { LearnerQuestion } from '#shared/contract/contract.ts';
import type { Localized } from '#shared/locale.ts';
import type { Pattern } from '#shared/pack/schema.ts';
import type { Draft } from '../../ui/question/draft.ts';
import { longSentence, longWord, shortText } from './long-text.ts';

/** A question with what a learner could have given as an answer. */
export interface QuestionSample {
  readonly question: LearnerQuestion;
  readonly right: Draft;
  readonly wrong: Draft;
}

const both = (en: string, zhCN: string): Localized => ({ en, 'zh-CN': zhCN });

const base = {
  section: 'limits',
  facts: [] as string[],
  difficulty: 2,
  tags: [] as string[],
  packId: 'gallery',
  lessonId: 'gallery',
  lessonTitle: both('Gallery', '组件库'),
  pattern: 'container' as Pattern,
};

const why = both('The limit counts, not the machine below it.', '算数的是上限，而不是下面的机器。');

const options = [
  { id: 'limit', text: both('Its own `cpu` limit', '它自己的 `cpu` 上限'), correct: true, why },
  { id: 'node', text: both('The cores of the node', '节点的核数'), correct: false, why },
  { id: 'image', text: both('The size of its image', '镜像的大小'), correct: false, why },
];

const longOptions = [
  { id: 'sentence', text: longSentence, correct: true, why: longSentence },
  { id: 'word', text: longWord, correct: false, why: longWord },
  { id: 'short', text: shortText, correct: false, why: shortText },
];

const steps = [
  { id: 'build', text: both('Build the image', '构建镜像') },
  { id: 'push', text: both('Push it to a registry', '推送到镜像仓库') },
  { id: 'start', text: both('Start the container', '启动容器') },
];

const longSteps = [
  { id: 'sentence', text: longSentence },
  { id: 'word', text: longWord },
  { id: 'short', text: shortText },
];

const pairs = [
  { id: 'vm', left: both('Virtual machine', '虚拟机'), right: both('Hypervisor', '虚拟机监控器'), why },
  { id: 'container', left: both('Container', '容器'), right: both('Kernel', '内核'), why },
  { id: 'function', left: both('Function', '函数'), right: both('The provider', '云厂商'), why },
];

const longPairs = [
  { id: 'sentence', left: longSentence, right: longSentence, why: longSentence },
  { id: 'word', left: longWord, right: longWord, why: longWord },
  { id: 'short', left: shortText, right: shortText, why: shortText },
];

const stem = {
  choice: both('What slows a busy container first?', '一个繁忙的容器，最先拖慢它的是什么？'),
  ordering: both('From source to a running container.', '从源码到运行中的容器，按顺序排列。'),
  matching: both('Who keeps one apart from another?', '各由谁来隔离？'),
  cloze: both('Fill in the words.', '填上缺少的词。'),
  numeric: both(
    'How many cores do 40 requests/s of 20 ms need?',
    '每秒 40 个请求、每个 20 ms，需要多少个核？',
  ),
  open: both('When would you choose containers over virtual machines?', '什么情况下选容器而不选虚拟机？'),
};

const cloze = (id: string, words: Localized): QuestionSample => ({
  question: {
    ...base,
    id,
    kind: 'cloze',
    stem: stem.cloze,
    text: both(
      'A container shares the {{kernel}} of its host; a virtual machine has its own.',
      '容器与宿主机共用{{kernel}}，虚拟机则有自己的。',
    ),
    blanks: [{ id: 'kernel', accept: { en: [words.en], 'zh-CN': [words['zh-CN']] } }],
    explanation: why,
  },
  right: { blanks: { kernel: words.en } },
  wrong: { blanks: { kernel: 'hypervisor' } },
});

const rubric = [
  {
    id: 'density',
    point: both('Density', '部署密度'),
    weight: 2,
    missing: both('“They are modern.”', '“容器更现代。”'),
  },
  {
    id: 'start',
    point: both('Quick start', '启动快'),
    weight: 1,
    missing: both('“They scale.”', '“容器能扩容。”'),
  },
  { id: 'isolation', point: longSentence, weight: 3, missing: longSentence },
];

export const samples: readonly QuestionSample[] = [
  {
    question: { ...base, id: 'single', kind: 'single-choice', stem: stem.choice, options },
    right: { option: 'limit' },
    wrong: { option: 'node' },
  },
  {
    question: { ...base, id: 'multiple', kind: 'multiple-choice', stem: stem.choice, options },
    right: { options: ['limit'] },
    wrong: { options: ['limit', 'image'] },
  },
  {
    question: {
      ...base,
      id: 'ordering',
      kind: 'ordering',
      stem: stem.ordering,
      items: steps,
      explanation: why,
    },
    right: { items: ['build', 'push', 'start'] },
    wrong: { items: ['build', 'start', 'push'] },
  },
  {
    question: { ...base, id: 'matching', kind: 'matching', stem: stem.matching, pairs },
    right: { pairs: { vm: 'vm', container: 'container', function: 'function' } },
    wrong: { pairs: { vm: 'vm', container: 'function', function: 'container' } },
  },
  cloze('cloze', both('kernel', '内核')),
  {
    question: {
      ...base,
      id: 'numeric',
      kind: 'numeric',
      stem: stem.numeric,
      answer: 0.8,
      tolerance: 0.05,
      unit: both('cores', '个核'),
      explanation: why,
    },
    right: { number: '0.8' },
    wrong: { number: '8' },
  },
];

export const longSamples: readonly QuestionSample[] = [
  {
    question: { ...base, id: 'single-long', kind: 'single-choice', stem: longSentence, options: longOptions },
    right: { option: 'sentence' },
    wrong: { option: 'word' },
  },
  {
    question: {
      ...base,
      id: 'ordering-long',
      kind: 'ordering',
      stem: longWord,
      items: longSteps,
      explanation: longSentence,
    },
    right: { items: ['sentence', 'word', 'short'] },
    wrong: { items: ['word', 'sentence', 'short'] },
  },
  {
    question: { ...base, id: 'matching-long', kind: 'matching', stem: longSentence, pairs: longPairs },
    right: { pairs: { sentence: 'sentence', word: 'word', short: 'short' } },
    wrong: { pairs: { sentence: 'word', word: 'sentence', short: 'short' } },
  },
  cloze('cloze-long', longWord),
  {
    question: {
      ...base,
      id: 'numeric-long',
      kind: 'numeric',
      stem: longWord,
      answer: 123_456_789.123456,
      tolerance: 0,
      unit: longWord,
      explanation: longWord,
    },
    right: { number: '123456789.123456' },
    wrong: { number: '12' },
  },
];

/** Its answer is judged by who gave it. */
export const openSample: QuestionSample = {
  question: {
    ...base,
    id: 'open',
    kind: 'open',
    stem: stem.open,
    modelAnswer: longSentence,
    rubric,
    followUps: [{ ask: stem.numeric, strong: longSentence }],
  },
  right: { text: longSentence.en, points: ['density', 'isolation'] },
  wrong: { text: longWord.en, points: ['start'] },
};
