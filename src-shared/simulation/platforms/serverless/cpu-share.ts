/**
 * The vCPUs that come with a function's memory, in proportion: memory / 1769 MB.
 *
 * Source: AWS Lambda Developer Guide, "Configure Lambda function memory": one vCPU at 1,769 MB.
 *
 * @param memoryMiB above 0
 * @param memoryPerVcpuMiB memory that comes with a whole vCPU, above 0
 * @returns vCPUs, such as 0.289 at 512 MB
 */
export function cpuShare(memoryMiB: number, memoryPerVcpuMiB: number): number {
  return memoryMiB / memoryPerVcpuMiB;
}

/**
 * The speed at which one request works, against a whole core: a request has one thread, so more than one vCPU makes it no
 * faster. Endless loops in the same environment are threads like its own, and all share fairly: min(1, share / (1 + loops)).
 *
 * @param share vCPUs of the environment, above 0
 * @param loops endless loops beside the request, at least 0
 * @returns above 0, at most 1
 */
export function workSpeed(share: number, loops = 0): number {
  return Math.min(1, share / (1 + loops));
}
