import { t } from '../../i18n/i18n.svelte.ts';

/** Periods to look back over, with their study days; `all` reaches further back than anybody has studied. */
export const periods = { '30': 30, '90': 90, '365': 365, all: 36_500 } as const;
export type Period = keyof typeof periods;

let chosen = $state<Period>('90');

/** The period that was chosen last, kept while the page is open. */
export const period = {
  get value(): Period {
    return chosen;
  },
  set value(value: Period) {
    chosen = value;
  },
  get days(): number {
    return periods[chosen];
  },
  /** The period in words. */
  get name(): string {
    return t(`progress.within.${chosen}`);
  },
};
