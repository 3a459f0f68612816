import { studyDay } from '#shared/study/study-day.ts';
import { settings } from './settings.svelte.ts';

/** Number of the study day that an instant (epoch milliseconds) lies in, by the learner's clock and start of the day. */
export function studyDayAt(at: number): number {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return studyDay(at, { timeZone, dayStartHour: settings.value?.dayStartHour ?? 0 });
}
