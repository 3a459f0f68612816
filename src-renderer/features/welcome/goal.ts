import type { MessageKey } from '../../i18n/i18n.svelte.ts';
import { fromDateField, latestDays } from '../../state/civil-day.ts';
import { studyDayAt } from '../../state/study-day.ts';

/** What a new learner is here for. */
export interface Goal {
  kind: 'interview' | 'own-pace';
  /** Of the interview, as a date field has it; '' for none. */
  date: string;
  name: string;
  /** New questions that a day brings at most. */
  newPerDay: number;
}

/** New questions a day to choose from; each brings about ten reviews over the next months. */
export const paces = [
  { id: 'light', newPerDay: 5 },
  { id: 'steady', newPerDay: 15 },
  { id: 'intense', newPerDay: 30 },
] as const;

/** What is wrong with the date of the interview; null where it can be planned for. */
export function dateProblem({ kind, date }: Goal): MessageKey | null {
  if (kind === 'own-pace') return null;
  const day = fromDateField(date);
  const today = studyDayAt(Date.now());
  if (day === null) return 'interview.dateMissing';
  if (day < today) return 'interview.datePast';
  return day > today + latestDays ? 'interview.dateFar' : null;
}
