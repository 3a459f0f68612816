import type { Localized } from '#shared/locale.ts';
import type { DraftFile } from './edit-file.ts';
import type { PlatformKind } from './platform-kinds.ts';

/** A configuration to start from: a situation of the article. */
export interface Preset {
  readonly id: string;
  readonly name: Localized;
  /** What there is to see, in a sentence. */
  readonly about: Localized;
  readonly file: DraftFile;
}

interface Situation {
  readonly platform: object;
  readonly count?: number;
  readonly service?: object;
  readonly faults?: readonly object[];
  readonly deployments?: readonly object[];
  readonly horizonSeconds?: number;
}

/** A file of the kind that the workbench makes. */
function fileOf(situation: Situation): DraftFile {
  const {
    platform,
    count = 3,
    service = {},
    faults = [],
    deployments = [],
    horizonSeconds = 300,
  } = situation;
  const arrivals = { kind: 'poisson', perSecond: 10 };
  const cpu = { kind: 'exponential', meanMs: 20 };
  return {
    platform,
    workload: { services: [{ name: 'service', count, arrivals, cpu, ...service }] },
    faults,
    deployments,
    run: { horizonSeconds, seeds: [1, 2, 3] },
  };
}

const preset = (
  id: string,
  [en, zh]: readonly [string, string],
  [aboutEn, aboutZh]: readonly [string, string],
  situation: Situation,
): Preset => ({
  id,
  name: { en, 'zh-CN': zh },
  about: { en: aboutEn, 'zh-CN': aboutZh },
  file: fileOf(situation),
});

const poisson = (perSecond: number) => ({ arrivals: { kind: 'poisson', perSecond } });

