import type { CommonWorkload } from '#shared/simulation/side-by-side/common-workload.ts';
import type { Evaluation, Measured } from '#shared/simulation/side-by-side/evaluate-pattern.ts';
import type { ComparedPattern } from '#shared/simulation/side-by-side/pattern-sizes.ts';
import type { Measure } from '#shared/simulation/side-by-side/winners.ts';
import { i18n, t } from '../../../i18n/i18n.svelte.ts';
import { formatNumber } from '../../../i18n/format.svelte.ts';
import { formatMetric } from '../../../ui/simulation/names.ts';

const times = (value: number): string =>
  t('compare.times', { factor: formatNumber(value, { maximumFractionDigits: value < 10 ? 2 : 0 }) });
const dollars = (value: number): string =>
  formatNumber(value, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    maximumFractionDigits: value < 10 ? 2 : 0,
    minimumFractionDigits: 0,
  });

/** A value of a measure with its unit. */
export function valueInWords(measure: Measure, value: number): string {
  switch (measure) {
    case 'p50Ms':
    case 'p99Ms':
      return formatMetric('latencyMs.p99', value);
    case 'costPerMonthUsd':
      return dollars(value);
    case 'slowdown':
      return times(value);
    case 'leadSeconds':
      return formatMetric('deploy.leadSeconds', value);
    case 'utilisation':
      return formatMetric('utilisation', value);
  }
}

/** How far a measured value may be off; nothing where that is not told or does not matter. */
export function marginInWords(measure: Measure, { mean, ci95 }: Measured): string {
  return ci95 === null || ci95 < mean * 0.01
    ? ''
    : t('compare.margin', { margin: valueInWords(measure, ci95) });
}

/** What was measured, with how far it may be off where several seeds tell. */
export function measuredInWords(measure: Measure, measured: Measured | null): string {
  if (!measured) return '–';
  return `${valueInWords(measure, measured.mean)} ${marginInWords(measure, measured)}`.trim();
}

/** How a pattern was sized. */
export function sizeInWords({ pattern, size }: Evaluation, { services }: CommonWorkload): string {
  const { steps, machine, machines, memoryMiB, provisioned } = size;
  if (pattern === 'serverless')
    return provisioned
      ? t('compare.size.provisioned', { memory: formatNumber(memoryMiB ?? 0), count: provisioned })
      : t('compare.size.serverless', { memory: formatNumber(memoryMiB ?? 0) });
  const options = { steps: formatNumber(steps), machine, machines: formatNumber(machines ?? 0) };
  return pattern === 'vm' && services === 1
    ? t('compare.size.oneVm', options)
    : t(`compare.size.${pattern}`, options);
}

export const patternName = (pattern: ComparedPattern): string => t(`platform.${pattern}`);

/** Several patterns in a row: `Monolith and Containers`. */
export function patternNames(patterns: readonly ComparedPattern[]): string {
  return new Intl.ListFormat(i18n.language, { type: 'conjunction' }).format(patterns.map(patternName));
}
