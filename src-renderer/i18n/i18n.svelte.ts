/// <reference types="vite/client" />
import type { TOptions } from 'i18next';
import { SvelteSet } from 'svelte/reactivity';
import { errorText, type AppError, type ErrorTexts } from '#shared/contract/errors.ts';
import { appError } from '#shared/contract/result.ts';
import type english from '#shared/languages/en/interface.json';
import { closestLanguage, courseLocale, languages } from '#shared/languages/languages.ts';
import { locales, type Locale, type Localized } from '#shared/locale.ts';
import { byLanguage, LanguageTexts } from './language-texts.ts';

type Leaves<T, Path extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${Path}${K}` : Leaves<T[K], `${Path}${K}.`>;
}[keyof T & string];

/** `count` picks a plural form, so `key_one` and `key_other` are both reached by `key`. */
type WithoutPlural<K extends string> = K extends `${infer Base}_one` | `${infer Base}_other` ? Base : K;
export type MessageKey = WithoutPlural<Leaves<typeof english>>;

const texts = new LanguageTexts({
  interface: byLanguage(
    import.meta.glob<object>('#shared/languages/*/interface.json', { import: 'default' }),
  ),
  errors: byLanguage(import.meta.glob<ErrorTexts>('#shared/languages/*/errors.json', { import: 'default' })),
});

let current = $state(closestLanguage(navigator.language));
const loaded = new SvelteSet<string>();
let wanted = current;

export const i18n = {
  /** The language of the interface, a BCP 47 tag. */
  get language(): string {
    return current;
  },
  /** The language that the course is read in: the interface's own if the course is written in it, or else English. */
  get locale(): Locale {
    return courseLocale(current);
  },
};

/** Fetches the texts of languages; returns what went wrong. What others say of their texts follows by itself. */
export async function loadLanguages(tags: readonly string[]): Promise<AppError | null> {
  for (const tag of new Set(tags)) {
    try {
      await texts.load(tag);
      loaded.add(tag);
    } catch (cause) {
      console.error(`The texts in ${tag} could not be loaded`, cause);
      const language = languages.find((one) => one.tag === tag)?.name ?? tag;
      return appError('language-not-loaded', { language });
    }
  }
  return null;
}

/** Whether the texts of a language are there; asked in a component, that follows once they are. */
export function hasLanguage(tag: string): boolean {
  return loaded.has(tag);
}

/**
 * Changes the language of the interface once all of its texts are there, and of what of the course is shown in another one.
 * Returns what went wrong; then the language stays as it is.
 */
export async function changeLanguage(tag: string): Promise<AppError | null> {
  wanted = tag;
  const error = await loadLanguages([tag, courseLocale(tag)]);
  // Of two changes that overtake each other the later one counts.
  if (wanted !== tag) return null;
  if (!error) current = tag;
  return error;
}

/** Fetches the texts of the forms for configurations as well, which only the lab needs, now and whenever the language changes. */
export async function loadFieldTexts(): Promise<AppError | null> {
  texts.addPart(
    'fields',
    byLanguage(import.meta.glob<object>('#shared/languages/*/fields.json', { import: 'default' })),
  );
  return loadLanguages([...loaded]);
}

/** A message in the learner's language. Read in a component, it changes with the language. */
export function t(key: MessageKey, options: TOptions = {}): string {
  return texts.message(current, key, options);
}

/**
 * A message in every language of the course at once, for what is searched in all of them; load them first. Who has an
 * interface in another language finds it in that one, in the place of the course's language that they read.
 */
export function everyText(key: MessageKey): Localized {
  const inLocale = (locale: Locale) => (locale === i18n.locale || !hasLanguage(locale) ? current : locale);
  const entries = locales.map((locale) => [locale, texts.message(inLocale(locale), key)]);
  return Object.fromEntries(entries) as Localized;
}

/** Whether there is a message for a name that comes from data, such as the kind of an event. */
export function hasMessage(key: string): key is MessageKey {
  return texts.hasMessage(current, key);
}

/** What a schema says in English, in the learner's language; undefined where that is not translated. */
export function fieldText(english: string): string | undefined {
  return texts.fieldText(current, english);
}

/** A text of a pack or of a schema in the learner's language, or in English where there is none in that. */
export function text(localized: Localized): string {
  return localized[current] ?? fieldText(localized.en) ?? localized.en;
}

export function errorMessage(error: Pick<AppError, 'kind' | 'params'>): string {
  return errorText(error, texts.errors(current));
}
