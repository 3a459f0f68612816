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

/** An action that has keys already which another one is to have. */
export interface Rival extends Named {
  /** One alternative of them. */
  readonly key: string;
}

/**
 * The actions that have some of these keys (one or several alternatives) already where both could be meant: in the same place,
 * or one of them everywhere. Actions that share keys from the start are never there at the same time, such as revealing and grading.
 */
export function rivalsOf(keys: Keys, asked: Named, wanted: string): Rival[] {
  const others = keyPlaces
    .filter((place) => meet(place, asked.place))
    .flatMap((place) => actionsOf(place).map((action): Named => ({ place, action })))
    .filter((other) => other.place !== asked.place || other.action !== asked.action)
    .filter((other) => !shareFromTheStart(asked, other));
  return others.flatMap((other) => {
    const taken = alternativesOf(keysIn(keys, other));
    const key = alternativesOf(wanted).find((one) => taken.some((alternative) => collide(alternative, one)));
    return key === undefined ? [] : [{ ...other, key }];
  });
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

/** The setting with these keys (one or several alternatives) taken away from an action. */
export function withoutKeys(keys: Keys, named: Named, taken: string): Keys {
  const left = alternativesOf(keysIn(keys, named)).filter(
    (alternative) => !alternativesOf(taken).some((one) => collide(alternative, one)),
  );
  return withKeys(keys, named, left.join(' or '));
}
