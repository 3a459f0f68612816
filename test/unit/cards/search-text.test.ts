import { describe, expect, it } from 'vitest';
import { parseCardSearch } from '#shared/study/card-search.ts';
import { quickFilters, searchFields } from '../../../src-renderer/features/cards/search-fields.ts';
import {
  hasTerm,
  lessonIn,
  toggleTerm,
  withLesson,
  withTerm,
} from '../../../src-renderer/features/cards/search-text.ts';

describe('a search that is changed by buttons', () => {
  it('gets a term and loses it again, and keeps the rest', () => {
    const search = toggleTerm('tag:memory "cold start"', 'is:due');
    expect(search).toBe('tag:memory "cold start" is:due');
    expect(hasTerm(search, 'is:due')).toBe(true);
    expect(toggleTerm(search, 'is:due')).toBe('tag:memory "cold start"');
    expect(toggleTerm('is:due', 'is:due')).toBe('');
  });

  it('takes a phrase for one word', () => {
    expect(hasTerm('"is:due is:new"', 'is:new')).toBe(false);
    expect(toggleTerm('lesson:"a b" x', 'x')).toBe('lesson:"a b"');
  });

  it('keeps together what is joined by OR', () => {
    expect(withTerm('is:due or is:new', 'flag:1')).toBe('(is:due or is:new) flag:1');
    expect(withTerm('(is:due or is:new)', 'flag:1')).toBe('(is:due or is:new) flag:1');
  });

  it('is about one lesson at a time', () => {
    const ids = ['vm-trade-offs', 'vm-images'];
    const search = withLesson('is:due', ids, 'vm-images');
    expect(search).toBe('is:due lesson:vm-images');
    expect(lessonIn(search, ids)).toBe('vm-images');
    expect(withLesson(search, ids, 'vm-trade-offs')).toBe('is:due lesson:vm-trade-offs');
    expect(withLesson(search, ids, '')).toBe('is:due');
  });
});

it('offers only what the search language reads', () => {
  const offered = [
    ...searchFields.flatMap(({ examples }) => [...examples]),
    ...quickFilters.map(({ term }) => term),
  ];
  expect(offered.filter((search) => !parseCardSearch(search).ok)).toEqual([]);
});
