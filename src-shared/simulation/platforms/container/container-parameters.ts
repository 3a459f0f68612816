import { z } from 'zod';
import { disks, kubernetesDefaults, pullShare, sandboxLevels } from '../../catalogue/containers.ts';
import { sourceOf } from '../../catalogue/quantity.ts';
import { billingMinimumSeconds, vmLaunch } from '../../catalogue/vm-times.ts';
import { field } from '../../field.ts';
import { coresField, hostFields, memoryField, priceField } from '../../hosts/host-fields.ts';
import {
  hpaSchema,
  maxNodes,
  nodeAutoscalerSchema,
  podsSchema,
  serviceSettingsSchema,
} from './pod-parameters.ts';
import { schedulerPolicies } from './scheduler.ts';

const seconds = z.number().min(0).max(86_400);
const percent = z.int().min(0).max(100);
const defaults = kubernetesDefaults;

export const containerSchema = z.strictObject({
  kind: z.literal('container'),
  nodes: field(z.int().min(1).max(maxNodes).default(3), {
    en: 'Nodes at the start',
    'zh-CN': '初始节点数',
    unit: '1',
  }),
  nodeCores: coresField,
  nodeMemoryMiB: memoryField,
  nodePricePerHourUsd: priceField,
  zones: field(z.int().min(1).max(6).default(2), {
    en: 'Availability zones',
    'zh-CN': '可用区数',
    unit: '1',
    source: 'assumption: two, as the cloud providers advise at the least',
  }),
  reservedCores: field(z.number().min(0).max(64).default(0), {
    en: 'Cores of a node that pods cannot request',
    'zh-CN': '每个节点预留的核数',
    unit: '1',
    source:
      'Kubernetes documentation, Reserve Compute Resources for System Daemons: nothing unless told, 2026',
  }),
  reservedMemoryMiB: field(z.number().min(0).max(1_048_576).default(0), {
    en: 'Memory of a node that pods cannot request',
    'zh-CN': '每个节点预留的内存',
    unit: 'MiB',
    source:
      'Kubernetes documentation, Reserve Compute Resources for System Daemons: nothing unless told, 2026',
  }),
  podsPerNode: field(z.int().min(1).max(500).default(defaults.podsPerNode.value), {
    en: 'Most pods of a node',
    'zh-CN': '每个节点最多 Pod 数',
    unit: '1',
    source: sourceOf(defaults.podsPerNode),
  }),
  nodeBootSeconds: field(seconds.default(vmLaunch.totalSeconds.value), {
    en: 'From the order of a node to its first pod',
    'zh-CN': '节点从下单到可用的时间',
    unit: 's',
    source: sourceOf(vmLaunch.totalSeconds),
  }),
  billingMinimumSeconds: field(seconds.default(billingMinimumSeconds.value), {
    en: 'The least that a node is billed for',
    'zh-CN': '最短计费时长',
    unit: 's',
    source: sourceOf(billingMinimumSeconds),
  }),

  scheduler: field(z.enum(schedulerPolicies).default('spread'), {
    en: 'Scheduler',
    'zh-CN': '调度策略',
    source: 'Kubernetes documentation, NodeResourcesFit: LeastAllocated, 2026',
    description: 'spread: LeastAllocated; pack: MostAllocated; balanced: BalancedAllocation.',
  }),
  pods: podsSchema.prefault({}),
  hpa: hpaSchema.optional(),
  nodeAutoscaler: nodeAutoscalerSchema.optional(),

  sandbox: field(z.enum(sandboxLevels).default('shared-kernel'), {
    en: 'Sandbox',
    'zh-CN': '隔离级别',
    description:
      'shared-kernel: runc, 20 ms and 7 MiB; gvisor: 50 ms, 18 MiB; microvm: Firecracker, 125 ms, 28 MiB; vm: QEMU, 500 ms, 52 MiB.',
    source: 'stuzhuk.page, comparison of container sandboxes, 2026',
  }),
  sandboxStartMs: field(z.number().min(0).max(60_000).optional(), {
    en: 'Start of the sandbox, instead of that of its level',
    'zh-CN': '沙箱启动时间（覆盖隔离级别）',
    unit: 'ms',
  }),
  sandboxMemoryMiB: field(z.number().min(0).max(65_536).optional(), {
    en: 'Memory of the sandbox, instead of that of its level',
    'zh-CN': '沙箱内存开销（覆盖隔离级别）',
    unit: 'MiB',
  }),
  disk: field(z.enum(disks).default('ssd'), {
    en: 'Disk of a node',
    'zh-CN': '节点磁盘',
    description: 'Start of a container: 0.57 s on ssd, 1.16 s on hdd.',
    source: 'arXiv 2602.15214, 2026',
  }),
  containerStartSeconds: field(seconds.optional(), {
    en: 'Start of a container, instead of that of the disk',
    'zh-CN': '容器启动时间（覆盖磁盘）',
    unit: 's',
  }),
  baseImageMiB: field(z.number().min(0).max(102_400).default(140), {
    en: 'Layers that all images share',
    'zh-CN': '共享镜像层大小',
    unit: 'MiB',
    source: 'assumption: a slim distribution with a Java runtime',
  }),
  pullMiBPerSecond: field(z.number().min(0.01).max(100_000).default(100), {
    en: 'Bandwidth for pulling images, of a node',
    'zh-CN': '每个节点的镜像拉取带宽',
    unit: 'MiB/s',
    source: `assumption: most of 1 Gbit/s; the default image then takes ${pullShare.value * 100} % of a start (${sourceOf(pullShare)})`,
  }),

  balancer: hostFields.balancer,
  networkMs: hostFields.networkMs,
  osMemoryMiB: hostFields.osMemoryMiB,
  runtimeOverheadMiB: hostFields.runtimeOverheadMiB,
  threadsPerProcess: hostFields.threadsPerProcess,
  drainSeconds: field(z.number().min(0).max(3600).default(defaults.terminationGraceSeconds.value), {
    en: 'Time to finish requests before a stop',
    'zh-CN': '停止前处理完请求的时限',
    unit: 's',
    source: sourceOf(defaults.terminationGraceSeconds),
  }),

  deployOrder: field(z.enum(['rolling', 'blue-green']).default('rolling'), {
    en: 'Order of deployment',
    'zh-CN': '部署方式',
  }),
  maxSurgePercent: field(percent.default(defaults.maxSurgePercent.value), {
    en: 'Rolling: pods beyond the replicas',
    'zh-CN': '滚动部署：可超出的 Pod 比例（maxSurge）',
    unit: '%',
    source: sourceOf(defaults.maxSurgePercent),
    description: 'Of the replicas, rounded up.',
  }),
  maxUnavailablePercent: field(percent.default(defaults.maxUnavailablePercent.value), {
    en: 'Rolling: replicas that may be missing',
    'zh-CN': '滚动部署：可缺少的 Pod 比例（maxUnavailable）',
    unit: '%',
    source: sourceOf(defaults.maxUnavailablePercent),
    description: 'Of the replicas, rounded down.',
  }),
  keepOldSeconds: field(seconds.default(300), {
    en: 'Blue/green: time that the old pods are kept after the switch',
    'zh-CN': '蓝绿部署：切换后旧 Pod 保留时间',
    unit: 's',
    source: 'assumption',
  }),

  crashBackoffSeconds: field(z.number().min(0.1).max(86_400).default(defaults.crashBackoffSeconds.value), {
    en: 'Wait before the second restart of a container',
    'zh-CN': '容器第二次重启前的等待（CrashLoopBackOff）',
    unit: 's',
    source: sourceOf(defaults.crashBackoffSeconds),
    description: 'Doubles with each further one.',
  }),
  crashBackoffMaxSeconds: field(
    z.number().min(0.1).max(86_400).default(defaults.crashBackoffMaxSeconds.value),
    {
      en: 'Longest wait before a restart',
      'zh-CN': '重启等待上限',
      unit: 's',
      source: sourceOf(defaults.crashBackoffMaxSeconds),
    },
  ),
  crashBackoffResetSeconds: field(seconds.default(defaults.crashBackoffResetSeconds.value), {
    en: 'After running so long a container waits as at first',
    'zh-CN': '运行多久后重置重启等待',
    unit: 's',
    source: sourceOf(defaults.crashBackoffResetSeconds),
  }),
  nodeMonitorGraceSeconds: field(seconds.default(defaults.nodeMonitorGraceSeconds.value), {
    en: 'Time until a lost node is noticed',
    'zh-CN': '发现节点丢失所需时间',
    unit: 's',
    source: sourceOf(defaults.nodeMonitorGraceSeconds),
  }),
  evictionTolerationSeconds: field(seconds.default(defaults.evictionTolerationSeconds.value), {
    en: 'From then until its pods are started elsewhere',
    'zh-CN': '之后多久在其他节点重建 Pod',
    unit: 's',
    source: sourceOf(defaults.evictionTolerationSeconds),
  }),
  services: z.record(z.string(), serviceSettingsSchema).default({}),
});
export type ContainerPlatform = z.infer<typeof containerSchema>;
