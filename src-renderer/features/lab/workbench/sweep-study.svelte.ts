import type { ListedField } from '#shared/simulation/field.ts';
import type { Problem, RunSummary } from '#shared/simulation/simulate.ts';
import { spacedValues, sweepPoints, type Spacing, type SweepPoint } from '#shared/simulation/sweep.ts';
import { BatchRun } from '../batch/batch-run.svelte.ts';
import type { DraftFile } from './edit-file.ts';
import type { SweepQuestion } from './sweep-question.ts';
import { suggestedSpan, type TypedSpan } from './sweep-span.ts';

/** What came out at one value of the parameter. */
export interface SweepResult {
  readonly value: number;
  readonly summary: RunSummary;
}

/** One parameter that takes one value after the other, and what comes out. */
export class SweepStudy {
  from = $state(1);
  to = $state(10);
  count = $state(9);
  spacing = $state<Spacing>('linear');
  results = $state.raw<readonly SweepResult[]>([]);
  /** What the results, or the problem, are of. */
  asked = $state.raw<SweepQuestion | null>(null);
  /** What keeps a point from running. */
  problem = $state.raw<{ readonly value: number; readonly problems: readonly Problem[] } | null>(null);
  readonly batch = new BatchRun();

  /** What is typed. */
  get span(): TypedSpan {
    const { from, to, count, spacing } = this;
    return { from, to, count, spacing };
  }

  /** A span about the value that a field has. */
  suggest(field: ListedField, file: DraftFile): void {
    Object.assign(this, suggestedSpan(field, file));
  }

  /** Sweeps what is typed, which must be a span of the field. */
  async run(field: ListedField, file: DraftFile): Promise<void> {
    const { span } = this;
    const values = spacedValues({ ...span, whole: field.kind === 'integer' });
    const found = sweepPoints(file, [{ path: field.path, values }]);
    this.asked = { file, field, span };
    this.results = [];
    this.problem = found.ok ? null : { value: found.values[0] ?? 0, problems: found.problems };
    if (!found.ok) {
      this.batch.clear();
      return;
    }
    await this.batch.start(
      'summary',
      found.points,
      ({ contenders }: SweepPoint) => ({ raw: contenders[0]?.file }),
      ({ values: [value = 0] }, summary) => {
        this.results = [...this.results, { value, summary }].sort((a, b) => a.value - b.value);
      },
    );
  }
}
