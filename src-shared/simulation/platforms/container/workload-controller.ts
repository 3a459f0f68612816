import type { Defect, Deployment } from '../../deployments/deployment-schema.ts';
import type { Kernel } from '../../platform.ts';
import type { Cluster } from './cluster.ts';
import { byDispensability, isReady, type Pod, type Version } from './pod.ts';
import type { PodSpec } from './pod-spec.ts';

/** What controllers of both kinds have in common: replicas of a service, its versions, and the rollout under way. */
export abstract class WorkloadController {
  /** Pods that there should be. */
  replicas: number;
  /** The version that there should be. */
  protected version: Version;
  protected readonly kernel: Kernel;
  protected readonly cluster: Cluster;
  protected readonly service: number;
  private readonly ownImageMiB: number;
  private versions = 0;
  /** Number of the rollout under way in the book of rollouts, or null. */
  private rollout: number | null = null;

  constructor(kernel: Kernel, cluster: Cluster, service: number, spec: PodSpec) {
    this.kernel = kernel;
    this.cluster = cluster;
    this.service = service;
    this.ownImageMiB = spec.ownImageMiB;
    this.replicas = spec.replicas;
    this.version = this.newVersion(null, null, null);
  }

  get pods(): readonly Pod[] {
    return this.cluster.podsOf[this.service] as Pod[];
  }

  /** A new version is ordered, or a bad one is taken back, unless another one has come since. */
  deploy({ bad, rollback, fault }: Deployment): void {
    const { kernel, service, version } = this;
    if (rollback && version.fault !== fault) return;
    const soundBefore = version.defect === null ? version : version.soundBefore;
    const target = rollback ? (soundBefore ?? version) : this.newVersion(bad, fault, soundBefore);
    if (this.rollout !== null) kernel.rollouts.abandon(this.rollout);
    this.rollout = kernel.rollouts.begin(service, this.serving, { replicas: this.replicas }, { rollback });
    if (rollback) {
      const subject = kernel.services[service]?.name ?? '';
      kernel.log.add({ atMs: kernel.nowMs, kind: 'rollback-started', subject, detail: {} });
    }
    this.version = target;
    this.begin();
    this.reconcile();
  }

  /** Brings what there is nearer to what there should be. To be called whenever one of the two has changed. */
  abstract reconcile(): void;

  /** Blue/green: the old version has been kept for long enough. */
  abstract oldKept(): void;

  /** Pods that answer. */
  get serving(): number {
    return this.pods.reduce((count, pod) => (pod.open && isReady(pod) ? count + 1 : count), 0);
  }

  /** Tells the book of rollouts how many pods answer. */
  noteCapacity(): void {
    if (this.rollout !== null) this.kernel.rollouts.capacity(this.rollout, this.serving);
  }

  protected abstract begin(): void;

  protected podsOn(version: Version): Pod[] {
    return this.pods.filter((pod) => pod.version === version);
  }

  protected create(count: number, version: Version, open: boolean): void {
    for (let i = 0; i < count; i++) this.cluster.create(this.service, version, open);
  }

  /** Takes so many of the pods away, those first that are missed least. */
  protected remove(count: number, pods: readonly Pod[]): void {
    const dispensable = [...pods].sort(byDispensability);
    for (const pod of dispensable.slice(0, Math.max(0, count))) this.cluster.remove(pod);
  }

  /** The bad version that a fault has brought answers requests. */
  protected noteDefect(): void {
    const { version, kernel, service } = this;
    if (version.fault === null || version.defect === null) return;
    if (this.podsOn(version).some((pod) => pod.open && isReady(pod)))
      kernel.faultBook.hit(version.fault, service);
  }

  protected finish(): void {
    if (this.rollout !== null) this.kernel.rollouts.finish(this.rollout);
    this.rollout = null;
  }

  private newVersion(defect: Defect | null, fault: number | null, soundBefore: Version | null): Version {
    const number = (this.versions += 1);
    const id = `${this.kernel.services[this.service]?.name ?? ''}:${number}`;
    return { image: { id, ownMiB: this.ownImageMiB }, number, defect, fault, soundBefore };
  }
}
