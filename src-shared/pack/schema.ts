import { z } from 'zod';
import { goalSchema } from '../simulation/goals.ts';
import { drawSchema } from './draw-schema.ts';

/**
 * The schema of a content pack. A pack is a folder of Markdown and YAML; docs/content-packs.md says how it is written.
 * Ids are permanent: progress in the learner's database points at them.
 */

/** A text in every language. */
export const localizedSchema = z.strictObject({
  en: z.string().trim().min(1),
  'zh-CN': z.string().trim().min(1),
});

export const idSchema = z
  .string()
  .regex(
    /^[a-z0-9]+(-[a-z0-9]+)*$/,
    'expected lower-case words joined by hyphens, such as "noisy-neighbour"',
  );

/** Refuses a list in which an id occurs twice: answers and progress point at ids. */
function onceEach<T>(idOf: (item: T) => string) {
  return (items: readonly T[], context: z.RefinementCtx): void => {
    const ids = items.map(idOf);
    const twice = ids.find((id, index) => ids.indexOf(id) !== index);
    if (twice !== undefined)
      context.addIssue({ code: 'custom', message: `expected each id once, found "${twice}" twice` });
  };
}
const byId = onceEach(({ id }: { readonly id: string }) => id);
const byItself = onceEach((id: string) => id);

const factIdSchema = z.string().regex(/^[A-Z]\d{1,2}$/, 'expected the id of a fact, such as "H7"');

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

const questionBase = {
  id: idSchema,
  /** The anchor of the section of the lesson that teaches the answer. */
  section: idSchema,
  facts: z.array(factIdSchema).default([]),
  difficulty: z.int().min(1).max(5),
  tags: z.array(idSchema).default([]),
  /** Markdown. */
  stem: localizedSchema,
};

const choiceOptionSchema = z.strictObject({
  id: idSchema,
  text: localizedSchema,
  correct: z.boolean().default(false),
  /** Why this option is right or wrong. */
  why: localizedSchema,
});

const oneOfOptions = z
  .array(choiceOptionSchema)
  .min(3)
  .max(6)
  .superRefine(byId)
  .refine((options) => options.filter((option) => option.correct).length === 1, {
    message: 'expected exactly one option with "correct: true"',
  });

export const singleChoiceSchema = z.strictObject({
  ...questionBase,
  kind: z.literal('single-choice'),
  options: oneOfOptions,
});

export const multipleChoiceSchema = z.strictObject({
  ...questionBase,
  kind: z.literal('multiple-choice'),
  options: z
    .array(choiceOptionSchema)
    .min(3)
    .max(8)
    .superRefine(byId)
    .refine((options) => options.some((option) => option.correct), {
      message: 'expected at least one option with "correct: true"',
    }),
});

export const orderingSchema = z.strictObject({
  ...questionBase,
  kind: z.literal('ordering'),
  /** In the right order; shown shuffled. */
  items: z
    .array(z.strictObject({ id: idSchema, text: localizedSchema }))
    .min(3)
    .max(8)
    .superRefine(byId),
  explanation: localizedSchema,
});

export const matchingSchema = z.strictObject({
  ...questionBase,
  kind: z.literal('matching'),
  /** Each `left` belongs to its own `right`; the right sides are shown shuffled. */
  pairs: z
    .array(
      z.strictObject({ id: idSchema, left: localizedSchema, right: localizedSchema, why: localizedSchema }),
    )
    .min(3)
    .max(8)
    .superRefine(byId),
});

export const clozeSchema = z.strictObject({
  ...questionBase,
  kind: z.literal('cloze'),
  /** The text with a blank written as `{{blank-id}}`. */
  text: localizedSchema,
  blanks: z
    .array(
      z.strictObject({
        id: idSchema,
        /** Every accepted answer, the best one first; compared without case and outer spaces. An answer in either language counts. */
        accept: z.strictObject({
          en: z.array(z.string().min(1)).min(1),
          'zh-CN': z.array(z.string().min(1)).min(1),
        }),
      }),
    )
    .min(1)
    .max(6)
    .superRefine(byId),
  explanation: localizedSchema,
});

export const numericSchema = z.strictObject({
  ...questionBase,
  kind: z.literal('numeric'),
  answer: z.number(),
  /** Largest accepted difference from the answer, in the unit of the answer. */
  tolerance: z.number().min(0),
  unit: localizedSchema,
  explanation: localizedSchema,
});

/**
 * A numeric question with other numbers at each review, so that the skill is remembered and not the number. Its texts hold
 * placeholders: `{{name}}`, `{{result.output}}`, and with a format `{{name:4}}`, `{{name:compact}}`, `{{name:%}}`.
 */
export const drawnNumericSchema = z.strictObject({
  ...questionBase,
  kind: z.literal('drawn-numeric'),
  draw: drawSchema,
  /** The name of a value or of a result, such as `bill.totalUsd`. */
  answer: z.string().min(1),
  /** Largest accepted difference, as a share of the answer. */
  toleranceShare: z.number().min(0).max(0.2),
  /** Decimals with which the right answer is shown. */
  decimals: z.int().min(0).max(6),
  unit: localizedSchema,
  explanation: localizedSchema,
});

