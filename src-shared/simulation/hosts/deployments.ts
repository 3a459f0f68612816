import type { Deployment } from '../deployments/deployment-schema.ts';
import { type DeployPlan, DeployScope } from './deploy-scope.ts';
import { type Estate } from './estate.ts';
import { firstEventBeyondEstate, type Group, type Instance } from './estate-parts.ts';
import type { Lifecycle } from './lifecycle.ts';

const deployStarts = firstEventBeyondEstate;
const artefactCopied = firstEventBeyondEstate + 1;
const instanceStarted = firstEventBeyondEstate + 2;

/** One group that gets a new version, as part of a deployment. */
interface Step {
  readonly index: number;
  readonly rollout: Rollout;
  readonly group: Group;
  state: 'waiting' | 'copying' | 'draining' | 'starting' | 'done';
}

interface Rollout {
  readonly service: number;
  readonly deployment: Deployment;
  /** The version of the service that it brings, counted from 1. */
  version: number;
  readonly steps: Step[];
  /** Steps that are not done. */
  left: number;
  /** The services that are restarted by it; empty until it starts. */
  touched: readonly number[];
  /** Number in the book of rollouts; -1 until it starts. */
  id: number;
}

/** Rolls out new versions: copy the artefact, let the last requests finish, stop, start; group after group or all at once. */
export class Deployments {
  private readonly estate: Estate;
  private readonly lifecycle: Lifecycle;
  private readonly plan: DeployPlan;
  private readonly scope: DeployScope;
  private readonly rollouts: readonly Rollout[];
  private readonly steps: Step[] = [];
  /** Those that are under way; for a group few, however many there have been. */
  private readonly underWay = new Map<Group, Set<Step>>();
  private readonly openRollouts = new Set<Rollout>();
  /** Versions that there have been of each service. */
  private readonly versions: Int32Array;

  constructor(estate: Estate, lifecycle: Lifecycle, plan: DeployPlan, deployments: readonly Deployment[]) {
    this.estate = estate;
    this.lifecycle = lifecycle;
    this.plan = plan;
    this.scope = new DeployScope(estate, plan);
    this.versions = new Int32Array(estate.services.length).fill(1);
    this.rollouts = deployments.map((deployment, i) => {
      estate.kernel.events.schedule(deployment.atSeconds * 1000, deployStarts, i);
      const service = estate.services.findIndex(({ name }) => name === deployment.service);
      return { service, deployment, version: 1, steps: [], left: 0, touched: [], id: -1 };
    });
    lifecycle.whenGroupRuns = (group) => {
      this.groupRuns(group);
    };
    estate.whenReadinessChanges = (group) => {
      if (this.openRollouts.size > 0) this.noteCapacity(group?.plan.services);
    };
  }

  /** Handles an event of a deployment. Returns false for one that is not. */
  handle(kind: number, subject: number): boolean {
    if (kind === deployStarts) this.start(this.rollouts[subject] as Rollout);
    else if (kind === artefactCopied) this.artefactCopied(this.steps[subject] as Step);
    else if (kind === instanceStarted) this.instanceStarted(this.steps[subject] as Step);
    else return false;
    return true;
  }

  /** What a deployment of the slowest service would take, with nothing to wait for. */
  expectedLeadSeconds(): number {
    return Math.max(...this.estate.services.map((_, service) => this.scope.leadSecondsOf(service)));
  }

  /** The share of the services that a new version of one service restarts, at worst, 0 to 1. */
  restartedShare(): number {
    const { services } = this.estate;
    const counts = services.map(
      (_, service) => this.scope.touchedBy(service, this.scope.groupsFor(service)).length,
    );
    return Math.max(...counts) / services.length;
  }

  private start(rollout: Rollout): void {
    const { estate } = this;
    const { kernel } = estate;
    const { service, deployment } = rollout;
    if (!deployment.rollback)
      rollout.version = this.versions[service] = (this.versions[service] as number) + 1;
    const groups = deployment.rollback ? this.giveUp(rollout) : this.scope.groupsFor(service);
    for (const group of groups) {
      const step: Step = { index: this.steps.length, rollout, group, state: 'waiting' };
      this.steps.push(step);
      rollout.steps.push(step);
    }
    rollout.left = groups.length;
    this.openRollouts.add(rollout);
    rollout.touched = this.scope.touchedBy(service, groups);
    rollout.id = kernel.rollouts.begin(
      service,
      estate.readyOf(service),
      { groups: groups.length },
      {
        rollback: deployment.rollback,
        alongside: new Map(rollout.touched.map((other) => [other, estate.readyOf(other)])),
      },
    );
    if (groups.length === 0) this.close(rollout);
    for (const step of this.plan.order === 'rolling' ? rollout.steps.slice(0, 1) : rollout.steps)
      this.copy(step);
  }

