import { z } from 'zod';
import { field } from '../../field.ts';

/** The most servers of which each is shown by itself. */
export const maxServers = 1000;

export const queueSchema = z.strictObject({
  kind: z.literal('queue'),
  servers: field(z.int().min(1).max(maxServers).default(1), {
    en: 'Servers',
    'zh-CN': '服务台数',
    unit: '1',
  }),
  discipline: field(z.enum(['fcfs', 'ps']).default('fcfs'), {
    en: 'Discipline',
    'zh-CN': '排队规则',
    description: 'fcfs: first come, first served; ps: processor sharing, all are served at once.',
  }),
  capacity: field(z.int().min(1).max(2_000_000).optional(), {
    en: 'Places in the system',
    'zh-CN': '系统容量',
    unit: '1',
    description: 'Those in service included. Arrivals beyond are lost. Unlimited where left out.',
  }),
  pricePerServerHourUsd: field(z.number().min(0).max(10_000).default(0), {
    en: 'Price of a server',
    'zh-CN': '每个服务台的价格',
    unit: 'USD/h',
  }),
});
export type QueuePlatform = z.infer<typeof queueSchema>;
