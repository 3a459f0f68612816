import { z } from 'zod';
import { field } from '../field.ts';

const atSeconds = field(z.number().min(0).max(10_000_000), {
  en: 'Starts at',
  'zh-CN': '开始时刻',
  unit: 's',
});
const forSeconds = field(z.number().positive().max(10_000_000), {
  en: 'Lasts',
  'zh-CN': '持续时间',
  unit: 's',
});
const service = field(z.string().min(1), { en: 'Service', 'zh-CN': '服务' });
const instance = field(z.int().min(1).max(2000).default(1), {
  en: 'Instance, counted from 1',
  'zh-CN': '第几个实例（从 1 数起）',
  unit: '1',
});

/** Something that goes wrong at a moment of the run. */
export const faultSchema = z.discriminatedUnion('kind', [
  /** The instance keeps memory that it should free, until it is restarted; then it begins again. */
  z.strictObject({
    kind: z.literal('leak'),
    service,
    instance,
    atSeconds,
    mibPerSecond: field(z.number().positive().max(1_000_000), {
      en: 'Leak',
      'zh-CN': '泄漏速度',
      unit: 'MiB/s',
    }),
  }),
  /** Endless loops in the instance, each of which would take a whole core. A restart ends them. */
  z.strictObject({
    kind: z.literal('cpu-hog'),
    service,
    instance,
    atSeconds,
    forSeconds: forSeconds.optional(),
    cores: field(z.int().min(1).max(1024), { en: 'Endless loops', 'zh-CN': '死循环数', unit: '1' }),
  }),
  /** The process of the instance ends at once and is started again. */
  z.strictObject({ kind: z.literal('crash'), service, instance, atSeconds }),
  /** The process of the instance stands still, as in a long garbage collection. */
  z.strictObject({ kind: z.literal('pause'), service, instance, atSeconds, forSeconds }),
  /** The host is gone, with all that runs on it. */
  z.strictObject({
    kind: z.literal('host-loss'),
    host: field(z.int().min(1).max(100), {
      en: 'Host, counted from 1',
      'zh-CN': '第几台主机（从 1 数起）',
      unit: '1',
    }),
    atSeconds,
    /** It stays away where this is left out. */
    forSeconds: forSeconds.optional(),
  }),
]);
export type Fault = z.infer<typeof faultSchema>;
