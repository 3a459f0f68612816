import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, isNode, isScalar, LineCounter, parseDocument, visit, type Document } from 'yaml';
import type { z } from 'zod';
import type { Problems } from './problem.ts';

export interface YamlFile<T> {
  readonly value: T;
  /** Line, from 1, of the value at a path; the line of its closest parent where it is missing. */
  lineOf(path: readonly PropertyKey[]): number;
}

/** Reads a text file of a pack; a file that cannot be read is a problem of the pack. */
export function readPackText(folder: string, file: string, problems: Problems): string | null {
  try {
    return readFileSync(join(folder, file), 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === undefined) throw error;
    problems.add(
      file,
      1,
      code === 'ENOENT' ? 'the file is missing' : `the file cannot be read (${String(code)})`,
    );
    return null;
  }
}

function lineFinder(document: Document, lines: LineCounter): (path: readonly PropertyKey[]) => number {
  return (path) => {
    for (let length = path.length; length >= 0; length -= 1) {
      const keys = path.slice(0, length);
      const parent = keys.length > 0 ? document.getIn(keys.slice(0, -1), true) : undefined;
      // The line of "key:" tells an author more than the line on which a long text starts.
      if (isMap(parent)) {
        const pair = parent.items.find(({ key }) => isScalar(key) && key.value === keys.at(-1));
        if (pair && isNode(pair.key) && pair.key.range) return lines.linePos(pair.key.range[0]).line;
      }
      const node = keys.length > 0 ? document.getIn(keys, true) : document.contents;
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  };
}

const pathText = (path: readonly PropertyKey[]) =>
  path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');

/** The plain value of a document; null where aliases lead nowhere or multiply without end. */
function toValue(
  document: Document,
  lines: LineCounter,
  file: string,
  problems: Problems,
): { readonly value: unknown } | null {
  let whole = true;
  visit(document, {
    Alias: (_key, alias) => {
      if (alias.resolve(document)) return;
      problems.add(
        file,
        lines.linePos(alias.range?.[0] ?? 0).line,
        `not valid YAML: there is no anchor "${alias.source}"`,
      );
      whole = false;
    },
  });
  if (!whole) return null;
  try {
    return { value: document.toJS() as unknown };
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    problems.add(file, 1, `not valid YAML: ${error.message}`);
    return null;
  }
}

/** Reads, parses and checks one YAML file; adds a problem, with its line, for everything that is wrong. */
export function readYaml<T>(
  folder: string,
  file: string,
  schema: z.ZodType<T>,
  problems: Problems,
): YamlFile<T> | null {
  const text = readPackText(folder, file, problems);
  if (text === null) return null;
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  for (const error of [...document.errors, ...document.warnings]) {
    problems.add(file, lines.linePos(error.pos[0]).line, `not valid YAML: ${error.message}`);
  }
  if (document.errors.length > 0) return null;
  const lineOf = lineFinder(document, lines);
  const value = toValue(document, lines, file, problems);
  if (!value) return null;
  const parsed = schema.safeParse(value.value);
  if (parsed.success) return { value: parsed.data, lineOf };
  for (const issue of parsed.error.issues) {
    const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path;
    const where = pathText(issue.path);
    problems.add(file, lineOf(path), where ? `${where}: ${issue.message}` : issue.message);
  }
  return null;
}
