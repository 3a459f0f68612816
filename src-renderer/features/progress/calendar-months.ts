import { formatStudyDay } from '../../i18n/format.svelte.ts';
import { textWidth } from '../../ui/charts/text-lines.ts';
import type { CalendarFrame } from './calendar-weeks.ts';

const dayMs = 86_400_000;
const dateOf = (studyDay: number) => new Date(studyDay * dayMs).getUTCDate();

/**
 * The names of the months over the weeks in which they begin, where there is room; the first week and January name the year.
 *
 * @param mondays study days on which the weeks begin, oldest first
 */
export function monthNames(
  mondays: readonly number[],
  { left, pitch }: CalendarFrame,
  rem: number,
): readonly { readonly x: number; readonly name: string }[] {
  let freeFrom = 0;
  return mondays.flatMap((monday, at) => {
    const sunday = monday + 6;
    const begins = dateOf(sunday) <= 7;
    const x = left + at * pitch;
    // The first week makes way for a month that begins soon after it.
    const soon = at === 0 && !begins && dateOf(sunday + 14) <= 14;
    if ((!begins && at > 0) || soon || x < freeFrom) return [];
    const namesYear = at === 0 || new Date(sunday * dayMs).getUTCMonth() === 0;
    const name = formatStudyDay(sunday, namesYear ? 'year' : 'month');
    freeFrom = x + textWidth(name, 0.75 * rem) + 0.8 * rem;
    return [{ x, name }];
  });
}
