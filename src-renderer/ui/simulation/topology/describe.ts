import type { GroupSnapshot, HostSnapshot, TopologySnapshot } from '#shared/simulation/simulate.ts';
import { formatNumber, formatPercent } from '../../../i18n/format.svelte.ts';
import { t } from '../../../i18n/i18n.svelte.ts';
import { eventDetail, subjectName } from '../event-words.ts';
import { displayName } from '../names.ts';
import type { Frame } from '../protocol.ts';
import { hostKey } from './flow.ts';
import {
  busyOf,
  groupName,
  groupState,
  hostState,
  isDefective,
  versionsOf,
  waitingOf,
} from './group-words.ts';

const mib = (value: number): string =>
  t('sim.mib', { value: formatNumber(value, { maximumFractionDigits: 0 }) });
const gib = (value: number): string => formatNumber(value / 1024, { maximumFractionDigits: 1 });
const cores = (value: number): string => formatNumber(value, { maximumFractionDigits: 2 });

/** A moment of the run, as it is written beside the clock. */
export function momentWords(atMs: number): string {
  return t('topology.moment', {
    seconds: formatNumber(atMs / 1000, { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
  });
}

/** The last notable event before a moment, with its time. */
export function eventWords({ lastEvent }: Pick<Frame, 'lastEvent'>): string {
  if (lastEvent === null) return '';
  const about = [subjectName(lastEvent), eventDetail(lastEvent)].filter((words) => words !== '').join(' · ');
  const values = { moment: momentWords(lastEvent.atMs), event: t(`event.${lastEvent.kind}`), about };
  return about === '' ? t('topology.eventAt', values) : t('topology.eventAbout', values);
}

/** The whole picture in a few sentences. */
export function summaryOf(snapshot: TopologySnapshot): string {
  const { hosts, counters, waiting, atMs } = snapshot;
  const groups = hosts.flatMap((host) => host.groups);
  const up = hosts.filter(({ state }) => state === 'up').length;
  const states = Object.entries(Object.groupBy(groups, ({ state }) => state)).map(([state, members]) =>
    t(`sim.stateCount.${state as GroupSnapshot['state']}`, { value: formatNumber(members.length) }),
  );
  const busy = groups.reduce((sum, group) => sum + busyOf(group), 0);
  return [
    t('topology.summary', {
      moment: momentWords(atMs),
      up: formatNumber(up),
      hosts: formatNumber(hosts.length),
      groups: states.length > 0 ? states.join(t('topology.listComma')) : t('topology.nothing'),
    }),
    t('topology.summaryRequests', {
      busy: formatNumber(busy),
      waiting: formatNumber(waiting),
      served: formatNumber(counters.served),
      failed: formatNumber(counters.lost + counters.failed),
    }),
  ].join(' ');
}

export interface Fact {
  readonly name: string;
  readonly value: string;
}

/** What is to be said of a machine, in order. */
export function hostFacts(host: HostSnapshot): readonly Fact[] {
  const { busyCores, memoryMiB, memoryUsedMiB, osMiB, elastic } = host;
  const state = hostState(host);
  return [
    { name: t('topology.state'), value: state === '' ? t('topology.up') : state },
    {
      name: t('topology.cpu'),
      value: `${t('sim.coresBusy', { busy: cores(busyCores), cores: formatNumber(host.cores) })} (${formatPercent(host.cpuUtilisation)})`,
    },
    ...(memoryMiB === null
      ? []
      : [
          {
            name: t('topology.memory'),
            value: elastic
              ? mib(memoryUsedMiB ?? 0)
              : t('sim.memoryUsed', { used: gib(memoryUsedMiB ?? 0), all: gib(memoryMiB) }),
          },
        ]),
    ...(osMiB > 0
      ? [
          {
            name: t(host.groups.some(({ kind }) => kind === 'vm') ? 'topology.guestOs' : 'topology.os'),
            value: mib(osMiB),
          },
        ]
      : []),
  ];
}

export function cpuOf({ cpuCores, cpuLimitCores }: GroupSnapshot): string {
  return cpuLimitCores === null
    ? cores(cpuCores)
    : t('topology.ofLimit', { value: cores(cpuCores), limit: cores(cpuLimitCores) });
}

export function memoryOf({ memoryMiB, memoryLimitMiB }: GroupSnapshot): string {
  return memoryLimitMiB === null
    ? mib(memoryMiB)
    : t('topology.ofLimit', {
        value: formatNumber(memoryMiB, { maximumFractionDigits: 0 }),
        limit: mib(memoryLimitMiB),
      });
}

export const stateOf = (group: GroupSnapshot): string => groupState(group) || t('sim.state.running');

/** What is to be said of a group, in order. */
export function groupFacts(group: GroupSnapshot): readonly Fact[] {
  const { leakedMiB, throttled, provisioned } = group;
  const services = [...new Set(group.instances.map(({ service }) => service))].filter(
    (name) => name !== null,
  );
  const named =
    services.length > 0 &&
    (group.kind === 'process-group' || group.kind === 'environment' || group.kind === 'pod');
  const versioned = group.instances.some(({ version }) => version !== null);
  return [
    { name: t('topology.state'), value: stateOf(group) },
    ...(named ? [{ name: t('topology.services'), value: services.join(t('topology.listComma')) }] : []),
    { name: t('topology.working'), value: formatNumber(busyOf(group)) },
    { name: t('topology.waiting'), value: formatNumber(waitingOf(group)) },
    {
      name: t('topology.cpu'),
      value: cpuOf(group) + (throttled ? t('topology.inBrackets', { words: t('topology.throttled') }) : ''),
    },
    ...(group.reservedMiB > 0
      ? [
          { name: t('topology.memory'), value: memoryOf(group) },
          { name: t('topology.reserved'), value: mib(group.reservedMiB) },
        ]
      : []),
    ...(leakedMiB >= 0.5 ? [{ name: t('topology.leaked'), value: mib(leakedMiB) }] : []),
    ...(versioned
      ? [
          {
            name: t('topology.versionName'),
            value:
              versionsOf(group) +
              (isDefective(group) ? t('topology.inBrackets', { words: t('topology.defective') }) : ''),
          },
        ]
      : []),
    ...(provisioned ? [{ name: t('topology.kept'), value: t('topology.provisioned') }] : []),
  ];
}

/** What can be chosen in the picture, host after host, each before what is on it. */
export function choices({ hosts }: TopologySnapshot): readonly string[] {
  return hosts.flatMap((host) => [hostKey(host.id), ...host.groups.map(({ id }) => id)]);
}

/** Name and facts of what is chosen; null where it is no longer there. */
export function described(
  { hosts }: TopologySnapshot,
  chosen: string,
): { readonly name: string; readonly facts: readonly Fact[] } | null {
  for (const host of hosts) {
    if (hostKey(host.id) === chosen) return { name: displayName(host.id), facts: hostFacts(host) };
    const group = host.groups.find(({ id }) => id === chosen);
    if (group)
      return {
        name: t('topology.onHost', { name: groupName(group), host: displayName(host.id) }),
        facts: groupFacts(group),
      };
  }
  return null;
}
