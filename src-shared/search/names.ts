import type { Localized } from '../locale.ts';
import { locales } from '../locale.ts';
import { fold } from './fold.ts';
import { tokenise } from './tokens.ts';

/** Things with several names: what one of them is called in one language finds what is written in the other. */
export interface Names {
  /** All other names of what is called so, as canonical texts; undefined for no name. */
  othersOf(canonical: string): readonly string[] | undefined;
  /** Tokens of the longest name. */
  readonly longest: number;
}

export const canonicalOf = (text: string): string => tokenise(fold(text)).canonical;

/** `kubernetes` -> `k8s`, as engineers write it; '' for what is not abbreviated so. */
function numeronymOf(name: string): string {
  return /^[a-z]{9,}$/.test(name) ? `${name.slice(0, 1)}${name.length - 2}${name.slice(-1)}` : '';
}

/**
 * Every name in a term such as `function as a service (FaaS)`: what stands in brackets is a name of its own where it is
 * one word or in full-width brackets, and a remark otherwise.
 */
export function namesIn(term: string): string[] {
  const bracket = /[(（]([^()（）]+)[)）]/.exec(term);
  if (!bracket) return [term];
  const [whole, inner = ''] = bracket;
  const isName = whole.startsWith('（') || !/\s/.test(inner);
  return [term.replace(whole, '').trim(), ...(isName ? [inner] : [])];
}

/** All names of a glossary term, as they are written. */
export function namesOfTerm({ id, term }: { readonly id: string; readonly term: Localized }): string[] {
  const names = locales.flatMap((locale) => namesIn(term[locale]));
  const initials = term.en
    .split(/[\s-]+/)
    .map((word) => word.charAt(0).toLowerCase())
    .join('');
  if (id === initials && id.length > 1) names.push(id.toUpperCase());
  names.push(...names.map((name) => numeronymOf(fold(name))).filter(Boolean));
  return [...new Set(names)];
}

/** Puts names that mean the same side by side. */
export function makeNames(things: readonly (readonly string[])[]): Names {
  const others = new Map<string, Set<string>>();
  let longest = 0;
  for (const names of things) {
    const canonicals = names.map(canonicalOf).filter(Boolean);
    for (const name of canonicals) {
      longest = Math.max(longest, tokenise(name).tokens.length);
      const known = others.get(name) ?? new Set();
      for (const other of canonicals) if (other !== name) known.add(other);
      others.set(name, known);
    }
  }
  const lists = new Map([...others].map(([name, known]) => [name, [...known]]));
  return { longest, othersOf: (canonical) => lists.get(canonical) };
}
