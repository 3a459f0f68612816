import { z } from 'zod';
import { locales } from '../locale.ts';
import type { SearchResult } from '../search/document.ts';
import { longestSearch } from '../search/limits.ts';
import { method } from './method.ts';

export const searchMethods = {
  /**
   * Lessons and their sections, terms, challenges, questions by their stem, and the learner's own words, best first. Texts of
   * both languages are looked through. An empty search finds nothing, and makes the index ready.
   */
  'search.find': method<SearchResult>()(
    z.strictObject({
      search: z.string().max(longestSearch),
      /** The language that hits are shown in. */
      locale: z.enum(locales).default('en'),
      limit: z.int().min(1).max(100).default(30),
    }),
  ),
} as const;
