import { z } from 'zod';
import { field } from '../field.ts';
import { arrivalsSchema } from './arrivals.ts';
import { lawSchema } from './laws.ts';

/** The most services after replicas have been written out. */
export const maxServices = 200;

const name = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_-]{0,39}$/, 'expected a name such as "orders": letters, digits, - and _');

export const serviceSchema = z.strictObject({
  name: field(name, { en: 'Name', 'zh-CN': '名称' }),
  count: field(z.int().min(1).max(maxServices).default(1), {
    en: 'Services like this',
    'zh-CN': '同类服务数',
    unit: '1',
    description: 'Above 1 the service stands for so many alike, named name-1, name-2 and so on.',
  }),
  arrivals: arrivalsSchema,
  /** CPU time of a request on one full core. */
  cpu: lawSchema,
  /** Time that a request waits for databases and other services after its work; it holds no core meanwhile. */
  ioMs: lawSchema.optional(),
  timeoutMs: field(z.number().positive().max(10_000_000).optional(), {
    en: 'Client gives up after',
    'zh-CN': '客户端超时',
    unit: 'ms',
  }),
  /** What a client does whose request failed or took longer than it waits. Without it, it gives up at once. */
  retry: z
    .strictObject({
      attempts: field(z.int().min(1).max(10).default(2), {
        en: 'Further attempts',
        'zh-CN': '重试次数',
        unit: '1',
      }),
      backoffMs: field(z.number().min(0).max(10_000_000).default(100), {
        en: 'Wait before the first of them',
        'zh-CN': '首次重试前的等待',
        unit: 'ms',
        description: 'Doubles with each further attempt.',
      }),
      jitter: field(z.boolean().default(true), {
        en: 'Waits are drawn from zero to their full length',
        'zh-CN': '等待时间随机化',
        source: 'AWS Architecture Blog, "Exponential Backoff And Jitter", 2015: full jitter',
      }),
    })
    .optional(),
  memoryMiB: field(z.number().min(1).max(1_048_576).default(256), {
    en: 'Heap of an instance',
    'zh-CN': '每个实例的堆内存',
    unit: 'MiB',
    source: 'assumption: a small Java web service',
  }),
  artefactMiB: field(z.number().min(0).max(102_400).default(40), {
    en: 'Size of the artefact',
    'zh-CN': '部署包大小',
    unit: 'MiB',
    source: 'assumption: an executable JAR with its libraries',
  }),
  startSeconds: field(z.number().min(0.1).max(3600).default(5), {
    en: 'Time to start',
    'zh-CN': '启动时间',
    unit: 's',
    source: 'assumption: a small Spring Boot application',
  }),
});

export const workloadSchema = z.strictObject({
  services: z.array(serviceSchema).min(1).max(maxServices),
});
export type Workload = z.infer<typeof workloadSchema>;

/** A service as the simulation sees it: replicas written out. */
export type Service = Omit<z.infer<typeof serviceSchema>, 'count'> & {
  /** The name in the file that it stands under; differs from `name` for replicas. */
  readonly family: string;
  readonly fileIndex: number;
};

/** Writes out the replicas. Names are unique in a file that passed its checks. */
export function expandServices(workload: Workload): Service[] {
  return workload.services.flatMap(({ count, ...service }, fileIndex) =>
    Array.from({ length: count }, (_, i) => ({
      ...service,
      family: service.name,
      fileIndex,
      name: count === 1 ? service.name : `${service.name}-${i + 1}`,
    })),
  );
}
