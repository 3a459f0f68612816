import { tick } from 'svelte';
import type { MessageKey } from '../i18n/i18n.svelte.ts';

/** A setting as it can be searched for and led to, at `#/settings/<name>`. */
export interface SettingPlace {
  readonly name: string;
  readonly label: MessageKey;
  readonly hint?: MessageKey;
  /** The part of the screen that it is in. */
  readonly section: MessageKey;
  /** What may be chosen, to be found by it too. */
  readonly choices?: readonly MessageKey[];
}

const look = 'settings.look';
const study = 'settings.study';
const spread = 'settings.spread';

/** Every setting, in the order of the screen. The element of each has the id `setting-<name>`. */
export const settingPlaces: readonly SettingPlace[] = [
  { name: 'language', label: 'settings.language', section: look, choices: ['palette.languages'] },
  {
    name: 'theme',
    label: 'settings.theme',
    section: look,
    choices: ['settings.asSystem', 'settings.light', 'settings.dark'],
  },
  {
    name: 'contrast',
    label: 'look.contrast',
    section: look,
    choices: ['settings.asSystem', 'look.normal', 'look.high'],
  },
  {
    name: 'density',
    label: 'look.density',
    section: look,
    choices: ['look.compact', 'look.comfortable', 'look.spacious'],
  },
  { name: 'text-size', label: 'settings.textSize', section: look },
  { name: 'day-start', label: 'settings.dayStart', hint: 'settings.dayStartHint', section: study },
  { name: 'new-per-day', label: 'settings.newPerDay', hint: 'settings.newPerDayHint', section: study },
  {
    name: 'reviews-per-day',
    label: 'settings.reviewsPerDay',
    hint: 'settings.reviewsPerDayHint',
    section: study,
  },
  { name: 'retention', label: 'settings.retention', hint: 'settings.retentionHint', section: study },
  { name: 'review-order', label: 'settings.order', section: study },
  { name: 'new-order', label: 'settings.newOrder', section: study },
  { name: 'new-mix', label: 'settings.mix', section: study },
  {
    name: 'bury-siblings',
    label: 'settings.burySiblings',
    hint: 'settings.burySiblingsHint',
    section: study,
  },
  { name: 'weekdays', label: 'settings.weekdays', hint: 'settings.weekdaysHint', section: spread },
  { name: 'balance', label: 'settings.balance', hint: 'settings.balanceHint', section: spread },
  { name: 'fuzz', label: 'settings.fuzz', hint: 'settings.fuzzHint', section: spread },
  { name: 'learning-steps', label: 'settings.learningSteps', hint: 'settings.stepsHint', section: spread },
  {
    name: 'relearning-steps',
    label: 'settings.relearningSteps',
    hint: 'settings.stepsHint',
    section: spread,
  },
  {
    name: 'maximum-interval',
    label: 'settings.maximumInterval',
    hint: 'settings.maximumIntervalHint',
    section: spread,
  },
  { name: 'fit', label: 'settings.fit', hint: 'settings.fitText', section: 'settings.title' },
  { name: 'single-keys', label: 'keys.single', hint: 'keys.singleHint', section: 'keys.title' },
  { name: 'keys', label: 'keys.title', hint: 'keys.changeHint', section: 'settings.title' },
  { name: 'data', label: 'settings.data', hint: 'settings.dataText', section: 'settings.title' },
  { name: 'content', label: 'settings.content', section: 'settings.title' },
];

const controls = 'input:checked, input:not([type=radio]), select, textarea, button, summary';

/** Brings the setting of an address into view, opens what it is folded into, and gives it the focus. */
export async function showSetting(name: string | null | undefined): Promise<void> {
  if (!name) return;
  await tick();
  const place = document.getElementById(`setting-${name}`);
  if (!place) return;
  const folded = place.closest('details');
  if (folded) folded.open = true;
  place.scrollIntoView({ block: 'center' });
  const control = place.querySelector<HTMLElement>(controls) ?? place;
  control.focus({ preventScroll: true });
}
