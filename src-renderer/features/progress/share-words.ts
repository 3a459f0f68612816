import type { ShareWithInterval } from '#shared/contract/contract.ts';
import { formatCount, formatPercent, formatPercentRange } from '../../i18n/format.svelte.ts';
import { t } from '../../i18n/i18n.svelte.ts';

/** Below so many answers a share is told with a warning. */
export const fewAnswers = 30;

/** A share with its interval and of how many answers it is. */
export function shareInWords({ n, share, low, high }: ShareWithInterval): string {
  if (n === 0) return t('progress.noAnswers');
  return t('progress.shareOf', {
    count: n,
    number: formatCount(n),
    share: formatPercent(share),
    range: formatPercentRange(low, high),
  });
}

/** Says of few answers that they prove little yet; '' of many. */
export function warningOfFew({ n, low, high }: ShareWithInterval): string {
  if (n >= fewAnswers) return '';
  return t('progress.few', { count: n, range: formatPercentRange(low, high) });
}

/** Sentences one after the other, as the language sets them. */
export function joined(...sentences: readonly (string | false)[]): string {
  return sentences
    .filter((sentence) => sentence !== false && sentence !== '')
    .reduce<string>((first, next) => (first ? t('format.sentences', { first, next }) : String(next)), '');
}
