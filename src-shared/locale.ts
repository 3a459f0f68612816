/** The languages that the course is written in. The interface may speak more: `languages/languages.ts`. */
export const locales = ['en', 'zh-CN'] as const;
export type Locale = (typeof locales)[number];

/** A text in every language of the course, and perhaps in further ones of the interface. */
export type Localized = Readonly<Record<Locale, string>> & { readonly [language: string]: string };
