/** CPU and memory that are asked for, or that a node has to give. */
export interface Resources {
  /** Thousandths of a core. */
  readonly milliCpu: number;
  readonly memoryMiB: number;
}

/** A node as the scheduler sees it. */
export interface Candidate {
  /** What pods can be given. */
  readonly allocatable: Resources;
  /** The sum of what the pods on it have requested. */
  readonly requested: Resources;
  /** The same with the least that each pod counts for where nodes are compared. */
  readonly scored: Resources;
  readonly pods: number;
  readonly maxPods: number;
}

export const schedulerPolicies = ['spread', 'pack', 'balanced'] as const;
export type SchedulerPolicy = (typeof schedulerPolicies)[number];

/**
 * What a pod counts for where nodes are compared: a pod that requests nothing is not nothing, or all such pods would end
 * up on one node. Source: kube-scheduler, util/pod_resources.go.
 */
export function scoredAs({ milliCpu, memoryMiB }: Resources): Resources {
  return {
    milliCpu: milliCpu === 0 ? 100 : milliCpu,
    memoryMiB: memoryMiB === 0 ? 200 : memoryMiB,
  };
}

/** The best score of a node. */
const maxNodeScore = 100;

/** Whether a node has room for what a pod requests (the filter NodeResourcesFit). Limits do not count. */
export function fits(pod: Resources, { allocatable, requested, pods, maxPods }: Candidate): boolean {
  return (
    pods < maxPods &&
    requested.milliCpu + pod.milliCpu <= allocatable.milliCpu &&
    // Sums of fractions may come out a little too large.
    requested.memoryMiB + pod.memoryMiB <= allocatable.memoryMiB + 1e-6
  );
}

/**
 * LeastAllocated: the emptier the better. The mean over CPU and memory of
 * (allocatable - requested) * 100 / allocatable, each rounded down, `requested` with the pod.
 *
 * On a node of 4 cores and 16 GiB, requests of (1, 4) give 75, of (3, 4) give 50.
 * Source: kube-scheduler, plugins/noderesources/least_allocated.go.
 */
export function leastAllocated(requested: Resources, allocatable: Resources): number {
  const free = (asked: number, capacity: number): number =>
    capacity === 0 || asked > capacity ? 0 : Math.floor(((capacity - asked) * maxNodeScore) / capacity);
  return Math.floor(
    (free(requested.milliCpu, allocatable.milliCpu) + free(requested.memoryMiB, allocatable.memoryMiB)) / 2,
  );
}

/**
 * MostAllocated: the fuller the better. The mean over CPU and memory of requested * 100 / allocatable, each rounded down.
 *
 * (1, 4) of (4, 16) give 25, (3, 4) give 50.
 * Source: kube-scheduler, plugins/noderesources/most_allocated.go.
 */
export function mostAllocated(requested: Resources, allocatable: Resources): number {
  const used = (asked: number, capacity: number): number =>
    capacity === 0 ? 0 : Math.floor((Math.min(asked, capacity) * maxNodeScore) / capacity);
  return Math.floor(
    (used(requested.milliCpu, allocatable.milliCpu) + used(requested.memoryMiB, allocatable.memoryMiB)) / 2,
  );
}

/**
 * BalancedAllocation: the more alike the shares of CPU and memory that are requested, the better.
 * (1 - standard deviation of the shares) * 100, rounded down; of two shares that deviation is half of their difference.
 *
 * (1, 4) of (4, 16) give 100, (3, 4) give 75.
 * Source: kube-scheduler, plugins/noderesources/balanced_allocation.go.
 */
export function balancedAllocation(requested: Resources, allocatable: Resources): number {
  const share = (asked: number, capacity: number): number =>
    capacity === 0 ? 1 : Math.min(1, asked / capacity);
  const cpu = share(requested.milliCpu, allocatable.milliCpu);
  const memory = share(requested.memoryMiB, allocatable.memoryMiB);
  return Math.floor((1 - Math.abs(cpu - memory) / 2) * maxNodeScore);
}

const scores: Readonly<Record<SchedulerPolicy, (requested: Resources, allocatable: Resources) => number>> = {
  spread: leastAllocated,
  pack: mostAllocated,
  balanced: balancedAllocation,
};

/**
 * Chooses a node for a pod: of those that have room the one with the best score, of equals the first (Kubernetes draws
 * one of them).
 *
 * @param candidates nodes that take pods
 * @returns its place in `candidates`, or -1 where the pod fits nowhere
 */
export function chooseNode(
  pod: Resources,
  candidates: readonly Candidate[],
  policy: SchedulerPolicy,
): number {
  const score = scores[policy];
  const scoredPod = scoredAs(pod);
  let best = -1;
  let bestScore = -1;
  candidates.forEach((candidate, i) => {
    if (!fits(pod, candidate)) return;
    const { requested, scored, allocatable } = candidate;
    // BalancedAllocation takes the requests as they are.
    const asked = policy === 'balanced' ? sum(requested, pod) : sum(scored, scoredPod);
    const found = score(asked, allocatable);
    if (found > bestScore) {
      best = i;
      bestScore = found;
    }
  });
  return best;
}

/** Both together. */
export function sum(a: Resources, b: Resources): Resources {
  return { milliCpu: a.milliCpu + b.milliCpu, memoryMiB: a.memoryMiB + b.memoryMiB };
}
