import { z } from 'zod';
import { idSchema } from '../pack/schema.ts';
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
}

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
    }),
  ),
  'lab.attempts': method<readonly Attempt[]>()(
    z.strictObject({ scenarioId: idSchema, limit: z.int().min(1).max(200).default(20) }),
  ),
} as const;
