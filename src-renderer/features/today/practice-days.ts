/** Practice ahead of time reaches so far. */
export const mostDaysAhead = 60;

/** @param days as a number field has it: null where it holds no number */
export function isAllowed(days: number | null): days is number {
  return days !== null && Number.isInteger(days) && days >= 1 && days <= mostDaysAhead;
}
