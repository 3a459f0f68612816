import { z } from 'zod';

/** A name in a drawn question, such as `perSecond` or `bill`. */
const nameSchema = z.string().regex(/^[a-z][A-Za-z0-9]*$/, 'expected a name such as "perSecond"');

/** What a value is drawn from, each as likely: the numbers of a list, or of a range in steps. */
const valueSchema = z.union([
  z.array(z.number()).min(2),
  z
    .strictObject({ from: z.number(), to: z.number(), step: z.number().positive() })
    .refine(({ from, to }) => to > from, { message: 'expected "to" above "from"' }),
]);
export type DrawnValue = z.infer<typeof valueSchema>;

/** What a question is drawn from, and what is computed of it. */
export const drawSchema = z.strictObject({
  values: z
    .record(nameSchema, valueSchema)
    .refine((values) => Object.keys(values).length > 0, { message: 'expected at least one value' }),
  /** Computed one after the other by closed forms of the simulator. */
  results: z
    .array(
      z.strictObject({
        as: nameSchema,
        form: z.string().min(1),
        /** Input of the form -> a number, or the name of a value or of an earlier result such as `bill.totalUsd`. */
        of: z.record(z.string(), z.union([z.number(), z.string().min(1)])),
      }),
    )
    .min(1),
});
export type Draw = z.infer<typeof drawSchema>;
