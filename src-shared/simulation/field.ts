import type { z } from 'zod';

/** What a reader of a form or of the documentation must know of a number besides its range and default. */
export interface FieldNotes {
  readonly en: string;
  readonly 'zh-CN': string;
  /** SI or IEC symbol, such as `ms`, `MiB`, `1/s`; `1` for a pure number. */
  readonly unit?: string;
  /** Where the default comes from. */
  readonly source?: string;
  readonly description?: string;
}

/** Attaches notes to a schema. They come out again in the JSON Schema and in `listFields`. */
export function field<T extends z.ZodType>(schema: T, notes: FieldNotes): T {
  const { en, ...others } = notes;
  return schema.meta({ title: en, ...others });
}

export interface ListedField {
  readonly path: string;
  readonly label: { readonly en: string; readonly 'zh-CN': string };
  readonly unit: string | null;
  readonly default: unknown;
  readonly source: string | null;
}

/** The annotated fields of an object schema, in the order of their definition. */
export function listFields(schema: z.ZodObject, prefix: string): ListedField[] {
  return Object.entries(schema.shape).flatMap(([name, part]) => {
    const meta = part.meta();
    const chinese = meta?.['zh-CN'];
    if (meta?.title === undefined || typeof chinese !== 'string') return [];
    const parsed = part.safeParse(undefined);
    return {
      path: `${prefix}.${name}`,
      label: { en: meta.title, 'zh-CN': chinese },
      unit: typeof meta['unit'] === 'string' ? meta['unit'] : null,
      default: parsed.success ? parsed.data : undefined,
      source: typeof meta['source'] === 'string' ? meta['source'] : null,
    };
  });
}
