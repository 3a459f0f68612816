/** Weekday of a study day, Monday is 0: the first of 1970 was a Thursday. */
export const weekdayOf = (studyDay: number) => (((studyDay + 3) % 7) + 7) % 7;

/** The Monday of a study day's week. */
export const mondayOf = (studyDay: number) => studyDay - weekdayOf(studyDay);

/** How far ahead a day of rest can be planned here, in days. */
export const daysAhead = 28;

const weeksOfAYear = 53 + daysAhead / 7;

export interface CalendarFrame {
  /** Side of a day with the gap after it, pixels. */
  readonly pitch: number;
  /** Left of the first week, for the names of the weekdays. */
  readonly left: number;
  readonly weeks: number;
}

/** As many weeks as fit, up to a year and what can be planned; where few fit anyway, days are large enough for a finger. */
export function calendarFrame(width: number, rem: number): CalendarFrame {
  const left = 2.6 * rem;
  const room = width - left;
  const least = room < 34 * rem ? 1.5 * rem : 0.9 * rem;
  const pitch = Math.min(1.5 * rem, Math.max(least, room / weeksOfAYear));
  return { pitch, left, weeks: Math.max(4, Math.min(weeksOfAYear, Math.floor(room / pitch + 0.01))) };
}

/** Edges of four levels, so that about a quarter of the days studied lies in each; a day of level 0 has no answer. */
export function levelEdges(counts: readonly number[]): readonly number[] {
  const sorted = counts.filter((count) => count > 0).sort((a, b) => a - b);
  if (sorted.length === 0) return [];
  const edges = [0, 0.25, 0.5, 0.75].map((share) => sorted[Math.floor(share * sorted.length)] ?? 1);
  return [...new Set([1, ...edges.slice(1)])];
}

/** 0 for a day without answers, up to the number of edges. */
export function levelOf(count: number, edges: readonly number[]): number {
  return count === 0 ? 0 : edges.findLastIndex((edge) => edge <= count) + 1;
}

/** The day on which an arrow key leads, or null for a key that leads nowhere. */
export function dayAfterKey(key: string, studyDay: number): number | null {
  const steps: Record<string, number> = {
    ArrowUp: -1,
    ArrowDown: 1,
    ArrowLeft: -7,
    ArrowRight: 7,
    PageUp: -28,
    PageDown: 28,
    Home: -weekdayOf(studyDay),
    End: 6 - weekdayOf(studyDay),
  };
  const step = steps[key];
  return step === undefined ? null : studyDay + step;
}
