import { englishErrors, type ErrorTexts } from '#shared/contract/errors.ts';
import { fallbackLanguage } from '#shared/languages/languages.ts';
import englishMenu from '#shared/languages/en/menu.json' with { type: 'json' };

/** Named in `languages/<language>/menu.json`. */
export type MenuText = keyof typeof englishMenu;
export type MenuTexts = Readonly<Record<MenuText, string>>;

// Hosts speak before there is a window, and beside it. The bundler packs every file that these names may come to.

/** What errors say in a language of the interface. */
export async function errorTexts(language: string): Promise<ErrorTexts> {
  if (language === fallbackLanguage) return englishErrors;
  const file = (await import(`../../src-shared/languages/${language}/errors.json`, {
    with: { type: 'json' },
  })) as {
    readonly default: ErrorTexts;
  };
  return file.default;
}

/** What the application menu says in a language of the interface. */
export async function menuTexts(language: string): Promise<MenuTexts> {
  if (language === fallbackLanguage) return englishMenu;
  const file = (await import(`../../src-shared/languages/${language}/menu.json`, {
    with: { type: 'json' },
  })) as {
    readonly default: MenuTexts;
  };
  return file.default;
}
