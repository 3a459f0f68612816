import { patterns, type ComparedPattern } from '#shared/simulation/side-by-side/pattern-sizes.ts';
import { type Criterion, criterionValue } from '#shared/simulation/side-by-side/winners.ts';
import { t, text } from '../../../i18n/i18n.svelte.ts';
import type { ChartTable } from '../../../ui/charts/chart-table.ts';
import { unitName } from '../workbench/field-words.ts';
import type { AxisName } from './axes.ts';
import { workloadFields } from './compare-state.svelte.ts';
import type { Cell, MapOf } from './evaluations.svelte.ts';
import { patternName, patternNames } from './measure-words.ts';

/** A cell with who wins there; null while that is not known. */
export interface DecidedCell extends Cell {
  readonly winners: readonly ComparedPattern[] | null;
}

/** What a parameter of the workload is called, with its unit. */
export function axisName(name: AxisName): string {
  const field = workloadFields.find(({ path }) => path.endsWith(`.${name}`));
  if (!field) return name;
  const unit = unitName(field.unit);
  return unit ? t('sweep.withUnit', { name: text(field.label), unit }) : text(field.label);
}

/** Who wins a cell, in words. */
export function winnerInWords(winners: readonly ComparedPattern[]): string {
  return winners.length === 0 ? t('compare.map.nobody') : patternNames(winners);
}

/** The map in numbers: each cell with its winners, and all patterns by the criterion. */
export function mapTable(
  { across, up }: MapOf,
  cells: readonly DecidedCell[],
  criterion: Criterion,
): ChartTable {
  return {
    columns: [
      { label: axisName(across), kind: 'measure' },
      { label: axisName(up), kind: 'measure' },
      { label: t('compare.map.winner'), kind: 'text' },
      ...patterns.map((pattern) => ({
        label: t('compare.map.valueOf', {
          pattern: patternName(pattern),
          criterion: t(`compare.value.${criterion}`),
        }),
        kind: 'measure' as const,
      })),
    ],
    rows: cells.map((cell) => [
      cell.across,
      cell.up,
      cell.winners && winnerInWords(cell.winners),
      ...patterns.map((pattern) => {
        const result = cell.results.find((one) => one.pattern === pattern);
        return result ? criterionValue(result, criterion) : null;
      }),
    ]),
  };
}
