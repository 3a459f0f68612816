import { estimate } from './engine/confidence.ts';
import { type GoalResult, meetsGoals } from './goals.ts';
import type { NotableEvent } from './engine/notable-log.ts';
import { flattenMetrics } from './metrics.ts';
import type { TraceEvent } from './platform.ts';
import type { RunResult, RunSummary } from './run-result.ts';
import { RunningSimulation } from './running-simulation.ts';
import type { SimulationFile } from './simulation-file.ts';
import type { TopologySnapshot } from './topology.ts';

export type { NotableEvent } from './engine/notable-log.ts';
export { type Contender, parseComparison } from './compare.ts';
export type { CostKind } from './costs.ts';
export type { LatencyPart } from './engine/latency-parts.ts';
export type { Problem, TraceEvent } from './platform.ts';
export type { Explanation, RunResult, RunSeries, RunSummary } from './run-result.ts';
export type { GroupSnapshot, HostSnapshot, InstanceSnapshot, TopologySnapshot } from './topology.ts';
export { applyChanges, valueAt } from './apply-changes.ts';
export { type Goal, type GoalResult, meetsGoals } from './goals.ts';
export { flattenMetrics } from './metrics.ts';
export { platformFields, platformKinds } from './platforms/registry.ts';
export {
  expectedMs,
  parseSimulationFile,
  type SimulationFile,
  simulationFileJsonSchema,
} from './simulation-file.ts';

/** A run that its owner drives: in one go, or by little steps with looks at it in between. Looking changes nothing. */
export interface Simulation {
  readonly done: boolean;
  /** Simulated time. */
  readonly nowMs: number;
  readonly eventCount: number;
  /** From 0 to 1. */
  readonly progress: number;
  /** Goes on until a limit is reached or the run is done. `untilMs` is simulated time, from the start of the run. */
  advance(limits?: { maxEvents?: number; untilMs?: number }): void;
  snapshot(): TopologySnapshot;
  /** Notable events so far, and how many more there were after the log was full. */
  readonly log: { readonly entries: readonly NotableEvent[]; readonly dropped: number };
  /** What has come out so far. Costs time in proportion to the requests served; ask some times a second, not more. */
  result(): RunResult;
}

export interface SimulationOptions {
  /** Told of all notable events, and of everything else that a check from outside needs, such as each thing that is paid for. */
  readonly onTrace?: (event: TraceEvent) => void;
}

/** Starts a run of a file that `parseSimulationFile` has accepted. Same file, same seed: same result, bit for bit. */
export function createSimulation(
  file: SimulationFile,
  seed: number,
  options: SimulationOptions = {},
): Simulation {
  return new RunningSimulation(file, seed, options.onTrace ?? null);
}

export interface RunAllOptions {
  /** Called now and then with the share that is done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
  /** Asked now and then; once it says yes, the seeds that are done are returned. */
  readonly shouldCancel?: () => boolean;
  /** Told of everything that happened, as in `SimulationOptions`, with the seed of the run. */
  readonly onTrace?: (seed: number, event: TraceEvent) => void;
  /** A clock in milliseconds. With it, runs tell how long they took. */
  readonly now?: () => number;
}

export interface TimedRunResult extends RunResult {
  /** Time that the run took on the caller's clock; absent where there was none. */
  readonly wallMs?: number;
}

export interface AllRuns {
  readonly runs: readonly TimedRunResult[];
  readonly summary: RunSummary;
  /** The goals of the file, each held against every seed that was run. */
  readonly goals: readonly GoalResult[];
  readonly cancelled: boolean;
}

/** How many events pass between two looks at `shouldCancel`. */
const eventsPerSlice = 100_000;

/** Runs a file on all of its seeds. */
export function runAll(file: SimulationFile, options: RunAllOptions = {}): AllRuns {
  const { seeds } = file.run;
  const runs: TimedRunResult[] = [];
  for (const [i, seed] of seeds.entries()) {
    const startedMs = options.now?.();
    const { onTrace } = options;
    const simulation = createSimulation(
      file,
      seed,
      onTrace === undefined
        ? {}
        : {
            onTrace: (event) => {
              onTrace(seed, event);
            },
          },
    );
    while (!simulation.done) {
      if (options.shouldCancel?.()) return allRuns(file, runs, true);
      simulation.advance({ maxEvents: eventsPerSlice });
      options.onProgress?.((i + simulation.progress) / seeds.length);
    }
    const wallMs = startedMs === undefined ? undefined : (options.now?.() ?? startedMs) - startedMs;
    const result = simulation.result();
    runs.push(wallMs === undefined ? result : { ...result, wallMs });
  }
  return allRuns(file, runs, false);
}

function allRuns(file: SimulationFile, runs: readonly TimedRunResult[], cancelled: boolean): AllRuns {
  return { runs, summary: summarise(runs), goals: meetsGoals(file.goals, runs), cancelled };
}

/** Mean and confidence interval of every metric that all runs could tell. */
export function summarise(runs: readonly Pick<RunResult, 'metrics'>[]): RunSummary {
  const flat = runs.map((run) => flattenMetrics(run.metrics));
  const names = Object.keys(flat[0] ?? {}).filter((name) => flat.every((metrics) => name in metrics));
  return Object.fromEntries(
    names.map((name) => [name, estimate(flat.map((metrics) => metrics[name] as number))]),
  );
}