  /** Stops the rollout of a bad version where it has come to, and returns the groups that have it or are about to. */
  private giveUp(rollout: Rollout): Group[] {
    const { deployment } = rollout;
    const { kernel, services } = this.estate;
    const bad = this.rollouts.find(
      (other) => other.deployment.fault === deployment.fault && !other.deployment.rollback,
    );
    if (bad === undefined) return [];
    rollout.version = bad.version - 1;
    kernel.log.add({
      atMs: kernel.nowMs,
      kind: 'rollback-started',
      subject: services[bad.service]?.name ?? '',
      detail: {},
    });
    const touched = bad.steps.filter(({ state }) => state !== 'waiting' && state !== 'copying');
    for (const step of bad.steps) if (step.state === 'waiting' || step.state === 'copying') this.done(step);
    kernel.rollouts.abandon(bad.id);
    this.openRollouts.delete(bad);
    return touched.map(({ group }) => group);
  }

  private artefactCopied(step: Step): void {
    const { kernel } = this.estate;
    const { group } = step;
    if (step.state !== 'copying') return;
    if (this.plan.hot) {
      step.state = 'starting';
      for (const instance of this.replacedIn(step)) instance.available = false;
      this.estate.readinessChanged();
      kernel.events.schedule(
        kernel.nowMs + this.scope.startSeconds(step.rollout.service, step.group) * 1000,
        instanceStarted,
        step.index,
      );
      return;
    }
    step.state = 'draining';
    this.lifecycle.drain(group, this.plan.drainSeconds, () => {
      if (step.state === 'draining') this.replace(step);
    });
  }

  private instanceStarted(step: Step): void {
    if (step.state !== 'starting') return;
    this.changeVersion(step);
    for (const instance of this.replacedIn(step)) instance.available = true;
    this.estate.readinessChanged();
    this.finish(step);
  }

  private replace(step: Step): void {
    // Whatever else was on its way to this group is overtaken.
    for (const other of this.stepsAt(step.group)) if (other !== step) this.overtake(other);
    step.state = 'starting';
    this.changeVersion(step);
    for (const process of step.group.processes) this.lifecycle.replace(process);
  }

  private overtake(step: Step): void {
    if (step.state === 'draining' || step.state === 'starting') this.finish(step);
  }

  private changeVersion({ rollout, group }: Step): void {
    const { bad, fault } = rollout.deployment;
    for (const instance of group.instances) {
      if (instance.service === rollout.service) {
        instance.defect = bad;
        instance.version = rollout.version;
      }
      // A bad version takes down, for the time of a start, all that starts with it.
      if (bad !== null && fault !== null && (!this.plan.hot || instance.service === rollout.service))
        this.estate.kernel.faultBook.hit(fault, instance.service);
    }
  }

  private groupRuns(group: Group): void {
    if (this.plan.hot) return;
    for (const step of this.stepsAt(group)) if (step.state === 'starting') this.finish(step);
  }

  private finish(step: Step): void {
    const { rollout } = step;
    this.done(step);
    const next = this.plan.order === 'rolling' && rollout.steps.find(({ state }) => state === 'waiting');
    if (next) this.copy(next);
    if (rollout.left === 0) this.close(rollout);
  }

  private done(step: Step): void {
    step.state = 'done';
    step.rollout.left--;
    this.underWay.get(step.group)?.delete(step);
  }

  private close(rollout: Rollout): void {
    this.estate.kernel.rollouts.finish(rollout.id);
    this.openRollouts.delete(rollout);
  }

  private stepsAt(group: Group): Step[] {
    return [...(this.underWay.get(group) ?? [])];
  }

  /** @param changed services whose instances may have become able to answer, or unable; left out: any */
  private noteCapacity(changed: readonly number[] = this.estate.services.map((_, service) => service)): void {
    for (const service of new Set(changed)) {
      const ready = this.estate.readyOf(service);
      for (const { id, touched } of this.openRollouts)
        if (touched.includes(service)) this.estate.kernel.rollouts.capacity(id, ready, service);
    }
  }

  private copy(step: Step): void {
    const { events, nowMs } = this.estate.kernel;
    // What is gone back to is still there.
    const seconds = step.rollout.deployment.rollback
      ? 0
      : this.scope.copySeconds(step.rollout.service, step.group);
    step.state = 'copying';
    const atGroup = this.underWay.get(step.group) ?? new Set();
    this.underWay.set(step.group, atGroup.add(step));
    events.schedule(nowMs + seconds * 1000, artefactCopied, step.index);
  }

  private replacedIn({ group, rollout }: Step): Instance[] {
    return this.scope.changedIn(rollout.service, group);
  }
}
