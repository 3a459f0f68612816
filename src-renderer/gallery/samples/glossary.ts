import type { GlossaryTerm } from '#shared/contract/contract.ts';
import { longSentence, longWord } from './long-text.ts';

export const glossarySample: readonly GlossaryTerm[] = [
  {
    id: 'container',
    kind: 'term',
    term: { en: 'container', 'zh-CN': '容器' },
    definition: {
      en: 'A process with its own view of files, network and processes, and with limits on what it may use.',
      'zh-CN': '一个拥有独立文件、网络和进程视图，并且资源用量受限的进程。',
    },
    related: [],
    usedIn: [],
  },
  {
    id: 'long-term',
    kind: 'product',
    term: longWord,
    definition: longSentence,
    became: longSentence,
    related: [],
    usedIn: [],
  },
];
