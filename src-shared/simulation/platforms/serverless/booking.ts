import { partIndex } from '../../engine/latency-parts.ts';
import type { Cloud } from './cloud.ts';

const { queueing, work, contention, throttling, coldStart, pause, io, retry } = partIndex;

/** Books where the time of an answered request went. `startedMs` of a request tells until when its time has been booked. */
export function bookAnswer(cloud: Cloud, row: number, request: number): void {
  const { environments } = cloud;
  const { requests } = cloud.kernel;
  const waitedMs = (environments.begunMs[row] as number) - (requests.startedMs[request] as number);
  const workMs = environments.workMs[row] as number;
  requests.addPart(request, queueing, waitedMs);
  bookStart(cloud, row, request);
  bookWork(cloud, row, request, workMs, environments.contentionMs[row] as number);
  requests.addPart(request, pause, environments.pausedMs[row] as number);
}

/** Books what lies between the beginning of an invocation and the call of its handler. */
export function bookStart({ environments, kernel }: Cloud, row: number, request: number): void {
  kernel.requests.addPart(request, coldStart, environments.initMs[row] as number);
  kernel.requests.addPart(request, pause, environments.initPausedMs[row] as number);
}

/** Books the CPU time of a request, stretched by the CPU share of its function's memory, and its waits for others. */
export function bookWork(
  cloud: Cloud,
  row: number,
  request: number,
  workMs: number,
  contentionMs: number,
): void {
  const { requests } = cloud.kernel;
  const { plainSpeed } = cloud.versionOf(row).fn;
  requests.addPart(request, work, workMs);
  requests.addPart(request, throttling, workMs / plainSpeed - workMs);
  requests.addPart(request, contention, contentionMs);
  requests.addPart(request, io, requests.ioMs[request] as number);
}

/** Books an attempt that failed; there may be another one. */
export function bookAttempt({ environments, kernel }: Cloud, row: number, request: number): void {
  const { requests, nowMs } = kernel;
  const begunMs = environments.begunMs[row] as number;
  requests.addPart(request, queueing, begunMs - (requests.startedMs[request] as number));
  requests.addPart(request, retry, nowMs - begunMs);
  requests.startedMs[request] = nowMs;
}

/** Bills an invocation that ends now, answered or not. */
export function chargeInvocation(cloud: Cloud, row: number): void {
  const { environments, kernel, bill } = cloud;
  const lastedMs = kernel.nowMs - (environments.begunMs[row] as number);
  const initMs = Math.min(lastedMs, environments.initMs[row] as number);
  const cpuMs = (environments.doneCpuMs[row] as number) + recordCpuMs(cloud, row);
  const waitingMs = Math.max(0, lastedMs - initMs - cpuMs);
  const provisioned = environments.provisioned[row] === 1;
  bill.invocation(cloud.versionOf(row).fn, { initMs, cpuMs, waitingMs }, provisioned);
}

/** CPU time of the present record until now. */
export function recordCpuMs({ environments, kernel }: Cloud, row: number): number {
  const { cpuEndMs, cpuPausedMs, recordMs } = environments;
  const untilMs = Math.min(kernel.nowMs, cpuEndMs[row] as number);
  return Math.max(0, untilMs - (recordMs[row] as number) - (cpuPausedMs[row] as number));
}

/** Memory that leaked during the present record is there for good. */
export function bookLeak({ environments, kernel }: Cloud, row: number): void {
  const { leakMiBPerMs, leakedMiB, recordMs, cpuPausedMs } = environments;
  const leak = leakMiBPerMs[row] as number;
  if (leak === 0) return;
  const workedMs = kernel.nowMs - (recordMs[row] as number) - (cpuPausedMs[row] as number);
  leakedMiB[row] = (leakedMiB[row] as number) + leak * Math.max(0, workedMs);
}

/** Memory that a leak has still to fill. */
export function memoryRoomMiB(cloud: Cloud, row: number): number {
  const { plan, heapMiB } = cloud.versionOf(row).fn;
  return Math.max(0, plan.memoryMiB - heapMiB - (cloud.environments.leakedMiB[row] as number));
}
