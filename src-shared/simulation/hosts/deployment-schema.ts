import { z } from 'zod';
import { field } from '../field.ts';

/** A new version of a service, rolled out the way of the platform. */
export const deploymentSchema = z.strictObject({
  service: field(z.string().min(1), { en: 'Service', 'zh-CN': '服务' }),
  atSeconds: field(z.number().min(0).max(10_000_000), { en: 'Ordered at', 'zh-CN': '下达时刻', unit: 's' }),
});
export type Deployment = z.infer<typeof deploymentSchema>;
