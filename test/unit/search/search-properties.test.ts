import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MarkedText, SearchDocument } from '#shared/search/document.ts';
import { fold, foldWithPlaces } from '#shared/search/fold.ts';
import { markedRanges, snippetOf, type Marker } from '#shared/search/highlight.ts';
import { SearchIndex } from '#shared/search/search-index.ts';
import { findPhrase, tokenise } from '#shared/search/tokens.ts';
import { typingErrors } from '#shared/search/typing-errors.ts';

/** What learners write, and what nobody does: both scripts, accents, signs, pairs and halves of pairs. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({
    unit: fc.constantFrom(...'abЖéÅßΣς’ ＡＢ１ 容器冷启动，。-"“𠀀👩‍🚀İﬁ한が\ud800\t'),
    maxLength: 60,
  }),
);
const pieces = fc.constantFrom(
  'container',
  '容器',
  '冷启动',
  'cold start',
  ' ',
  '，',
  'k8s',
  'Limit',
  '。',
  'of',
  '\n',
);
const prose = fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join(''));

const marker = (
  words: readonly string[],
  phrases: readonly string[] = [],
  prefixes: readonly string[] = [],
): Marker => ({
  words: new Set(words),
  prefixes,
  phrases: phrases.map((text) => ({ text, open: false })),
});

function expectSoundMarks({ text, marks }: MarkedText): void {
  let last = -1;
  for (const [start, end] of marks) {
    expect(start).toBeGreaterThan(last);
    expect(end).toBeGreaterThan(start);
    expect(end).toBeLessThanOrEqual(text.length);
    last = end;
  }
}

const documentOf = (id: string, title: string, body: string): SearchDocument => ({
  id,
  kind: 'section',
  title: { en: title, 'zh-CN': title },
  body: { en: body, 'zh-CN': body },
  keywords: [],
  context: null,
  path: `/${id}`,
});

describe('folding', () => {
  it('is the same a code point at a time as all at once, and once as twice', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const folded = foldWithPlaces(text);
        expect(folded.text).toBe(fold(text));
        expect(fold(fold(text))).toBe(fold(text));
        expect(folded.starts).toHaveLength(folded.text.length);
        folded.starts.forEach((start, unit) => {
          expect(start).toBeLessThan(folded.ends[unit] ?? -1);
          expect(folded.ends[unit]).toBeLessThanOrEqual(text.length);
        });
      }),
    );
  });
});

describe('tokens', () => {
  it('are in order, apart, and all that has letters; the canonical text has them at their places', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const folded = fold(text);
        const { tokens, canonical, places } = tokenise(folded);
        let end = 0;
        tokens.forEach((token, index) => {
          expect(token.start).toBeGreaterThanOrEqual(end);
          expect(folded.slice(end, token.start)).not.toMatch(/[\p{L}\p{N}]/u);
          end = token.end;
          const word = folded.slice(token.start, token.end);
          expect(canonical.startsWith(word, places[index])).toBe(true);
        });
        expect(folded.slice(end)).not.toMatch(/[\p{L}\p{N}]/u);
      }),
    );
  });

  it('do not start or end a phrase inside a word', () => {
    expect(findPhrase('microservice', 'service', false)).toBe(-1);
    expect(findPhrase('micro service', 'service', false)).toBe(6);
    expect(findPhrase('containers', 'container', false)).toBe(-1);
    expect(findPhrase('containers', 'container', true)).toBe(0);
    expect(findPhrase('在容器里', '容器', false)).toBe(1);
    expect(findPhrase('jvm堆', '堆', false)).toBe(3);
  });
});

describe('marks', () => {
  it('lie within any text, in order and apart, whatever is marked', () => {
    fc.assert(
      fc.property(anyText, fc.array(anyText, { maxLength: 4 }), (text, wanted) => {
        const canonicals = wanted.map((one) => tokenise(fold(one)).canonical).filter(Boolean);
        const all = marker(canonicals, canonicals, canonicals);
        expectSoundMarks({ text, marks: markedRanges(text, all) });
        const snippet = snippetOf(text, all);
        expectSoundMarks(snippet);
        expect(text).toContain(snippet.text.replace(/^…/, '').replace(/…$/, ''));
      }),
    );
  });

  it('cover each place of what was searched for, and nothing else', () => {
    fc.assert(
      fc.property(prose, (text) => {
        const marks = markedRanges(text, marker(['container'], ['容器'], ['lim']));
        const shown = marks
          .map(([start, end]) => text.slice(start, end))
          .join('')
          .toLowerCase();
        expect(shown.replace(/container|容器|lim/g, '')).toBe('');
        // A word may stand beside another one, as one word with it.
        const words = text.toLowerCase().match(/[a-z0-9]+|容器/g) ?? [];
        const due = words.filter((word) => word === 'container' || word === '容器' || word.startsWith('lim'));
        expect(shown.match(/container|容器|lim/g) ?? []).toHaveLength(due.length);
      }),
    );
  });

  it('are of the text as it is shown, with its accents and wide letters', () => {
    const text = 'Ｌａｍｂｄａ cafe\u0301 ﬁlter';
    const marks = markedRanges(text, marker(['lambda', 'cafe'], [], ['fi']));
    expect(marks.map(([start, end]) => text.slice(start, end))).toEqual(['Ｌａｍｂｄａ', 'cafe\u0301', 'ﬁ']);
  });

  it('are in the piece that is shown, if there are any', () => {
    fc.assert(
      fc.property(prose, prose, (before, after) => {
        const text = `${before}${'filling '.repeat(40)} needle ${after}`;
        const { text: shown, marks } = snippetOf(text, marker(['needle']));
        expect(marks.map(([start, end]) => shown.slice(start, end))).toContain('needle');
        expect(shown.length).toBeLessThan(200);
      }),
    );
  });
});

describe('typing errors', () => {
  it.each([
    ['container', 'container', 0],
    ['contaner', 'container', 1],
    ['contianer', 'container', 1],
    ['contaaner', 'container', 1],
    ['container', 'controller', Infinity],
  ])('%s is %s with %d', (typed, word, errors) => {
    expect(typingErrors(typed, word, 2, false)).toBe(errors);
  });

  it('are as many in both directions, and those of the start at most those of the whole', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abcd'), maxLength: 9 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(typingErrors(a, b, 9, false)).toBe(typingErrors(b, a, 9, false));
        expect(typingErrors(a, b, 9, true)).toBeLessThanOrEqual(typingErrors(a, b, 9, false));
      }),
    );
  });
});

describe('an index', () => {
  const texts = fc.array(fc.tuple(prose, prose), { minLength: 1, maxLength: 12 });
  const indexOf = (pairs: readonly (readonly [string, string])[]) =>
    new SearchIndex(pairs.map(([title, body], number) => documentOf(String(number), title, body)));

  it('never throws, whatever is searched for, and says how many there are', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyText, anyText), { maxLength: 8 }), anyText, (pairs, search) => {
        const { hits, total } = indexOf(pairs).search(search, { locale: 'zh-CN', limit: 3 });
        expect(hits.length).toBe(Math.min(3, total));
        for (const { title, snippet } of hits)
          for (const text of [title, snippet]) if (text) expectSoundMarks(text);
      }),
    );
  });

  it('finds exactly the documents that have a Chinese word, however short', () => {
    fc.assert(
      fc.property(texts, fc.constantFrom('容', '器', '容器', '冷启动', '启'), (pairs, word) => {
        const { hits } = indexOf(pairs).search(word, { locale: 'en', limit: 50 });
        const having = pairs.flatMap(([title, body], number) =>
          title.includes(word) || body.includes(word) ? [String(number)] : [],
        );
        expect(hits.map(({ id }) => id).sort()).toEqual(having.sort());
      }),
    );
  });

  it('puts a title that is what was searched for first', () => {
    fc.assert(
      fc.property(texts, fc.constantFrom('容器', 'Cold start', 'k8s'), (pairs, title) => {
        const { hits } = indexOf([...pairs, [title, '']]).search(title, { locale: 'en', limit: 50 });
        expect(
          hits[0]?.title?.text
            .toLowerCase()
            .replace(/[\s，。]+/g, ' ')
            .trim(),
        ).toBe(title.toLowerCase());
      }),
    );
  });

  it('answers the same, whatever was asked before', () => {
    fc.assert(
      fc.property(texts, fc.array(prose, { maxLength: 4 }), prose, (pairs, before, search) => {
        const index = indexOf(pairs);
        const fresh = indexOf(pairs).search(search, { locale: 'en', limit: 9 });
        for (const one of before) index.search(one, { locale: 'zh-CN', limit: 9 });
        expect(index.search(search, { locale: 'en', limit: 9 })).toEqual(fresh);
      }),
    );
  });
});
