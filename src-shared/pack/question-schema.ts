import { z } from 'zod';
import { byId, factIdSchema, idSchema, localizedSchema } from './base-schema.ts';
import { drawSchema } from './draw-schema.ts';

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
