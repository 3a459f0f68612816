import type { ListedField } from '#shared/simulation/field.ts';
import { fieldText, hasMessage, i18n, loadFieldTexts, t } from '../../../i18n/i18n.svelte.ts';
import { formatNumber } from '../../../i18n/format.svelte.ts';

// Where they cannot be had, the English ones stand in their place, marked as such.
await loadFieldTexts();

/** A text, and its language where it is not the learner's. */
export interface Words {
  readonly text: string;
  readonly lang?: string;
}

/**
 * What a schema says in English, in the learner's language. Sources are quoted as they are called; only what is assumed and
 * why is prose.
 */
export function wordsOf(english: string): Words {
  if (i18n.language === 'en') return { text: english };
  const translated = fieldText(english);
  return translated === undefined ? { text: english, lang: 'en' } : { text: translated };
}

/** A choice in words; names of products and types stand for themselves. */
export function choiceName(value: string): string {
  const key = `choice.${value.replaceAll('.', '-')}`;
  return hasMessage(key) ? t(key) : value;
}

export function unitName(unit: string | null): string {
  return unit === null || unit === '1' ? '' : unit;
}

const number = (value: number): string => formatNumber(value, { maximumFractionDigits: 10 });

/** A number of a field with its unit. */
export function numberInWords(field: ListedField, value: number): string {
  return `${number(value)} ${unitName(field.unit)}`.trim();
}

/** A value of a field in words. */
export function valueInWords(field: ListedField, value: unknown): string {
  if (typeof value === 'number') return numberInWords(field, value);
  if (typeof value === 'boolean') return t(value ? 'sim.on' : 'sim.off');
  return typeof value === 'string' ? choiceName(value) : t('workbench.notSet');
}

/** What may be typed, such as `1 to 64 GiB`; nothing for what is chosen. */
export function rangeOf(field: ListedField): string {
  const { min, max, aboveMin } = field;
  const unit = unitName(field.unit);
  if (max === null) return '';
  const from = number(min ?? 0);
  return t(aboveMin ? 'workbench.rangeAbove' : 'workbench.range', { from, to: number(max), unit }).trim();
}

/** The default in words. */
export function defaultOf(field: ListedField): string {
  const { default: value } = field;
  if (['number', 'boolean', 'string'].includes(typeof value))
    return t('workbench.default', { value: valueInWords(field, value) });
  return field.optional ? t('workbench.unset') : '';
}
