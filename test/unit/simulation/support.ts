import { expect } from 'vitest';
import { estimate } from '#shared/simulation/engine/confidence.ts';
import {
  flattenMetrics,
  parseSimulationFile,
  runAll,
  type SimulationFile,
} from '#shared/simulation/simulate.ts';

/** A file that must be right. */
export function fileOf(value: unknown): SimulationFile {
  const parsed = parseSimulationFile(value);
  if (!parsed.ok)
    throw new Error(parsed.problems.map(({ path, message }) => `${path}: ${message}`).join('\n'));
  return parsed.file;
}

export function problemsOf(value: unknown): string[] {
  const parsed = parseSimulationFile(value);
  return parsed.ok ? [] : parsed.problems.map(({ path }) => path);
}

export interface QueueSetting {
  servers?: number;
  discipline?: 'fcfs' | 'ps';
  capacity?: number;
  perSecond: number;
  cpu?: object;
  requests?: number;
  warmupRequests?: number;
  seeds?: number[];
}

/** The textbook station; the mean service time is one second unless a law is given. */
export function queueFile(setting: QueueSetting): SimulationFile {
  const { servers = 1, discipline = 'fcfs', capacity, perSecond, requests = 100_000 } = setting;
  return fileOf({
    platform: { kind: 'queue', servers, discipline, ...(capacity === undefined ? {} : { capacity }) },
    workload: {
      services: [
        {
          name: 'main',
          arrivals: { kind: 'poisson', perSecond },
          cpu: setting.cpu ?? { kind: 'exponential', meanMs: 1000 },
        },
      ],
    },
    run: {
      requests,
      warmupRequests: setting.warmupRequests ?? Math.floor(requests / 10),
      seeds: setting.seeds ?? [1, 2, 3, 4, 5, 6, 7, 8],
    },
  });
}

/** Flat metrics of every seed. */
export function metricsOf(file: SimulationFile): Record<string, number>[] {
  return runAll(file).runs.map((run) => flattenMetrics(run.metrics));
}

/**
 * Holds the mean over the seeds against the truth. The band is 1.5 times the 95 % interval, which with eight seeds a right
 * simulator leaves about once in a hundred; and it must be narrow, or the check would say nothing.
 */
export function expectTruth(values: readonly number[], truth: number, narrowness: number): void {
  const { mean, ci95 } = estimate(values);
  const band = 1.5 * (ci95 ?? Infinity);
  expect(band / truth, 'relative half-width of the band').toBeLessThan(narrowness);
  expect(Math.abs(mean - truth), `measured ${mean} ± ${band}, truth ${truth}`).toBeLessThan(band);
}
