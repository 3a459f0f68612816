import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInstance, type TOptions } from 'i18next';
import { locales, type Locale } from '#shared/locale.ts';
import { projectRoot } from './host.ts';

const messagesOf = (locale: Locale): unknown =>
  JSON.parse(readFileSync(join(projectRoot, 'src-shared', 'languages', locale, 'interface.json'), 'utf8'));

const messages = createInstance();
await messages.init({
  lng: 'en',
  fallbackLng: false,
  resources: Object.fromEntries(
    locales.map((locale) => [locale, { translation: messagesOf(locale) as object }]),
  ),
  interpolation: { escapeValue: false },
});

export type Translate = (key: string, options?: TOptions) => string;

/** The interface's own words in a language; a key that is not there is an error of the test. */
export function translator(locale: Locale): Translate {
  return (key, options = {}) => {
    if (!messages.exists(key, { ...options, lng: locale }))
      throw new Error(`No message ${key} in ${locale}.`);
    return messages.t(key, { ...options, lng: locale });
  };
}
