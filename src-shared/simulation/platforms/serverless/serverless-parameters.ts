import { z } from 'zod';
import {
  accountConcurrency,
  canarySeconds,
  canaryShare,
  initLimitSeconds,
  memoryPerVcpuMiB,
  idleExpirySeconds,
  mostMemoryMiB,
  publishSeconds,
  scalingEnvironments,
  scalingPeriodSeconds,
  timeLimitSeconds,
} from '../../catalogue/function-limits.ts';
import { initMsPerPackageMiB } from '../../catalogue/function-runtimes.ts';
import { sourceOf } from '../../catalogue/quantity.ts';
import { serverlessPricingNames } from '../../catalogue/serverless-pricing.ts';
import { field } from '../../field.ts';
import { lawSchema } from '../../workload/laws.ts';
import { eventSourceFields } from './event-source-fields.ts';
import { functionSettingsSchema, labels, ranges } from './function-settings.ts';
import { pricesSchema } from './price-settings.ts';

/** The most worker hosts that the environments are spread over. */
export const maxWorkerHosts = 100;

export const serverlessSchema = z.strictObject({
  kind: z.literal('serverless'),
  memoryMiB: field(ranges.memoryMiB.default(512), {
    ...labels.memoryMiB,
    description:
      'Buys CPU too: 1769 MiB are one vCPU. Below, work is stretched; above, no request gets faster.',
    source: `assumption; range: ${sourceOf(mostMemoryMiB)}`,
  }),
  memoryPerVcpuMiB: field(z.number().min(1).max(1_000_000).default(memoryPerVcpuMiB.value), {
    en: 'Memory that comes with one vCPU',
    'zh-CN': '每个 vCPU 对应的内存',
    unit: 'MiB',
    source: sourceOf(memoryPerVcpuMiB),
  }),
  runtime: field(ranges.runtime.default('java-application'), {
    ...labels.runtime,
    description: 'Gives the init time where none is set.',
    source: 'assumption: the services of the workload are Java applications',
  }),
  initMs: lawSchema.optional(),
  packageMiB: field(ranges.packageMiB.default(0), {
    ...labels.packageMiB,
    description: 'Beyond that with which the init time was measured.',
  }),
  initMsPerPackageMiB: field(z.number().min(0).max(10_000).default(initMsPerPackageMiB.value), {
    en: 'Init time for each further MiB of package',
    'zh-CN': '每 MiB 部署包增加的初始化时间',
    unit: 'ms/MiB',
    source: sourceOf(initMsPerPackageMiB),
  }),
  initLimitSeconds: field(z.number().positive().max(900).default(initLimitSeconds.value), {
    en: 'Time limit of an init',
    'zh-CN': '初始化时限',
    unit: 's',
    description: 'After it the init begins anew, and counts as part of the request.',
    source: sourceOf(initLimitSeconds),
  }),
  keepAliveSeconds: field(ranges.keepAliveSeconds.default(idleExpirySeconds.value), {
    ...labels.keepAliveSeconds,
    source: sourceOf(idleExpirySeconds),
  }),
  concurrencyLimit: field(z.int().min(1).max(100_000).default(accountConcurrency.value), {
    en: 'Requests at once, in all functions',
    'zh-CN': '账户并发上限',
    unit: '1',
    source: sourceOf(accountConcurrency),
  }),
  scalingEnvironments: field(z.int().min(1).max(100_000).default(scalingEnvironments.value), {
    en: 'New environments of a function in a period',
    'zh-CN': '每个周期内单个函数可新增的环境数',
    unit: '1',
    source: sourceOf(scalingEnvironments),
  }),
  scalingPeriodSeconds: field(z.number().min(0.001).max(86_400).default(scalingPeriodSeconds.value), {
    en: 'That period',
    'zh-CN': '扩容周期',
    unit: 's',
    source: sourceOf(scalingPeriodSeconds),
  }),
  provisionedConcurrency: field(ranges.concurrency.default(0), {
    ...labels.provisioned,
    description: 'Environments of each function that are kept ready, and paid for all the time.',
  }),
  timeLimitSeconds: field(ranges.timeLimitSeconds.default(timeLimitSeconds.value), {
    ...labels.timeLimitSeconds,
    description: 'From the end of the init to the answer.',
    source: sourceOf(timeLimitSeconds),
  }),
  trigger: field(ranges.trigger.default('direct'), labels.trigger),
  ...eventSourceFields,
  pricing: field(z.enum(serverlessPricingNames).default('aws-x86-2026'), { en: 'Prices', 'zh-CN': '价格表' }),
  prices: pricesSchema.default({}),
  callers: field(z.int().min(0).max(10_000).default(0), {
    en: 'Callers of a function',
    'zh-CN': '每个函数的调用方数',
    unit: '1',
    description: 'Above 0, it is counted how often a caller finds another environment than the last time.',
  }),
  copyMiBPerSecond: field(z.number().min(0.01).max(100_000).default(100), {
    en: 'Speed of copying an artefact',
    'zh-CN': '部署包的复制速度',
    unit: 'MiB/s',
    source: 'assumption: most of a 1 Gbit/s network',
  }),
  publishSeconds: field(z.number().min(0).max(3600).default(publishSeconds.value), {
    en: 'Time to publish a version',
    'zh-CN': '发布新版本的耗时',
    unit: 's',
    source: sourceOf(publishSeconds),
  }),
  aliasShift: field(z.enum(['all-at-once', 'canary']).default('all-at-once'), {
    en: 'How the alias moves',
    'zh-CN': '别名切换方式',
  }),
  canaryShare: field(z.number().min(0).max(1).default(canaryShare.value), {
    en: 'Share of requests to a canary',
    'zh-CN': '金丝雀流量比例',
    unit: '1',
    source: sourceOf(canaryShare),
  }),
  canarySeconds: field(z.number().min(0).max(86_400).default(canarySeconds.value), {
    en: 'A canary lasts',
    'zh-CN': '金丝雀持续时间',
    unit: 's',
    source: sourceOf(canarySeconds),
  }),
  workerHosts: field(z.int().min(1).max(maxWorkerHosts).default(6), {
    en: 'Hosts below the environments',
    'zh-CN': '承载环境的主机数',
    unit: '1',
    description: 'Environments are spread over them in turn. Their owner shows none of them.',
    source: 'assumption: two in each zone',
  }),
  zones: field(z.int().min(1).max(6).default(3), {
    en: 'Availability zones',
    'zh-CN': '可用区数',
    unit: '1',
    source: 'assumption: a region of three zones',
  }),
  services: z.record(z.string(), functionSettingsSchema).default({}),
});
export type ServerlessPlatform = z.infer<typeof serverlessSchema>;
