import type { ScenarioRecord } from '#shared/contract/contract.ts';
import { t } from '../../i18n/i18n.svelte.ts';
import { formatNumber } from '../../i18n/format.svelte.ts';

/** How much room there was, or how much was missing: a share of what the goal nearest to failing asks for. */
export function marginInWords(margin: number): string {
  const percent = formatNumber(Math.abs(margin), {
    style: 'percent',
    maximumSignificantDigits: Math.abs(margin) < 0.1 ? 1 : 2,
  });
  if (margin === 0) return t('challenge.exactly');
  return t(margin > 0 ? 'challenge.toSpare' : 'challenge.short', { percent });
}

/** The best margin of a challenge that was tried, in words; of an older attempt it is not known. */
export function bestInWords({ isChallenge, attempts, bestMargin }: ScenarioRecord): string {
  if (!isChallenge || attempts === 0) return '';
  return bestMargin === null
    ? t('challenge.marginUnknown')
    : t('challenge.best', { margin: marginInWords(bestMargin) });
}
