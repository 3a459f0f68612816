import { containerStartSeconds, sandboxes } from '../../catalogue/containers.ts';
import type { GroupPlan } from '../../hosts/plan.ts';
import type { Service } from '../../workload/service.ts';
import type { ContainerPlatform } from './container-parameters.ts';
import { oomScoreAdjustment } from './oom-score.ts';
import type { Hpa, PodSettings, ServiceSettings } from './pod-parameters.ts';
import type { Resources } from './scheduler.ts';

/** The weight of a pod that requests a whole core, and the least there is. Source: Linux kernel, cpu.shares; kubelet. */
const sharesPerCore = 1024;
const leastShares = 2;

/** The least quota: 1 ms in every 100. Source: kubelet, MilliCPUToQuota; Linux kernel, min_cfs_quota_period. */
const leastQuotaCores = 0.01;

/** All that the pods of a service are made by. */
export interface PodSpec {
  /** Pods at the start. */
  readonly replicas: number;
  /** What the scheduler reserves for a pod. */
  readonly requests: Resources;
  /** null where the service is not scaled with its load. */
  readonly hpa: Hpa | null;
  /** Layers of the image that are the service's own. */
  readonly ownImageMiB: number;
  /** What the kubelet tells the kernel of how soon its containers may be killed for want of memory. */
  readonly oomScoreAdjustment: number;
  readonly plan: GroupPlan;
}

/** What is set for a service: by its own name, or by the name that it shares with its replicas. */
export function settingsOf(platform: ContainerPlatform, service: Service): ServiceSettings {
  return platform.services[service.name] ?? platform.services[service.family] ?? {};
}

/** What the pods of a service are like. */
export function podSpec(platform: ContainerPlatform, service: Service, index: number): PodSpec {
  const own = settingsOf(platform, service);
  const settings = podSettings(platform, own);
  const hpa = own.hpa ?? platform.hpa;
  const scaled = hpa?.enabled === true ? hpa : null;
  const sandboxMiB = platform.sandboxMemoryMiB ?? sandboxes[platform.sandbox].memoryMiB.value;
  const hasOwnKernel = platform.sandbox === 'microvm' || platform.sandbox === 'vm';
  const memoryLimitMiB = memoryLimit(settings, hasOwnKernel);
  return {
    replicas:
      scaled === null
        ? settings.replicas
        : Math.min(scaled.maxReplicas, Math.max(scaled.minReplicas, settings.replicas)),
    requests: {
      milliCpu: Math.round(settings.cpuRequest * 1000),
      // Pod overhead: what a sandbox of its own takes is reserved besides what the pod requests.
      memoryMiB: settings.memoryRequestMiB + (platform.sandbox === 'shared-kernel' ? 0 : sandboxMiB),
    },
    hpa: scaled,
    ownImageMiB: Math.max(0, settings.imageMiB - platform.baseImageMiB),
    oomScoreAdjustment: oomScoreAdjustment(settings, platform.nodeMemoryMiB),
    plan: {
      services: [index],
      processes: 1,
      weight: Math.max(leastShares, Math.round(settings.cpuRequest * sharesPerCore)),
      cpuLimitCores: hasOwnKernel ? vCpus(settings) : null,
      cpuQuotaCores: settings.cpuLimit > 0 ? Math.max(leastQuotaCores, settings.cpuLimit) : null,
      memoryLimitMiB: memoryLimitMiB === null ? null : memoryLimitMiB + sandboxMiB,
      extraMiB: sandboxMiB,
      startSeconds: startSeconds(platform, service),
    },
  };
}

/** A value of the service is before one of `pods`. */
export function podSettings({ pods }: ContainerPlatform, own: ServiceSettings): PodSettings {
  return {
    replicas: own.replicas ?? pods.replicas,
    cpuRequest: own.cpuRequest ?? pods.cpuRequest,
    cpuLimit: own.cpuLimit ?? pods.cpuLimit,
    memoryRequestMiB: own.memoryRequestMiB ?? pods.memoryRequestMiB,
    memoryLimitMiB: own.memoryLimitMiB ?? pods.memoryLimitMiB,
    imageMiB: own.imageMiB ?? pods.imageMiB,
  };
}

/** From the image being there to the pod being ready. */
export function startSeconds(platform: ContainerPlatform, service: Service): number {
  const sandboxMs = platform.sandboxStartMs ?? sandboxes[platform.sandbox].startMs.value;
  const container = platform.containerStartSeconds ?? containerStartSeconds[platform.disk].value;
  return container + sandboxMs / 1000 + service.startSeconds;
}

/**
 * A container may use as much memory as its limit says, and where it has none all of its node. A virtual machine is made
 * with so much memory, and what runs in it cannot get at more: the limit, or else the request.
 */
function memoryLimit(
  { memoryLimitMiB, memoryRequestMiB }: PodSettings,
  hasOwnKernel: boolean,
): number | null {
  if (memoryLimitMiB > 0) return memoryLimitMiB;
  return hasOwnKernel && memoryRequestMiB > 0 ? memoryRequestMiB : null;
}

/** Likewise a virtual machine has whole cores, and never runs on more at once. */
function vCpus({ cpuLimit, cpuRequest }: PodSettings): number {
  return Math.max(1, Math.ceil(cpuLimit > 0 ? cpuLimit : cpuRequest));
}
