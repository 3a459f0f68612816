import type { MessageKey } from '../../../i18n/i18n.svelte.ts';
import type { DraftFile } from './edit-file.ts';
import type { PlatformKind } from './platform-kinds.ts';

type PresetOf<Key> = Key extends `preset.${infer Id}.name` ? Id : never;

/** A configuration to start from: a situation of the article. Its name and what there is to see are messages. */
export interface Preset {
  readonly id: PresetOf<MessageKey>;
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

const preset = (id: Preset['id'], situation: Situation): Preset => ({ id, file: fileOf(situation) });

const poisson = (perSecond: number) => ({ arrivals: { kind: 'poisson', perSecond } });

export const presets: Readonly<Record<PlatformKind, readonly Preset[]>> = {
  queue: [
    preset('one-server-busy', {
      platform: { kind: 'queue' },
      count: 1,
      service: poisson(40),
      horizonSeconds: 1000,
    }),
    preset('pooled', {
      platform: { kind: 'queue', servers: 4 },
      count: 1,
      service: poisson(160),
      horizonSeconds: 1000,
    }),
    preset('heavy-tail', {
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
    }),
  ],
  monolith: [
    preset('everything-deployed', {
      platform: { kind: 'monolith', servers: 3 },
      count: 6,
      service: poisson(8),
      deployments: [{ service: 'service-1', atSeconds: 60 }],
    }),
    preset('leak-takes-all', {
      platform: { kind: 'monolith', servers: 2, memoryMiBPerServer: 4096 },
      count: 6,
      service: poisson(8),
      faults: [{ kind: 'leak', service: 'service-1', instance: 1, atSeconds: 30, mibPerSecond: 40 }],
    }),
    preset('endless-loop', {
      platform: { kind: 'monolith', servers: 2 },
      count: 6,
      service: poisson(10),
      faults: [
        { kind: 'cpu-hog', service: 'service-1', instance: 1, atSeconds: 60, forSeconds: 120, cores: 8 },
      ],
    }),
  ],
  'shared-host': [
    preset('noisy-neighbour', {
      platform: { kind: 'shared-host', hosts: 1 },
      service: poisson(20),
      faults: [
        { kind: 'cpu-hog', service: 'service-1', instance: 1, atSeconds: 60, forSeconds: 120, cores: 8 },
      ],
    }),
    preset('cpu-weights', {
      platform: { kind: 'shared-host', hosts: 1, services: { service: { weight: 1024 } } },
      service: poisson(20),
      faults: [
        { kind: 'cpu-hog', service: 'service-1', instance: 1, atSeconds: 60, forSeconds: 120, cores: 8 },
      ],
    }),
    preset('one-tomcat', {
      platform: { kind: 'shared-host', hosts: 2, instancesPerService: 2, instancesPerGroup: 0 },
      count: 8,
      service: poisson(5),
      faults: [{ kind: 'crash', service: 'service-1', instance: 1, atSeconds: 100 }],
    }),
  ],
  vm: [
    preset('spike-too-quick', {
      platform: { kind: 'vm', scaling: { policy: 'target-tracking' } },
      count: 1,
      service: {
        arrivals: { kind: 'spike', perSecond: 40, peakPerSecond: 250, atSeconds: 120, forSeconds: 120 },
      },
      horizonSeconds: 600,
    }),
    preset('immutable-image', {
      platform: { kind: 'vm', instances: 3 },
      count: 1,
      service: poisson(30),
      deployments: [{ service: 'service', atSeconds: 60 }],
      horizonSeconds: 1500,
    }),
    preset('neighbours-apart', {
      platform: { kind: 'vm' },
      service: poisson(20),
      faults: [
        { kind: 'cpu-hog', service: 'service-1', instance: 1, atSeconds: 60, forSeconds: 120, cores: 8 },
      ],
    }),
  ],
  container: [
    preset('throttled', {
      platform: { kind: 'container', pods: { cpuRequest: 0.2, cpuLimit: 0.2 } },
      service: { ...poisson(10), cpu: { kind: 'deterministic', meanMs: 30 } },
    }),
    preset('hpa-step', {
      platform: {
        kind: 'container',
        nodes: 4,
        pods: { replicas: 1, cpuRequest: 0.5, cpuLimit: 0.5 },
        hpa: { minReplicas: 1, maxReplicas: 12 },
      },
      count: 1,
      service: { arrivals: { kind: 'step', perSecond: 8, thenPerSecond: 100, atSeconds: 100 } },
      horizonSeconds: 500,
    }),
    preset('node-lost', {
      platform: { kind: 'container', nodes: 3 },
      service: poisson(40),
      faults: [{ kind: 'host-loss', host: 1, atSeconds: 60 }],
      horizonSeconds: 600,
    }),
  ],
  serverless: [
    preset('rare-calls', {
      platform: { kind: 'serverless' },
      count: 1,
      service: poisson(0.00167),
      horizonSeconds: 400_000,
    }),
    preset('over-the-limit', {
      platform: { kind: 'serverless', concurrencyLimit: 30 },
      count: 1,
      service: {
        arrivals: { kind: 'bursts', perSecond: 400, quietPerSecond: 2, onSeconds: 5, offSeconds: 60 },
      },
    }),
    preset('memory-buys-cpu', {
      platform: { kind: 'serverless', memoryMiB: 1769 },
      count: 1,
      service: { ...poisson(20), cpu: { kind: 'deterministic', meanMs: 100 } },
    }),
  ],
};
