import { z } from 'zod';
import { languages } from '../languages/languages.ts';
import { idSchema } from '../pack/base-schema.ts';
import { freshMixes, reviewOrders } from '../study/queue.ts';

const unitMinutes = { m: 1, h: 60, d: 24 * 60 } as const;

/** How long a step is, in minutes. */
const minutesOf = (step: string): number =>
  Number.parseInt(step, 10) * unitMinutes[step.slice(-1) as keyof typeof unitMinutes];

/** A step of minutes, hours or days, such as "10m", up to a day: longer waits are the schedule's. */
export const stepSchema = z
  .templateLiteral([z.int(), z.enum(['m', 'h', 'd'])])
  .refine((step) => minutesOf(step) >= 1 && minutesOf(step) <= unitMinutes.d);

/** One to five steps, none shorter than the one before. */
export const stepsSchema = z
  .array(stepSchema)
  .min(1)
  .max(5)
  .refine((steps) =>
    steps.every((step, at) => at === 0 || minutesOf(step) >= minutesOf(steps[at - 1] ?? step)),
  );

export type Step = z.infer<typeof stepSchema>;

export const dayLoads = ['normal', 'easy', 'rest'] as const;
export type DayLoad = (typeof dayLoads)[number];

/** What a learner may set; the parameters of the schedule are fitted, never typed. */
const fields = {
  language: z.enum(['system', ...languages.map(({ tag }) => tag)]),
  theme: z.enum(['system', 'light', 'dark']),
  contrast: z.enum(['system', 'normal', 'high']),
  /** How much room there is between things and in controls. */
  density: z.enum(['compact', 'comfortable', 'spacious']),
  textSizePercent: z.int().min(80).max(200),
  /** Lessons in the learner's language, or in both side by side. */
  readerLanguages: z.enum(['one', 'both']),
  /** Local hour at which a study day starts. */
  dayStartHour: z.int().min(0).max(23),
  /** New questions a study day brings at most. */
  newPerDay: z.int().min(0).max(500),
  /** Reviews a study day brings at most. */
  reviewsPerDay: z.int().min(0).max(9999),
  /** Probability of recall that the schedule aims at. */
  desiredRetention: z.number().min(0.7).max(0.97),
  /** Pack id -> probability of recall, where it is to be another. */
  packRetention: z.record(idSchema, z.number().min(0.7).max(0.97)),
  learningSteps: stepsSchema,
  relearningSteps: stepsSchema,
  maximumIntervalDays: z.int().min(1).max(36_500),
  /** Spread reviews of equal intervals at random, the same way each time. */
  fuzz: z.boolean(),
  /** Among the days that are as good, take the one with the fewest reviews. */
  balanceLoad: z.boolean(),
  /** How much each weekday is to bring, Sunday first. A rest day breaks no streak. */
  weekdays: z.array(z.enum(dayLoads)).length(7),
  reviewOrder: z.enum(reviewOrders),
  newOrder: z.enum(['teaching', 'random']),
  newMix: z.enum(freshMixes),
  /** Do not ask about the same fact twice on one day. */
  burySiblings: z.boolean(),
  /** Whether keys that are typed as text, such as `f` or `g t`, do something outside of text fields (WCAG 2.1.4). */
  singleKeys: z.boolean(),
  /** Action -> the keys that the learner gave it in place of its own; '' where it is to have none. */
  keys: z.record(z.string().max(100), z.string().max(100)),
  /** The learner has been welcomed, or has no need of it. */
  welcomed: z.boolean(),
};

/** Every setting with its range and default. Stored by key, so that a new setting needs no migration. */
export const settingsSchema = z.strictObject({
  language: fields.language.default('system'),
  theme: fields.theme.default('system'),
  contrast: fields.contrast.default('system'),
  density: fields.density.default('comfortable'),
  textSizePercent: fields.textSizePercent.default(100),
  readerLanguages: fields.readerLanguages.default('one'),
  dayStartHour: fields.dayStartHour.default(4),
  newPerDay: fields.newPerDay.default(15),
  reviewsPerDay: fields.reviewsPerDay.default(200),
  desiredRetention: fields.desiredRetention.default(0.9),
  packRetention: fields.packRetention.default({}),
  learningSteps: fields.learningSteps.default(['1m', '10m']),
  relearningSteps: fields.relearningSteps.default(['10m']),
  maximumIntervalDays: fields.maximumIntervalDays.default(36_500),
  fuzz: fields.fuzz.default(true),
  balanceLoad: fields.balanceLoad.default(true),
  weekdays: fields.weekdays.default(['normal', 'normal', 'normal', 'normal', 'normal', 'normal', 'normal']),
  reviewOrder: fields.reviewOrder.default('due'),
  newOrder: fields.newOrder.default('teaching'),
  newMix: fields.newMix.default('mixed'),
  burySiblings: fields.burySiblings.default(true),
  singleKeys: fields.singleKeys.default(true),
  keys: fields.keys.default({}),
  welcomed: fields.welcomed.default(false),
  /** Parameters fitted to the learner's own log; null for those that FSRS-6 comes with. */
  weights: z.array(z.number()).length(21).nullable().default(null),
});
export type Settings = z.infer<typeof settingsSchema>;

export const settingsPatchSchema = z.strictObject(fields).partial();
