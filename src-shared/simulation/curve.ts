import { z } from 'zod';
import type { RunSeries } from './run-result.ts';

/** What a run tells over time, and how a curve of it is called in a pack. */
export const curveSeries = [
  'latencyMeanMs',
  'latencyP95Ms',
  'throughputPerSecond',
  'errorsPerSecond',
  'utilisation',
  'waiting',
  'instances',
] as const satisfies readonly (keyof RunSeries)[];
export type CurveSeries = (typeof curveSeries)[number];

const ascending = z
  .array(z.number())
  .min(4)
  .max(9)
  .refine((values) => values.every((value, i) => i === 0 || value > (values[i - 1] ?? value)), {
    message: 'expected numbers that rise',
  });

/** What a curve is measured of: a metric while one value of the file takes others, or a series of the run itself. */
export const measuredCurveSchema = z
  .discriminatedUnion('over', [
    z.strictObject({
      over: z.literal('parameter'),
      /** The value that changes, by its path in the simulation file. */
      path: z.string().min(1),
      /** Dotted name of a metric. */
      metric: z.string().min(1),
      /** Where on the x axis the curve has its points. */
      at: ascending,
      /** What stands in the file at each of them, where that is another number than the one on the axis. */
      values: z.array(z.number()).optional(),
    }),
    z.strictObject({
      over: z.literal('time'),
      series: z.enum(curveSeries),
      /** Seconds of simulated time. */
      at: ascending,
    }),
  ])
  .refine((curve) => curve.over === 'time' || (curve.values ?? curve.at).length === curve.at.length, {
    message: 'expected as many "values" as "at"',
  });
export type MeasuredCurve = z.infer<typeof measuredCurveSchema>;

/** The points of a curve, one for each place on its x axis; null where nothing can be told. */
export type CurvePoints = readonly (number | null)[];
