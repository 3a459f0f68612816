import type { Settings } from '#shared/contract/settings.ts';
import {
  actionId,
  actionsOf,
  alternativesOf,
  collide,
  defaultKeys,
  keyPlaces,
  meet,
  type Action,
  type KeyPlace,
} from '../../state/key-table.ts';

export interface Named {
  readonly place: KeyPlace;
  readonly action: Action;
}

type Keys = Settings['keys'];

export const keysIn = (keys: Keys, { place, action }: Named): string =>
  keys[actionId(place, action)] ?? defaultKeys(place, action);

export const isOwn = (keys: Keys, { place, action }: Named): boolean =>
  Object.hasOwn(keys, actionId(place, action));

/**
 * The action that has these keys already where both could be meant: in the same place, or one of them everywhere. Actions that
 * share keys from the start are never there at the same time, such as revealing and grading.
 */
export function rivalOf(keys: Keys, asked: Named, wanted: string): Named | null {
  for (const place of keyPlaces) {
    if (!meet(place, asked.place)) continue;
    for (const action of actionsOf(place)) {
      if (place === asked.place && action === asked.action) continue;
      const taken = alternativesOf(keysIn(keys, { place, action }));
      if (
        taken.some((alternative) => collide(alternative, wanted)) &&
        !shareFromTheStart(asked, { place, action })
      )
        return { place, action };
    }
  }
  return null;
}

function shareFromTheStart(one: Named, other: Named): boolean {
  const others = alternativesOf(defaultKeys(other.place, other.action));
  return alternativesOf(defaultKeys(one.place, one.action)).some((key) =>
    others.some((taken) => collide(key, taken)),
  );
}

/** The setting with other keys for an action; its own from the start are no entry. */
export function withKeys(keys: Keys, { place, action }: Named, wanted: string): Keys {
  const id = actionId(place, action);
  const { [id]: _, ...rest } = keys;
  return wanted === defaultKeys(place, action) ? rest : { ...rest, [id]: wanted };
}

/** The setting with one alternative taken away from an action. */
export function withoutKey(keys: Keys, named: Named, taken: string): Keys {
  const left = alternativesOf(keysIn(keys, named)).filter((alternative) => !collide(alternative, taken));
  return withKeys(keys, named, left.join(' or '));
}
