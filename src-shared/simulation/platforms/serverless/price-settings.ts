import { z } from 'zod';
import { field } from '../../field.ts';

const price = z.number().min(0).max(1000);

/** Prices that differ from those of the named list. */
export const pricesSchema = z.strictObject({
  perMillionRequestsUsd: field(price.optional(), {
    en: 'Million requests',
    'zh-CN': '每百万次请求',
    unit: 'USD',
  }),
  perGbSecondUsd: field(price.optional(), { en: 'GB-second', 'zh-CN': '每 GB 秒', unit: 'USD/(GB s)' }),
  roundingMs: field(z.number().min(0.001).max(60_000).optional(), {
    en: 'Rounded up to',
    'zh-CN': '计费取整单位',
    unit: 'ms',
  }),
  perMillionGatewayRequestsUsd: field(price.optional(), {
    en: 'Million requests through the gateway',
    'zh-CN': '每百万次网关请求',
    unit: 'USD',
  }),
  initBilled: field(z.boolean().optional(), { en: 'Initialisation is billed', 'zh-CN': '初始化计费' }),
  provisionedPerGbSecondUsd: field(price.optional(), {
    en: 'GB-second of an environment kept ready',
    'zh-CN': '预置环境每 GB 秒',
    unit: 'USD/(GB s)',
  }),
  provisionedRunningPerGbSecondUsd: field(price.optional(), {
    en: 'GB-second of work in an environment kept ready',
    'zh-CN': '预置环境运行时每 GB 秒',
    unit: 'USD/(GB s)',
  }),
});
