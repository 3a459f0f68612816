import { maxSweepPoints, type Sweep, type SweepPoint, sweepPoints } from '#shared/simulation/sweep.ts';
import type { RunSummary } from '#shared/simulation/simulate.ts';

/**
 * Reads `path=from:to:step`. The last value is `to` where the steps lead there.
 *
 * @throws RangeError that says what is wrong
 */
export function parseSweep(text: string): Sweep {
  const equals = text.lastIndexOf('=');
  const path = text.slice(0, Math.max(0, equals));
  const numbers = text
    .slice(equals + 1)
    .split(':')
    .map((part) => (part.trim() === '' ? NaN : Number(part)));
  const [from = NaN, to = NaN, step = NaN] = numbers;
  if (path === '' || numbers.length !== 3 || !numbers.every(Number.isFinite))
    throw new RangeError(`expected --sweep path=from:to:step with three numbers, not ${text}`);
  if (step === 0 || (to - from) / step < 0)
    throw new RangeError(`the steps of --sweep ${text} do not lead from ${from} to ${to}`);
  // A hair beyond, for steps such as 0.1 that have no exact binary form.
  const count = Math.floor((to - from) / step + 1e-9) + 1;
  if (count > maxSweepPoints)
    throw new RangeError(`--sweep ${text} has ${count} values; expected at most ${maxSweepPoints}`);
  const values = Array.from({ length: count }, (_, i) => Number((from + i * step).toPrecision(12)));
  return { path, values };
}

/**
 * Every combination of the values of some sweeps, each with the file that it makes.
 *
 * @throws RangeError with the point and the problem, where a file at some point is wrong
 */
export function pointsOf(file: unknown, sweeps: readonly Sweep[]): readonly SweepPoint[] {
  const found = sweepPoints(file, sweeps);
  if (found.ok) return found.points;
  const at = sweeps.map(({ path }, i) => `${path}=${found.values[i]}`).join(' ');
  const list = found.problems.map(({ path, message }) => `  ${path}: ${message}`).join('\n');
  throw new RangeError(`at ${at}:\n${list}`);
}

/** A row of the table that a sweep makes. */
export interface SweepRow {
  readonly values: readonly number[];
  readonly contender: string;
  readonly summary: RunSummary;
}

/**
 * The rows as CSV (RFC 4180, with the line ends of Unix, for pipes): swept values, the platform where there are several, then of every metric the mean over the
 * seeds and the half-width of its 95 % confidence interval. What cannot be told is left empty.
 */
export function sweepCsv(sweeps: readonly Sweep[], rows: readonly SweepRow[]): string {
  const metrics = [...new Set(rows.flatMap(({ summary }) => Object.keys(summary)))];
  const several = new Set(rows.map(({ contender }) => contender)).size > 1;
  const header = [
    ...sweeps.map(({ path }) => path),
    ...(several ? ['platform'] : []),
    ...metrics.flatMap((metric) => [metric, `${metric} ci95`]),
  ];
  const lines = rows.map(({ values, contender, summary }) => [
    ...values.map(String),
    ...(several ? [contender] : []),
    ...metrics.flatMap((metric) => {
      const estimate = summary[metric];
      return [estimate?.mean, estimate?.ci95 ?? undefined].map((number) => number?.toString() ?? '');
    }),
  ]);
  return [header, ...lines].map((line) => `${line.map(csvField).join(',')}\n`).join('');
}

function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
