import { z } from 'zod';
import { byItself, factIdSchema, idSchema, localizedSchema } from './base-schema.ts';
import type { PackQuestion } from './question-schema.ts';
import type { Scenario } from './scenario-schema.ts';

export { idSchema } from './base-schema.ts';
export * from './question-schema.ts';
export * from './scenario-schema.ts';

/**
 * The schema of a content pack. A pack is a folder of Markdown and YAML; docs/content-packs.md says how it is written.
 * Ids are permanent: progress in the learner's database points at them.
 */

/** Something that the source says, or that happened since; lessons teach it and questions ask about it. */
export const factSchema = z.strictObject({
  id: factIdSchema,
  text: localizedSchema,
  /** Where it is from, with year or year and month; missing where it is the pack's own source that says it. */
  source: z
    .strictObject({
      title: z.string().min(1),
      date: z.string().regex(/^\d{4}(-\d{2})?$/, 'expected a year, or a year and a month'),
      url: z.url({ protocol: /^https$/ }).optional(),
    })
    .optional(),
});
export type Fact = z.infer<typeof factSchema>;

export const patternSchema = z.enum(['monolith', 'shared-host', 'vm', 'container', 'serverless', 'choosing']);
export type Pattern = z.infer<typeof patternSchema>;

/** The pack format that this version of Slipway reads. */
export const packFormatVersion = 1;

export const packManifestSchema = z.strictObject({
  id: idSchema,
  version: z.string().regex(/^\d+\.\d+\.\d+$/, 'expected a version such as "1.0.0"'),
  formatVersion: z.literal(packFormatVersion, {
    error: `expected ${packFormatVersion}; a higher number needs a newer Slipway`,
  }),
  title: localizedSchema,
  description: localizedSchema,
  licence: z.string().min(1),
  source: z.strictObject({
    title: z.string().min(1),
    authors: z.string().min(1),
    url: z.url({ protocol: /^https$/ }),
    licence: z.string().min(1),
    note: localizedSchema,
  }),
  /** Lesson ids in teaching order; each is a folder under lessons/. */
  lessons: z.array(idSchema).min(1).superRefine(byItself),
});
export type PackManifest = z.infer<typeof packManifestSchema>;

export const lessonMetaSchema = z.strictObject({
  id: idSchema,
  title: localizedSchema,
  summary: localizedSchema,
  pattern: patternSchema,
  facts: z.array(factIdSchema).min(1),
  minutes: z.int().min(1).max(120),
  objectives: z.array(localizedSchema).min(1).max(6),
  /** Questions asked before reading: to try, not to know. */
  pretest: z.array(idSchema).length(2).superRefine(byItself),
});
export type LessonMeta = z.infer<typeof lessonMetaSchema>;

export const glossaryEntrySchema = z
  .strictObject({
    id: idSchema,
    /** A word of the field, or something that somebody makes and that may be renamed, sold or given up. */
    kind: z.enum(['term', 'product']).default('term'),
    term: localizedSchema,
    definition: localizedSchema,
    /** What became of it, with the year. */
    became: localizedSchema.optional(),
    related: z.array(idSchema).default([]),
  })
  .refine(({ kind, became }) => kind === 'term' || became !== undefined, {
    message: 'expected "became" with every product: what became of it',
  });
export type GlossaryEntry = z.infer<typeof glossaryEntrySchema>;

/** A lesson with its Markdown in both languages. */
export interface Lesson extends LessonMeta {
  readonly body: { readonly en: string; readonly 'zh-CN': string };
}

/** A whole validated pack, as the core holds it and the interface reads it. */
export interface Pack {
  readonly manifest: PackManifest;
  readonly lessons: readonly Lesson[];
  /** With the lesson each belongs to. */
  readonly questions: readonly (PackQuestion & { readonly lessonId: string })[];
  readonly scenarios: readonly (Scenario & { readonly pattern: Pattern })[];
  readonly glossary: readonly GlossaryEntry[];
  readonly facts: readonly Fact[];
}
