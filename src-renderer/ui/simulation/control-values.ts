import type { Control } from '#shared/pack/schema.ts';
import { t, text } from '../../i18n/i18n.svelte.ts';
import { formatNumber } from '../../i18n/format.svelte.ts';
import type { Changes } from './simulation-run.svelte.ts';

type Value = Changes[string];

/** A control's value in words: the option's label, on or off, or the number with its unit. */
export function valueInWords(control: Control | undefined, value: Value): string {
  const option =
    control?.kind === 'choice' ? control.options.find((candidate) => candidate.value === value) : undefined;
  if (option) return text(option.label);
  if (typeof value === 'boolean') return t(value ? 'sim.on' : 'sim.off');
  if (typeof value === 'string') return value;
  const number = formatNumber(value, { maximumFractionDigits: 6 });
  return control?.kind === 'number' && control.unit ? `${number} ${text(control.unit)}` : number;
}

/** What is changed, in the words of the controls; a path that has no control any more stands for itself. */
export function changesInWords(
  controls: readonly Control[],
  changes: Readonly<Changes>,
): { path: string; name: string; value: string }[] {
  return Object.entries(changes).map(([path, value]) => {
    const control = controls.find((candidate) => candidate.path === path);
    return { path, name: control ? text(control.label) : path, value: valueInWords(control, value) };
  });
}

function allows(control: Control, value: Value): boolean {
  switch (control.kind) {
    case 'number':
      return typeof value === 'number' && value >= control.min && value <= control.max;
    case 'choice':
      return control.options.some((option) => option.value === value);
    case 'toggle':
      return typeof value === 'boolean';
  }
}

/** Of changes that were kept, those the controls still allow: the scenario may have become another since. */
export function allowedChanges(controls: readonly Control[], changes: Readonly<Changes>): Changes {
  return Object.fromEntries(
    Object.entries(changes).filter(([path, value]) =>
      controls.some((control) => control.path === path && allows(control, value)),
    ),
  );
}
