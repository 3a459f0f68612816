import { valueAt } from '#shared/simulation/apply-changes.ts';
import type { ListedField } from '#shared/simulation/field.ts';
import type { Problem, RunSummary } from '#shared/simulation/simulate.ts';
import { spacedValues, sweepPoints, type Spacing, type SweepPoint } from '#shared/simulation/sweep.ts';
import { BatchRun } from '../batch/batch-run.svelte.ts';
import type { DraftFile } from './edit-file.ts';
import { sliderStops } from './slider-stops.ts';
import { usualValue } from './starting-values.ts';

/** What came out at one value of the parameter. */
export interface SweepResult {
  readonly value: number;
  readonly summary: RunSummary;
}

/** The most points of a curve, and of the seeds of each. */
export const mostPoints = 50;

/** One parameter that takes one value after the other, and what comes out. */
export class SweepStudy {
  from = $state(1);
  to = $state(10);
  count = $state(9);
  spacing = $state<Spacing>('linear');
  results = $state.raw<readonly SweepResult[]>([]);
  /** Where the results are of. */
  field = $state.raw<ListedField | null>(null);
  /** How the points of the results lie. */
  drawn = $state<Spacing>('linear');
  /** What keeps a point from running. */
  problem = $state.raw<{ readonly value: number; readonly problems: readonly Problem[] } | null>(null);
  readonly batch = new BatchRun();

  /** A span about the value that a field has. */
  suggest(field: ListedField, file: DraftFile): void {
    const stops = sliderStops(field);
    const value = Number(valueAt(file, field.path) ?? usualValue(field)) || usualValue(field);
    const within = stops.filter((stop) => stop >= value / 4 && stop <= value * 4);
    this.from = within[0] ?? value / 4;
    this.to = within.at(-1) ?? value * 4;
    if (this.from === this.to) this.to = this.from * 4;
    this.spacing = this.from > 0 && this.to / this.from >= 20 ? 'logarithmic' : 'linear';
  }

  get isSpan(): boolean {
    const { from, to, count, spacing } = this;
    return (
      Number.isFinite(from) &&
      Number.isFinite(to) &&
      from < to &&
      Number.isInteger(count) &&
      count >= 2 &&
      count <= mostPoints &&
      (spacing === 'linear' || from > 0)
    );
  }

  async run(field: ListedField, file: DraftFile): Promise<void> {
    const { from, to, count, spacing } = this;
    const values = spacedValues({ from, to, count, spacing, whole: field.kind === 'integer' });
    const found = sweepPoints(file, [{ path: field.path, values }]);
    this.problem = found.ok ? null : { value: found.values[0] ?? 0, problems: found.problems };
    if (!found.ok) return;
    this.field = field;
    this.drawn = spacing;
    this.results = [];
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
