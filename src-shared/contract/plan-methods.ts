import { z } from 'zod';
import { idSchema } from '../pack/base-schema.ts';
import type { Interview, LoadPlan } from '../study/interview-plan.ts';
import { method, nothing } from './method.ts';

/** An interview with what the schedule can say of it now. */
export interface PlannedInterview extends Interview {
  /** Study days from today; negative once it is over. */
  readonly inDays: number;
  readonly questions: number;
  /** null once it is over. */
  readonly plan: LoadPlan | null;
}

export interface FitQualityView {
  readonly logLoss: number;
  readonly rmse: number;
  readonly reviews: number;
}

export type FitState =
  | { readonly state: 'idle' }
  | { readonly state: 'running'; readonly done: number; readonly total: number }
  | { readonly state: 'cancelled' }
  | { readonly state: 'failed'; readonly reason: 'unavailable' | 'too-few-reviews' | 'internal' }
  | {
      readonly state: 'ready';
      readonly at: number;
      readonly weights: readonly number[];
      readonly before: FitQualityView;
      readonly after: FitQualityView;
      readonly better: boolean;
      readonly applied: boolean;
    };

export interface Fitting {
  readonly fit: FitState;
  /** Reviews that a fit can learn from, and how many it needs. */
  readonly reviews: number;
  readonly needed: number;
  /** Whether the schedule uses fitted parameters now. */
  readonly fitted: boolean;
}

export const planMethods = {
  'interview.list': method<readonly PlannedInterview[]>()(nothing),
  /** Adds an interview, or changes the one of that id. */
  'interview.save': method<readonly PlannedInterview[]>()(
    z.strictObject({
      id: z.uuid(),
      name: z.string().trim().min(1).max(120),
      /** Civil days since 1970-01-01, as study days are counted. */
      day: z.int().min(0).max(100_000),
      lessonIds: z.array(idSchema).max(1000),
      target: z.number().min(0.7).max(0.97),
    }),
  ),
  'interview.remove': method<readonly PlannedInterview[]>()(z.strictObject({ id: z.uuid() })),

  'optimise.state': method<Fitting>()(nothing),
  /** Begins to fit the parameters to the log, in the background; `optimise.changed` tells how far it is. */
  'optimise.start': method<Fitting>()(nothing),
  'optimise.cancel': method<Fitting>()(nothing),
  /** Schedules by the fitted parameters from now on. Fails with `fit-not-better` where they predict worse. */
  'optimise.apply': method<Fitting>()(nothing),
  /** Goes back to the parameters that FSRS-6 comes with. */
  'optimise.reset': method<Fitting>()(nothing),
} as const;
