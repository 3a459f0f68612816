import { locales, type Locale } from '#shared/locale.ts';
import type { GlossaryTerm } from '#shared/contract/contract.ts';

/** Case, accents and full-width forms do not matter. */
const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();

/** How well an entry fits: 0 its term begins so, 1 its term has it, 2 its texts have it; null where nothing does. */
function rankOf(entry: GlossaryTerm, wanted: string): 0 | 1 | 2 | null {
  const terms = [...locales.map((locale) => plain(entry.term[locale])), entry.id.replaceAll('-', ' ')];
  if (terms.some((term) => term.startsWith(wanted))) return 0;
  if (terms.some((term) => term.includes(wanted))) return 1;
  const texts = locales.flatMap((locale) => [entry.definition[locale], entry.became?.[locale] ?? '']);
  return texts.some((text) => plain(text).includes(wanted)) ? 2 : null;
}

/**
 * The entries that have a text in them, in either language: those whose term begins with it first, and each group in the
 * order of the learner's language.
 */
export function searchGlossary(
  entries: readonly GlossaryTerm[],
  search: string,
  locale: Locale,
): readonly GlossaryTerm[] {
  const order = new Intl.Collator(locale, { numeric: true });
  const wanted = plain(search).trim();
  return entries
    .flatMap((entry) => {
      const rank = wanted === '' ? 0 : rankOf(entry, wanted);
      return rank === null ? [] : [{ entry, rank }];
    })
    .sort((a, b) => a.rank - b.rank || order.compare(a.entry.term[locale], b.entry.term[locale]))
    .map(({ entry }) => entry);
}
