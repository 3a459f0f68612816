import type { GroupSnapshot, HostSnapshot } from '#shared/simulation/simulate.ts';
import { t } from '../../../i18n/i18n.svelte.ts';
import { displayName } from '../names.ts';

/** What a group is called: by the service it answers for, where that is one. */
export function groupName({ id, kind, instances }: GroupSnapshot): string {
  if (kind === 'process-group') return t('sim.sharedProcess');
  if (kind === 'pod') return displayName(id);
  return displayName(instances[0]?.service ?? id);
}

/** In a word, with the reason where it starts for more than a start; empty for one that simply runs. */
export function groupState({ state, startsBy }: GroupSnapshot): string {
  if (state === 'running') return '';
  if (state === 'starting' && startsBy === 'pull') return t('topology.pulling');
  if (state === 'starting' && startsBy === 'cold-start') return t('topology.coldStart');
  return t(`sim.state.${state}`);
}

export function hostState({ state, elastic }: HostSnapshot): string {
  if (state === 'up') return '';
  return state === 'starting' && !elastic ? t('topology.booting') : t(`sim.hostState.${state}`);
}

/** Versions of a group, where they are told apart from the first: "v2", or "v1 v2" in a shared process. */
export function versionsOf({ instances }: GroupSnapshot): string {
  const versions = [...new Set(instances.map(({ version }) => version ?? 1))].sort((a, b) => a - b);
  return versions.map((version) => t('topology.version', { version })).join(' ');
}

export const isDefective = ({ instances }: GroupSnapshot): boolean =>
  instances.some(({ defective }) => defective);

export const busyOf = ({ instances }: GroupSnapshot): number =>
  instances.reduce((sum, { busy }) => sum + busy, 0);

export const waitingOf = ({ instances }: GroupSnapshot): number =>
  instances.reduce((sum, { waiting }) => sum + waiting, 0);

/** Requests that wait, but at no instance. */
export const waitingAtDoor = (waiting: number, hosts: readonly HostSnapshot[]): number =>
  Math.max(
    0,
    waiting -
      hosts.reduce((sum, { groups }) => sum + groups.reduce((more, group) => more + waitingOf(group), 0), 0),
  );