export const presets: Readonly<Record<PlatformKind, readonly Preset[]>> = {
  queue: [
    preset(
      'one-server-busy',
      ['One server, 80 % busy', '单台服务器，利用率 80%'],
      [
        'M/M/1: at 80 % a request takes five times its work.',
        'M/M/1：利用率 80% 时，响应时间是服务时间的五倍。',
      ],
      { platform: { kind: 'queue' }, count: 1, service: poisson(40), horizonSeconds: 1000 },
    ),
    preset(
      'pooled',
      ['Four servers, one line', '四台服务器共用一条队列'],
      [
        'The same load on each server as before, and hardly any waiting: pooling.',
        '每台服务器的负载相同，却几乎不用等待：这就是合并排队的好处。',
      ],
      { platform: { kind: 'queue', servers: 4 }, count: 1, service: poisson(160), horizonSeconds: 1000 },
    ),
    preset(
      'heavy-tail',
      ['A few very long requests', '少数请求特别耗时'],
      [
        'The mean is the same; nine in ten wait behind the tenth.',
        '均值不变，但十个请求里有九个要等第十个。',
      ],
      {
        platform: { kind: 'queue' },
        count: 1,
        service: {
          ...poisson(30),
          cpu: {
            kind: 'bimodal',
            values: [
              { ms: 5, weight: 9 },
              { ms: 155, weight: 1 },
            ],
          },
        },
        horizonSeconds: 1000,
      },
    ),
  ],
  monolith: [
    preset(
      'everything-deployed',
      ['One change, everything restarts', '改一处，全部重启'],
      ['A change of one module takes down each server in turn.', '只改一个模块，也要逐台重启所有服务器。'],
      {
        platform: { kind: 'monolith', servers: 3 },
        count: 6,
        service: poisson(8),
        deployments: [{ service: 'service-1', atSeconds: 60 }],
      },
    ),
    preset(
      'leak-takes-all',
      ['One leak takes everything', '一处泄漏拖垮全部'],
      [
        'A leak in one module gets the whole process killed, again and again.',
        '一个模块泄漏内存，整个进程反复被杀死。',
      ],
      {
        platform: { kind: 'monolith', servers: 2, memoryMiBPerServer: 4096 },
        count: 6,
        service: poisson(8),
        faults: [{ kind: 'leak', service: 'service-1', instance: 1, atSeconds: 30, mibPerSecond: 40 }],
      },
    ),
    preset(
      'endless-loop',
      ['An endless loop in one module', '一个模块陷入死循环'],
      [
        'Four loops take the cores of a server from every other module on it.',
        '四个死循环抢走同一台服务器上其他模块的 CPU。',
      ],
      {
        platform: { kind: 'monolith', servers: 2 },
        count: 6,
        service: poisson(10),
        faults: [
          { kind: 'cpu-hog', service: 'service-1', instance: 1, atSeconds: 60, forSeconds: 120, cores: 8 },
        ],
      },
    ),
  ],
  'shared-host': [
    preset(
      'noisy-neighbour',
      ['A noisy neighbour', '吵闹的邻居'],
      [
        'Separate processes, one host: nothing limits what one of them takes.',
        '进程分开，主机共用：没有任何东西限制其中一个的占用。',
      ],
      {
        platform: { kind: 'shared-host', hosts: 1 },
        service: poisson(20),
        faults: [
          { kind: 'cpu-hog', service: 'service-1', instance: 1, atSeconds: 60, forSeconds: 120, cores: 8 },
        ],
      },
    ),
    preset(
      'cpu-weights',
      ['The same with CPU weights', '同样的场景，加上 CPU 权重'],
      [
        'Weights divide a busy host: the neighbours keep their share.',
        '主机繁忙时按权重分配 CPU：邻居保住自己的份额。',
      ],
      {
        platform: { kind: 'shared-host', hosts: 1, services: { service: { weight: 1024 } } },
        service: poisson(20),
        faults: [
          { kind: 'cpu-hog', service: 'service-1', instance: 1, atSeconds: 60, forSeconds: 120, cores: 8 },
        ],
      },
    ),
    preset(
      'one-tomcat',
      ['All services in one Tomcat', '所有服务放进同一个 Tomcat'],
      [
        'Little memory, one fate: the crash of one service takes all of them.',
        '省内存，但同生共死：一个服务崩溃，全部一起停。',
      ],
      {
        platform: { kind: 'shared-host', hosts: 2, instancesPerService: 2, instancesPerGroup: 0 },
        count: 8,
        service: poisson(5),
        faults: [{ kind: 'crash', service: 'service-1', instance: 1, atSeconds: 100 }],
      },
    ),
  ],
  vm: [
    preset(
      'spike-too-quick',
      ['A spike quicker than the VMs', '尖峰比虚拟机来得更快'],
      [
        'Target tracking acts after three points; the spike is over by then.',
        '目标跟踪要连续三个采样点才扩容，那时尖峰已经过去。',
      ],
      {
        platform: { kind: 'vm', scaling: { policy: 'target-tracking' } },
        count: 1,
        service: {
          arrivals: { kind: 'spike', perSecond: 40, peakPerSecond: 250, atSeconds: 120, forSeconds: 120 },
        },
        horizonSeconds: 600,
      },
    ),
    preset(
      'immutable-image',
      ['A new image for each change', '每次变更都制作新镜像'],
      ['Most of the time to deploy is spent on making the image.', '部署时间大半花在制作镜像上。'],
      {
        platform: { kind: 'vm', instances: 3 },
        count: 1,
        service: poisson(30),
        deployments: [{ service: 'service', atSeconds: 60 }],
        horizonSeconds: 1500,
      },
    ),
    preset(
      'neighbours-apart',
      ['A hog that nobody notices', '无人察觉的 CPU 大户'],
      [
        'Each service has machines of its own: the others feel nothing, and all pay for idle cores.',
        '每个服务有自己的机器：其他服务毫无感觉，代价是人人都为闲置的核付费。',
      ],
      {
        platform: { kind: 'vm' },
        service: poisson(20),
        faults: [
          { kind: 'cpu-hog', service: 'service-1', instance: 1, atSeconds: 60, forSeconds: 120, cores: 8 },
        ],
      },
    ),
  ],
  container: [
    preset(
      'throttled',
      ['Throttled by a tight CPU limit', '过紧的 CPU 限制'],
      [
        'The node is idle and requests still wait: for the next 100 ms of their quota.',
        '节点空闲，请求却在等待：等下一个 100 ms 的配额。',
      ],
      {
        platform: { kind: 'container', pods: { cpuRequest: 0.2, cpuLimit: 0.2 } },
        service: { ...poisson(10), cpu: { kind: 'deterministic', meanMs: 30 } },
      },
    ),
    preset(
      'hpa-step',
      ['The pod autoscaler after a step', '负载突增后的 HPA'],
      [
        'Pods follow in steps of 15 s; how late is seen in the response times.',
        'Pod 每 15 s 跟进一步；晚了多少，看响应时间就知道。',
      ],
      {
        platform: {
          kind: 'container',
          nodes: 4,
          pods: { replicas: 1, cpuRequest: 0.5, cpuLimit: 0.5 },
          hpa: { minReplicas: 1, maxReplicas: 12 },
        },
        count: 1,
        service: { arrivals: { kind: 'step', perSecond: 8, thenPerSecond: 100, atSeconds: 100 } },
        horizonSeconds: 500,
      },
    ),
    preset(
      'node-lost',
      ['A node is lost', '失去一个节点'],
      [
        'Its pods come back elsewhere, but only after the waits of Kubernetes.',
        'Pod 会在别处重建，但要先等过 Kubernetes 的几段等待时间。',
      ],
      {
        platform: { kind: 'container', nodes: 3 },
        service: poisson(40),
        faults: [{ kind: 'host-loss', host: 1, atSeconds: 60 }],
        horizonSeconds: 600,
      },
    ),
  ],
  serverless: [
    preset(
      'rare-calls',
      ['Rare calls, cold starts', '调用稀少，冷启动多'],
      [
        'Six calls an hour: environments often expire before the next.',
        '每小时六次调用：环境常常在下一次到来前过期。',
      ],
      {
        platform: { kind: 'serverless' },
        count: 1,
        service: poisson(0.00167),
        horizonSeconds: 400_000,
      },
    ),
    preset(
      'over-the-limit',
      ['A burst over the concurrency limit', '突发流量超过并发上限'],
      [
        'Beyond the limit callers are turned away, however cheap the idle time was.',
        '超过上限的调用会被拒绝，平时再省钱也没有用。',
      ],
      {
        platform: { kind: 'serverless', concurrencyLimit: 30 },
        count: 1,
        service: {
          arrivals: { kind: 'bursts', perSecond: 400, quietPerSecond: 2, onSeconds: 5, offSeconds: 60 },
        },
      },
    ),
    preset(
      'memory-buys-cpu',
      ['Memory buys CPU', '内存换 CPU'],
      [
        'At 1769 MiB a whole vCPU: quicker, and hardly dearer than the smallest.',
        '1769 MiB 对应一个完整的 vCPU：更快，费用却和最小规格相差无几。',
      ],
      {
        platform: { kind: 'serverless', memoryMiB: 1769 },
        count: 1,
        service: { ...poisson(20), cpu: { kind: 'deterministic', meanMs: 100 } },
      },
    ),
  ],
};
