/** Shorter words have too many neighbours to guess which was meant. */
export const shortestForErrors = 5;

/** How many letters may be wrong, missing, too many, or swapped with their neighbour. */
export const errorsAllowed = (word: string): number =>
  word.length < shortestForErrors ? 0 : word.length < 9 ? 1 : 2;

/**
 * Distance of two words in typing errors (optimal string alignment), if it is at most `most`; otherwise Infinity.
 *
 * @param open compares with the start of `word` that fits best, since the typed word may go on
 */
export function typingErrors(typed: string, word: string, most: number, open: boolean): number {
  const [rows, columns] = [typed.length, word.length];
  if (rows - columns > most || (!open && columns - rows > most)) return Infinity;
  let beforeLast: number[] = [];
  let last = Array.from({ length: columns + 1 }, (_, column) => column);
  for (let row = 1; row <= rows; row += 1) {
    const current = [row];
    let least = row;
    for (let column = 1; column <= columns; column += 1) {
      const same = typed.charCodeAt(row - 1) === word.charCodeAt(column - 1);
      let cost = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped =
        row > 1 &&
        column > 1 &&
        typed.charCodeAt(row - 1) === word.charCodeAt(column - 2) &&
        typed.charCodeAt(row - 2) === word.charCodeAt(column - 1);
      if (swapped) cost = Math.min(cost, (beforeLast[column - 2] ?? 0) + 1);
      current.push(cost);
      if (cost < least) least = cost;
    }
    if (least > most) return Infinity;
    beforeLast = last;
    last = current;
  }
  const errors = open ? Math.min(...last) : (last[columns] ?? Infinity);
  return errors <= most ? errors : Infinity;
}
