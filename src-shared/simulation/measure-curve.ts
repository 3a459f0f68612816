import type { MeasuredCurve } from './curve.ts';
import type { RunSeries } from './run-result.ts';
import { runAll } from './simulate.ts';
import { sweepPoints } from './sweep.ts';

/**
 * The curve that came out, point by point as they are asked for. Of a parameter each point runs the file on all seeds; over time
 * it takes what the runs that were made anyway tell around it.
 *
 * @param raw the simulation file as it was configured
 * @throws RangeError for a path that leads nowhere
 */
export function* measureCurve(
  curve: MeasuredCurve,
  raw: unknown,
  runs: readonly { readonly series: RunSeries }[],
): Generator<number | null, void, undefined> {
  for (const [index, at] of curve.at.entries())
    yield curve.over === 'time'
      ? seriesAround(curve, index, runs)
      : meanWith(raw, curve.path, curve.values?.[index] ?? at, curve.metric);
}

/** The mean of a metric over the seeds where one value of the file is another; null where that cannot run. */
function meanWith(raw: unknown, path: string, value: number, metric: string): number | null {
  const found = sweepPoints(raw, [{ path, values: [value] }]);
  const file = found.ok ? found.points[0]?.contenders[0]?.file : undefined;
  return file ? (runAll(file).summary[metric]?.mean ?? null) : null;
}

/** The mean of what is told nearer to a point than to its neighbours, but at most a twentieth of the axis away from it. */
function seriesAround(
  { series, at }: Extract<MeasuredCurve, { over: 'time' }>,
  index: number,
  runs: readonly { readonly series: RunSeries }[],
): number | null {
  const here = at[index] ?? 0;
  const reach = ((at.at(-1) ?? 0) - (at[0] ?? 0)) / 20;
  const from = Math.max(here - reach, (here + (at[index - 1] ?? -Infinity)) / 2);
  const to = Math.min(here + reach, (here + (at[index + 1] ?? Infinity)) / 2);
  const values = runs.flatMap((run) =>
    run.series.atMs.flatMap((startMs, i) => {
      const middle = (startMs + run.series.bucketMs / 2) / 1000;
      const value = run.series[series][i] ?? null;
      return middle >= from && middle <= to && value !== null ? [value] : [];
    }),
  );
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
