/**
 * Divides cores among classes by weight, none getting more than it can use (weighted max-min fairness, "water-filling").
 * What one class leaves is divided among the others by their weights, so no core idles while a class could use it.
 *
 * Weights 1024, 512 and 512 on 4 cores that all are after give 2, 1 and 1 cores.
 * Source: Bertsekas and Gallager, Data Networks (1992), section 6.5.2; weights as in the Linux kernel's CPU controller
 * (Documentation/scheduler/sched-design-CFS.rst).
 *
 * @param demands the most cores that each class can use; 0 for none
 * @param shares receives the cores of each class
 */
export function fairShares(
  cores: number,
  weights: Float64Array,
  demands: Float64Array,
  shares: Float64Array,
): void {
  let left = cores;
  let weightLeft = 0;
  for (let i = 0; i < demands.length; i++) {
    shares[i] = -1;
    if ((demands[i] as number) > 0) weightLeft += weights[i] as number;
    else shares[i] = 0;
  }
  // Whoever needs no more than its share gets its need, which makes the shares of the others greater; until nobody does.
  for (let changed = true; changed;) {
    changed = false;
    const perWeight = left / weightLeft;
    for (let i = 0; i < demands.length; i++) {
      const demand = demands[i] as number;
      if ((shares[i] as number) >= 0 || demand > perWeight * (weights[i] as number)) continue;
      shares[i] = demand;
      left -= demand;
      weightLeft -= weights[i] as number;
      changed = true;
    }
  }
  for (let i = 0; i < demands.length; i++) {
    if ((shares[i] as number) < 0) shares[i] = (Math.max(0, left) * (weights[i] as number)) / weightLeft;
  }
}
