import { z } from 'zod';
import { locales } from '../locale.ts';

/** Every setting with its range and default. Stored by key, so that a new setting needs no migration. */
export const settingsSchema = z.strictObject({
  language: z.enum(['system', ...locales]).default('system'),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  textSizePercent: z.int().min(80).max(200).default(100),
  /** Local hour at which a study day starts. */
  dayStartHour: z.int().min(0).max(23).default(4),
  /** New questions a study day brings at most. */
  newPerDay: z.int().min(0).max(500).default(15),
  /** Probability of recall that the schedule aims at. */
  desiredRetention: z.number().min(0.7).max(0.97).default(0.9),
});
export type Settings = z.infer<typeof settingsSchema>;

export const settingsPatchSchema = z
  .strictObject({
    language: settingsSchema.shape.language.unwrap(),
    theme: settingsSchema.shape.theme.unwrap(),
    textSizePercent: settingsSchema.shape.textSizePercent.unwrap(),
    dayStartHour: settingsSchema.shape.dayStartHour.unwrap(),
    newPerDay: settingsSchema.shape.newPerDay.unwrap(),
    desiredRetention: settingsSchema.shape.desiredRetention.unwrap(),
  })
  .partial();
