import type { TopologySnapshot } from '#shared/simulation/simulate.ts';
import { isDefective, waitingOf } from './group-words.ts';
import { shareToShow } from './scene.ts';

/** Marks of the picture, in the order in which they are explained. */
export const marks = [
  'working',
  'waiting',
  'memory',
  'cpu',
  'free',
  'torn',
  'os',
  'shared',
  'throttled',
  'leak',
  'coldStart',
  'pulling',
  'starting',
  'draining',
  'paused',
  'killed',
  'restarting',
  'version',
  'defective',
  'provisioned',
  'hostStarting',
  'hostDraining',
  'hostDown',
] as const;
export type Mark = (typeof marks)[number];

/** Only what is on show now is explained. */
export function marksOn({ hosts, waiting }: TopologySnapshot): readonly Mark[] {
  const seen = new Set<Mark>(['working']);
  const add = (mark: Mark, isThere: boolean) => {
    if (isThere) seen.add(mark);
  };
  for (const host of hosts) {
    add('free', host.memoryMiB !== null && !host.elastic);
    add('os', host.osMiB > 0);
    add('hostStarting', host.state === 'starting');
    add('hostDraining', host.state === 'draining');
    add('hostDown', host.state === 'down');
    for (const group of host.groups) {
      add('waiting', waitingOf(group) > 0);
      add('memory', group.reservedMiB > 0);
      add('cpu', true);
      add('shared', group.kind === 'process-group');
      add('throttled', group.throttled);
      add('leak', group.leakedMiB >= 1);
      add('provisioned', group.provisioned === true);
      add('defective', isDefective(group));
      add(
        'version',
        group.instances.some(({ version }) => version !== null && version > 1),
      );
      if (group.state === 'starting')
        add(
          group.startsBy === 'cold-start' ? 'coldStart' : group.startsBy === 'pull' ? 'pulling' : 'starting',
          true,
        );
      else if (group.state !== 'running') add(group.state, true);
    }
  }
  add('waiting', waiting > 0);
  add('torn', shareToShow(hosts) < 1);
  return marks.filter((mark) => seen.has(mark));
}
