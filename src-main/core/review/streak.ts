import { streakOf } from '#shared/study/statistics.ts';
import { studiedDays } from '#main/study/daily-store.ts';
import { restsOn } from '#main/study/scheduling.ts';
import type { Context } from '../port.ts';

/** Study days in a row with at least one answer; a planned rest day neither breaks the row nor makes it longer. */
export function streakOn(context: Context, today: number): number {
  return streakOf(studiedDays(context.database), restsOn(context), today);
}
