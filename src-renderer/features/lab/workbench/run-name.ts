import type { LabRun } from '#shared/contract/contract.ts';
import { formatDate } from '../../../i18n/format.svelte.ts';
import { hasMessage, t } from '../../../i18n/i18n.svelte.ts';

/** What a kept run is called as long as nobody has named it: its platform and when it was. */
export function unnamed({ platform, at }: LabRun): string {
  const key = `platform.${platform}`;
  return t('labRun.unnamed', { platform: hasMessage(key) ? t(key) : platform, when: formatDate(at) });
}

export const runName = (run: LabRun): string => run.name || unnamed(run);
