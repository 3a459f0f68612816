import { z } from 'zod';
import { costKinds } from './costs.ts';
import { latencyParts } from './engine/latency-parts.ts';

const amount = z.number().min(0);

/** Where the time of some requests went, on average. */
const latencySharesSchema = z.strictObject({ meanMs: amount, parts: z.record(z.enum(latencyParts), amount) });
export type LatencyShares = Readonly<z.infer<typeof latencySharesSchema>>;

/** Why the runs of a file came out as they did: means over the seeds. The parts sum to the whole. */
export const runExplanationSchema = z.strictObject({
  /** Which requests count as the slowest: this share of those that were answered. */
  slowestShare: z.number().min(0).max(1),
  /** null where none was answered. */
  slowest: latencySharesSchema.nullable(),
  all: latencySharesSchema.nullable(),
  cost: z.strictObject({
    perHourUsd: amount,
    parts: z.array(z.strictObject({ kind: z.enum(costKinds), perHourUsd: amount })).max(costKinds.length),
  }),
});
export type RunExplanation = Readonly<z.infer<typeof runExplanationSchema>>;
