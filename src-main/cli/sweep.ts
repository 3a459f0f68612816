import {
  applyChanges,
  type Contender,
  parseComparison,
  type RunSummary,
} from '#shared/simulation/simulate.ts';

/** The most points of a sweep. */
const maxPoints = 10_000;

/** One value of a file that takes one number after the other. */
export interface Sweep {
  /** Where in the file: `workload.services[0].arrivals.perSecond`. */
  readonly path: string;
  readonly values: readonly number[];
}

/** One point of a sweep: the swept values, and what runs there. */
export interface SweepPoint {
  readonly values: readonly number[];
  readonly contenders: readonly Contender[];
}

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
  if (count > maxPoints)
    throw new RangeError(`--sweep ${text} has ${count} values; expected at most ${maxPoints}`);
  const values = Array.from({ length: count }, (_, i) => Number((from + i * step).toPrecision(12)));
  return { path, values };
}

/**
 * Every combination of the values of some sweeps, each with the file that it makes.
 *
 * @throws RangeError with the point and the problem, where a file at some point is wrong
 */
export function sweepPoints(file: unknown, sweeps: readonly Sweep[]): SweepPoint[] {
  const points = sweeps.reduce<number[][]>(
    (combinations, { values }) => combinations.flatMap((point) => values.map((value) => [...point, value])),
    [[]],
  );
  if (points.length > maxPoints)
    throw new RangeError(`${points.length} combinations; expected at most ${maxPoints}`);
  return points.map((values) => {
    const changes = Object.fromEntries(sweeps.map(({ path }, i) => [path, values[i] ?? 0]));
    const parsed = parseComparison(applyChanges(file, changes));
    if (parsed.ok) return { values, contenders: parsed.contenders };
    const at = sweeps.map(({ path }, i) => `${path}=${values[i]}`).join(' ');
    const list = parsed.problems.map(({ path, message }) => `  ${path}: ${message}`).join('\n');
    throw new RangeError(`at ${at}:\n${list}`);
  });
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
