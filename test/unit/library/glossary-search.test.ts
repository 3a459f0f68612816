import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GlossaryTerm } from '#shared/contract/contract.ts';
import { locales } from '#shared/locale.ts';
import { searchGlossary } from '../../../src-renderer/features/library/glossary-search.ts';

const entry = (id: string, en: string, zh: string, definition = ''): GlossaryTerm => ({
  id,
  kind: 'term',
  term: { en, 'zh-CN': zh },
  definition: { en: definition, 'zh-CN': definition },
  related: [],
  usedIn: [],
});

const entries = [
  entry('node', 'node', '节点', 'A machine that runs containers.'),
  entry('container-image', 'container image', '容器镜像'),
  entry('sandbox', 'sandbox', '沙箱', 'Keeps a container from the kernel.'),
  entry('container', 'container', '容器'),
  entry('hosted-cluster', 'hosted cluster', '托管集群'),
];
const found = (search: string, locale: 'en' | 'zh-CN' = 'en') =>
  searchGlossary(entries, search, locale).map(({ id }) => id);

describe('searching the glossary', () => {
  it('finds a term by its name in either language, its beginning first, then what only mentions it', () => {
    expect(found('container')).toEqual(['container', 'container-image', 'node', 'sandbox']);
    expect(found('容器')).toEqual(['container', 'container-image']);
    expect(found('镜')).toEqual(['container-image']);
  });

  it('does not mind case, accents, full-width letters or outer spaces', () => {
    for (const search of [' Container ', 'CONTAINER', 'ｃｏｎｔａｉｎｅｒ', 'contaíner'])
      expect(found(search)[0], search).toBe('container');
  });

  it('shows all in the order of the language when nothing is searched for', () => {
    expect(found('')).toEqual(['container', 'container-image', 'hosted-cluster', 'node', 'sandbox']);
    expect(found('', 'zh-CN')).toEqual(['node', 'container', 'container-image', 'sandbox', 'hosted-cluster']);
  });

  it('finds every entry by each of its terms', () => {
    fc.assert(
      fc.property(fc.constantFrom(...entries), fc.constantFrom(...locales), (wanted, locale) => {
        expect(searchGlossary(entries, wanted.term[locale], 'en')).toContain(wanted);
      }),
    );
  });
});
