import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ErrorTexts } from '#shared/contract/errors.ts';
import { projectRoot } from './paths.ts';

export type Texts = { readonly [key: string]: string | Texts };
/** The files in the folder of a language, by their names without the ending. */
export type LanguageFiles = Readonly<Record<string, Texts>>;

const folder = join(projectRoot, 'src-shared', 'languages');
const forms = /_(zero|one|two|few|many|other)$/;

/** The folders that there are, whether they are listed or not. */
export function languageFolders(): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}

export function filesOf(language: string): LanguageFiles {
  const names = ['interface', 'errors', 'menu', 'fields'];
  const present = names.filter((name) => existsSync(join(folder, language, `${name}.json`)));
  return Object.fromEntries(
    present.map((name) => [
      name,
      JSON.parse(readFileSync(join(folder, language, `${name}.json`), 'utf8')) as Texts,
    ]),
  );
}

export function errorTextsIn(language: string): ErrorTexts {
  return filesOf(language)['errors'] as ErrorTexts;
}

/** Every text with the path of its key. */
export function flatten(texts: Texts, path = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[path + key, value]] : flatten(value, `${path}${key}.`),
  );
}

/** The names of what is filled into a text. */
export const holesIn = (text: string): string =>
  [...text.matchAll(/\{\{?(\w+)\}?\}/g)]
    .map(([, name]) => name)
    .sort()
    .join();

/** The key of a message without its plural form. */
export const baseOf = (key: string): string => key.replace(forms, '');

/** What the file of a language lacks, has too much or gets wrong, held against the English one. */
function fileProblems(language: string, english: Texts, texts: Texts): string[] {
  const expected = new Map(flatten(english));
  const found = new Map(flatten(texts));
  const isPlural = (key: string) => forms.test(key) && expected.has(`${baseOf(key)}_other`);
  const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
  const needed = [...expected.keys()].flatMap((key) =>
    isPlural(key) ? pluralCategories.map((form) => `${baseOf(key)}_${form}`) : [key],
  );
  const model = (key: string) =>
    expected.get(key) ?? (isPlural(key) ? expected.get(`${baseOf(key)}_other`) : undefined);
  return [
    ...[...new Set(needed)].filter((key) => !found.has(key)).map((key) => `${key} is missing`),
    ...[...found].flatMap(([key, text]) => {
      const like = model(key);
      if (like === undefined) return [`${key} is not in English`];
      return holesIn(text) === holesIn(like) ? [] : [`${key} has {${holesIn(text)}}, not {${holesIn(like)}}`];
    }),
  ];
}

/** What is wrong with the files of a language: nothing, if Slipway can be used in it. */
export function languageProblems(language: string, files: LanguageFiles): string[] {
  return Object.entries(filesOf('en')).flatMap(([name, english]) => {
    const texts = files[name];
    if (!texts) return [`${language}/${name}.json is missing`];
    return fileProblems(language, english, texts).map((problem) => `${language}/${name}.json: ${problem}`);
  });
}
