import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { errorText, errorTexts, type ErrorKind } from '#shared/contract/errors.ts';
import en from '../../../src-renderer/i18n/en.json' with { type: 'json' };
import zh from '../../../src-renderer/i18n/zh-CN.json' with { type: 'json' };

type Tree = { readonly [key: string]: string | Tree };

const flatten = (tree: Tree, path = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value] as [string, string]] : flatten(value, `${path}${key}.`),
  );
const english = new Map(flatten(en));
const chinese = new Map(flatten(zh));
const holes = (text: string) => [...text.matchAll(/\{\{?(\w+)\}?\}/g)].map(([, name]) => name).sort();

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
  it('exist in both languages', () => {
    expect([...english.keys()].filter((key) => !chinese.has(key))).toEqual([]);
    expect([...chinese.keys()].filter((key) => !english.has(key))).toEqual([]);
  });

  it('take the same parameters in both languages', () => {
    const different = [...english].filter(
      ([key, text]) => holes(text).join() !== holes(chinese.get(key) ?? '').join(),
    );
    expect(different.map(([key]) => key)).toEqual([]);
  });

  it('are Chinese in the Chinese file', () => {
    // What has no word to translate: signs, units, numbers.
    const wordless = (text: string) =>
      !/[A-Za-z]{2,}/.test(text.replace(/\{\{\w+\}\}/g, '').replace(/\bMiB\b|\bGiB\b/g, ''));
    const untranslated = [...chinese].filter(([, text]) => !/\p{Script=Han}/u.test(text) && !wordless(text));
    expect(untranslated.map(([key]) => key)).toEqual([]);
  });

  it('are all used, and none is missing', () => {
    const all = sources.map(({ text }) => text).join('\n');
    const bases = [...english.keys()].map((key) => key.replace(/_(one|other)$/, ''));
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
  it('fill in every parameter, in both languages', () => {
    for (const kind of Object.keys(errorTexts) as ErrorKind[]) {
      const names = holes(errorTexts[kind].en);
      expect(holes(errorTexts[kind]['zh-CN'])).toEqual(names);
      const params = Object.fromEntries(names.map((name) => [name ?? '', `<${name}>`]));
      for (const locale of ['en', 'zh-CN'] as const) {
        const text = errorText({ kind, params }, locale);
        expect(text).not.toMatch(/\{\w+\}/);
        for (const name of names) expect(text).toContain(`<${name}>`);
      }
      expect(errorTexts[kind]['zh-CN']).toMatch(/\p{Script=Han}/u);
    }
  });
});
