import { z } from 'zod';
import {
  batchSize,
  errorRetryWaitSeconds,
  eventAgeSeconds,
  eventErrorRetries,
  gatewayLimitSeconds,
  gatewayMs,
  longestRetryWaitSeconds,
  recordAgeSeconds,
  throttleRetryWaitSeconds,
} from '../../catalogue/function-limits.ts';
import { sourceOf } from '../../catalogue/quantity.ts';
import { field } from '../../field.ts';
import { labels, ranges } from './function-settings.ts';

const wait = z.number().min(0.1).max(86_400);

/** What lies between callers and functions: a gateway, queues of events, streams. */
export const eventSourceFields = {
  gatewayMs: field(z.number().min(0).max(60_000).default(gatewayMs.value), {
    en: 'Time in the API gateway',
    'zh-CN': 'API 网关耗时',
    unit: 'ms',
    source: sourceOf(gatewayMs),
  }),
  gatewayLimitSeconds: field(ranges.timeLimitSeconds.default(gatewayLimitSeconds.value), {
    en: 'Time limit of the API gateway',
    'zh-CN': 'API 网关时限',
    unit: 's',
    source: sourceOf(gatewayLimitSeconds),
  }),
  maxEventAgeSeconds: field(z.number().min(1).max(eventAgeSeconds.value).default(eventAgeSeconds.value), {
    en: 'Event is dropped after',
    'zh-CN': '事件最长保留时间',
    unit: 's',
    source: sourceOf(eventAgeSeconds),
  }),
  eventRetries: field(z.int().min(0).max(2).default(eventErrorRetries.value), {
    en: 'Further attempts after errors of the function',
    'zh-CN': '函数出错后的重试次数',
    unit: '1',
    source: sourceOf(eventErrorRetries),
  }),
  throttleRetrySeconds: field(wait.default(throttleRetryWaitSeconds.value), {
    en: 'First wait of a throttled event',
    'zh-CN': '被限流事件的首次等待',
    unit: 's',
    description: 'Doubles each time.',
    source: sourceOf(throttleRetryWaitSeconds),
  }),
  longestRetrySeconds: field(wait.default(longestRetryWaitSeconds.value), {
    en: 'Its longest wait',
    'zh-CN': '最长等待',
    unit: 's',
    source: sourceOf(longestRetryWaitSeconds),
  }),
  errorRetrySeconds: field(wait.default(errorRetryWaitSeconds.value), {
    en: 'Wait after the first error of the function',
    'zh-CN': '函数首次出错后的等待',
    unit: 's',
    description: 'Twice as long after the second.',
    source: sourceOf(errorRetryWaitSeconds),
  }),
  shards: field(ranges.shards.default(1), labels.shards),
  batchSize: field(ranges.batchSize.default(batchSize.value), {
    ...labels.batchSize,
    source: sourceOf(batchSize),
  }),
  batchWindowMs: field(z.number().min(0).max(300_000).default(0), {
    en: 'Longest wait for a full batch',
    'zh-CN': '凑批最长等待时间',
    unit: 'ms',
  }),
  maxRecordAgeSeconds: field(z.number().min(1).max(604_800).default(recordAgeSeconds.value), {
    en: 'Record of a stream is dropped after',
    'zh-CN': '流记录最长保留时间',
    unit: 's',
    source: sourceOf(recordAgeSeconds),
  }),
} as const;
