import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readFileText } from '#shared/simulation/file-text.ts';
import {
  type Contender,
  parseComparison,
  type Problem,
  runAll,
  simulationFileJsonSchema,
  type TraceEvent,
} from '#shared/simulation/simulate.ts';
import type { SweepPoint } from '#shared/simulation/sweep.ts';
import { type Outcome, reportComparison, reportOne } from './simulate-report.ts';
import { parseSweep, pointsOf, sweepCsv, type SweepRow } from './sweep.ts';

const usage = `Usage: npm run --silent simulate -- FILE [--json]
       npm run --silent simulate -- FILE --events EVENTS
       npm run --silent simulate -- FILE --sweep PATH=FROM:TO:STEP [--sweep ...]
       npm run --silent simulate -- --schema

Runs a simulation file (YAML or JSON) on all of its seeds and prints what came out: a table, or one for each of several
platforms side by side where the file has "compare" instead of "platform".

  --json     print one JSON object instead of a table
  --events   write everything of note that happened into the file EVENTS, an object of JSON in each line
  --sweep    give the number at PATH of the file one value after the other and print CSV; several make a grid
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
    if (values.sweep.length === 0) simulate(path, values.json, values.events);
    else if (values.json || values.events !== undefined)
      throw new UserError('--sweep prints CSV, and goes neither with --json nor with --events');
    else sweep(path, values.sweep);
  }
}

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        events: { type: 'string' },
        sweep: { type: 'string', multiple: true, default: [] },
        schema: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    throw new UserError(`${messageOf(error)}\n\n${usage}`);
  }
}

function simulate(path: string, asJson: boolean, eventsPath: string | undefined): void {
  const file = readFile(path);
  const parsed = parseComparison(file);
  if (!parsed.ok) throw new UserError(problemList(path, parsed.problems));
  const progress = progressOf(parsed.contenders.length);
  const events = eventsPath === undefined ? null : new EventFile(eventsPath);
  const outcomes = parsed.contenders.map((contender, i) => outcomeOf(contender, progress, i, events));
  events?.close();
  progress.end();
  const compared = typeof file === 'object' && file !== null && 'compare' in file;
  if (asJson) {
    const [first] = outcomes;
    if (compared) print({ compare: outcomes.map((outcome) => ({ name: outcome.name, ...jsonOf(outcome) })) });
    else if (first !== undefined) print(jsonOf(first));
  } else if (compared) {
    process.stdout.write(reportComparison(outcomes));
  } else {
    for (const outcome of outcomes) process.stdout.write(reportOne(outcome));
  }
}

function sweep(path: string, texts: readonly string[]): void {
  const file = readFile(path);
  const rows: SweepRow[] = [];
  try {
    const sweeps = texts.map(parseSweep);
    const points = pointsOf(file, sweeps);
    const total = points.reduce((sum, { contenders }) => sum + contenders.length, 0);
    const progress = progressOf(total);
    for (const point of points) rows.push(...rowsOf(point, progress, rows.length));
    progress.end();
    process.stdout.write(sweepCsv(sweeps, rows));
  } catch (error) {
    if (error instanceof RangeError) throw new UserError(`${path}: ${error.message}`);
    throw error;
  }
}

function rowsOf({ values, contenders }: SweepPoint, progress: Progress, done: number): SweepRow[] {
  return contenders.map((contender, i) => ({
    values,
    contender: contender.name,
    summary: outcomeOf(contender, progress, done + i).result.summary,
  }));
}

function outcomeOf(
  { name, file }: Contender,
  progress: Progress,
  done: number,
  events: EventFile | null = null,
): Outcome {
  const result = runAll(file, {
    now: () => performance.now(),
    onProgress: (share) => {
      progress.at(done + share);
    },
    ...(events !== null && {
      onTrace: (seed: number, event: TraceEvent) => {
        events.write({ platform: name, seed, ...event });
      },
    }),
  });
  return { name, result };
}

function jsonOf({ result }: Outcome): object {
  const runs = result.runs.map(({ seed, events, wallMs, metrics, explanation, placement }) => ({
    seed,
    events,
    wallMs,
    metrics,
    explanation,
    placement,
  }));
  return { runs, summary: result.summary, ...(result.goals.length > 0 && { goals: result.goals }) };
}

/** A file of JSON lines, written some at a time. */
class EventFile {
  private readonly path: string;
  private readonly descriptor: number;
  private lines: string[] = [];

  constructor(path: string) {
    this.path = path;
    this.descriptor = this.orUserError(() => openSync(path, 'w'));
  }

  write(event: object): void {
    this.lines.push(`${JSON.stringify(event)}\n`);
    if (this.lines.length === 10_000) this.flush();
  }

  close(): void {
    this.flush();
    closeSync(this.descriptor);
  }

  private flush(): void {
    this.orUserError(() => {
      writeSync(this.descriptor, this.lines.join(''));
    });
    this.lines = [];
  }

  /** A full disk or a folder that is not there is the user's to mend. */
  private orUserError<T>(act: () => T): T {
    try {
      return act();
    } catch (error) {
      throw new UserError(`cannot write ${this.path}: ${messageOf(error)}`);
    }
  }
}

interface Progress {
  /** So much of all is done. */
  at(done: number): void;
  end(): void;
}

/** Tells on stderr how far a long run has come: after a second, and then every second. */
function progressOf(total: number): Progress {
  const everyMs = 1000;
  let toldMs = performance.now();
  let told = false;
  return {
    at(done) {
      if (performance.now() - toldMs < everyMs) return;
      toldMs = performance.now();
      told = true;
      const percent = `${Math.floor((done / total) * 100)} %`;
      process.stderr.write(process.stderr.isTTY ? `\r${percent.padEnd(6)}` : `${percent}\n`);
    },
    end() {
      if (told && process.stderr.isTTY) process.stderr.write('\r      \r');
    },
  };
}

function readFile(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new UserError(`cannot read ${path}: ${messageOf(error)}`);
  }
  const read = readFileText(text);
  if (read.ok) return read.value;
  const place = read.line === null ? '' : ` at line ${read.line}, column ${read.column}`;
  throw new UserError(`${path} is neither YAML nor JSON: ${read.message}${place}`);
}

function problemList(path: string, problems: readonly Problem[]): string {
  const lines = problems.map((problem) => `  ${problem.path}: ${problem.message}`);
  return `${path} has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:\n${lines.join('\n')}`;
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
