import {
  commonWorkloadSchema,
  type CommonWorkload,
} from '#shared/simulation/side-by-side/common-workload.ts';
import { listFields } from '#shared/simulation/field.ts';
import type { Criterion } from '#shared/simulation/side-by-side/winners.ts';
import type { AxisName } from './axes.ts';
import { SideBySide, WinnerMap } from './evaluations.svelte.ts';

export const workloadFields = listFields(commonWorkloadSchema, 'compare');

/** A workload as it is typed. */
type DraftWorkload = { -readonly [K in keyof CommonWorkload]: CommonWorkload[K] };

class ComparisonState {
  workload = $state<DraftWorkload>(commonWorkloadSchema.parse({}));
  across = $state<AxisName>('perSecond');
  up = $state<AxisName>('burstiness');
  criterion = $state<Criterion>('cost');
  readonly sideBySide = new SideBySide();
  readonly map = new WinnerMap();

  /** The workload, where it is one. */
  get checked(): CommonWorkload | null {
    const parsed = commonWorkloadSchema.safeParse($state.snapshot(this.workload));
    return parsed.success ? parsed.data : null;
  }

  reset(): void {
    this.workload = commonWorkloadSchema.parse({});
  }
}

/** Kept while the app is open, with what was measured. */
export const comparison = new ComparisonState();
