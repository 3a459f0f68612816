/**
 * Shares regions out to rows, in their order, so that the rows are as full as can be and none is much emptier than the others.
 *
 * @param counts how many places each region has; one that alone needs more than a row has its row for itself
 * @param columns places that a row has room for, at least 1
 * @returns the numbers of the regions, row by row
 */
export function regionRows(counts: readonly number[], columns: number): number[][] {
  const emptyOf = (from: number, to: number): number => {
    const places = counts.slice(from, to).reduce((sum, count) => sum + count, 0);
    if (places > columns) return to - from === 1 ? 0 : Infinity;
    return (columns - places) ** 2;
  };
  /** For each number of regions from the start: the least that stays empty, and where the last row begins. */
  const best: { empty: number; from: number }[] = [{ empty: 0, from: 0 }];
  for (let to = 1; to <= counts.length; to += 1) {
    const ways = Array.from({ length: to }, (_, from) => ({
      empty: (best[from]?.empty ?? 0) + emptyOf(from, to),
      from,
    }));
    best.push(ways.reduce((a, b) => (b.empty < a.empty ? b : a)));
  }
  const rows: number[][] = [];
  for (let to = counts.length; to > 0; to = best[to]?.from ?? 0) {
    const from = best[to]?.from ?? 0;
    rows.unshift(Array.from({ length: to - from }, (_, at) => from + at));
  }
  return rows;
}
