import type { Deployment } from '../../deployments/deployment-schema.ts';
import type { Cloud } from './cloud.ts';
import { event } from './events.ts';
import type { RunningFunction, Version } from './running-function.ts';

interface Rollout {
  readonly index: number;
  readonly fn: RunningFunction;
  readonly deployment: Deployment;
  /** Number of the rollout in the kernel's book. */
  id: number;
  to: Version | null;
  state: 'ordered' | 'publishing' | 'warming' | 'canary' | 'done';
}

/**
 * New versions of functions: copy the artefact, publish a version, and move the alias to it, at once or for a share of the
 * requests first. What is under way ends where it began; the old environments stay until they expire, so that an alias that
 * moves back finds them warm. Environments that are to be kept ready are, before the alias moves.
 */
export class AliasDeployments {
  private readonly cloud: Cloud;
  private readonly rollouts: readonly Rollout[];
  /** Per function: the versions that its alias can go back to, the last one first. */
  private readonly before: readonly Version[][];

  constructor(cloud: Cloud, deployments: readonly Deployment[]) {
    this.cloud = cloud;
    this.before = cloud.functions.map(() => []);
    this.rollouts = deployments.map((deployment, index): Rollout => {
      const fn = cloud.functions.find(({ name }) => name === deployment.service);
      if (fn === undefined) throw new Error(`no function is called ${deployment.service}`);
      cloud.kernel.events.schedule(deployment.atSeconds * 1000, event.deployStarts, index);
      return { index, fn, deployment, id: -1, to: null, state: 'ordered' };
    });
  }

  start(index: number): void {
    const { kernel } = this.cloud;
    const rollout = this.rollouts[index] as Rollout;
    const { fn, deployment } = rollout;
    rollout.state = 'publishing';
    // No environment that answers is stopped, so there is never less capacity than before.
    rollout.id = kernel.rollouts.begin(fn.index, fn.environments.value, {
      environments: fn.environments.value,
    });
    if (deployment.rollback) {
      kernel.log.add({ atMs: kernel.nowMs, kind: 'rollback-started', subject: fn.name, detail: {} });
      this.goBack(rollout);
      return;
    }
    kernel.events.schedule(kernel.nowMs + this.publishingMs(fn), event.versionPublished, index);
  }

  published(index: number): void {
    const rollout = this.rollouts[index] as Rollout;
    if (rollout.state !== 'publishing') return;
    const { fn, deployment } = rollout;
    const version = fn.addVersion(deployment.bad, deployment.fault);
    rollout.to = version;
    rollout.state = 'warming';
    this.cloud.keepReady(version, fn.plan.provisioned);
    this.warmed(version);
  }

  /** An environment of a version is ready. Once all are that the alias waits for, it moves. */
  warmed(version: Version): void {
    const rollout = this.rollouts.find(({ to, state }) => to === version && state === 'warming');
    if (rollout === undefined || version.ready.size < version.provisionedWanted) return;
    const { fn } = rollout;
    const { kernel, platform } = this.cloud;
    this.giveUp(fn, rollout, ['warming', 'canary']);
    if (platform.aliasShift === 'all-at-once' || platform.canarySeconds === 0) {
      this.finish(rollout);
      return;
    }
    rollout.state = 'canary';
    fn.canary = version;
    kernel.log.add({
      atMs: kernel.nowMs,
      kind: 'canary-started',
      subject: fn.name,
      detail: { share: platform.canaryShare },
    });
    kernel.events.schedule(kernel.nowMs + platform.canarySeconds * 1000, event.canaryOver, rollout.index);
  }

  canaryOver(index: number): void {
    const rollout = this.rollouts[index] as Rollout;
    if (rollout.state === 'canary') this.finish(rollout);
  }

  /** What a deployment of the slowest service would take, in seconds. */
  expectedLeadSeconds(): number {
    const { functions, platform } = this.cloud;
    const canarySeconds = platform.aliasShift === 'canary' ? platform.canarySeconds : 0;
    return Math.max(...functions.map((fn) => this.publishingMs(fn) / 1000)) + canarySeconds;
  }

  private publishingMs({ plan }: RunningFunction): number {
    const { copyMiBPerSecond, publishSeconds } = this.cloud.platform;
    return (plan.service.artefactMiB / copyMiBPerSecond + publishSeconds) * 1000;
  }

  /** The alias moves back at once: to what it pointed to before the last version, or all of it away from a canary. */
  private goBack(rollout: Rollout): void {
    const { fn } = rollout;
    const underWay = this.giveUp(fn, rollout, ['publishing', 'warming', 'canary']);
    rollout.to = underWay ? fn.alias : ((this.before[fn.index] as Version[]).shift() ?? fn.alias);
    this.moveAlias(fn, rollout.to);
    this.cloud.keepReady(rollout.to, fn.plan.provisioned);
    rollout.state = 'done';
    this.cloud.kernel.rollouts.finish(rollout.id);
  }

  /** Other rollouts of a function that have come so far and no further make way. Returns whether there were any. */
  private giveUp(fn: RunningFunction, except: Rollout, states: readonly Rollout['state'][]): boolean {
    const others = this.rollouts.filter(
      (rollout) => rollout.fn === fn && rollout !== except && states.includes(rollout.state),
    );
    for (const other of others) {
      other.state = 'done';
      if (other.to !== null) this.cloud.keepReady(other.to, 0);
      this.cloud.kernel.rollouts.abandon(other.id);
    }
    fn.canary = null;
    return others.length > 0;
  }

  private finish(rollout: Rollout): void {
    const { fn, to } = rollout;
    if (to === null) return;
    (this.before[fn.index] as Version[]).unshift(fn.alias);
    rollout.state = 'done';
    this.moveAlias(fn, to);
    this.cloud.kernel.rollouts.finish(rollout.id);
  }

  private moveAlias(fn: RunningFunction, to: Version): void {
    const { kernel } = this.cloud;
    const from = fn.alias;
    fn.alias = to;
    fn.canary = null;
    if (from === to) return;
    this.cloud.keepReady(from, 0);
    kernel.log.add({
      atMs: kernel.nowMs,
      kind: 'alias-moved',
      subject: fn.name,
      detail: { version: to.number },
    });
  }
}
