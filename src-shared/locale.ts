/** The languages that every text of Slipway exists in. The first one is the fallback for an unknown system language. */
export const locales = ['en', 'zh-CN'] as const;
export type Locale = (typeof locales)[number];

/** A text in every language. */
export type Localized = Readonly<Record<Locale, string>>;

/** The closest language that Slipway speaks to a BCP 47 tag such as `zh-Hans-SG` or `en_GB`. */
export function closestLocale(tag: string | undefined): Locale {
  return /^zh([-_.]|$)/i.test(tag ?? '') ? 'zh-CN' : 'en';
}
