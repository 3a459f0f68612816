import { z } from 'zod';
import { field } from '../field.ts';

const seconds = z.number().min(0).max(10_000_000);
const length = z.number().positive().max(10_000_000);

/** A fault comes at one moment, or again and again at random. Which of the two is given is checked with the whole file. */
const when = {
  atSeconds: field(seconds.optional(), { en: 'Starts at', 'zh-CN': '开始时刻', unit: 's' }),
  everySeconds: field(z.number().min(0.1).max(10_000_000).optional(), {
    en: 'Comes at random, on average every',
    'zh-CN': '随机发生，平均间隔',
    unit: 's',
    description: 'Times between two are exponential. Instead of a fixed start.',
  }),
};
const forSeconds = field(length, { en: 'Lasts', 'zh-CN': '持续时间', unit: 's' });
const service = field(z.string().min(1), { en: 'Service', 'zh-CN': '服务' });

/** Counted from 1, or drawn anew each time. */
const which = (most: number) => z.union([z.int().min(1).max(most), z.literal('random')]).default(1);

const instance = field(which(2000), {
  en: 'Instance, counted from 1',
  'zh-CN': '第几个实例（从 1 数起）',
  unit: '1',
});

/** Something that goes wrong in a run. */
export const faultSchema = z.discriminatedUnion('kind', [
  /** The instance keeps memory that it should free, until it is restarted; then it begins again. */
  z.strictObject({
    kind: z.literal('leak'),
    service,
    instance,
    ...when,
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
    ...when,
    forSeconds: forSeconds.optional(),
    cores: field(z.int().min(1).max(1024), { en: 'Endless loops', 'zh-CN': '死循环数', unit: '1' }),
  }),
  /** The process of the instance ends at once and is started again. */
  z.strictObject({ kind: z.literal('crash'), service, instance, ...when }),
  /** The process of the instance stands still, as in a long garbage collection. */
  z.strictObject({ kind: z.literal('pause'), service, instance, ...when, forSeconds }),
  /** The host is gone, with all that runs on it. */
  z.strictObject({
    kind: z.literal('host-loss'),
    host: field(which(1000), {
      en: 'Host, counted from 1',
      'zh-CN': '第几台主机（从 1 数起）',
      unit: '1',
    }),
    ...when,
    /** It stays away where this is left out. */
    forSeconds: forSeconds.optional(),
  }),
  /** Every host of an availability zone is gone, with all that runs there. */
  z.strictObject({
    kind: z.literal('zone-loss'),
    zone: field(which(6), { en: 'Zone, counted from 1', 'zh-CN': '第几个可用区（从 1 数起）', unit: '1' }),
    ...when,
    /** It stays away where this is left out. */
    forSeconds: forSeconds.optional(),
  }),
  /** A new version that is rolled out the platform's way turns out to be broken, and is taken back when that is noticed. */
  z.strictObject({
    kind: z.literal('bad-deploy'),
    service,
    ...when,
    errorRate: field(z.number().min(0).max(1).default(0.5), {
      en: 'Share of answers that fail on the bad version',
      'zh-CN': '问题版本的出错比例',
      unit: '1',
    }),
    cpuFactor: field(z.number().min(0.1).max(100).default(1), {
      en: 'CPU time on the bad version, times',
      'zh-CN': '问题版本的 CPU 时间倍数',
      unit: '1',
    }),
    detectSeconds: field(length.default(60), {
      en: 'From the order to the decision to go back',
      'zh-CN': '从下达部署到决定回滚',
      unit: 's',
      source: 'assumption: an alert on the error rate over a minute',
      description: 'On VMs it counts from the moment at which the image is made.',
    }),
  }),
  /** What the service waits for takes longer. */
  z.strictObject({
    kind: z.literal('dependency-slowdown'),
    service,
    ...when,
    forSeconds,
    factor: field(z.number().min(1).max(1000), {
      en: 'Waits for others take so many times as long',
      'zh-CN': '等待依赖的时间倍数',
      unit: '1',
    }),
  }),
  /** Many clients send their request at the same moment, as after a short loss of the network; each tries again by its service's rules. */
  z.strictObject({
    kind: z.literal('retry-storm'),
    service,
    ...when,
    requests: field(z.int().min(1).max(100_000), {
      en: 'Requests at once',
      'zh-CN': '同时到来的请求数',
      unit: '1',
    }),
  }),
]);
export type Fault = z.infer<typeof faultSchema>;

type Drawn<F> = F extends Fault
  ? Omit<F, 'atSeconds' | 'everySeconds' | 'instance' | 'host' | 'zone'> & {
      readonly atSeconds: number;
    } & (F extends { instance: unknown } ? { readonly instance: number } : unknown) &
      (F extends { host: unknown } ? { readonly host: number } : unknown) &
      (F extends { zone: unknown } ? { readonly zone: number } : unknown)
  : never;

/** A fault with its moment and its place. Places are counted from 1 and taken modulo what there is. */
export type FaultOccurrence = Drawn<Fault>;
