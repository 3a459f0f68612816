import { valueAt } from '#shared/simulation/apply-changes.ts';
import type { ListedField } from '#shared/simulation/field.ts';
import { t, text } from '../../../i18n/i18n.svelte.ts';
import { applies, isChanged, type DraftFile } from './edit-file.ts';
import { choiceName, valueInWords } from './field-words.ts';
import { parametersOf, runFields, serviceFields } from './parameters.ts';
import { platformKindOf } from './platform-kinds.ts';
import { firstName, startingFile } from './starting-file.ts';

const start = startingFile();

/** Every parameter that counts in a file as it is, those of items of lists left out. */
export function fieldsOf(file: DraftFile): ListedField[] {
  const kind = platformKindOf(String(valueAt(file, 'platform.kind')));
  const family = valueAt(file, 'workload.services[0].name');
  const ofPlatform = (kind ? parametersOf(kind) : []).map((field) => ({
    ...field,
    path: field.path.replace('.*', `.${typeof family === 'string' ? family : firstName}`),
  }));
  return [...serviceFields, ...ofPlatform, ...runFields].filter(
    (field) => !field.path.includes('[]') && applies(field, file),
  );
}

/** What a file has that the start has not, in words: `Servers: 3`. */
export function whatChanged(file: DraftFile): string[] {
  const changed = fieldsOf(file)
    .filter((field) => isChanged(field, file, start))
    .map((field) =>
      t('labRun.change', {
        name: text(field.label),
        value: valueInWords(field, valueAt(file, field.path) ?? field.default),
      }),
    );
  const faults = valueAt(file, 'faults');
  const kinds = Array.isArray(faults) ? faults.map((_, i) => String(valueAt(file, `faults[${i}].kind`))) : [];
  const deployments = valueAt(file, 'deployments');
  const count = Array.isArray(deployments) ? deployments.length : 0;
  const name = (list: 'faults' | 'deployments') => t(`workbench.group.${list}`);
  return [
    ...changed,
    ...(kinds.length > 0
      ? [t('labRun.change', { name: name('faults'), value: kinds.map(choiceName).join(t('labRun.and')) })]
      : []),
    ...(count > 0 ? [t('labRun.change', { name: name('deployments'), value: String(count) })] : []),
  ];
}
