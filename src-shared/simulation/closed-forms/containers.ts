import { cfsPeriodMs } from '../hosts/cfs-throttling.ts';
import { desiredReplicas } from '../platforms/container/hpa.ts';
import { rollingLimits } from '../platforms/container/rolling-limits.ts';
import { balancedAllocation, leastAllocated, mostAllocated } from '../platforms/container/scheduler.ts';
import { closedForm, wholeDown, wholeUp } from './closed-form.ts';

/** Containers: limits, images, scheduling and scaling, as Linux and Kubernetes do it. */
export const containerForms = {
  hpa: closedForm({
    about: 'Horizontal Pod Autoscaler: ceil(replicas x metric / target), nothing within a tolerance of 0.1',
    inputs: { replicas: 'now', metric: 'mean over them', target: 'above 0, in the same unit' },
    outputs: { ratio: 'metric / target', replicas: 'wanted' },
    compute: (of) => ({
      ratio: of.metric / of.target,
      replicas: desiredReplicas(of.replicas, of.metric, of.target),
    }),
  }),
  'pods-per-node': closedForm({
    about: 'pods of one size on nodes of one size, by what they request',
    inputs: {
      nodeMilliCpu: 'what a node has for pods, in thousandths of a core',
      nodeMiB: 'what a node has for pods, in MiB',
      podMilliCpu: 'request of a pod, above 0',
      podMiB: 'request of a pod in MiB, above 0',
      pods: 'to place',
    },
    outputs: {
      byCpu: 'pods that a node has the CPU for',
      byMemory: 'pods that a node has the memory for',
      perNode: 'the smaller of the two',
      nodes: 'that all pods need',
    },
    compute: (of) => {
      const byCpu = wholeDown(of.nodeMilliCpu / of.podMilliCpu);
      const byMemory = wholeDown(of.nodeMiB / of.podMiB);
      const perNode = Math.min(byCpu, byMemory);
      if (perNode < 1) throw new RangeError('a pod is larger than a node');
      return { byCpu, byMemory, perNode, nodes: wholeUp(of.pods / perNode) };
    },
  }),
  'node-score': closedForm({
    about:
      'kube-scheduler: the score of a node by LeastAllocated, MostAllocated and BalancedAllocation, 0-100',
    inputs: {
      milliCpu: 'requested on the node with the pod, in thousandths of a core',
      memoryMiB: 'requested on the node with the pod, in MiB',
      nodeMilliCpu: 'of the node',
      nodeMiB: 'of the node, in MiB',
    },
    outputs: { leastAllocated: 'spread', mostAllocated: 'pack', balanced: 'balanced' },
    compute: (of) => {
      const requested = { milliCpu: of.milliCpu, memoryMiB: of.memoryMiB };
      const node = { milliCpu: of.nodeMilliCpu, memoryMiB: of.nodeMiB };
      return {
        leastAllocated: leastAllocated(requested, node),
        mostAllocated: mostAllocated(requested, node),
        balanced: balancedAllocation(requested, node),
      };
    },
  }),
  'cfs-quota': closedForm({
    about: 'one thread under a CFS quota: floor((work - 1 ns) / quota) whole periods of 100 ms, and the rest',
    inputs: { workMs: 'CPU time in ms, above 0', quotaMs: 'CPU time in each 100 ms, above 0' },
    outputs: {
      wallMs: 'in ms',
      throttledMs: 'of it standing still, in ms',
      periods: 'periods that are begun',
    },
    compute: ({ workMs, quotaMs }) => {
      if (quotaMs >= cfsPeriodMs)
        return { wallMs: workMs, throttledMs: 0, periods: wholeUp(workMs / cfsPeriodMs) };
      const periods = Math.floor((workMs - 1e-6) / quotaMs);
      const wallMs = periods * cfsPeriodMs + workMs - periods * quotaMs;
      return { wallMs, throttledMs: wallMs - workMs, periods: periods + 1 };
    },
  }),
  'rolling-update': closedForm({
    about: 'Deployment of Kubernetes: maxSurge rounded up, maxUnavailable rounded down, wave after wave',
    inputs: {
      replicas: 'at least 1',
      maxSurgePercent: 'at least 0',
      maxUnavailablePercent: 'at least 0',
      readySeconds: 'from the start of a pod until it is ready, in s',
    },
    outputs: {
      surge: 'pods beyond the replicas',
      unavailable: 'replicas that may be missing',
      mostPods: 'at once',
      leastReady: 'at once',
      waves: 'of pods that start together',
      seconds: 'until the last is ready',
    },
    compute: (of) => {
      const limits = rollingLimits(of.replicas, of.maxSurgePercent, of.maxUnavailablePercent);
      const waves = wholeUp(of.replicas / (limits.maxSurge + limits.maxUnavailable));
      return {
        surge: limits.maxSurge,
        unavailable: limits.maxUnavailable,
        mostPods: of.replicas + limits.maxSurge,
        leastReady: of.replicas - limits.maxUnavailable,
        waves,
        seconds: waves * of.readySeconds,
      };
    },
  }),
  'image-pull': closedForm({
    about: 'the layers that a node lacks, over its bandwidth',
    inputs: {
      imageMiB: 'of the image, in MiB',
      cachedMiB: 'of its layers on the node, in MiB',
      mibPerSecond: 'in MiB/s',
    },
    outputs: { pulledMiB: 'in MiB', seconds: 'in s' },
    compute: (of) => {
      const pulledMiB = Math.max(0, of.imageMiB - of.cachedMiB);
      return { pulledMiB, seconds: pulledMiB / of.mibPerSecond };
    },
  }),
};