/** A choice with other numbers at each review; the wrong options are computed from what people get wrong. */
export const drawnChoiceSchema = z.strictObject({
  ...questionBase,
  kind: z.literal('drawn-choice'),
  draw: drawSchema,
  options: oneOfOptions,
});

export const simulationQuestionSchema = z.strictObject({
  ...questionBase,
  kind: z.literal('simulation'),
  /** The scenario that is configured until its goals are met. */
  scenario: idSchema,
  explanation: localizedSchema,
});

export const openSchema = z.strictObject({
  ...questionBase,
  kind: z.literal('open'),
  /** Markdown: an answer that a strong candidate would give. */
  modelAnswer: localizedSchema,
  rubric: z
    .array(
      z.strictObject({
        id: idSchema,
        point: localizedSchema,
        weight: z.int().min(1).max(5),
        /** What an answer sounds like that lacks this point. */
        missing: localizedSchema,
      }),
    )
    .min(3)
    .max(7)
    .superRefine(byId),
  /** What an interviewer asks next, such as "now ten times the traffic", and what a strong answer to that holds. */
  followUps: z
    .array(z.strictObject({ ask: localizedSchema, strong: localizedSchema }))
    .max(4)
    .default([]),
});

export const questionSchema = z.discriminatedUnion('kind', [
  singleChoiceSchema,
  multipleChoiceSchema,
  orderingSchema,
  matchingSchema,
  clozeSchema,
  numericSchema,
  simulationQuestionSchema,
  openSchema,
  drawnNumericSchema,
  drawnChoiceSchema,
]);
/** A question as a pack has it. */
export type PackQuestion = z.infer<typeof questionSchema>;
export type DrawnQuestion = Extract<PackQuestion, { kind: 'drawn-numeric' | 'drawn-choice' }>;

/** A question as it is asked: a drawn one has become a numeric or a single-choice question, and carries its seed. */
export type Question = Exclude<PackQuestion, DrawnQuestion> & { readonly draw?: number };
export type QuestionKind = Question['kind'];
export type QuestionOf<K extends QuestionKind> = Extract<Question, { kind: K }>;

export const questionKinds = questionSchema.options.map((option) => option.shape.kind.value);

const plainValueSchema = z.union([z.string(), z.number(), z.boolean()]);

const controlBase = {
  path: z.string().min(1),
  label: localizedSchema,
  /** Path of a choice -> the option with which this control has a meaning; it is hidden with the others. */
  when: z.record(z.string(), plainValueSchema).optional(),
};

/** One thing that the learner may change in a scenario, by its path in the simulation file. */
export const controlSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...controlBase,
    kind: z.literal('number'),
    unit: localizedSchema.optional(),
    min: z.number(),
    max: z.number(),
    step: z.number().positive(),
  }),
  z.strictObject({
    ...controlBase,
    kind: z.literal('choice'),
    options: z
      .array(
        z.strictObject({
          value: plainValueSchema,
          label: localizedSchema,
          /** The part of the simulation file that the value stands for, such as one of several platforms. */
          is: z.record(z.string(), z.unknown()).optional(),
        }),
      )
      .min(2)
      .refine(
        (options) =>
          options.every(({ is }) => is === undefined) || options.every(({ is }) => is !== undefined),
        {
          message: 'expected "is" with every option or with none',
        },
      ),
  }),
  z.strictObject({ ...controlBase, kind: z.literal('toggle') }),
]);
export type Control = z.infer<typeof controlSchema>;

/** What the learner commits to before the run. The run itself decides who was right. */
export const predictionSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('number'),
    prompt: localizedSchema,
    metric: z.string().min(1),
    unit: localizedSchema,
    /** A prediction counts as close within this share of the measured value (0.2 = 20 %). */
    closeWithin: z.number().positive().max(1),
  }),
  z.strictObject({
    kind: z.literal('choice'),
    prompt: localizedSchema,
    /** An option is right when all of its predicates hold in the run. Exactly one must. */
    options: z
      .array(z.strictObject({ id: idSchema, text: localizedSchema, when: z.array(goalSchema).min(1) }))
      .min(2)
      .max(5)
      .superRefine(byId),
  }),
]);
export type Prediction = z.infer<typeof predictionSchema>;

export const scenarioSchema = z.strictObject({
  id: idSchema,
  title: localizedSchema,
  /** Markdown: the situation and what to do. */
  brief: localizedSchema,
  /** A simulation file as `npm run simulate` takes it: platform, workload, run. */
  simulation: z.record(z.string(), z.unknown()),
  controls: z.array(controlSchema).default([]),
  /** Metrics to show first, by dotted name. */
  metrics: z.array(z.string().min(1)).min(1).max(6),
  prediction: predictionSchema.optional(),
  /** Markdown: what to see in the result, shown after the run. */
  explain: localizedSchema,
  goals: z.array(goalSchema).default([]),
  hints: z.array(localizedSchema).max(3).default([]),
  /** Path -> value: a change of the start that meets all goals. */
  solution: z.record(z.string(), plainValueSchema).optional(),
});
export type Scenario = z.infer<typeof scenarioSchema>;

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
