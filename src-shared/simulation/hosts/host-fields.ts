import { z } from 'zod';
import { instanceTypes } from '../catalogue/instance-types.ts';
import { jvmOverheadMiB, tomcatThreads } from '../catalogue/runtimes.ts';
import { sourceOf } from '../catalogue/quantity.ts';
import { field } from '../field.ts';
import { servicePolicies } from './balancer.ts';

/** The most hosts, and the most processes on all of them. */
export const maxHosts = 100;
export const maxProcesses = 2000;

/** A server to start from. */
const server = instanceTypes['m5.xlarge'];

export const coresField = field(z.int().min(1).max(256).default(server.vCpus.value), {
  en: 'Cores of a host',
  'zh-CN': '每台主机的核数',
  unit: '1',
  source: sourceOf(server.vCpus),
});

export const memoryField = field(z.number().min(64).max(4_194_304).default(server.memoryMiB.value), {
  en: 'Memory of a host',
  'zh-CN': '每台主机的内存',
  unit: 'MiB',
  source: sourceOf(server.memoryMiB),
});

export const priceField = field(z.number().min(0).max(10_000).default(server.pricePerHourUsd.value), {
  en: 'Price of a host',
  'zh-CN': '每台主机的价格',
  unit: 'USD/h',
  source: sourceOf(server.pricePerHourUsd),
});

export const balancerField = field(z.enum(servicePolicies).default('round-robin'), {
  en: 'Balancer',
  'zh-CN': '负载均衡策略',
});

export const networkField = field(z.number().min(0).max(60_000).default(0), {
  en: 'Network time of a request and its answer',
  'zh-CN': '一次请求往返的网络时间',
  unit: 'ms',
  source: 'assumption: client and server in one place; set it to see what a hop costs',
});

export const zonesField = field(z.int().min(1).max(6).default(1), {
  en: 'Availability zones that the hosts are spread over',
  'zh-CN': '主机分布的可用区数',
  unit: '1',
});

/** Parameters that every platform of hosts and processes has. */
export const hostFields = {
  osMemoryMiB: field(z.number().min(0).max(1_048_576).default(512), {
    en: 'Memory of the operating system',
    'zh-CN': '操作系统占用的内存',
    unit: 'MiB',
    source: 'assumption: a server distribution without a desktop',
  }),
  runtimeOverheadMiB: field(z.number().min(0).max(65_536).default(jvmOverheadMiB.value), {
    en: 'Memory of a process besides its heap',
    'zh-CN': '每个进程堆外的内存',
    unit: 'MiB',
    source: sourceOf(jvmOverheadMiB),
  }),
  threadsPerProcess: field(z.int().min(1).max(100_000).default(tomcatThreads.value), {
    en: 'Requests that a process works on at once',
    'zh-CN': '每个进程同时处理的请求数',
    unit: '1',
    source: sourceOf(tomcatThreads),
  }),
  balancer: balancerField,
  networkMs: networkField,
  zones: zonesField,
  deployOrder: field(z.enum(['rolling', 'all-at-once']).default('rolling'), {
    en: 'Order of deployment',
    'zh-CN': '部署顺序',
  }),
  drainSeconds: field(z.number().min(0).max(3600).default(30), {
    en: 'Time to finish requests before a stop',
    'zh-CN': '停止前处理完请求的时限',
    unit: 's',
    source: 'assumption: the default of Spring Boot, spring.lifecycle.timeout-per-shutdown-phase',
  }),
  copyMiBPerSecond: field(z.number().min(0.01).max(100_000).default(100), {
    en: 'Speed of copying an artefact',
    'zh-CN': '部署包的复制速度',
    unit: 'MiB/s',
    source: 'assumption: most of a 1 Gbit/s network',
  }),
  restartDelaySeconds: field(z.number().min(0.1).max(3600).default(1), {
    en: 'Time until a dead process is started again',
    'zh-CN': '进程终止到重新启动的间隔',
    unit: 's',
    source: 'assumption: a supervisor that looks every second',
  }),
} as const;
