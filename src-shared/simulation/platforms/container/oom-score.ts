/** What is reserved for, and bounds, the containers of a pod. 0 stands for nothing. */
export interface MemoryClaims {
  readonly cpuRequest: number;
  readonly cpuLimit: number;
  readonly memoryRequestMiB: number;
  readonly memoryLimitMiB: number;
}

/** Of a pod that has all that it may ever use, of one that has nothing, and the range between. */
const guaranteed = -997;
const bestEffort = 1000;
const leastBurstable = 2;
const mostBurstable = 999;

/**
 * What the kubelet adds to the badness of a container, so that a node without memory kills first who has promised least:
 * -997 for pods of class Guaranteed, 1000 for BestEffort, and for Burstable 1000 - 1000 x request / memory of the node,
 * from 2 to 999.
 *
 * Source: Kubernetes documentation, Node-pressure Eviction, "Node out of memory behavior".
 *
 * @param nodeMemoryMiB above 0
 * @returns oom_score_adj, -1000 to 1000
 */
export function oomScoreAdjustment(claims: MemoryClaims, nodeMemoryMiB: number): number {
  const { cpuRequest, cpuLimit, memoryRequestMiB, memoryLimitMiB } = claims;
  const isGuaranteed =
    cpuLimit > 0 && memoryLimitMiB > 0 && cpuRequest === cpuLimit && memoryRequestMiB === memoryLimitMiB;
  if (isGuaranteed) return guaranteed;
  if (cpuRequest === 0 && memoryRequestMiB === 0 && cpuLimit === 0 && memoryLimitMiB === 0) return bestEffort;
  const reserved = Math.floor((1000 * memoryRequestMiB) / nodeMemoryMiB);
  return Math.min(mostBurstable, Math.max(leastBurstable, 1000 - reserved));
}

/**
 * The badness by which the kernel chooses whom to kill: memory in use in thousandths of that of the node, and the
 * adjustment.
 *
 * Source: proc(5), oom_score; Linux kernel, mm/oom_kill.c, oom_badness.
 */
export function oomScore(memoryMiB: number, nodeMemoryMiB: number, adjustment: number): number {
  return (memoryMiB / nodeMemoryMiB) * 1000 + adjustment;
}
