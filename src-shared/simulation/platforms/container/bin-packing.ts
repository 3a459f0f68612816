import type { Resources } from './scheduler.ts';

/**
 * First-fit decreasing: the largest first, each into the first bin that has room, into a new one where none has.
 * It needs at most 11/9 of the fewest bins that are possible, and 6/9 of one more.
 *
 * Source: Dósa, The Tight Bound of First Fit Decreasing Bin-Packing Algorithm Is FFD(I) <= 11/9 OPT(I) + 6/9, ESCAPE 2007.
 *
 * @param sizes each at least 0 and at most `capacity`
 * @returns the bin of every item, counted from 0
 */
export function firstFitDecreasing(sizes: readonly number[], capacity: number): number[] {
  const bins = pack(
    sizes.map((milliCpu) => ({ milliCpu, memoryMiB: 0 })),
    { milliCpu: capacity, memoryMiB: 1 },
    Infinity,
  );
  if (bins.includes(-1)) throw new RangeError('an item is larger than a bin');
  return bins;
}

/**
 * The same in two dimensions, by which the node autoscaler of Kubernetes estimates how many nodes pods need: ordered by
 * the larger of their two shares of a node.
 *
 * @returns the node of every pod, counted from 0; -1 for a pod that is too large for any
 */
export function pack(pods: readonly Resources[], node: Resources, maxPodsPerNode: number): number[] {
  const share = (asked: number, capacity: number): number =>
    asked === 0 ? 0 : capacity === 0 ? Infinity : asked / capacity;
  const largest = pods.map(({ milliCpu, memoryMiB }) =>
    Math.max(share(milliCpu, node.milliCpu), share(memoryMiB, node.memoryMiB)),
  );
  const order = pods
    .map((_, i) => i)
    .sort((a, b) => (largest[b] as number) - (largest[a] as number) || a - b);
  const free: { milliCpu: number; memoryMiB: number; pods: number }[] = [];
  const bins = pods.map(() => -1);
  for (const i of order) {
    const pod = pods[i] as Resources;
    if ((largest[i] as number) > 1 || maxPodsPerNode < 1) continue;
    let bin = free.findIndex(
      (left) => left.pods > 0 && pod.milliCpu <= left.milliCpu && pod.memoryMiB <= left.memoryMiB,
    );
    if (bin < 0) bin = free.push({ ...node, pods: maxPodsPerNode }) - 1;
    const left = free[bin] as (typeof free)[number];
    left.milliCpu -= pod.milliCpu;
    left.memoryMiB -= pod.memoryMiB;
    left.pods--;
    bins[i] = bin;
  }
  return bins;
}

/** How few nodes first-fit decreasing needs for the pods; those that are too large for any node are left out. */
export function nodesNeeded(pods: readonly Resources[], node: Resources, maxPodsPerNode: number): number {
  return Math.max(-1, ...pack(pods, node, maxPodsPerNode)) + 1;
}
