import { applyChanges, valueAt, type ChangedValue } from './apply-changes.ts';

/** As much of a scenario as it takes to configure its simulation. */
export interface Configurable {
  readonly simulation: Readonly<Record<string, unknown>>;
  readonly controls: readonly {
    readonly path: string;
    readonly when?: Readonly<Record<string, ChangedValue>> | undefined;
    readonly options?:
      | readonly {
          readonly value: ChangedValue;
          readonly is?: Readonly<Record<string, unknown>> | undefined;
        }[]
      | undefined;
  }[];
}

type Changes = Readonly<Record<string, ChangedValue>>;

/** What stands at a path as the learner chooses it: the name of an option, not the part of the file it stands for. */
const chosen = ({ simulation }: Configurable, changes: Changes, path: string): unknown =>
  changes[path] ?? valueAt(simulation, path);

/** Whether the options of a control stand for whole parts of the file. */
const isOfParts = ({ options }: Configurable['controls'][number]) => options?.some(({ is }) => is) === true;

/** Whether a control has a meaning while the others stand as they do. */
export function isActive(
  scenario: Configurable,
  control: Configurable['controls'][number],
  changes: Changes,
): boolean {
  return Object.entries(control.when ?? {}).every(
    ([path, value]) => chosen(scenario, changes, path) === value,
  );
}

/**
 * The simulation file of a scenario with some changes. Options that stand for a whole part of the file, such as one of
 * several platforms, take their place first; then all other changes are made, but not those of controls that have no
 * meaning with these options.
 *
 * @throws RangeError for a path that leads nowhere, or an option that is not there
 */
export function configure(scenario: Configurable, changes: Changes): unknown {
  let file: unknown = scenario.simulation;
  const parts = scenario.controls.filter(isOfParts);
  for (const { path, options } of parts) {
    const name = chosen(scenario, changes, path);
    const part = options?.find((option) => option.value === name)?.is;
    if (!part) throw new RangeError(`there is no option "${String(name)}" for ${path}`);
    file = applyChanges(file, { [path]: part });
  }
  const isPart = (path: string) => parts.some((control) => control.path === path);
  const rest = Object.entries(activeChanges(scenario, changes)).filter(([path]) => !isPart(path));
  return applyChanges(file, Object.fromEntries(rest));
}

/** What stands at the path of a control before the learner moves it, with the options that are chosen. */
export function startValueOf(
  scenario: Configurable,
  control: Configurable['controls'][number],
  changes: Changes,
): unknown {
  if (isOfParts(control)) return valueAt(scenario.simulation, control.path);
  const choices = scenario.controls
    .filter(isOfParts)
    .flatMap(({ path }) => (changes[path] === undefined ? [] : [[path, changes[path]] as const]));
  return valueAt(configure(scenario, Object.fromEntries(choices)), control.path);
}

/** Paths of the controls that have a meaning and stand elsewhere than at the start. */
export function changedPaths(scenario: Configurable, changes: Changes): string[] {
  return scenario.controls
    .filter(
      (control) =>
        changes[control.path] !== undefined &&
        isActive(scenario, control, changes) &&
        changes[control.path] !== startValueOf(scenario, control, changes),
    )
    .map(({ path }) => path);
}

/** Without the changes that have no meaning with the options that are chosen. */
export function activeChanges(scenario: Configurable, changes: Changes): Record<string, ChangedValue> {
  const active = (path: string) => {
    const controls = scenario.controls.filter((control) => control.path === path);
    return controls.length === 0 || controls.some((control) => isActive(scenario, control, changes));
  };
  return Object.fromEntries(Object.entries(changes).filter(([path]) => active(path)));
}

/** The values at which a control stands at the ends of its range: what somebody tries who pulls one lever. */
export function extremesOf(
  control:
    | { readonly kind: 'number'; readonly min: number; readonly max: number }
    | { readonly kind: 'choice'; readonly options: readonly { readonly value: ChangedValue }[] }
    | { readonly kind: 'toggle' },
): ChangedValue[] {
  switch (control.kind) {
    case 'number':
      return [control.min, control.max];
    case 'choice':
      return control.options.map(({ value }) => value);
    case 'toggle':
      return [true, false];
  }
}
