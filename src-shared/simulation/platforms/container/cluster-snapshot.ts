import type { Estate } from '../../hosts/estate.ts';
import { estateSnapshot } from '../../hosts/estate-snapshot.ts';
import type { GroupSnapshot, HostSnapshot, TopologySnapshot } from '../../topology.ts';
import type { Cluster } from './cluster.ts';
import type { Node } from './node.ts';
import type { Pod } from './pod.ts';

/** Of many nodes the first so many are shown. */
const shownNodes = 100;

/** Where every pod is at this moment: on its node, on its way to it, or waiting for one. */
export function clusterSnapshot(estate: Estate, cluster: Cluster): TopologySnapshot {
  const { services } = estate;
  const running = estateSnapshot(estate, 'pod');
  const nameOf = ({ service }: Pod): string => services[service]?.name ?? '';
  const reservedMiB = ({ service }: Pod): number => cluster.specs[service]?.requests.memoryMiB ?? 0;
  const podById = new Map(cluster.podsOf.flat().map((pod) => [pod.id, pod]));
  const byId = new Map(cluster.nodes.nodes.map((node) => [node.id, node]));
  const hosts = running.hosts.map((host): HostSnapshot => {
    const node = byId.get(host.id);
    if (node === undefined) return host;
    const pulling = [...node.placed].filter(({ phase }) => phase === 'pulling');
    return {
      ...host,
      state: node.state === 'draining' ? 'draining' : host.state,
      groups: [
        ...host.groups.map((group) => {
          const pod = podById.get(group.id);
          return pod === undefined ? group : { ...group, reservedMiB: reservedMiB(pod) };
        }),
        ...pulling.map((pod) => pullingPod(pod, nameOf(pod), reservedMiB(pod))),
      ],
    };
  });
  const booting = cluster.nodes.nodes
    .filter(({ state }) => state === 'booting')
    .slice(0, shownNodes - hosts.length);
  return {
    ...running,
    hosts: [...hosts, ...booting.map((node) => bootingNode(node, cluster))],
    pending: cluster.pending.pods.map((pod) => ({ id: pod.id, service: nameOf(pod) })),
  };
}

/** A pod whose image is still on its way has no process yet. */
function pullingPod({ id, version }: Pod, service: string, reservedMiB: number): GroupSnapshot {
  return {
    id,
    kind: 'pod',
    state: 'starting',
    startsBy: 'pull',
    memoryMiB: 0,
    reservedMiB,
    memoryLimitMiB: null,
    leakedMiB: 0,
    cpuCores: 0,
    cpuLimitCores: null,
    throttled: false,
    processes: 1,
    processesRunning: 0,
    instances: [
      {
        id,
        service,
        state: 'starting',
        busy: 0,
        waiting: 0,
        cpuCores: 0,
        memoryMiB: 0,
        taken: 0,
        version: version.number,
        defective: version.defect !== null,
      },
    ],
  };
}

function bootingNode({ id }: Node, { nodes }: Cluster): HostSnapshot {
  return {
    id,
    state: 'starting',
    cores: nodes.platform.nodeCores,
    busyCores: 0,
    cpuUtilisation: 0,
    memoryMiB: nodes.platform.nodeMemoryMiB,
    memoryUsedMiB: 0,
    osMiB: 0,
    groups: [],
  };
}
