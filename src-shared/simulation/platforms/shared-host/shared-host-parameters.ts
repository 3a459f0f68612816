import { z } from 'zod';
import { field } from '../../field.ts';
import { coresField, hostFields, maxHosts, memoryField, priceField } from '../../hosts/host-fields.ts';

/** What is set for one service and differs from the others. */
const serviceSettingsSchema = z.strictObject({
  instances: field(z.int().min(1).max(500).optional(), { en: 'Instances', 'zh-CN': '实例数', unit: '1' }),
  port: field(z.int().min(1).max(65_535).optional(), { en: 'Port', 'zh-CN': '端口', unit: '1' }),
  weight: field(z.number().min(2).max(262_144).optional(), {
    en: 'CPU weight on a host',
    'zh-CN': 'CPU 权重',
    unit: '1',
    source: 'range of cgroup v1 cpu.shares; 1024 where others have a weight and this one has none',
  }),
  cpuLimitCores: field(z.number().min(0.01).max(256).optional(), {
    en: 'CPU limit of an instance',
    'zh-CN': '每个实例的 CPU 上限',
    unit: '1',
    description: 'At every moment, and divided evenly among its processes.',
  }),
  memoryLimitMiB: field(z.number().min(1).max(4_194_304).optional(), {
    en: 'Memory limit of an instance',
    'zh-CN': '每个实例的内存上限',
    unit: 'MiB',
    description: 'Divided evenly among its processes.',
  }),
});

export const sharedHostSchema = z.strictObject({
  kind: z.literal('shared-host'),
  hosts: field(z.int().min(1).max(maxHosts).default(1), { en: 'Hosts', 'zh-CN': '主机数', unit: '1' }),
  coresPerHost: coresField,
  memoryMiBPerHost: memoryField,
  pricePerHostHourUsd: priceField,
  instancesPerService: field(z.int().min(1).max(500).default(1), {
    en: 'Instances of a service',
    'zh-CN': '每个服务的实例数',
    unit: '1',
  }),
  processesPerInstance: field(z.int().min(1).max(64).default(1), {
    en: 'Processes per instance',
    'zh-CN': '每个实例的进程数',
    unit: '1',
    description: 'Above 1: a parent with so many worker processes, as Node.js services run.',
  }),
  instancesPerGroup: field(z.int().min(0).max(200).default(1), {
    en: 'Instances per process or process group',
    'zh-CN': '每个进程（组）的实例数',
    unit: '1',
    description: '1: each on its own; more: so many together, as in one Tomcat; 0: all of a host together.',
  }),
  coresPerProcess: field(z.int().min(0).max(256).default(0), {
    en: 'Cores that one process can use',
    'zh-CN': '单个进程可用的核数',
    unit: '1',
    description: '0: as many as the host has; 1: one event loop, as in Node.js.',
  }),
  hotDeploy: field(z.boolean().default(false), {
    en: 'Replace an instance while its group goes on',
    'zh-CN': '热部署：不重启所在的进程组',
  }),
  ...hostFields,
  services: z.record(z.string(), serviceSettingsSchema).default({}),
});
export type SharedHostPlatform = z.infer<typeof sharedHostSchema>;
