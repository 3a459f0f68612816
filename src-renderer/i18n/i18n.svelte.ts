import i18next, { type TOptions } from 'i18next';
import { errorText, type AppError } from '#shared/contract/errors.ts';
import { closestLocale, type Locale, type Localized } from '#shared/locale.ts';
import en from './en.json';
import zhCN from './zh-CN.json';

type Leaves<T, Path extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${Path}${K}` : Leaves<T[K], `${Path}${K}.`>;
}[keyof T & string];

/** `count` picks a plural form, so `key_one` and `key_other` are both reached by `key`. */
type WithoutPlural<K extends string> = K extends `${infer Base}_one` | `${infer Base}_other` ? Base : K;
export type MessageKey = WithoutPlural<Leaves<typeof en>>;

await i18next.init({
  lng: 'en',
  fallbackLng: false,
  resources: { en: { translation: en }, 'zh-CN': { translation: zhCN } },
  // Svelte escapes what it shows.
  interpolation: { escapeValue: false },
  returnNull: false,
});

let current = $state<Locale>(closestLocale(navigator.language));

export const i18n = {
  get locale(): Locale {
    return current;
  },
  set locale(locale: Locale) {
    current = locale;
  },
};

/** A message in the learner's language. Read in a component, it changes with the language. */
export function t(key: MessageKey, options: TOptions = {}): string {
  return String(i18next.t(key as string, { lng: current, ...options }));
}

/** A message in every language at once, for what is searched in all of them. */
export function everyText(key: MessageKey): Localized {
  return {
    en: String(i18next.t(key as string, { lng: 'en' })),
    'zh-CN': String(i18next.t(key as string, { lng: 'zh-CN' })),
  };
}

/** Whether there is a message for a name that comes from data, such as the kind of an event. */
export function hasMessage(key: string): key is MessageKey {
  return i18next.exists(key, { lng: current });
}

/** A text of a pack in the learner's language. */
export function text(localized: Localized): string {
  return localized[current];
}

export function errorMessage(error: Pick<AppError, 'kind' | 'params'>): string {
  return errorText(error, current);
}
