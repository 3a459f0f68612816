import type { Localized } from '#shared/locale.ts';

/** What no line can hold and nothing allows to break. Names of classes are the same in every language. */
const exception = 'OrderDeploymentReplicaSetContainerLivenessProbeInitialDelayExceededException';
export const longWord: Localized = { en: exception, 'zh-CN': exception };

/** As long as names of services, policies and the like become. */
const name = 'orders-deployment-replicaset-7f9c6d5b8d-container-liveness-probe';
export const longName: Localized = { en: name, 'zh-CN': name };

export const longSentence: Localized = {
  en: 'Each service runs in its own container with its own limits, so that a memory leak in one of them ends that container only, while the scheduler starts another one on whichever node has room, and nobody is woken up at night.',
  'zh-CN':
    '每个服务都运行在自己的容器里，各有各的资源上限：某个服务内存泄漏时，被终止的只是它自己的容器，调度器会在有空闲资源的节点上重新拉起一个，值班的人不必在半夜被叫醒，其他服务也不会受到任何影响。',
};

export const shortText: Localized = { en: 'Noisy neighbour', 'zh-CN': '吵闹的邻居' };
