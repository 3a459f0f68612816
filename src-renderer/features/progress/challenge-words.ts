import type { ScenarioRecord } from '#shared/contract/contract.ts';
import { formatCount } from '../../i18n/format.svelte.ts';
import { t } from '../../i18n/i18n.svelte.ts';
import { bestInWords } from '../../ui/simulation/margin-words.ts';

/** Whether a challenge was met, in how many attempts so far, and how well. */
export function challengeInWords(challenge: ScenarioRecord): string {
  const { state, attempts, bestMargin } = challenge;
  if (state === 'untried') return t('challenges.untried');
  const values = { count: attempts, number: formatCount(attempts) };
  const words = state === 'met' ? t('challenges.metIn', values) : t('challenges.triedIn', values);
  return bestMargin === null ? words : `${words} · ${bestInWords(challenge)}`;
}
