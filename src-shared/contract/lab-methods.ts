import { z } from 'zod';
import type { Localized } from '../locale.ts';
import { idSchema, type Pattern } from '../pack/schema.ts';
import { runExplanationSchema, type RunExplanation } from '../simulation/run-explanation.ts';
import { jsonSchema } from './json.ts';
import type { LearnerScenario } from './library-methods.ts';
import { method, nothing } from './method.ts';

export interface Attempt {
  readonly id: number;
  readonly scenarioId: string;
  readonly at: number;
  readonly place: 'lesson' | 'review' | 'lab';
  readonly changes: Readonly<Record<string, string | number | boolean>>;
  readonly seed: number;
  readonly prediction: unknown;
  readonly metrics: Readonly<Record<string, number>>;
  readonly met: boolean | null;
  /** The room of the goal that is nearest to failing, as a share of its value; null where it is not known. */
  readonly margin: number | null;
  /** What the prediction was held against: a number, the ids of the options that held, or the points of a curve. */
  readonly measured: unknown;
  /** Where time and money went; null where it was not kept. */
  readonly explanation: RunExplanation | null;
}

/** What a learner has made of a scenario, in lessons, reviews and the lab together. */
export interface ScenarioRecord {
  readonly scenarioId: string;
  readonly title: Localized;
  readonly pattern: Pattern;
  /** It has goals to meet. */
  readonly isChallenge: boolean;
  /** `met` only where there are goals; an experiment without any is `tried` once it was run. */
  readonly state: 'untried' | 'tried' | 'met';
  readonly attempts: number;
  readonly lastAt: number | null;
  readonly firstMetAt: number | null;
  /** The best margin of all attempts, see `Attempt.margin`. */
  readonly bestMargin: number | null;
  /** How many hints were shown, in lessons and in the lab. */
  readonly hintsShown: number;
  /** When the solution was shown before the goals were met; null where it was not. */
  readonly gaveUpAt: number | null;
}

/** A finished run of free play, with all that it takes to run it again. */
export interface LabRun {
  readonly id: string;
  readonly at: number;
  /** What the learner calls it; empty while it has no name. */
  readonly name: string;
  /** Kind of the platform. */
  readonly platform: string;
  /** The seed that was watched. */
  readonly seed: number;
  /** A simulation file, as it was typed. */
  readonly file: unknown;
  /** Means over the seeds of the file, by dotted name. */
  readonly metrics: Readonly<Record<string, number>>;
}

export interface LabRuns {
  /** The newest first. */
  readonly runs: readonly LabRun[];
  readonly total: number;
}

/** So many runs of free play are kept; beyond them the oldest without a name go. */
export const keptLabRuns = 200;

const runId = z.uuid();

export const labMethods = {
  'lab.scenarios': method<readonly LearnerScenario[]>()(nothing),
  'lab.saveAttempt': method<Attempt>()(
    z.strictObject({
      scenarioId: idSchema,
      place: z.enum(['lesson', 'review', 'lab']),
      changes: z.record(z.string().max(200), z.union([z.string(), z.number(), z.boolean()])),
      seed: z.int().min(0),
      prediction: jsonSchema.default(null),
      metrics: z.record(z.string().max(200), z.number()),
      met: z.boolean().nullable(),
      margin: z.number().nullable().default(null),
      measured: jsonSchema.default(null),
      explanation: runExplanationSchema.nullable().default(null),
    }),
  ),
  /** Adds what a prediction was held against where that took longer than the run; what is known already stays. */
  'lab.noteMeasured': method<Attempt>()(z.strictObject({ id: z.int().min(1), measured: jsonSchema })),
  /** The newest attempts first; with `beforeId` those that are older than that one. */
  'lab.attempts': method<readonly Attempt[]>()(
    z.strictObject({
      scenarioId: idSchema,
      limit: z.int().min(1).max(200).default(20),
      beforeId: z.int().min(0).optional(),
    }),
  ),
  /** Every scenario of the packs, or the one that is named, with what was made of it, in the order of `lab.scenarios`. */
  'lab.overview': method<readonly ScenarioRecord[]>()(z.strictObject({ scenarioId: idSchema.optional() })),
  /** Notes that so many hints were shown, or that the learner gave up and saw the solution. Nothing is taken back. */
  'lab.noteHelp': method<ScenarioRecord>()(
    z.strictObject({
      scenarioId: idSchema,
      hintsShown: z.int().min(0).max(3).default(0),
      gaveUp: z.boolean().default(false),
    }),
  ),
  /** Keeps a run of free play. Saying it twice keeps it once. */
  'lab.keepRun': method<LabRun>()(
    z.strictObject({
      id: runId,
      platform: z.string().min(1).max(40),
      seed: z.int().min(0),
      file: jsonSchema,
      metrics: z.record(z.string().max(200), z.number()),
    }),
  ),
  'lab.runs': method<LabRuns>()(z.strictObject({ limit: z.int().min(1).max(keptLabRuns).default(20) })),
  /** Names a run; an empty name takes its name away. Can be undone. */
  'lab.nameRun': method<LabRun>()(z.strictObject({ id: runId, name: z.string().trim().max(80) })),
  /** Removes a run. Can be undone. */
  'lab.removeRun': method<null>()(z.strictObject({ id: runId })),
} as const;
