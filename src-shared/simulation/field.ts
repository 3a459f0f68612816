import { z } from 'zod';

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

/** How a value is given: a number, a whole number, yes or no, one of some words, or a word of one's own. */
export type FieldKind = 'number' | 'integer' | 'boolean' | 'choice' | 'text';

/** A field counts only where another one, the kind of what it is part of, has this value. */
export interface FieldCondition {
  readonly path: string;
  readonly value: string;
}

export interface ListedField {
  /** `platform.pods.replicas`; `[]` stands for an item of a list, `*` for a name. */
  readonly path: string;
  readonly label: { readonly en: string; readonly 'zh-CN': string };
  readonly unit: string | null;
  readonly default: unknown;
  readonly source: string | null;
  readonly description: string | null;
  readonly kind: FieldKind;
  /** Of numbers. */
  readonly min: number | null;
  readonly max: number | null;
  /** Whether `min` itself is not allowed. */
  readonly aboveMin: boolean;
  /** The words of a choice; of a number, the words that may stand in its place. */
  readonly options: readonly string[];
  /** Whether it may be left out without a default taking its place. */
  readonly optional: boolean;
  readonly conditions: readonly FieldCondition[];
  /** The path of the object that may be missing as a whole, and the field with it; null where there is none. */
  readonly within: string | null;
}

/** Where a walk through a schema has come to. */
type Place = Pick<ListedField, 'path' | 'conditions' | 'within'>;

/** What a choice between kinds is called where its schema does not say. */
const kindLabel = { en: 'Kind', 'zh-CN': '类型' } as const;

/** The annotated fields of a schema and of what is nested in it, in the order of their definition. */
export function listFields(schema: z.ZodType, prefix: string): ListedField[] {
  return walk(schema, { path: prefix, conditions: [], within: null });
}

function walk(schema: z.ZodType, place: Place): ListedField[] {
  const { inner, optional } = unwrap(schema);
  const here = optional ? { ...place, within: place.path } : place;
  if (inner instanceof z.ZodObject) return walkObject(inner, here);
  if (inner instanceof z.ZodDiscriminatedUnion) return walkUnion(inner, here);
  if (inner instanceof z.ZodArray) return walk(inner.element as z.ZodType, nested(here, `${here.path}[]`));
  if (inner instanceof z.ZodRecord) return walk(inner.valueType as z.ZodType, nested(here, `${here.path}.*`));
  return leaf(schema, place);
}

/** Items of a list or of a record are there or not by themselves. */
function nested(place: Place, path: string): Place {
  return { ...place, path, within: path };
}

function walkObject(schema: z.ZodObject, place: Place): ListedField[] {
  return Object.entries(schema.shape).flatMap(([name, part]) =>
    walk(part as z.ZodType, { ...place, path: `${place.path}.${name}` }),
  );
}

function walkUnion(schema: z.ZodDiscriminatedUnion, place: Place): ListedField[] {
  const path = `${place.path}.${schema.def.discriminator}`;
  const members = schema.options.map((option) => {
    const object = option as z.ZodObject;
    const literal = object.shape[schema.def.discriminator] as z.ZodLiteral;
    return { kind: String(literal.value), object };
  });
  const choice: ListedField = {
    ...plain({ ...place, path }),
    kind: 'choice',
    label: kindLabel,
    options: members.map(({ kind }) => kind),
  };
  const others = members.flatMap(({ kind, object }) =>
    walkObject(object, { ...place, conditions: [...place.conditions, { path, value: kind }] }),
  );
  return [choice, ...others];
}

function leaf(schema: z.ZodType, place: Place): ListedField[] {
  const meta = notesOf(schema);
  const chinese = meta?.['zh-CN'];
  if (meta?.title === undefined || typeof chinese !== 'string') return [];
  const without = schema.safeParse(undefined);
  const text = (name: string): string | null => (typeof meta[name] === 'string' ? meta[name] : null);
  return [
    {
      ...plain(place),
      ...inputOf(schema),
      label: { en: meta.title, 'zh-CN': chinese },
      unit: text('unit'),
      default: without.success ? without.data : undefined,
      source: text('source'),
      description: text('description'),
      optional: without.success && without.data === undefined,
    },
  ];
}

function plain(place: Place): ListedField {
  return {
    ...place,
    label: kindLabel,
    unit: null,
    default: undefined,
    source: null,
    description: null,
    kind: 'text',
    min: null,
    max: null,
    aboveMin: false,
    options: [],
    optional: false,
  };
}

/** What of a field's JSON Schema matters to a form. */
interface JsonField {
  readonly type?: string;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly string[];
  readonly const?: string;
  readonly anyOf?: readonly JsonField[];
}

type Input = Pick<ListedField, 'kind' | 'min' | 'max' | 'aboveMin' | 'options'>;

function inputOf(schema: z.ZodType): Input {
  const json = z.toJSONSchema(schema, { io: 'input' }) as JsonField;
  const parts = json.anyOf ?? [json];
  const number = parts.find(({ type }) => type === 'number' || type === 'integer');
  const options = parts.flatMap((part) => part.enum ?? (part.const === undefined ? [] : [part.const]));
  const kind = number?.type ?? (json.type === 'boolean' ? 'boolean' : options.length > 0 ? 'choice' : 'text');
  return {
    kind: kind as FieldKind,
    min: number?.minimum ?? number?.exclusiveMinimum ?? null,
    max: number?.maximum ?? null,
    aboveMin: number?.minimum === undefined && number?.exclusiveMinimum !== undefined,
    options,
  };
}

/** The notes of a schema; `field(...).optional()` has them within. */
function notesOf(schema: z.ZodType): z.GlobalMeta | undefined {
  const meta = schema.meta();
  const isWrapped = schema instanceof z.ZodOptional || schema instanceof z.ZodDefault;
  return meta?.title === undefined && isWrapped ? notesOf(schema.unwrap() as z.ZodType) : meta;
}

/** Takes off defaults and the like; tells whether the whole may be missing. */
function unwrap(schema: z.ZodType): { readonly inner: z.ZodType; readonly optional: boolean } {
  let inner = schema;
  let optional = false;
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodDefault || inner instanceof z.ZodPrefault) {
    if (inner instanceof z.ZodOptional) optional = true;
    inner = inner.unwrap() as z.ZodType;
  }
  return { inner, optional };
}
