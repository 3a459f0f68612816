import type { Quantity } from './quantity.ts';

const containerStart = {
  unit: 's',
  source: 'arXiv 2602.15214, start of a container whose image is already there',
  date: '2026',
} as const;

/** From the order to run a container to its first instruction, by what the node has for a disk. Pulls are not in it. */
export const containerStartSeconds = {
  ssd: { value: 0.57, ...containerStart },
  hdd: { value: 1.16, ...containerStart },
} as const satisfies Readonly<Record<string, Quantity>>;

export type Disk = keyof typeof containerStartSeconds;
export const disks = Object.keys(containerStartSeconds) as [Disk, ...Disk[]];

/**
 * The share of the time from order to running that pulling the image takes, at the median over 57 images. The default
 * size of an image and the default bandwidth give about the same share together with the start on an SSD.
 */
export const pullShare: Quantity = {
  value: 0.76,
  unit: '1',
  source: 'Harter et al., "Slacker: Fast Distribution with Lazy Docker Containers", FAST 2016',
  date: '2016',
};

/** What stands between a container and the kernel of its node. */
export interface Sandbox {
  /** What it adds to the start of a container. */
  readonly startMs: Quantity;
  /** What it takes of the node's memory for each container. */
  readonly memoryMiB: Quantity;
}

function sandbox(name: string, startMs: number, memoryMiB: number): Sandbox {
  const source = { source: `stuzhuk.page, comparison of container sandboxes: ${name}`, date: '2026' };
  return {
    startMs: { value: startMs, unit: 'ms', ...source },
    memoryMiB: { value: memoryMiB, unit: 'MiB', ...source },
  };
}

/** From the weakest wall to the strongest. */
export const sandboxes = {
  'shared-kernel': sandbox('runc', 20, 7),
  gvisor: sandbox('gVisor', 50, 18),
  microvm: sandbox('Firecracker', 125, 28),
  vm: sandbox('QEMU', 500, 52),
} as const satisfies Readonly<Record<string, Sandbox>>;

const firecrackerSpecification = {
  source: 'Firecracker, SPECIFICATION.md: boot within 125 ms, at most 5 MiB beside the guest',
  date: '2026',
} as const;

/** What Firecracker promises of itself, which is less than what was measured of whole sandboxes. */
export const firecrackerLimits: Sandbox = {
  startMs: { value: 125, unit: 'ms', ...firecrackerSpecification },
  memoryMiB: { value: 5, unit: 'MiB', ...firecrackerSpecification },
};

export type SandboxLevel = keyof typeof sandboxes;
export const sandboxLevels = Object.keys(sandboxes) as [SandboxLevel, ...SandboxLevel[]];

const kubernetes = (page: string) => ({ source: `Kubernetes documentation, ${page}`, date: '2026' });

/** How Kubernetes behaves where nothing else is said. */
export const kubernetesDefaults = {
  hpaSyncSeconds: { value: 15, unit: 's', ...kubernetes('Horizontal Pod Autoscaling') },
  hpaTolerance: { value: 0.1, unit: '1', ...kubernetes('Horizontal Pod Autoscaling') },
  downscaleStabilisationSeconds: { value: 300, unit: 's', ...kubernetes('Horizontal Pod Autoscaling') },
  nodeMonitorGraceSeconds: {
    value: 40,
    unit: 's',
    ...kubernetes('kube-controller-manager, --node-monitor-grace-period (50 s from 1.32 on)'),
  },
  evictionTolerationSeconds: {
    value: 300,
    unit: 's',
    ...kubernetes('Taints and Tolerations, DefaultTolerationSeconds'),
  },
  crashBackoffSeconds: { value: 10, unit: 's', ...kubernetes('Pod Lifecycle, restart policy') },
  crashBackoffMaxSeconds: { value: 300, unit: 's', ...kubernetes('Pod Lifecycle, restart policy') },
  crashBackoffResetSeconds: { value: 600, unit: 's', ...kubernetes('Pod Lifecycle, restart policy') },
  terminationGraceSeconds: {
    value: 30,
    unit: 's',
    ...kubernetes('Pod Lifecycle, termination grace period'),
  },
  maxSurgePercent: { value: 25, unit: '%', ...kubernetes('Deployments, maxSurge') },
  maxUnavailablePercent: { value: 25, unit: '%', ...kubernetes('Deployments, maxUnavailable') },
  podsPerNode: { value: 110, unit: '1', ...kubernetes('Considerations for large clusters') },
  nodeScanSeconds: {
    value: 10,
    unit: 's',
    source: 'Kubernetes Cluster Autoscaler FAQ, --scan-interval',
    date: '2026',
  },
  nodeUnneededSeconds: {
    value: 600,
    unit: 's',
    source: 'Kubernetes Cluster Autoscaler FAQ, --scale-down-unneeded-time',
    date: '2026',
  },
  nodeUtilisationThreshold: {
    value: 0.5,
    unit: '1',
    source: 'Kubernetes Cluster Autoscaler FAQ, --scale-down-utilization-threshold',
    date: '2026',
  },
} as const satisfies Readonly<Record<string, Quantity>>;
