import { z } from 'zod';
import { field } from './field.ts';

/** The most requests of a run. */
export const maxRequests = 2_000_000;

/** How long a run lasts: so many requests, or so many seconds; and on which seeds. */
export const runSchema = z
  .strictObject({
    requests: field(z.int().min(1).max(maxRequests).optional(), {
      en: 'Requests',
      'zh-CN': '请求数',
      unit: '1',
    }),
    warmupRequests: field(z.int().min(0).max(maxRequests).optional(), {
      en: 'First requests that do not count',
      'zh-CN': '不计入的预热请求数',
      unit: '1',
    }),
    horizonSeconds: field(z.number().positive().max(10_000_000).optional(), {
      en: 'Simulated time',
      'zh-CN': '模拟时长',
      unit: 's',
    }),
    warmupSeconds: field(z.number().min(0).max(10_000_000).optional(), {
      en: 'First stretch that does not count',
      'zh-CN': '不计入的预热时长',
      unit: 's',
    }),
    seeds: z.array(z.int().min(0).max(4_294_967_295)).min(1).max(50).default([1, 2, 3]),
  })
  .superRefine((run, context) => {
    const complain = (path: string, message: string): void => {
      context.addIssue({ code: 'custom', path: [path], message });
    };
    if (run.requests === undefined && run.horizonSeconds === undefined) {
      complain('requests', 'expected either "requests" or "horizonSeconds"');
    }
    if (run.requests !== undefined && run.horizonSeconds !== undefined) {
      complain('horizonSeconds', 'expected only one of "requests" and "horizonSeconds"');
    }
    if (run.warmupRequests !== undefined && run.requests === undefined) {
      complain('warmupRequests', 'goes with "requests"');
    }
    if (run.warmupSeconds !== undefined && run.horizonSeconds === undefined) {
      complain('warmupSeconds', 'goes with "horizonSeconds"');
    }
    if (
      run.warmupRequests !== undefined &&
      run.requests !== undefined &&
      run.warmupRequests >= run.requests
    ) {
      complain('warmupRequests', 'expected fewer than "requests"');
    }
    if (
      run.warmupSeconds !== undefined &&
      run.horizonSeconds !== undefined &&
      run.warmupSeconds >= run.horizonSeconds
    ) {
      complain('warmupSeconds', 'expected less than "horizonSeconds"');
    }
    const seen = new Set<number>();
    run.seeds.forEach((seed, i) => {
      if (seen.has(seed))
        context.addIssue({ code: 'custom', path: ['seeds', i], message: 'the seed occurs twice' });
      seen.add(seed);
    });
  });
