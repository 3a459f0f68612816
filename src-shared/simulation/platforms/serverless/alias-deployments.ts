import type { Deployment } from '../../deployments/deployment-schema.ts';
import { lawMeanMs } from '../../workload/laws.ts';
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
    if (deployment.rollback) {
      this.goBack(rollout);
      return;
    }
    rollout.state = 'publishing';
    this.book(rollout);
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
    this.giveUp((other) => other.fn === fn && other !== rollout, ['warming', 'canary']);
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

  /** What a deployment of the slowest service would take, in seconds; inits of what is to be kept ready at their mean. */
  expectedLeadSeconds(): number {
    const { functions, platform } = this.cloud;
    const canarySeconds = platform.aliasShift === 'canary' ? platform.canarySeconds : 0;
    const leads = functions.map((fn) => {
      const { initLaw, packageInitMs, provisioned } = fn.plan;
      const initMs = provisioned > 0 ? lawMeanMs(initLaw) + packageInitMs : 0;
      return (this.publishingMs(fn) + initMs) / 1000;
    });
    return Math.max(...leads) + canarySeconds;
  }

  private publishingMs({ plan }: RunningFunction): number {
    const { copyMiBPerSecond, publishSeconds } = this.cloud.platform;
    return (plan.service.artefactMiB / copyMiBPerSecond + publishSeconds) * 1000;
  }

  /**
   * The version that a fault has ordered is taken back, however far it has come: its rollout is given up, or the alias moves
   * back at once to what it pointed to before. Where a later version has replaced it, nothing is to be done.
   */
  private goBack(rollout: Rollout): void {
    const { fn, deployment } = rollout;
    const { fault } = deployment;
    const { kernel } = this.cloud;
    const history = this.before[fn.index] as Version[];
    const stale = history.findIndex((version) => version.fault === fault);
    if (stale >= 0) history.splice(stale, 1);
    const wasUnderWay = this.giveUp(
      (other) => other.deployment.fault === fault,
      ['publishing', 'warming', 'canary'],
    );
    const isLive = fn.alias.fault === fault;
    rollout.state = 'done';
    if (!wasUnderWay && !isLive) return;
    this.book(rollout);
    kernel.log.add({ atMs: kernel.nowMs, kind: 'rollback-started', subject: fn.name, detail: {} });
    if (isLive) {
      const to = history.shift() ?? fn.alias;
      this.moveAlias(fn, to);
      this.cloud.keepReady(to, fn.plan.provisioned);
    }
    kernel.rollouts.finish(rollout.id);
  }

  private book(rollout: Rollout): void {
    const { fn, deployment } = rollout;
    // No environment that answers is stopped, so there is never less capacity than before.
    const environments = fn.environments.value;
    const { rollback } = deployment;
    rollout.id = this.cloud.kernel.rollouts.begin(fn.index, environments, { environments }, { rollback });
  }

  /** Those of some rollouts that have come so far and no further are given up. Returns whether there were any. */
  private giveUp(which: (rollout: Rollout) => boolean, states: readonly Rollout['state'][]): boolean {
    const given = this.rollouts.filter((rollout) => which(rollout) && states.includes(rollout.state));
    for (const rollout of given) {
      const { fn, to } = rollout;
      rollout.state = 'done';
      if (to !== null) this.cloud.keepReady(to, 0);
      if (fn.canary === to) fn.canary = null;
      this.cloud.kernel.rollouts.abandon(rollout.id);
    }
    return given.length > 0;
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
    if (fn.canary === to) fn.canary = null;
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
