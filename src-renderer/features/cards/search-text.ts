/** Searches as they are typed, changed by buttons: terms are put in and taken out as whole words. */

/** A phrase in quotation marks is one word, with a field before it or without. */
const words = (search: string): string[] => search.match(/(?:"[^"]*"|[^\s"])+/g) ?? [];

export function hasTerm(search: string, term: string): boolean {
  return words(search).includes(term);
}

/** A term that is to hold as well: what is joined by OR is kept together. */
export function withTerm(search: string, term: string): string {
  const present = words(search);
  const isJoinedByOr = present.some((word) => word.toLowerCase() === 'or');
  const isGroup = /^\([^()]*\)$/.test(search.trim());
  const rest = isJoinedByOr && !isGroup ? `(${present.join(' ')})` : present.join(' ');
  return rest ? `${rest} ${term}` : term;
}

export function withoutTerm(search: string, term: string): string {
  return words(search)
    .filter((word) => word !== term)
    .join(' ');
}

export function toggleTerm(search: string, term: string): string {
  return hasTerm(search, term) ? withoutTerm(search, term) : withTerm(search, term);
}

const lessonTerm = (id: string) => `lesson:${id}`;

/** The first of the lessons that the search is about, or ''. */
export function lessonIn(search: string, ids: readonly string[]): string {
  return ids.find((id) => hasTerm(search, lessonTerm(id))) ?? '';
}

/** The search about another lesson; '' for all of them. */
export function withLesson(search: string, ids: readonly string[], id: string): string {
  const present = lessonIn(search, ids);
  const rest = present ? withoutTerm(search, lessonTerm(present)) : search;
  return id ? withTerm(rest, lessonTerm(id)) : rest;
}
