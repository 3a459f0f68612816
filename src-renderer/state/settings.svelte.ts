import type { Settings } from '#shared/contract/settings.ts';
import type { AppError } from '#shared/contract/errors.ts';
import type { Result } from '#shared/contract/result.ts';
import { closestLanguage, fallbackLanguage } from '#shared/languages/languages.ts';
import { api, onEvent } from '../api/client.ts';
import { changeLanguage, hasLanguage, i18n } from '../i18n/i18n.svelte.ts';

type Look = Pick<Settings, 'theme' | 'contrast' | 'density' | 'textSizePercent'>;

/** The learner's settings, applied to the page as soon as they are known or changed, here or in another window. */
class SettingsState {
  value = $state<Settings | null>(null);
  error = $state<AppError | null>(null);
  #dark = window.matchMedia('(prefers-color-scheme: dark)');
  #moreContrast = window.matchMedia('(prefers-contrast: more)');

  constructor() {
    // Until the settings are known, and if they cannot be had, the page follows the system.
    this.#show({
      theme: 'system',
      contrast: 'system',
      density: 'comfortable',
      textSizePercent: 100,
    });
    onEvent((event, payload) => {
      if (event === 'settings.changed') void this.#apply(payload as Settings);
    });
    for (const wish of [this.#dark, this.#moreContrast])
      wish.addEventListener('change', () => this.value && this.#show(this.value));
  }

  /** The language is there when this has ended, whatever went wrong. */
  async load(): Promise<void> {
    await this.#take(await api.settings.get({}));
  }

  async set(patch: Partial<Settings>): Promise<void> {
    await this.#take(await api.settings.set(patch));
  }

  async #take(result: Result<Settings>): Promise<void> {
    this.error = result.ok ? null : result.error;
    if (result.ok) await this.#apply(result.value);
    else if (!hasLanguage(i18n.language)) await this.#speak('system');
  }

  async #apply(settings: Settings): Promise<void> {
    this.value = settings;
    this.#show(settings);
    await this.#speak(settings.language);
  }

  async #speak(language: string): Promise<void> {
    const error = await changeLanguage(
      language === 'system' ? closestLanguage(navigator.language) : language,
    );
    if (error) this.error = error;
    // At the start there is no other language that could stay.
    if (error && !hasLanguage(i18n.language)) await changeLanguage(fallbackLanguage);
    document.documentElement.lang = i18n.language;
  }

  #show({ theme, contrast, density, textSizePercent }: Look): void {
    const root = document.documentElement;
    root.dataset['theme'] = theme === 'system' ? (this.#dark.matches ? 'dark' : 'light') : theme;
    root.dataset['contrast'] =
      contrast === 'system' ? (this.#moreContrast.matches ? 'high' : 'normal') : contrast;
    root.dataset['density'] = density;
    root.style.fontSize = `${textSizePercent}%`;
  }
}

export const settings = new SettingsState();
