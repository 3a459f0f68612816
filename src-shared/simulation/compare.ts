import type { Problem } from './platform.ts';
import { maxContenders, parseSimulationFile, type SimulationFile } from './simulation-file.ts';

/** One platform of a comparison, with the file that it runs. */
export interface Contender {
  readonly name: string;
  readonly file: SimulationFile;
}

export type ParsedComparison =
  | { readonly ok: true; readonly contenders: readonly Contender[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Checks a file that has either `platform` or `compare`: a list of platforms, or of `{name, platform}`, that all get the
 * same workload, faults and deployments on the same seeds. A file with one platform is a comparison of one.
 */
export function parseComparison(value: unknown): ParsedComparison {
  if (!isRecord(value) || !('compare' in value)) {
    const parsed = parseSimulationFile(value);
    if (!parsed.ok) return parsed;
    return { ok: true, contenders: [{ name: parsed.file.platform.kind, file: parsed.file }] };
  }
  const { compare, ...rest } = value;
  if (!Array.isArray(compare) || compare.length === 0 || compare.length > maxContenders) {
    const message = `expected a list of 1 to ${maxContenders} platforms`;
    return { ok: false, problems: [{ path: 'compare', message }] };
  }
  if ('platform' in rest) {
    return {
      ok: false,
      problems: [{ path: 'platform', message: 'goes without "compare", or the other way round' }],
    };
  }
  return parseEach(compare as readonly unknown[], rest);
}

function parseEach(entries: readonly unknown[], rest: Readonly<Record<string, unknown>>): ParsedComparison {
  const contenders: Contender[] = [];
  const problems: Problem[] = [];
  entries.forEach((entry, i) => {
    const named = isRecord(entry) && 'platform' in entry;
    if (named) problems.push(...problemsOfEntry(entry, `compare[${i}]`));
    const platform: unknown = named ? entry['platform'] : entry;
    const prefix = named ? `compare[${i}].platform` : `compare[${i}]`;
    const parsed = parseSimulationFile({ ...rest, platform });
    if (parsed.ok) {
      const given = named ? entry['name'] : undefined;
      const kind = parsed.file.platform.kind;
      const name = typeof given === 'string' && given !== '' ? given : kind;
      contenders.push({ name: uniqueName(name, contenders), file: parsed.file });
      return;
    }
    for (const { path, message } of parsed.problems) {
      const at = /^platform(?=$|[.[])/.test(path) ? prefix + path.slice('platform'.length) : path;
      if (!problems.some((other) => other.path === at && other.message === message))
        problems.push({ path: at, message });
    }
  });
  return problems.length > 0 ? { ok: false, problems } : { ok: true, contenders };
}

function problemsOfEntry({ name, platform: _, ...others }: Record<string, unknown>, path: string): Problem[] {
  const unknown = Object.keys(others).map((key) => ({ path: `${path}.${key}`, message: 'unknown field' }));
  if (name === undefined || typeof name === 'string') return unknown;
  return [{ path: `${path}.name`, message: 'expected a string' }, ...unknown];
}

function uniqueName(name: string, contenders: readonly Contender[]): string {
  let unique = name;
  for (let i = 2; contenders.some((other) => other.name === unique); i++) unique = `${name}-${i}`;
  return unique;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
