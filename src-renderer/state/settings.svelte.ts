import type { Settings } from '#shared/contract/settings.ts';
import type { AppError } from '#shared/contract/errors.ts';
import { closestLocale } from '#shared/locale.ts';
import { api, onEvent } from '../api/client.ts';
import { i18n } from '../i18n/i18n.svelte.ts';

type Look = Pick<Settings, 'language' | 'theme' | 'contrast' | 'density' | 'textSizePercent'>;

/** The learner's settings, applied to the page as soon as they are known or changed, here or in another window. */
class SettingsState {
  value = $state<Settings | null>(null);
  error = $state<AppError | null>(null);
  #dark = window.matchMedia('(prefers-color-scheme: dark)');
  #moreContrast = window.matchMedia('(prefers-contrast: more)');

  constructor() {
    // Until the settings are known, and if they cannot be had, the page follows the system.
    this.#show({
      language: 'system',
      theme: 'system',
      contrast: 'system',
      density: 'comfortable',
      textSizePercent: 100,
    });
    onEvent((event, payload) => {
      if (event === 'settings.changed') this.#apply(payload as Settings);
    });
    for (const wish of [this.#dark, this.#moreContrast])
      wish.addEventListener('change', () => this.value && this.#apply(this.value));
  }

  async load(): Promise<void> {
    const result = await api.settings.get({});
    this.error = result.ok ? null : result.error;
    if (result.ok) this.#apply(result.value);
  }

  async set(patch: Partial<Settings>): Promise<void> {
    const result = await api.settings.set(patch);
    this.error = result.ok ? null : result.error;
    if (result.ok) this.#apply(result.value);
  }

  #apply(settings: Settings): void {
    this.value = settings;
    this.#show(settings);
  }

  #show({ language, theme, contrast, density, textSizePercent }: Look): void {
    i18n.locale = language === 'system' ? closestLocale(navigator.language) : language;
    const root = document.documentElement;
    root.lang = i18n.locale;
    root.dataset['theme'] = theme === 'system' ? (this.#dark.matches ? 'dark' : 'light') : theme;
    root.dataset['contrast'] =
      contrast === 'system' ? (this.#moreContrast.matches ? 'high' : 'normal') : contrast;
    root.dataset['density'] = density;
    root.style.fontSize = `${textSizePercent}%`;
  }
}

export const settings = new SettingsState();
