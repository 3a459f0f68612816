/**
 * The smallest whole number from `least` to `most` that will do, where all above one that does do too: found by doubling
 * the step and then halving the gap. `null` where none does.
 */
export function smallest(least: number, most: number, does: (value: number) => boolean): number | null {
  let below = least - 1;
  let step = 1;
  let above = Math.min(least, most);
  while (!does(above)) {
    if (above >= most) return null;
    below = above;
    step *= 2;
    above = Math.min(most, above + step - 1);
  }
  while (above - below > 1) {
    const middle = Math.floor((below + above) / 2);
    if (does(middle)) above = middle;
    else below = middle;
  }
  return above;
}
