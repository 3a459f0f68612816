import { locales, type Locale } from '../locale.ts';
import list from './languages.json' with { type: 'json' };

/** A language that the interface speaks. */
export interface Language {
  /** BCP 47, such as `zh-CN`: also the name of the folder that its texts are in. */
  readonly tag: string;
  /** In itself, so that it is found by who cannot read any other. */
  readonly name: string;
}

/** Every language that there are texts of in this folder, in the order in which they are offered. */
export const languages: readonly Language[] = list;

/** Spoken where nothing better is known; every other language falls back to it, text by text. */
export const fallbackLanguage = 'en';

const baseOf = (tag: string): string => tag.split('-')[0] ?? '';

/** The language closest to a BCP 47 tag or a POSIX locale, such as `zh-Hans-SG` or `en_GB.UTF-8`. */
export function closestLanguage(tag: string | undefined, among: readonly Language[] = languages): string {
  const wanted = (tag ?? '')
    .replace(/[.@].*$/, '')
    .replaceAll('_', '-')
    .toLowerCase();
  const same = among.find((language) => language.tag.toLowerCase() === wanted);
  const near = among.find((language) => baseOf(language.tag.toLowerCase()) === baseOf(wanted));
  return (same ?? near)?.tag ?? fallbackLanguage;
}

/** The language that the course is read in by who uses the interface in a language: the same, if it is written in that. */
export function courseLocale(language: string): Locale {
  return locales.find((locale) => locale === language) ?? fallbackLanguage;
}
