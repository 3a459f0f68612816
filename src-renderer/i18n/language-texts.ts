import { createInstance, type TOptions } from 'i18next';
import type { ErrorTexts } from '#shared/contract/errors.ts';

/** Where the texts of a language come from: its tag, and what fetches the file. */
export type TextFiles = Readonly<Record<string, () => Promise<object>>>;

/** Files by their paths, as the bundler lists them, by the name of the folder that each is in. */
export function byLanguage(files: TextFiles): TextFiles {
  return Object.fromEntries(Object.entries(files).map(([path, load]) => [path.split('/').at(-2), load]));
}

/** Each is a file in the folder of a language. English has no `fields`: the schemas are written in it. */
export type Part = 'interface' | 'errors' | 'fields';

/** The texts of languages, each fetched when it is asked for; what has been fetched is there at once. */
export class LanguageTexts {
  readonly #texts = createInstance();
  readonly #parts = new Map<Part, TextFiles>();
  readonly #loading = new Map<string, Promise<void>>();

  constructor(parts: Readonly<Partial<Record<Part, TextFiles>>>) {
    for (const [part, files] of Object.entries(parts)) this.addPart(part as Part, files);
    void this.#texts.init({
      initAsync: false,
      fallbackLng: false,
      ns: ['interface'],
      defaultNS: 'interface',
      resources: {},
      // Svelte escapes what it shows.
      interpolation: { escapeValue: false },
      returnNull: false,
    });
  }

  /** Further files that only some screens need; a language that is loaded from now on comes with them. */
  addPart(part: Part, files: TextFiles): void {
    this.#parts.set(part, files);
  }

  /** Fetches the parts of a language that are not there yet; fails where a file cannot be had. */
  async load(language: string): Promise<void> {
    await Promise.all([...this.#parts].map(([part, files]) => this.#loadPart(language, part, files)));
  }

  async #loadPart(language: string, part: Part, files: TextFiles): Promise<void> {
    const key = `${language}/${part}`;
    const file = files[language];
    if (!file && part !== 'fields') throw new RangeError(`there are no ${part} texts in "${language}"`);
    if (!file || this.#texts.hasResourceBundle(language, part)) return;
    const loading = this.#loading.get(key) ?? file().then((texts) => this.#add(language, part, texts));
    this.#loading.set(key, loading);
    // A file that could not be had is asked for again the next time.
    await loading.finally(() => this.#loading.delete(key));
  }

  #add(language: string, part: Part, texts: object): void {
    this.#texts.addResourceBundle(language, part, texts);
  }

  has(language: string): boolean {
    return this.#texts.hasResourceBundle(language, 'interface');
  }

  /** A message of the interface; `count` among the options picks its plural form. */
  message(language: string, key: string, options: TOptions = {}): string {
    return String(this.#texts.t(key, { lng: language, ...options }));
  }

  hasMessage(language: string, key: string): boolean {
    return this.#texts.exists(key, { lng: language });
  }

  errors(language: string): ErrorTexts | undefined {
    return this.#texts.getResourceBundle(language, 'errors') as ErrorTexts | undefined;
  }

  /** What a schema says in English, in a language; undefined where that is not translated. */
  fieldText(language: string, english: string): string | undefined {
    const texts = this.#texts.getResourceBundle(language, 'fields') as Record<string, string> | undefined;
    return texts?.[english];
  }
}
