import type { AppError } from '#shared/contract/errors.ts';
import { locales } from '#shared/locale.ts';
import { hasLanguage, i18n, loadLanguages } from '../../i18n/i18n.svelte.ts';
import { settings } from '../../state/settings.svelte.ts';

/** Both languages of a lesson, section by section; make it while a component is set up. */
export class SideBySide {
  readonly otherLocale = $derived(locales.find((locale) => locale !== i18n.locale) ?? i18n.locale);
  readonly wanted = $derived(settings.value?.readerLanguages === 'both');
  /** Once the words of the other language that are no part of the lesson are there as well. */
  readonly shown = $derived(this.wanted && hasLanguage(this.otherLocale));
  error = $state.raw<AppError | null>(null);

  constructor() {
    $effect(() => {
      if (this.wanted) void this.load();
    });
  }

  async load(): Promise<void> {
    this.error = await loadLanguages([this.otherLocale]);
  }

  switch(): void {
    void settings.set({ readerLanguages: this.wanted ? 'one' : 'both' });
  }
}
