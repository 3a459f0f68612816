import { flattenMetrics } from '../metrics.ts';
import { parseSimulationFile, type SimulationFile } from '../simulation-file.ts';
import { runAll, type RunSummary } from '../simulate.ts';
import {
  type CommonWorkload,
  deploymentFileOf,
  type Effort,
  fileOf,
  firstService,
  otherServices,
  warmupOf,
} from './common-workload.ts';
import { type ComparedPattern, type Size, sizesOf } from './pattern-sizes.ts';
import { smallest } from './smallest.ts';

/** A mean over the seeds with the half-width of its 95 % confidence interval; null where one seed tells nothing of spread. */
export interface Measured {
  readonly mean: number;
  readonly ci95: number | null;
}

/** What a service that misbehaves does to the others. */
export interface Isolation {
  /** Their 99th percentile in times of what it is without; null where none of them answered any more. */
  readonly slowdown: number | null;
  /** Share of them that were hurt, 0 to 1: half as slow again, or failing a hundredth more of their requests. */
  readonly hurtShare: number;
}

/** A pattern, sized for a workload, and what it is like there. */
export interface Evaluation {
  readonly pattern: ComparedPattern;
  readonly size: Size;
  /** Whether the size meets the goal; if not, none that was tried does, and this is the largest that was. */
  readonly meetsGoal: boolean;
  readonly p50Ms: Measured | null;
  readonly p99Ms: Measured | null;
  readonly errorRate: Measured | null;
  /** Of a month of 730 hours. */
  readonly costPerMonthUsd: Measured | null;
  readonly utilisation: Measured | null;
  /** null with a single service, or where it was not asked for. */
  readonly isolation: Isolation | null;
  /** From the order of a deployment to its end; null where it was not asked for, or takes longer than three hours. */
  readonly leadSeconds: number | null;
  /** Requests that came in all runs that this took. */
  readonly requests: number;
}

export interface Wanted {
  readonly effort: Effort;
  readonly isolation: boolean;
  readonly leadTime: boolean;
}

/** Hours of a month, as cloud providers count them. */
export const hoursPerMonth = 730;
/** Share of the requests that may fail. */
export const mostErrors = 0.001;
/** Endless loops of the service that misbehaves. */
export const hogCores = 8;
const hurtFactor = 1.5;
const hurtErrors = 0.01;

/**
 * Makes a pattern as small as meets the goal for a workload, and measures it: by itself, beside a service that misbehaves,
 * and while one of its services is deployed. The same seeds for every pattern, so that all get the same requests.
 */
export function evaluatePattern(
  pattern: ComparedPattern,
  workload: CommonWorkload,
  wanted: Wanted,
): Evaluation {
  const { effort } = wanted;
  const range = sizesOf(pattern, workload);
  let requests = 0;
  const known = new Map<number, RunSummary>();
  const run = (file: SimulationFile): RunSummary => {
    const { runs, summary } = runAll(file);
    for (const { metrics } of runs)
      requests += Number(flattenMetrics(metrics)['throughputPerSecond'] ?? 0) * windowOf(file);
    return summary;
  };
  const at = (steps: number): RunSummary => {
    const before = known.get(steps);
    if (before) return before;
    const summary = run(parsed(fileOf(workload, range.size(steps).platform, effort)));
    known.set(steps, summary);
    return summary;
  };
  const does = (steps: number): boolean => meets(at(steps), workload.goalP99Ms);
  const least = Math.min(range.least, range.most);
  const found = smallest(least, range.most, does);
  const size = range.size(found ?? range.most);
  const summary = at(size.steps);
  const measured = (name: string, factor = 1): Measured | null => {
    const value = summary[name];
    return value
      ? { mean: value.mean * factor, ci95: value.ci95 === null ? null : value.ci95 * factor }
      : null;
  };
  return {
    pattern,
    size,
    meetsGoal: found !== null,
    p50Ms: measured('latencyMs.p50'),
    p99Ms: measured('latencyMs.p99'),
    errorRate: measured('errorRate'),
    costPerMonthUsd: measured('costPerHourUsd', hoursPerMonth),
    utilisation: measured('utilisation'),
    isolation:
      wanted.isolation && workload.services > 1 ? isolationOf(workload, effort, size, summary, run) : null,
    leadSeconds: wanted.leadTime
      ? (run(parsed(deploymentFileOf(workload, size.platform)))['deploy.leadSeconds']?.mean ?? null)
      : null,
    requests: Math.round(requests),
  };
}

function windowOf({ run: { horizonSeconds = 0, warmupSeconds = 0 } }: SimulationFile): number {
  return horizonSeconds - warmupSeconds;
}

function meets(summary: RunSummary, goalP99Ms: number): boolean {
  const p99 = summary['latencyMs.p99'];
  const errors = summary['errorRate'];
  return p99 !== undefined && p99.mean <= goalP99Ms && (errors?.mean ?? 1) <= mostErrors;
}

/** The files are made of checked numbers, so only a bug makes one that cannot run. */
function parsed(file: object): SimulationFile {
  const result = parseSimulationFile(file);
  if (result.ok) return result.file;
  throw new Error(result.problems.map(({ path, message }) => `${path}: ${message}`).join('; '));
}

function isolationOf(
  workload: CommonWorkload,
  effort: Effort,
  { platform }: Size,
  calm: RunSummary,
  run: (file: SimulationFile) => RunSummary,
): Isolation {
  const atSeconds = warmupOf(workload, effort);
  const fault = {
    kind: 'cpu-hog',
    service: firstService(workload),
    instance: 1,
    atSeconds,
    cores: hogCores,
  } as const;
  const harmed = run(parsed(fileOf(workload, platform, effort, [fault])));
  const others = otherServices(workload).map((name) => {
    const of = (summary: RunSummary, metric: string) => summary[`services.${name}.${metric}`]?.mean;
    const [before, after] = [of(calm, 'latencyMs.p99'), of(harmed, 'latencyMs.p99')];
    const slowdown = before === undefined || after === undefined ? null : after / before;
    const moreErrors = (of(harmed, 'errorRate') ?? 0) - (of(calm, 'errorRate') ?? 0);
    return { slowdown, hurt: slowdown === null || slowdown >= hurtFactor || moreErrors >= hurtErrors };
  });
  const slowdowns = others.flatMap(({ slowdown }) => slowdown ?? []);
  return {
    slowdown:
      slowdowns.length > 0 ? slowdowns.reduce((sum, value) => sum + value, 0) / slowdowns.length : null,
    hurtShare: others.filter(({ hurt }) => hurt).length / others.length,
  };
}
