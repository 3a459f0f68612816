export type ChangedValue = string | number | boolean;

/** A plain value, or a whole part of a file. */
type Part = ChangedValue | Readonly<Record<string, unknown>>;

const forbidden = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * A copy of a simulation file, parsed or not, with the values at some paths replaced: `platform.servers`,
 * `workload.services[0].cpu.meanMs`. Objects that are missing on the way are made; items of lists must exist.
 *
 * @throws RangeError for a path that leads nowhere
 */
export function applyChanges<T>(file: T, changes: Readonly<Record<string, Part>>): T {
  let changed: unknown = file;
  for (const [path, value] of Object.entries(changes))
    changed = withValue(changed, partsOf(path), value, path);
  return changed as T;
}

/** The value at a path, or undefined where there is none. */
export function valueAt(file: unknown, path: string): unknown {
  return partsOf(path).reduce<unknown>((value, part) => {
    if (Array.isArray(value)) return (value as unknown[])[Number(part)];
    return isRecord(value) && Object.hasOwn(value, part) ? value[part] : undefined;
  }, file);
}

function partsOf(path: string): string[] {
  const parts = path.replaceAll(/\[(\d+)\]/g, '.$1').split('.');
  if (parts.some((part) => part === '' || forbidden.has(part))) throw new RangeError(`not a path: ${path}`);
  return parts;
}

function withValue(node: unknown, parts: readonly string[], value: Part, path: string): unknown {
  const [part, ...rest] = parts;
  if (part === undefined) return value;
  if (Array.isArray(node)) {
    const index = Number(part);
    if (!Number.isInteger(index) || index < 0 || index >= node.length)
      throw new RangeError(`no such item: ${path}`);
    return node.map((item: unknown, i) => (i === index ? withValue(item, rest, value, path) : item));
  }
  if (node !== undefined && !isRecord(node)) throw new RangeError(`leads into a plain value: ${path}`);
  return { ...node, [part]: withValue(node?.[part], rest, value, path) };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
