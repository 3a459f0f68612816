import { z } from 'zod';
import { field } from '../../field.ts';
import { coresField, hostFields, maxHosts, memoryField, priceField } from '../../hosts/host-fields.ts';

export const monolithSchema = z.strictObject({
  kind: z.literal('monolith'),
  servers: field(z.int().min(1).max(maxHosts).default(2), { en: 'Servers', 'zh-CN': '服务器数', unit: '1' }),
  instancesPerServer: field(z.int().min(1).max(20).default(1), {
    en: 'Instances per server',
    'zh-CN': '每台服务器的实例数',
    unit: '1',
  }),
  coresPerServer: coresField,
  memoryMiBPerServer: memoryField,
  pricePerServerHourUsd: priceField,
  ...hostFields,
});
export type MonolithPlatform = z.infer<typeof monolithSchema>;
