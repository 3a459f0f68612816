import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, posix, relative, sep } from 'node:path';
import ts from 'typescript';
import { projectRoot } from './paths.ts';

/** One import of a module: what it asks for, and the file of the project that this is, if it is one. */
export interface Import {
  readonly from: string;
  readonly specifier: string;
  /** Path in the project, or null for a package or a built-in. */
  readonly to: string | null;
}

const aliases: readonly (readonly [string, string])[] = [
  ['#shared/', 'src-shared/'],
  ['#main/', 'src-main/'],
];

/** Scripts of a Svelte file, one after the other; the whole text of any other file. */
function codeOf(path: string, text: string): string {
  if (extname(path) !== '.svelte') return text;
  return [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, code]) => code).join('\n');
}

/** What a module asks for: imports with and without types, exports from, dynamic imports, requires, and files by `new URL`. */
function specifiersIn(path: string, text: string): string[] {
  const code = codeOf(path, text);
  const files = [...code.matchAll(/new URL\(\s*['"`]([^'"`]+)['"`]\s*,\s*import\.meta\.url/g)].map(
    ([, file]) => file ?? '',
  );
  return [...ts.preProcessFile(code, true, true).importedFiles.map(({ fileName }) => fileName), ...files];
}

/** The imports of a module at a path in the project. */
export function importsOf(path: string, text: string): Import[] {
  return specifiersIn(path, text).map((specifier) => {
    const bare = specifier.replace(/\?.*$/, '');
    const alias = aliases.find(([name]) => bare.startsWith(name));
    const to = alias
      ? alias[1] + bare.slice(alias[0].length)
      : bare.startsWith('.')
        ? posix.join(posix.dirname(path), bare)
        : null;
    return { from: path, specifier, to };
  });
}

/** Paths in the project of all files with one of the endings below a folder. */
export function filesBelow(folder: string, endings: readonly string[]): string[] {
  return readdirSync(join(projectRoot, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && endings.includes(extname(entry.name)))
    .map((entry) => relative(projectRoot, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !path.split('/').includes('node_modules'));
}

export function readProjectFile(path: string): string {
  return readFileSync(join(projectRoot, path), 'utf8');
}
