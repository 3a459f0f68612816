/** Which rows of a long table are in the page: those in sight and some before and after. */
export interface Stretch {
  readonly first: number;
  readonly count: number;
}

/** The most rows in the page at a time. */
export const mostRows = 60;
const spare = 6;

/** @param viewPx height of what is seen of the rows */
export function stretchInSight(scrollPx: number, viewPx: number, rowPx: number, total: number): Stretch {
  if (rowPx <= 0 || total <= 0) return { first: 0, count: 0 };
  const seen = Math.ceil(viewPx / rowPx) + 1;
  const count = Math.min(mostRows, seen + 2 * spare, total);
  const top = Math.floor(scrollPx / rowPx);
  const before = Math.floor((count - Math.min(seen, count)) / 2);
  return { first: Math.max(0, Math.min(top - before, total - count)), count };
}

/** How far to scroll so that a row is wholly in sight; as far as now where it is. */
export function scrollTo(index: number, scrollPx: number, viewPx: number, rowPx: number): number {
  const top = index * rowPx;
  if (top < scrollPx) return top;
  return Math.max(scrollPx, top + rowPx - viewPx);
}
