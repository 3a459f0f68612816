import type { ChallengeProgress } from '#shared/contract/contract.ts';
import { formatCount } from '../../i18n/format.svelte.ts';
import { t } from '../../i18n/i18n.svelte.ts';

export type ChallengeState = 'untried' | 'tried' | 'met';

export function stateOf({ attempts, met }: ChallengeProgress): ChallengeState {
  if (met) return 'met';
  return attempts > 0 ? 'tried' : 'untried';
}

/** Whether a challenge was met, and in how many attempts so far. */
export function challengeInWords(challenge: ChallengeProgress): string {
  const state = stateOf(challenge);
  if (state === 'untried') return t('challenges.untried');
  const values = { count: challenge.attempts, number: formatCount(challenge.attempts) };
  return state === 'met' ? t('challenges.metIn', values) : t('challenges.triedIn', values);
}
