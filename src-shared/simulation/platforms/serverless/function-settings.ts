import { z } from 'zod';
import { leastMemoryMiB, mostMemoryMiB, timeLimitSeconds } from '../../catalogue/function-limits.ts';
import { functionRuntimeNames } from '../../catalogue/function-runtimes.ts';
import { field } from '../../field.ts';
import { lawSchema } from '../../workload/laws.ts';

/** What calls a function. */
export const triggers = ['direct', 'api-gateway', 'storage', 'table', 'mail', 'schedule', 'stream'] as const;
export type Trigger = (typeof triggers)[number];

/** Whether a function reads a stream: the changes of a table come on a stream of its own. */
export const readsStream = (trigger: Trigger): boolean => trigger === 'stream' || trigger === 'table';

/** The ranges of what can be set for all functions, and for one of them in its place. */
export const ranges = {
  memoryMiB: z.number().min(leastMemoryMiB.value).max(mostMemoryMiB.value),
  runtime: z.enum(functionRuntimeNames),
  packageMiB: z.number().min(0).max(10_240),
  keepAliveSeconds: z.number().min(0).max(86_400),
  timeLimitSeconds: z.number().positive().max(timeLimitSeconds.value),
  trigger: z.enum(triggers),
  concurrency: z.int().min(0).max(100_000),
  shards: z.int().min(1).max(1000),
  batchSize: z.int().min(1).max(10_000),
};

/** And their names. */
export const labels = {
  memoryMiB: { en: 'Memory of a function', 'zh-CN': '函数内存', unit: 'MiB' },
  runtime: { en: 'Runtime', 'zh-CN': '运行时' },
  packageMiB: { en: 'Further package', 'zh-CN': '额外的部署包大小', unit: 'MiB' },
  keepAliveSeconds: { en: 'Idle environment is kept for', 'zh-CN': '空闲环境保留时间', unit: 's' },
  timeLimitSeconds: { en: 'Time limit', 'zh-CN': '执行时限', unit: 's' },
  trigger: { en: 'Called by', 'zh-CN': '触发方式' },
  reserved: { en: 'Reserved concurrency', 'zh-CN': '预留并发', unit: '1' },
  provisioned: { en: 'Provisioned concurrency', 'zh-CN': '预置并发', unit: '1' },
  shards: { en: 'Shards of a stream', 'zh-CN': '流的分片数', unit: '1' },
  batchSize: { en: 'Records in a batch, at most', 'zh-CN': '每批记录数上限', unit: '1' },
};

/** What is set for one function and differs from the others. */
export const functionSettingsSchema = z.strictObject({
  memoryMiB: field(ranges.memoryMiB.optional(), labels.memoryMiB),
  runtime: field(ranges.runtime.optional(), labels.runtime),
  initMs: lawSchema.optional(),
  packageMiB: field(ranges.packageMiB.optional(), labels.packageMiB),
  keepAliveSeconds: field(ranges.keepAliveSeconds.optional(), labels.keepAliveSeconds),
  timeLimitSeconds: field(ranges.timeLimitSeconds.optional(), labels.timeLimitSeconds),
  trigger: field(ranges.trigger.optional(), labels.trigger),
  reservedConcurrency: field(ranges.concurrency.optional(), {
    ...labels.reserved,
    description: 'Kept from all other functions, and the most that this one gets. 0 stops it.',
  }),
  provisionedConcurrency: field(ranges.concurrency.optional(), labels.provisioned),
  shards: field(ranges.shards.optional(), labels.shards),
  batchSize: field(ranges.batchSize.optional(), labels.batchSize),
});
