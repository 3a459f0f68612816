import type { ProgressCalendar } from '#shared/contract/contract.ts';

/** Days of rest that lie in the present row of study days and did not break it: days planned for rest, without an answer. */
export function bridgedDays({ today, days, restDays, streakDays }: ProgressCalendar): number {
  const studied = new Set(days.map(({ studyDay }) => studyDay));
  const rests = new Set(restDays);
  let bridged = 0;
  let waiting = 0;
  let found = 0;
  for (let day = today; found < streakDays && waiting <= restDays.length; day -= 1) {
    if (studied.has(day)) {
      found += 1;
      bridged += waiting;
      waiting = 0;
    } else if (rests.has(day)) waiting += 1;
    // Today is not over: that nothing is answered yet breaks nothing.
    else if (day !== today) break;
  }
  return bridged;
}
