import { valueAt } from '#shared/simulation/apply-changes.ts';
import type { ListedField } from '#shared/simulation/field.ts';

/** A simulation file as it is typed: what is not in it has its default. Never changed, only replaced. */
export type DraftFile = Readonly<Record<string, unknown>>;

type Key = string | number;

function keysOf(path: string): Key[] {
  return path
    .replaceAll(/\[(\d+)\]/g, '.$1')
    .split('.')
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

function change(node: unknown, keys: readonly Key[], value: unknown): unknown {
  const [key, ...rest] = keys;
  if (key === undefined) return value;
  if (typeof key === 'number') {
    const items = Array.isArray(node) ? [...(node as unknown[])] : [];
    const next = change(items[key], rest, value);
    if (next === undefined) items.splice(key, 1);
    else items[key] = next;
    return items;
  }
  const { [key]: old, ...others } = (node ?? {}) as Record<string, unknown>;
  const next = change(old, rest, value);
  return next === undefined ? others : { ...others, [key]: next };
}

/** A copy with the value at a path replaced, whatever it is; undefined takes it out. What is missing on the way is made. */
export function withValue(file: DraftFile, path: string, value: unknown): DraftFile {
  return change(file, keysOf(path), value) as DraftFile;
}

/** The fields of one item of a list. */
export function fieldsOfItem(fields: readonly ListedField[], list: string, index: number): ListedField[] {
  const place = (path: string) => path.replace(`${list}[]`, `${list}[${index}]`);
  return fields.map((field) => ({
    ...field,
    path: place(field.path),
    within: field.within && place(field.within),
    conditions: field.conditions.map(({ path, value }) => ({ path: place(path), value })),
  }));
}

/** Whether a field counts, as the file is. */
export function applies(field: ListedField, file: DraftFile): boolean {
  return field.conditions.every(({ path, value }) => valueAt(file, path) === value);
}

/** What a field is set back to: the value that it began with, or its default. */
export function startingValue(field: ListedField, start: DraftFile): unknown {
  return valueAt(start, field.path) ?? field.default;
}

/** Whether something else than that is set. What was added and has no default is never changed. */
export function isChanged(field: ListedField, file: DraftFile, start: DraftFile): boolean {
  const value = valueAt(file, field.path);
  const before = startingValue(field, start);
  const isOfItem = /\[\d+\]/.test(field.path.replace('services[0]', ''));
  if (before === undefined && (isOfItem || !field.optional)) return false;
  return (value ?? field.default) !== before;
}
