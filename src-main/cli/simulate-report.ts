import type { AllRuns, Explanation, GoalResult, RunSummary } from '#shared/simulation/simulate.ts';

/** What one platform of a comparison came to. */
export interface Outcome {
  readonly name: string;
  readonly result: AllRuns;
}

/** One platform: metrics with half-widths of their confidence intervals, services, and why. */
export function reportOne({ result }: Outcome): string {
  const { runs, summary } = result;
  const rows = Object.entries(summary)
    .filter(([name]) => !name.startsWith('services.'))
    .map(([name, { mean, ci95 }]) => [name, number(mean), ci95 === null ? '' : `± ${number(ci95)}`]);
  const explanations = runs.map((run) => run.explanation);
  const tables = [
    table(rows),
    table(serviceRows(summary)),
    timeTable(explanations),
    costTable(explanations),
    goalTable([{ name: '', result }]),
  ];
  return `${tables.filter((text) => text !== '').join('\n\n')}\n\n${footer([result])}\n`;
}

/** Several platforms side by side, a column for each. */
export function reportComparison(outcomes: readonly Outcome[]): string {
  const names = [...new Set(outcomes.flatMap(({ result }) => Object.keys(result.summary)))];
  const rows = names
    .filter((name) => !name.startsWith('services.'))
    .map((name) => [
      name,
      ...outcomes.map(({ result }) => {
        const estimate = result.summary[name];
        return estimate === undefined ? '-' : number(estimate.mean);
      }),
    ]);
  const header = ['metric', ...outcomes.map(({ name }) => name)];
  const tables = [table([header, ...rows]), goalTable(outcomes)];
  return `${tables.filter((text) => text !== '').join('\n\n')}\n\n${footer(outcomes.map(({ result }) => result))}\n`;
}

function footer(results: readonly AllRuns[]): string {
  const runs = results.flatMap((result) => result.runs);
  const events = runs.reduce((sum, run) => sum + run.events, 0);
  const wallMs = runs.reduce((sum, run) => sum + (run.wallMs ?? 0), 0);
  const count = results[0]?.runs.length ?? 0;
  const seeds = count === 1 ? 'one seed' : `${count} seeds, mean ± 95 % confidence interval`;
  return `${seeds}; ${events} events in ${Math.round(wallMs)} ms`;
}

/** Where the time of all requests and of the slowest went, on average over the seeds. */
function timeTable(explanations: readonly Explanation[]): string {
  const columns = (['all', 'slowest'] as const).map((which) =>
    averages(explanations.map(({ latency }) => latency[which]?.parts ?? {})),
  );
  const [all = {}, slowest = {}] = columns;
  const rows = Object.keys(all)
    .filter((part) => (all[part] ?? 0) > 0 || (slowest[part] ?? 0) > 0)
    .map((part) => [part, number(all[part] ?? 0), number(slowest[part] ?? 0)]);
  return rows.length === 0 ? '' : table([['time in ms', 'all requests', 'slowest 1 %'], ...rows]);
}

/** What was paid for, on average over the seeds. */
function costTable(explanations: readonly Explanation[]): string {
  const parts = averages(explanations.map(({ cost }) => cost.parts));
  const total = Object.values(parts).reduce((sum, usd) => sum + usd, 0);
  if (total <= 0) return '';
  const rows = Object.entries(parts)
    .filter(([, usd]) => usd > 0)
    .map(([part, usd]) => [part, number(usd), `${number((usd / total) * 100)} %`]);
  return table([['paid for', 'USD', 'share'], ...rows]);
}

/** Every goal with the worst value over the seeds and the margin to it. */
function goalTable(outcomes: readonly Outcome[]): string {
  const rows = outcomes.flatMap(({ name, result }) =>
    result.goals.map(({ goal, met, worst, margin }: GoalResult) => [
      `${goal.metric} ${goal.op} ${goal.value}`,
      ...(outcomes.length > 1 ? [name] : []),
      met ? 'met' : 'missed',
      worst === null ? '-' : number(worst),
      margin === null ? '-' : number(margin),
    ]),
  );
  const header = ['goal', ...(outcomes.length > 1 ? ['platform'] : []), '', 'worst seed', 'margin'];
  return rows.length === 0 ? '' : table([header, ...rows]);
}

function averages(trees: readonly Readonly<Record<string, number | undefined>>[]): Record<string, number> {
  const names = [...new Set(trees.flatMap((tree) => Object.keys(tree)))];
  return Object.fromEntries(
    names.map((name) => [name, trees.reduce((sum, tree) => sum + (tree[name] ?? 0), 0) / trees.length]),
  );
}

const serviceColumns = [
  'latencyMs.mean',
  'latencyMs.p95',
  'throughputPerSecond',
  'errorRate',
  'cpuCores',
  'memoryMiB',
];

/** Means over all seeds; `-` where something cannot be told, such as the memory of a service in a shared process. */
function serviceRows(summary: RunSummary): string[][] {
  const names = new Set(
    Object.keys(summary).flatMap((name) => /^services\.([^.]+)\./.exec(name)?.slice(1) ?? []),
  );
  if (names.size === 0) return [];
  const columns = serviceColumns.filter((column) =>
    [...names].some((name) => `services.${name}.${column}` in summary),
  );
  const rows = [...names].map((name) => [
    name,
    ...columns.map((column) => {
      const estimate = summary[`services.${name}.${column}`];
      return estimate === undefined ? '-' : number(estimate.mean);
    }),
  ]);
  return [['service', ...columns], ...rows];
}

/** Columns side by side: the first to the left, numbers to the right. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => {
          const width = widths[column] ?? 0;
          return column === 0 || cell.startsWith('±') ? cell.padEnd(width) : cell.padStart(width);
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function number(value: number): string {
  if (value === 0) return '0';
  return Math.abs(value) >= 1e-4 && Math.abs(value) < 1e9
    ? Number(value.toPrecision(6)).toString()
    : value.toExponential(3);
}
