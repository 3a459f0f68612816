import type { CommonWorkload } from '#shared/simulation/side-by-side/common-workload.ts';
import type { Evaluation, Wanted } from '#shared/simulation/side-by-side/evaluate-pattern.ts';
import type { ComparedPattern } from '#shared/simulation/side-by-side/pattern-sizes.ts';
import type { RunSeries, RunSummary } from '#shared/simulation/simulate.ts';

/** What is asked of a worker that simulates without anybody watching. */
export interface Jobs {
  /** What a file comes to on all of its seeds. */
  readonly summary: { readonly in: { readonly raw: unknown }; readonly out: RunSummary };
  /** A file on one seed over time. */
  readonly series: { readonly in: { readonly raw: unknown; readonly seed: number }; readonly out: RunSeries };
  readonly pattern: {
    readonly in: {
      readonly pattern: ComparedPattern;
      readonly workload: CommonWorkload;
      readonly wanted: Wanted;
    };
    readonly out: Evaluation;
  };
}
export type JobKind = keyof Jobs;

export type Job = { readonly [K in JobKind]: { readonly kind: K } & Jobs[K]['in'] }[JobKind];

export type Reply =
  | { readonly ok: true; readonly value: Jobs[JobKind]['out'] }
  | { readonly ok: false; readonly message: string };
