import { z } from 'zod';
import { idSchema } from '../pack/schema.ts';

const metricValue = z.union([z.string(), z.number(), z.boolean()]);

/** With which seed a drawn question was drawn; missing where nothing is drawn. */
const draw = z.int().min(0).optional();

/** What a learner gave as an answer, one shape a kind of question. Kept in the review log as it was given. */
export const responseSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('single-choice'), option: idSchema, draw }),
  z.strictObject({ kind: z.literal('multiple-choice'), options: z.array(idSchema).max(8) }),
  z.strictObject({ kind: z.literal('ordering'), items: z.array(idSchema).max(8) }),
  /** Pair id of the left side -> pair id of the right side that was chosen. */
  z.strictObject({ kind: z.literal('matching'), pairs: z.record(idSchema, idSchema) }),
  z.strictObject({ kind: z.literal('cloze'), blanks: z.record(idSchema, z.string().max(200)) }),
  z.strictObject({ kind: z.literal('numeric'), value: z.number(), draw }),
  z.strictObject({
    kind: z.literal('simulation'),
    /** Path in the simulation file -> value that the learner set. */
    changes: z.record(z.string().max(200), metricValue),
    met: z.boolean(),
    attempts: z.int().min(0),
    hints: z.int().min(0),
  }),
  z.strictObject({
    kind: z.literal('open'),
    text: z.string().max(20_000),
    /** Ids of the points of the rubric that the learner found in the answer. */
    points: z.array(idSchema).max(7),
  }),
  /** "I don't know": always wrong, and better than a guess that teaches nothing. */
  z.strictObject({ kind: z.literal('skipped'), draw }),
]);
export type Response = z.infer<typeof responseSchema>;

/** The seed with which a question was drawn; 0 where nothing was drawn. */
export function drawOf(response: Response): number {
  return 'draw' in response ? (response.draw ?? 0) : 0;
}
