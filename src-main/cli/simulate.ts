import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parse as parseYaml, YAMLParseError } from 'yaml';
import {
  type AllRuns,
  parseSimulationFile,
  type Problem,
  runAll,
  type RunSummary,
  simulationFileJsonSchema,
} from '#shared/simulation/simulate.ts';

const usage = `Usage: npm run --silent simulate -- FILE [--json]
       npm run --silent simulate -- --schema

Runs a simulation file (YAML or JSON) on all of its seeds and prints what came out.

  --json     print one JSON object instead of a table
  --schema   print the JSON Schema of a simulation file
  --help     print this

Exits with 2 and every problem with its path where the file is wrong. docs/simulation.md says how to write one.
`;

/** What went wrong on the user's side; ends the program with 2. */
class UserError extends Error {}

function main(args: readonly string[]): void {
  const { values, positionals } = readArguments(args);
  if (values.help) process.stdout.write(usage);
  else if (values.schema) print(simulationFileJsonSchema());
  else {
    const [path, ...others] = positionals;
    if (path === undefined) throw new UserError(`expected a simulation file\n\n${usage}`);
    if (others.length > 0) throw new UserError(`expected one simulation file, not ${positionals.length}`);
    simulate(path, values.json);
  }
}

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        schema: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    throw new UserError(`${messageOf(error)}\n\n${usage}`);
  }
}

function simulate(path: string, asJson: boolean): void {
  const parsed = parseSimulationFile(readFile(path));
  if (!parsed.ok) throw new UserError(problemList(path, parsed.problems));
  const result = runAll(parsed.file, { now: () => performance.now() });
  if (asJson) {
    const runs = result.runs.map(({ seed, events, wallMs, metrics }) => ({ seed, events, wallMs, metrics }));
    print({ runs, summary: result.summary });
  } else {
    process.stdout.write(report(result));
  }
}

function readFile(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new UserError(`cannot read ${path}: ${messageOf(error)}`);
  }
  try {
    // JSON is YAML, so one parser reads both. Few aliases suffice for a file that a person writes.
    return parseYaml(text, { maxAliasCount: 100 });
  } catch (error) {
    if (error instanceof YAMLParseError || error instanceof ReferenceError) {
      throw new UserError(`${path} is neither YAML nor JSON: ${error.message}`);
    }
    throw error;
  }
}

function problemList(path: string, problems: readonly Problem[]): string {
  const lines = problems.map((problem) => `  ${problem.path}: ${problem.message}`);
  return `${path} has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:\n${lines.join('\n')}`;
}

/** Metrics over all seeds with half-widths of their 95 % confidence intervals, then a line for each service. */
function report({ runs, summary }: AllRuns): string {
  const rows = Object.entries(summary)
    .filter(([name]) => !name.startsWith('services.'))
    .map(([name, { mean, ci95 }]) => [name, number(mean), ci95 === null ? '' : `± ${number(ci95)}`]);
  const events = runs.reduce((sum, run) => sum + run.events, 0);
  const wallMs = runs.reduce((sum, run) => sum + (run.wallMs ?? 0), 0);
  const seeds = runs.length === 1 ? 'one seed' : `${runs.length} seeds, mean ± 95 % confidence interval`;
  const speed = `${events} events in ${Math.round(wallMs)} ms`;
  const tables = [table(rows), table(serviceRows(summary))].filter((text) => text !== '');
  return `${tables.join('\n\n')}\n\n${seeds}; ${speed}\n`;
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
  const rows = [...names].map((name) => [
    name,
    ...serviceColumns.map((column) => {
      const estimate = summary[`services.${name}.${column}`];
      return estimate === undefined ? '-' : number(estimate.mean);
    }),
  ]);
  return [['service', ...serviceColumns], ...rows];
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

function print(value: object): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

try {
  main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
