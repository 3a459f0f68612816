import { z } from 'zod';
import { instanceTypeNames } from '../../catalogue/instance-types.ts';
import { sourceOf } from '../../catalogue/quantity.ts';
import { billingMinimumSeconds, imageBakes, statusCheckSeconds, vmLaunch } from '../../catalogue/vm-times.ts';
import { field } from '../../field.ts';
import { balancerField, hostFields, networkField } from '../../hosts/host-fields.ts';
import { maxFleet, scalingSchema } from './scaling-parameters.ts';

const seconds = (most: number) => z.number().min(0).max(most);

const instanceTypeField = z.enum(instanceTypeNames);
const vCpusField = field(z.int().min(1).max(448).optional(), {
  en: 'vCPUs of a VM instead of those of its type',
  'zh-CN': '每台虚拟机的 vCPU（覆盖机型）',
  unit: '1',
});
const memoryField = field(z.number().min(64).max(33_554_432).optional(), {
  en: 'Memory of a VM instead of that of its type',
  'zh-CN': '每台虚拟机的内存（覆盖机型）',
  unit: 'MiB',
});
const priceField = field(z.number().min(0).max(10_000).optional(), {
  en: 'Price of a VM instead of that of its type',
  'zh-CN': '每台虚拟机的价格（覆盖机型）',
  unit: 'USD/h',
});

/** What is set for one service and differs from the others. */
const serviceSettingsSchema = z.strictObject({
  instanceType: field(instanceTypeField.optional(), { en: 'Instance type', 'zh-CN': '机型' }),
  vCpus: vCpusField,
  memoryMiB: memoryField,
  pricePerHourUsd: priceField,
  instances: field(z.int().min(1).max(maxFleet).optional(), { en: 'VMs', 'zh-CN': '虚拟机数', unit: '1' }),
  warmPool: field(z.int().min(0).max(maxFleet).optional(), {
    en: 'Warm pool',
    'zh-CN': '预热池大小',
    unit: '1',
  }),
  scaling: scalingSchema.optional(),
});

export const vmSchema = z.strictObject({
  kind: z.literal('vm'),
  instanceType: field(instanceTypeField.default('m5.large'), {
    en: 'Instance type',
    'zh-CN': '机型',
    source: 'AWS instance types and price tables, us-east-1',
  }),
  vCpus: vCpusField,
  memoryMiB: memoryField,
  pricePerHourUsd: priceField,
  instances: field(z.int().min(1).max(maxFleet).default(2), {
    en: 'VMs of a service at the start',
    'zh-CN': '每个服务的初始虚拟机数',
    unit: '1',
  }),
  scaling: scalingSchema.prefault({}),
  zones: field(z.int().min(1).max(6).default(2), {
    en: 'Availability zones',
    'zh-CN': '可用区数',
    unit: '1',
    source: 'assumption: two, as the cloud providers advise at the least',
  }),

  imageBake: field(z.enum(imageBakes).default('ebs-backed'), {
    en: 'How images are made',
    'zh-CN': '镜像制作方式',
    description: 'ebs-backed: 540 s; s3-backed: 1050 s; packer-pipeline: 3660 s.',
    source:
      'Netflix TechBlog, "AMI Creation with Aminator", 2013; supabase/postgres, pull request 2457, 2026',
  }),
  imageBakeSeconds: field(seconds(86_400).optional(), {
    en: 'Time to make an image, instead of that of the way it is made',
    'zh-CN': '镜像制作时间（覆盖制作方式）',
    unit: 's',
  }),
  launchSeconds: field(seconds(86_400).default(vmLaunch.totalSeconds.value), {
    en: 'From the order of a VM to the end of its boot',
    'zh-CN': '从下单到虚拟机启动完成',
    unit: 's',
    source: sourceOf(vmLaunch.totalSeconds),
    description: 'API 4.8 s, pending 17.8 s, boot 3.2 s. The service starts after it.',
  }),
  bootSeconds: field(seconds(86_400).default(vmLaunch.bootSeconds.value), {
    en: 'Boot: the last part of a launch, from which on a VM is billed',
    'zh-CN': '系统引导时间（启动的最后一段，从此开始计费）',
    unit: 's',
    source: sourceOf(vmLaunch.bootSeconds),
  }),
  warmPool: field(z.int().min(0).max(maxFleet).default(0), {
    en: 'VMs of a service that are kept made and stopped',
    'zh-CN': '每个服务的预热池大小',
    unit: '1',
  }),
  warmPoolLaunchSeconds: field(seconds(86_400).default(vmLaunch.warmPoolSeconds.value), {
    en: 'The same from the warm pool',
    'zh-CN': '从预热池启动的时间',
    unit: 's',
    source: sourceOf(vmLaunch.warmPoolSeconds),
  }),
  statusCheckSeconds: field(seconds(86_400).default(statusCheckSeconds.value), {
    en: 'Time until a lost VM is noticed',
    'zh-CN': '发现虚拟机丢失所需时间',
    unit: 's',
    source: sourceOf(statusCheckSeconds),
  }),
  billingMinimumSeconds: field(seconds(86_400).default(billingMinimumSeconds.value), {
    en: 'The least that a VM is billed for',
    'zh-CN': '最短计费时长',
    unit: 's',
    source: sourceOf(billingMinimumSeconds),
  }),

  balancer: balancerField,
  networkMs: networkField,
  osMemoryMiB: hostFields.osMemoryMiB,
  runtimeOverheadMiB: hostFields.runtimeOverheadMiB,
  threadsPerProcess: hostFields.threadsPerProcess,
  drainSeconds: hostFields.drainSeconds,
  restartDelaySeconds: hostFields.restartDelaySeconds,

  deployOrder: field(z.enum(['rolling', 'blue-green']).default('rolling'), {
    en: 'Order of deployment',
    'zh-CN': '部署方式',
  }),
  batchSize: field(z.int().min(1).max(maxFleet).default(1), {
    en: 'Rolling: VMs that are replaced at a time',
    'zh-CN': '滚动部署：每批虚拟机数',
    unit: '1',
    source: 'AWS CodeDeploy User Guide, CodeDeployDefault.OneAtATime',
  }),
  minHealthyShare: field(z.number().min(0).max(1).default(0.5), {
    en: 'Rolling: share of the VMs that must go on answering',
    'zh-CN': '滚动部署：最低可用比例',
    unit: '1',
    source: 'assumption: as CodeDeployDefault.HalfAtATime',
    description: 'Where it allows none to be taken out, new VMs are launched before old ones go.',
  }),
  keepOldSeconds: field(seconds(10_000_000).default(300), {
    en: 'Blue/green: time that the old VMs are kept after the switch',
    'zh-CN': '蓝绿部署：切换后旧虚拟机保留时间',
    unit: 's',
    source: 'assumption',
  }),
  services: z.record(z.string(), serviceSettingsSchema).default({}),
});
export type VmPlatform = z.infer<typeof vmSchema>;
