import { getContext, setContext } from 'svelte';
import type { Locale } from '#shared/locale.ts';
import { i18n } from './i18n.svelte.ts';

const key = Symbol('locale of the text');

/** Says for all that is within this component in which language its texts are; ask for it anew each time. */
export function setTextLocale(locale: () => Locale): void {
  setContext(key, locale);
}

/** The language of the text that a component is part of: the learner's own where nobody has said another. Call while a component is set up. */
export function textLocale(): () => Locale {
  return getContext<(() => Locale) | undefined>(key) ?? (() => i18n.locale);
}
