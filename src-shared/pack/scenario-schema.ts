import { z } from 'zod';
import { measuredCurveSchema } from '../simulation/curve.ts';
import { curveFeatures } from '../simulation/curve-score.ts';
import { goalSchema } from '../simulation/goals.ts';
import { byId, idSchema, localizedSchema } from './base-schema.ts';

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
  z.strictObject({
    kind: z.literal('curve'),
    prompt: localizedSchema,
    /** What is drawn, and at which places of the x axis. */
    measured: measuredCurveSchema,
    x: z.strictObject({ label: localizedSchema, unit: localizedSchema.optional() }),
    /** The axis that is drawn along, in the unit of what is measured, and the step of the keys. */
    y: z
      .strictObject({ from: z.number().default(0), to: z.number(), step: z.number().positive() })
      .refine(({ from, to }) => from < to, { message: 'expected "from" below "to"' }),
    /** What to compare the curves by, besides their distance. */
    feature: z.enum(curveFeatures),
    /** A point counts as near within this share of the y axis. */
    closeWithin: z.number().positive().max(1),
  }),
]);
export type Prediction = z.infer<typeof predictionSchema>;
export type CurvePrediction = Extract<Prediction, { kind: 'curve' }>;

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
