import type { ListedField } from '#shared/simulation/field.ts';

/** What a parameter that has no default begins with, by its name. */
const byName: Readonly<Record<string, unknown>> = {
  perSecond: 10,
  thenPerSecond: 30,
  peakPerSecond: 40,
  atSeconds: 60,
  forSeconds: 30,
  periodSeconds: 60,
  onSeconds: 5,
  offSeconds: 20,
  everySeconds: 30,
  meanMs: 20,
  cv: 1,
  alpha: 1.5,
  minMs: 5,
  maxMs: 1000,
  mibPerSecond: 10,
  cores: 2,
  factor: 5,
  requests: 200,
  instances: 3,
};

const bimodal = [
  { ms: 10, weight: 9 },
  { ms: 200, weight: 1 },
];

/** What such parameters often are, by their unit. */
const byUnit: Readonly<Record<string, number>> = {
  MiB: 512,
  'MiB/s': 100,
  ms: 100,
  s: 60,
  '1/s': 10,
  'USD/h': 0.1,
};

/** A value above 0 that a parameter is often near to: its default, or what such parameters begin with. */
export function usualValue({ path, unit, default: byDefault, min }: ListedField): number {
  const candidates = [byDefault, byName[lastOf(path)], byUnit[unit ?? ''], min];
  return candidates.find((value): value is number => typeof value === 'number' && value > 0) ?? 1;
}

const lastOf = (path: string): string => path.split('.').at(-1) ?? path;

/** What a field of a new item begins with; undefined where its default serves or it may be missing. */
export function startOf(field: ListedField, service: string): unknown {
  const name = lastOf(field.path);
  // A fault comes at one moment unless chance is asked for.
  if (field.path.startsWith('faults') && name === 'atSeconds') return byName[name];
  if (field.optional || field.default !== undefined) return undefined;
  if (name === 'service') return service;
  if (field.kind === 'choice') return field.options[0];
  return byName[name] ?? field.min ?? 1;
}

/**
 * An object of a kind: what the old one had under the same names stays.
 *
 * @param path of the object; `fields` are all fields of it, whatever their kind
 */
export function objectOfKind(
  path: string,
  kind: string,
  fields: readonly ListedField[],
  old: Readonly<Record<string, unknown>>,
  service: string,
): Record<string, unknown> {
  const made: Record<string, unknown> = { kind };
  for (const field of fields) {
    const name = field.path.slice(path.length + 1);
    if (!field.conditions.every((condition) => condition.path !== `${path}.kind` || condition.value === kind))
      continue;
    if (name === 'kind' || !field.path.startsWith(`${path}.`)) continue;
    if (name.startsWith('values[]')) made['values'] = old['values'] ?? bimodal;
    else if (/^\w+$/.test(name)) {
      const value = old[name] ?? startOf(field, service);
      if (value !== undefined) made[name] = value;
    }
  }
  return made;
}
