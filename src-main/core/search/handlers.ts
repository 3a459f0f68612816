import { ok } from '#shared/contract/result.ts';
import type { SearchResult } from '#shared/search/document.ts';
import { mergeHits } from '#shared/search/merge-hits.ts';
import { makeNames, namesOfTerm, type Names } from '#shared/search/names.ts';
import { SearchIndex } from '#shared/search/search-index.ts';
import type { Library } from '#main/packs/library.ts';
import type { Context, FeatureHandlers } from '../port.ts';
import { searchSources, type SearchSource } from './sources.ts';

interface Made {
  readonly version: unknown;
  readonly index: SearchIndex;
}

const namesByLibrary = new WeakMap<Library, Names>();
const madeByLibrary = new WeakMap<Library, Map<SearchSource, Made>>();

function namesOf(library: Library): Names {
  let names = namesByLibrary.get(library);
  if (!names) namesByLibrary.set(library, (names = makeNames(library.glossary().map(namesOfTerm))));
  return names;
}

/** The index of a source, made when it is first searched and again when its texts are others. */
function indexOf(source: SearchSource, context: Context): SearchIndex {
  const { library } = context;
  let made = madeByLibrary.get(library);
  if (!made) madeByLibrary.set(library, (made = new Map()));
  const version = source.version(context);
  const known = made.get(source);
  if (known && known.version === version) return known.index;
  const index = new SearchIndex(source.documents(context), namesOf(library));
  made.set(source, { version, index });
  return index;
}

export const searchHandlers: FeatureHandlers<'search'> = {
  'search.find': ({ search, locale, limit }, context) => {
    const results = searchSources.map((source) => indexOf(source, context).search(search, { locale, limit }));
    const hits = mergeHits(
      results.map((result) => result.hits),
      limit,
    );
    const isShown = (result: SearchResult) => result.hits.some((hit) => hits.includes(hit));
    return ok({ hits, total: results.filter(isShown).reduce((sum, { total }) => sum + total, 0) });
  },
};
