import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { englishErrors, errorText, type ErrorKind } from '#shared/contract/errors.ts';
import { languages } from '#shared/languages/languages.ts';
import {
  baseOf,
  errorTextsIn,
  filesOf,
  flatten,
  holesIn,
  languageFolders,
  languageProblems,
} from '../../support/languages.ts';

const english = flatten(filesOf('en')['interface'] ?? {});

/** Every source file of the interface that a learner sees; the gallery of its components is for who works on it. */
const sources = readdirSync(resolve(import.meta.dirname, '../../../src-renderer'), {
  recursive: true,
  encoding: 'utf8',
})
  .filter((file) => /\.(svelte|ts)$/.test(file) && !/^gallery\b/.test(file))
  .map((file) => ({
    file,
    text: readFileSync(join(import.meta.dirname, '../../../src-renderer', file), 'utf8'),
  }));

describe('messages', () => {
  it('have a folder for each language on the list, and no other', () => {
    expect(languageFolders().sort()).toEqual(languages.map(({ tag }) => tag).sort());
  });

  it.each(languages)('are complete in $name, with the plural forms and parameters it needs', ({ tag }) => {
    expect(languageProblems(tag, filesOf(tag))).toEqual([]);
  });

  it('are Chinese in the Chinese files', () => {
    // What has no word to translate: signs, units, numbers.
    const wordless = (text: string) =>
      !/[A-Za-z]{2,}/.test(text.replace(/\{\{\w+\}\}/g, '').replace(/\bMiB\b|\bGiB\b/g, ''));
    const untranslated = Object.values(filesOf('zh-CN'))
      .flatMap((texts) => flatten(texts))
      .filter(([, text]) => !/\p{Script=Han}/u.test(text) && !wordless(text));
    expect(untranslated.map(([key]) => key)).toEqual([]);
  });

  it('are all used, and none is missing', () => {
    const all = sources.map(({ text }) => text).join('\n');
    const bases = english.map(([key]) => baseOf(key));
    // A key may be put together: `grade.${grade}`.
    const stems = [...all.matchAll(/`([\w.-]+\.)\$\{/g)].map(([, stem]) => stem ?? '');
    const unused = bases.filter(
      (key) => !all.includes(`'${key}'`) && !stems.some((stem) => key.startsWith(stem)),
    );
    expect([...new Set(unused)]).toEqual([]);
  });

  it('are the only texts: no component has words of its own', () => {
    const offenders = sources
      .filter(({ file }) => file.endsWith('.svelte'))
      .flatMap(({ file, text }) => {
        const markup = text
          .replace(/<script[\s\S]*?<\/script>|<style[\s\S]*?<\/style>|<!--[\s\S]*?-->/g, '')
          .replace(/\{[^{}]*(?:\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}[^{}]*)*\}/g, '')
          .replace(/<[^>]*>/g, '\n');
        return (markup.match(/[A-Za-z]{3,}[^\n]*/g) ?? []).map((words) => `${file}: ${words.trim()}`);
      });
    expect(offenders.filter((line) => !/: Slipway\s*·?$/.test(line))).toEqual([]);
  });
});

describe('errors', () => {
  it.each(languages)('fill in every parameter in $name', ({ tag }) => {
    for (const kind of Object.keys(englishErrors) as ErrorKind[]) {
      const names = holesIn(englishErrors[kind]).split(',').filter(Boolean);
      const params = Object.fromEntries(names.map((name) => [name, `<${name}>`]));
      const text = errorText({ kind, params }, errorTextsIn(tag));
      expect(text).not.toMatch(/\{\w+\}/);
      for (const name of names) expect(text).toContain(`<${name}>`);
    }
  });
});
