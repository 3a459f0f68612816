import { z } from 'zod';
import { kubernetesDefaults } from '../../catalogue/containers.ts';
import { sourceOf } from '../../catalogue/quantity.ts';
import { field } from '../../field.ts';

/** The most pods of one service. */
export const maxReplicas = 1000;

const {
  hpaSyncSeconds,
  hpaTolerance,
  downscaleStabilisationSeconds,
  nodeScanSeconds,
  nodeUnneededSeconds,
  nodeUtilisationThreshold,
} = kubernetesDefaults;

const replicas = z.int().min(0).max(maxReplicas);
const cores = z.number().min(0).max(256);
const memory = z.number().min(0).max(4_194_304);

const texts = {
  replicas: { en: 'Pods of a service', 'zh-CN': '每个服务的 Pod 数', unit: '1' },
  cpuRequest: {
    en: 'CPU request of a pod',
    'zh-CN': '每个 Pod 的 CPU 请求（requests）',
    unit: '1',
    description: 'Cores. What the scheduler reserves, and the weight against other pods of a busy node.',
  },
  cpuLimit: {
    en: 'CPU limit of a pod',
    'zh-CN': '每个 Pod 的 CPU 限制（limits）',
    unit: '1',
    description: 'Cores, as a CFS quota for every 100 ms. 0: no limit.',
  },
  memoryRequestMiB: {
    en: 'Memory request of a pod',
    'zh-CN': '每个 Pod 的内存请求（requests）',
    unit: 'MiB',
  },
  memoryLimitMiB: {
    en: 'Memory limit of a pod',
    'zh-CN': '每个 Pod 的内存限制（limits）',
    unit: 'MiB',
    description: 'Above it the container is killed. 0: no limit.',
  },
  imageMiB: {
    en: 'Size of an image, shared layers included',
    'zh-CN': '镜像大小（含共享层）',
    unit: 'MiB',
  },
} as const;

const unlimited = 'Kubernetes documentation, Resource Management for Pods: no limit unless told, 2026';

/** What is asked for and allowed to each pod, unless its service says otherwise. */
export const podsSchema = z.strictObject({
  replicas: field(replicas.default(2), {
    ...texts.replicas,
    source: 'assumption: two, so that one can be lost',
  }),
  cpuRequest: field(cores.default(0.5), { ...texts.cpuRequest, source: 'assumption: half a core' }),
  cpuLimit: field(cores.default(0), { ...texts.cpuLimit, source: unlimited }),
  memoryRequestMiB: field(memory.default(512), {
    ...texts.memoryRequestMiB,
    source: 'assumption: the default heap with its runtime and sandbox fits',
  }),
  memoryLimitMiB: field(memory.default(0), { ...texts.memoryLimitMiB, source: unlimited }),
  imageMiB: field(z.number().min(0).max(102_400).default(180), {
    ...texts.imageMiB,
    source: 'assumption: shared layers and a 40 MiB application',
  }),
});
export type PodSettings = z.infer<typeof podsSchema>;

/** The Horizontal Pod Autoscaler. It is on where it is given, unless `enabled` says no. */
export const hpaSchema = z
  .strictObject({
    enabled: field(z.boolean().default(true), {
      en: 'Scale pods with their load',
      'zh-CN': '自动伸缩 Pod（HPA）',
    }),
    minReplicas: field(z.int().min(1).max(maxReplicas).default(1), {
      en: 'At least so many pods',
      'zh-CN': '最少 Pod 数',
      unit: '1',
      source: 'Kubernetes documentation, HorizontalPodAutoscaler v2, minReplicas, 2026',
    }),
    maxReplicas: field(z.int().min(1).max(maxReplicas).default(10), {
      en: 'At most so many pods',
      'zh-CN': '最多 Pod 数',
      unit: '1',
      source: 'assumption',
    }),
    targetCpuPercent: field(z.number().min(1).max(1000).default(60), {
      en: 'CPU use to hold, in per cent of the requests',
      'zh-CN': '目标 CPU 利用率（相对 requests）',
      unit: '%',
      source: 'assumption',
    }),
    syncSeconds: field(z.number().min(1).max(3600).default(hpaSyncSeconds.value), {
      en: 'Looks every',
      'zh-CN': '检查间隔',
      unit: 's',
      source: sourceOf(hpaSyncSeconds),
    }),
    tolerance: field(z.number().min(0).max(1).default(hpaTolerance.value), {
      en: 'Tolerance around the target',
      'zh-CN': '容差',
      unit: '1',
      source: sourceOf(hpaTolerance),
    }),
    downscaleStabilisationSeconds: field(
      z.number().min(0).max(86_400).default(downscaleStabilisationSeconds.value),
      {
        en: 'Goes down to the highest that was wanted in the last',
        'zh-CN': '缩容稳定窗口',
        unit: 's',
        source: sourceOf(downscaleStabilisationSeconds),
      },
    ),
  })
  .refine((hpa) => hpa.minReplicas <= hpa.maxReplicas, {
    path: ['maxReplicas'],
    message: 'expected at least "minReplicas"',
  });
export type Hpa = z.infer<typeof hpaSchema>;

/** What is set for one service and differs from the others. */
export const serviceSettingsSchema = z.strictObject({
  replicas: field(replicas.optional(), texts.replicas),
  cpuRequest: field(cores.optional(), texts.cpuRequest),
  cpuLimit: field(cores.optional(), texts.cpuLimit),
  memoryRequestMiB: field(memory.optional(), texts.memoryRequestMiB),
  memoryLimitMiB: field(memory.optional(), texts.memoryLimitMiB),
  imageMiB: field(z.number().min(0).max(102_400).optional(), texts.imageMiB),
  hpa: hpaSchema.optional(),
});
export type ServiceSettings = z.infer<typeof serviceSettingsSchema>;

/** The most nodes. */
export const maxNodes = 200;

/** The cluster autoscaler. It is on where it is given, unless `enabled` says no. */
export const nodeAutoscalerSchema = z
  .strictObject({
    enabled: field(z.boolean().default(true), {
      en: 'Add and remove nodes',
      'zh-CN': '自动增减节点（Cluster Autoscaler）',
    }),
    minNodes: field(z.int().min(1).max(maxNodes).default(1), {
      en: 'At least so many nodes',
      'zh-CN': '最少节点数',
      unit: '1',
    }),
    maxNodes: field(z.int().min(1).max(maxNodes).default(10), {
      en: 'At most so many nodes',
      'zh-CN': '最多节点数',
      unit: '1',
      source: 'assumption',
    }),
    scanSeconds: field(z.number().min(1).max(3600).default(nodeScanSeconds.value), {
      en: 'Looks every',
      'zh-CN': '扫描间隔',
      unit: 's',
      source: sourceOf(nodeScanSeconds),
    }),
    unneededSeconds: field(z.number().min(0).max(86_400).default(nodeUnneededSeconds.value), {
      en: 'Removes a node that has not been needed for',
      'zh-CN': '节点闲置多久后移除',
      unit: 's',
      source: sourceOf(nodeUnneededSeconds),
    }),
    utilisationThreshold: field(z.number().min(0).max(1).default(nodeUtilisationThreshold.value), {
      en: 'Not needed means: less of it is requested than',
      'zh-CN': '低于此请求占比视为闲置',
      unit: '1',
      source: sourceOf(nodeUtilisationThreshold),
    }),
  })
  .refine((scaler) => scaler.minNodes <= scaler.maxNodes, {
    path: ['maxNodes'],
    message: 'expected at least "minNodes"',
  });
export type NodeAutoscalerSettings = z.infer<typeof nodeAutoscalerSchema>;
