import type { Kernel } from '../../platform.ts';
import { event } from './container-events.ts';
import { HorizontalPodAutoscaler } from './hpa.ts';
import { isReady, type Pod } from './pod.ts';
import type { PodSpec } from './pod-spec.ts';
import type { WorkloadController } from './workload-controller.ts';

interface Scaled {
  readonly controller: WorkloadController;
  readonly autoscaler: HorizontalPodAutoscaler;
  readonly syncMs: number;
  readonly requestCores: number;
}

/**
 * Looks at the CPU use of every scaled service at its interval and sets its replicas. The use of a pod is what it used
 * since the look before, in relation to its request; a pod that did not run throughout counts as not ready yet. Pods of a
 * version that the balancer does not send to are left out: their idling says nothing of the load.
 */
export class PodAutoscaling {
  private readonly kernel: Kernel;
  private readonly scaled: readonly (Scaled | null)[];

  constructor(kernel: Kernel, specs: readonly PodSpec[], controllers: readonly WorkloadController[]) {
    this.kernel = kernel;
    this.scaled = specs.map(({ hpa, requests }, service) => {
      if (hpa === null) return null;
      const syncMs = hpa.syncSeconds * 1000;
      kernel.events.schedule(kernel.nowMs + syncMs, event.podScaling, service);
      return {
        controller: controllers[service] as WorkloadController,
        autoscaler: new HorizontalPodAutoscaler(hpa),
        syncMs,
        requestCores: requests.milliCpu / 1000,
      };
    });
  }

  /** Returns whether the replicas have changed. */
  look(service: number): boolean {
    const scaled = this.scaled[service];
    if (scaled === null || scaled === undefined) return false;
    const { kernel } = this;
    const { controller, autoscaler, syncMs, requestCores } = scaled;
    kernel.events.schedule(kernel.nowMs + syncMs, event.podScaling, service);
    let ready = 0;
    let unready = 0;
    let usedMs = 0;
    for (const pod of controller.pods) {
      const used = useSinceLook(pod, kernel.nowMs);
      if (used === null) {
        if (pod.open) unready++;
        continue;
      }
      ready++;
      usedMs += used;
    }
    const utilisation = ready === 0 ? 0 : (usedMs / syncMs / (ready * requestCores)) * 100;
    const before = controller.replicas;
    const replicas = autoscaler.decide(kernel.nowMs, { current: before, ready, unready, utilisation });
    if (replicas === before) return false;
    controller.replicas = replicas;
    const subject = kernel.services[service]?.name ?? '';
    const detail = { from: before, to: replicas, cpuPercent: Math.round(utilisation) };
    kernel.log.add({ atMs: kernel.nowMs, kind: 'pods-scaled', subject, detail });
    return true;
  }
}

/** Core-milliseconds since the last look, or null for a pod that did not serve all the time. Takes the next look's start. */
function useSinceLook(pod: Pod, nowMs: number): number | null {
  const process = pod.group?.processes[0];
  if (!pod.open || !isReady(pod) || process === undefined) {
    pod.usedAtLookMs = null;
    return null;
  }
  const used = process.group.host.pool.usedBy(process.cpuClass);
  const before = pod.usedAtLookMs;
  pod.usedAtLookMs = used;
  if (before === null && pod.runsSinceMs > 0) return null;
  return nowMs > 0 ? used - (before ?? 0) : null;
}
