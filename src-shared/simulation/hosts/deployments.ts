import type { Deployment } from '../deployments/deployment-schema.ts';
import { type Estate, firstEventBeyondEstate, type Group, type Instance } from './estate.ts';
import type { Lifecycle } from './lifecycle.ts';

const deployStarts = firstEventBeyondEstate;
const artefactCopied = firstEventBeyondEstate + 1;
const instanceStarted = firstEventBeyondEstate + 2;

/** How new versions come to hosts that stay. */
export interface DeployPlan {
  readonly copyMiBPerSecond: number;
  readonly drainSeconds: number;
  readonly order: 'rolling' | 'all-at-once';
  /** What a new version of one service replaces: its own instances, or all of everything. */
  readonly scope: 'service' | 'everything';
  /** Whether an instance can be replaced while its group goes on. */
  readonly hot: boolean;
}

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
  readonly steps: Step[];
  /** Number in the book of rollouts; -1 until it starts. */
  id: number;
}

/** Rolls out new versions: copy the artefact, let the last requests finish, stop, start; group after group or all at once. */
export class Deployments {
  private readonly estate: Estate;
  private readonly lifecycle: Lifecycle;
  private readonly plan: DeployPlan;
  private readonly rollouts: readonly Rollout[];
  private readonly steps: Step[] = [];

  constructor(estate: Estate, lifecycle: Lifecycle, plan: DeployPlan, deployments: readonly Deployment[]) {
    this.estate = estate;
    this.lifecycle = lifecycle;
    this.plan = plan;
    this.rollouts = deployments.map((deployment, i) => {
      estate.kernel.events.schedule(deployment.atSeconds * 1000, deployStarts, i);
      const service = estate.services.findIndex(({ name }) => name === deployment.service);
      return { service, deployment, steps: [], id: -1 };
    });
    lifecycle.whenGroupRuns = (group) => {
      this.groupRuns(group);
    };
    estate.whenReadinessChanges = () => {
      for (const { id, service } of this.rollouts)
        if (id >= 0) estate.kernel.rollouts.capacity(id, estate.readyOf(service));
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
    return Math.max(...this.estate.services.map((_, service) => this.leadSecondsOf(service)));
  }

  /** The share of the services that a new version of one service restarts, at worst, 0 to 1. */
  restartedShare(): number {
    const { services } = this.estate;
    const counts = services.map((_, service) => {
      if (this.plan.hot) return 1;
      return new Set(this.groupsFor(service).flatMap((group) => group.plan.services)).size;
    });
    return Math.max(...counts) / services.length;
  }

  private start(rollout: Rollout): void {
    const { estate } = this;
    const { kernel } = estate;
    const { service, deployment } = rollout;
    const groups = deployment.rollback ? this.giveUp(rollout) : this.groupsFor(service);
    for (const group of groups) {
      const step: Step = { index: this.steps.length, rollout, group, state: 'waiting' };
      this.steps.push(step);
      rollout.steps.push(step);
    }
    rollout.id = kernel.rollouts.begin(service, estate.readyOf(service), { groups: groups.length });
    if (groups.length === 0) kernel.rollouts.finish(rollout.id);
    for (const step of this.plan.order === 'rolling' ? rollout.steps.slice(0, 1) : rollout.steps)
      this.copy(step);
  }

  /** Stops the rollout of a bad version where it has come to, and returns the groups that have it or are about to. */
  private giveUp({ deployment }: Rollout): Group[] {
    const { kernel, services } = this.estate;
    const bad = this.rollouts.find(
      (other) => other.deployment.fault === deployment.fault && !other.deployment.rollback,
    );
    if (bad === undefined) return [];
    kernel.log.add({
      atMs: kernel.nowMs,
      kind: 'rollback-started',
      subject: services[bad.service]?.name ?? '',
      detail: {},
    });
    const touched = bad.steps.filter(({ state }) => state !== 'waiting' && state !== 'copying');
    for (const step of bad.steps)
      if (step.state === 'waiting' || step.state === 'copying') step.state = 'done';
    kernel.rollouts.abandon(bad.id);
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
      kernel.events.schedule(kernel.nowMs + this.startSeconds(step) * 1000, instanceStarted, step.index);
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
    for (const other of this.steps) if (other.group === step.group && other !== step) this.overtake(other);
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
      if (instance.service === rollout.service) instance.defect = bad;
      // A bad version takes down, for the time of a start, all that starts with it.
      if (bad !== null && fault !== null && (!this.plan.hot || instance.service === rollout.service))
        this.estate.kernel.faultBook.hit(fault, instance.service);
    }
  }

  private groupRuns(group: Group): void {
    if (this.plan.hot) return;
    for (const step of this.steps) if (step.group === group && step.state === 'starting') this.finish(step);
  }

  private finish(step: Step): void {
    const { rollout } = step;
    step.state = 'done';
    const next = rollout.steps.find(({ state }) => state === 'waiting');
    if (next !== undefined && this.plan.order === 'rolling') this.copy(next);
    if (rollout.steps.every(({ state }) => state === 'done')) this.estate.kernel.rollouts.finish(rollout.id);
  }

  private copy(step: Step): void {
    const { events, nowMs } = this.estate.kernel;
    // What is gone back to is still there.
    const seconds = step.rollout.deployment.rollback ? 0 : this.copySeconds(step.rollout.service, step.group);
    step.state = 'copying';
    events.schedule(nowMs + seconds * 1000, artefactCopied, step.index);
  }

  private leadSecondsOf(service: number): number {
    const leads = this.groupsFor(service).map(
      (group) =>
        this.copySeconds(service, group) +
        (this.plan.hot ? (this.estate.services[service]?.startSeconds ?? 0) : group.startMs / 1000),
    );
    return this.plan.order === 'rolling' ? leads.reduce((sum, lead) => sum + lead, 0) : Math.max(0, ...leads);
  }

  private groupsFor(service: number): Group[] {
    const { groups } = this.estate;
    if (this.plan.scope === 'everything') return [...groups];
    return groups.filter((group) => group.plan.services.includes(service));
  }

  /** The instances whose artefact changes. */
  private changedIn(service: number, { instances }: Group): Instance[] {
    return this.plan.scope === 'everything'
      ? instances
      : instances.filter((instance) => instance.service === service);
  }

  private replacedIn({ group, rollout }: Step): Instance[] {
    return this.changedIn(rollout.service, group);
  }

  private copySeconds(service: number, group: Group): number {
    const mebibytes = this.changedIn(service, group).reduce(
      (sum, instance) => sum + (this.estate.services[instance.service]?.artefactMiB ?? 0),
      0,
    );
    return mebibytes / this.plan.copyMiBPerSecond;
  }

  private startSeconds(step: Step): number {
    return this.replacedIn(step).reduce(
      (sum, { service }) => sum + (this.estate.services[service]?.startSeconds ?? 0),
      0,
    );
  }
}
