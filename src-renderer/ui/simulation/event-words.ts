import type { NotableEvent } from '#shared/simulation/simulate.ts';
import { hasMessage, t } from '../../i18n/i18n.svelte.ts';
import { formatNumber } from '../../i18n/format.svelte.ts';
import { displayName } from './names.ts';

/** What it happened to. Of the run as a whole there is nothing to say. */
export function subjectName({ subject }: NotableEvent): string {
  if (subject === 'run') return '';
  // Most groups have one process: the group says it all.
  const places = subject.split('/').filter((place) => place !== 'process-1');
  return places.map(displayName).join(' · ');
}

/** What belongs to an event besides its subject: from how many to how many, how often, how long. */
export function eventDetail({ kind, detail }: NotableEvent): string {
  const fault = detail['fault'];
  const faultKey = `choice.${String(fault)}`;
  if (fault !== undefined && hasMessage(faultKey)) return t(faultKey);
  const key = `eventDetail.${kind}`;
  if (!hasMessage(key)) return '';
  const words = Object.entries(detail).map(([name, value]) => [
    name,
    typeof value === 'number' ? formatNumber(value, { maximumFractionDigits: 1 }) : displayName(value),
  ]);
  return t(key, Object.fromEntries(words) as Record<string, string>);
}
