import { describe, expect, it, vi } from 'vitest';
import { closestLanguage, courseLocale, languages } from '#shared/languages/languages.ts';
import { byLanguage, LanguageTexts } from '../../../src-renderer/i18n/language-texts.ts';
import { filesOf, flatten, languageProblems, type Texts } from '../../support/languages.ts';

/** The forms that Polish has, where English has two. */
const polishForms = ['one', 'few', 'many', 'other'];

/** English in brackets, with the plural forms of Polish: a third language, made by files alone. */
function inBrackets(texts: Texts): Texts {
  return Object.fromEntries(
    Object.entries(texts).flatMap(([key, value]): [string, string | Texts][] => {
      if (typeof value !== 'string') return [[key, inBrackets(value)]];
      if (key.endsWith('_one') && `${key.slice(0, -4)}_other` in texts) return [[key, `[${value}]`]];
      if (!key.endsWith('_other')) return [[key, `[${value}]`]];
      const others = polishForms.filter((form) => form !== 'one');
      return others.map((form) => [key.replace(/other$/, form), `[${form} ${value}]`]);
    }),
  );
}

const polish = Object.fromEntries(
  Object.entries(filesOf('en')).map(([name, texts]) => [name, inBrackets(texts)]),
);
const path = (language: string, name: string) => `/src-shared/languages/${language}/${name}.json`;
const filesAt = (name: string) =>
  byLanguage({
    [path('en', name)]: () => Promise.resolve(filesOf('en')[name] ?? {}),
    [path('pl', name)]: () => Promise.resolve(polish[name] ?? {}),
  });

describe('a third language', () => {
  it('passes the check of completeness with the plural forms of its own', () => {
    expect(languageProblems('pl', polish)).toEqual([]);
  });

  it.each([
    ['a plural form', (key: string) => key.endsWith('_few'), 'is missing'],
    ['a message', (key: string) => key === 'nav.today', 'nav.today is missing'],
  ])('without %s does not', (_what, leavesOut, problem) => {
    const key =
      flatten(polish['interface'] ?? {})
        .map(([name]) => name)
        .find(leavesOut) ?? '';
    const without = (texts: Texts, [first = '', ...rest]: readonly string[]): Texts =>
      rest.length === 0
        ? Object.fromEntries(Object.entries(texts).filter(([name]) => name !== first))
        : { ...texts, [first]: without(texts[first] as Texts, rest) };
    const files = { ...polish, interface: without(polish['interface'] ?? {}, key.split('.')) };
    expect(languageProblems('pl', files)).toEqual([
      expect.stringContaining(`${key} ${problem.replace(`${key} `, '')}`),
    ]);
  });

  it('is fetched when it is asked for, once, and then spoken in the forms of its own', async () => {
    const fetched = vi.fn(() => Promise.resolve(polish['interface'] ?? {}));
    const texts = new LanguageTexts({
      interface: { ...filesAt('interface'), pl: fetched },
      errors: filesAt('errors'),
    });
    await texts.load('en');
    expect([texts.has('en'), texts.has('pl'), fetched.mock.calls.length]).toEqual([true, false, 0]);
    await Promise.all([texts.load('pl'), texts.load('pl')]);
    await texts.load('pl');
    expect(fetched).toHaveBeenCalledTimes(1);
    expect(texts.message('pl', 'nav.today')).toBe('[Today]');
    expect(texts.errors('pl')?.['nothing-to-undo']).toMatch(/^\[/);
    for (const [count, form] of [
      [1, 'one'],
      [2, 'few'],
      [5, 'many'],
      [22, 'few'],
    ] as const) {
      const text = texts.message('pl', 'packs.moreProblems', { count });
      expect(text, String(count)).toMatch(
        form === 'one' ? /^\[(?!few|many|other)/ : new RegExp(`^\\[${form} `),
      );
    }
  });

  it('that could not be fetched is asked for again, and the others are still there', async () => {
    const fetched = vi.fn<() => Promise<object>>();
    fetched
      .mockRejectedValueOnce(new TypeError('no network'))
      .mockResolvedValueOnce(polish['interface'] ?? {});
    const texts = new LanguageTexts({
      interface: { ...filesAt('interface'), pl: fetched },
      errors: filesAt('errors'),
    });
    await texts.load('en');
    await expect(texts.load('pl')).rejects.toThrow('no network');
    expect([texts.has('en'), texts.has('pl')]).toEqual([true, false]);
    await texts.load('pl');
    expect(texts.has('pl')).toBe(true);
    await expect(texts.load('xx')).rejects.toThrow('no interface texts in "xx"');
  });

  it('is chosen by who has it set, and reads the course in English', () => {
    const three = [...languages, { tag: 'pl', name: 'polski' }];
    expect(closestLanguage('pl_PL.UTF-8', three)).toBe('pl');
    expect(closestLanguage('pl-PL', languages)).toBe('en');
    expect(courseLocale('pl')).toBe('en');
  });
});

it.each([
  ['zh-CN', 'zh-CN'],
  ['zh-Hans-SG', 'zh-CN'],
  ['zh_TW.UTF-8', 'zh-CN'],
  ['ZH', 'zh-CN'],
  ['en_GB', 'en'],
  ['de-AT', 'en'],
  ['C', 'en'],
  ['', 'en'],
  [undefined, 'en'],
])('to %s the closest language is %s', (tag, language) => {
  expect(closestLanguage(tag)).toBe(language);
});
