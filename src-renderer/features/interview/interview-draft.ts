import type { Input, LessonSummary, PlannedInterview } from '#shared/contract/contract.ts';
import type { MessageKey } from '../../i18n/i18n.svelte.ts';
import { fromDateField, latestDays, toDateField } from '../../state/civil-day.ts';

/** An interview as it is being filled in. */
export interface InterviewDraft {
  readonly id: string;
  name: string;
  /** As a date field has it, '' for none. */
  date: string;
  lessonIds: string[];
  targetPercent: number;
}

export type DraftField = 'name' | 'date' | 'lessons';

export const targets = { least: 70, most: 97, usual: 90 } as const;

/** @param interview the one to change; null for a new one, which asks for all lessons */
export function draftOf(
  interview: PlannedInterview | null,
  lessons: readonly LessonSummary[],
): InterviewDraft {
  const wanted = interview?.lessonIds ?? [];
  return {
    id: interview?.id ?? crypto.randomUUID(),
    name: interview?.name ?? '',
    date: interview ? toDateField(interview.day) : '',
    // A lesson that an update of the pack took away is asked for no more.
    lessonIds: lessons.filter(({ id }) => wanted.length === 0 || wanted.includes(id)).map(({ id }) => id),
    targetPercent: interview ? Math.round(interview.target * 100) : targets.usual,
  };
}

/** What is wrong, by field; nothing where it can be saved. */
export function problemsOf(draft: InterviewDraft, today: number): Partial<Record<DraftField, MessageKey>> {
  const day = fromDateField(draft.date);
  return {
    ...(draft.name.trim() === '' ? { name: 'interview.nameMissing' as const } : {}),
    ...(day === null
      ? { date: 'interview.dateMissing' as const }
      : day < today
        ? { date: 'interview.datePast' as const }
        : day > today + latestDays
          ? { date: 'interview.dateFar' as const }
          : {}),
    ...(draft.lessonIds.length === 0 ? { lessons: 'interview.lessonsMissing' as const } : {}),
  };
}

/** What is sent. All lessons are sent as none, so that those that come later belong to it as well. */
export function inputOf(draft: InterviewDraft, lessons: readonly LessonSummary[]): Input<'interview.save'> {
  const all = lessons.every(({ id }) => draft.lessonIds.includes(id));
  return {
    id: draft.id,
    name: draft.name.trim(),
    day: fromDateField(draft.date) ?? 0,
    lessonIds: all ? [] : lessons.filter(({ id }) => draft.lessonIds.includes(id)).map(({ id }) => id),
    target: draft.targetPercent / 100,
  };
}
