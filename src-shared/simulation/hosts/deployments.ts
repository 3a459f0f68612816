import { type Estate, event, type Group, type Instance } from './estate.ts';
import type { Deployment } from './deployment-schema.ts';
import type { Lifecycle } from './lifecycle.ts';

/** One group that gets a new version, as part of a deployment. */
interface Step {
  readonly index: number;
  readonly rollout: Rollout;
  readonly group: Group;
  state: 'waiting' | 'copying' | 'draining' | 'starting' | 'done';
}

interface Rollout {
  readonly service: number;
  readonly steps: Step[];
  startedMs: number;
  finishedMs: number | null;
}

/** Rolls out new versions: copy the artefact, let the last requests finish, stop, start; group after group or all at once. */
export class Deployments {
  private readonly estate: Estate;
  private readonly lifecycle: Lifecycle;
  private readonly rollouts: readonly Rollout[];
  private readonly steps: Step[] = [];

  constructor(estate: Estate, lifecycle: Lifecycle, deployments: readonly Deployment[]) {
    this.estate = estate;
    this.lifecycle = lifecycle;
    this.rollouts = deployments.map((deployment, i) => {
      const service = estate.services.findIndex(({ name }) => name === deployment.service);
      const rollout: Rollout = { service, steps: [], startedMs: 0, finishedMs: null };
      for (const group of this.groupsFor(service)) {
        const step: Step = { index: this.steps.length, rollout, group, state: 'waiting' };
        this.steps.push(step);
        rollout.steps.push(step);
      }
      estate.kernel.events.schedule(deployment.atSeconds * 1000, event.deployStarts, i);
      return rollout;
    });
    lifecycle.whenGroupRuns = (group) => this.groupRuns(group);
  }

  start(index: number): void {
    const { kernel, plan, services } = this.estate;
    const rollout = this.rollouts[index] as Rollout;
    rollout.startedMs = kernel.nowMs;
    const subject = services[rollout.service]?.name ?? '';
    kernel.log.add({
      atMs: kernel.nowMs,
      kind: 'deploy-started',
      subject,
      detail: { groups: rollout.steps.length },
    });
    for (const step of plan.deployOrder === 'rolling' ? rollout.steps.slice(0, 1) : rollout.steps)
      this.copy(step);
  }

  artefactCopied(index: number): void {
    const { kernel, plan } = this.estate;
    const step = this.steps[index] as Step;
    const { group } = step;
    if (plan.hotDeploy) {
      step.state = 'starting';
      for (const instance of this.replacedIn(step)) instance.available = false;
      kernel.events.schedule(kernel.nowMs + this.startSeconds(step) * 1000, event.instanceStarted, index);
      return;
    }
    step.state = 'draining';
    group.accepting = false;
    if (group.inFlight === 0 || plan.drainSeconds === 0) this.replace(step);
    else kernel.events.schedule(kernel.nowMs + plan.drainSeconds * 1000, event.drainOver, index);
  }

  /** The time that requests are given to finish is over. */
  drainOver(index: number): void {
    const step = this.steps[index] as Step;
    if (step.state === 'draining') this.replace(step);
  }

  /** The group has answered its last request. */
  groupIdle(group: Group): void {
    for (const step of this.steps) if (step.group === group && step.state === 'draining') this.replace(step);
  }

  instanceStarted(index: number): void {
    const step = this.steps[index] as Step;
    for (const instance of this.replacedIn(step)) instance.available = true;
    if (step.state === 'starting') this.finish(step);
  }

  /**
   * Mean time from the order to the last instance on the new version. Without deployments in the scenario: what that of
   * the slowest service would take, with nothing to wait for.
   */
  leadSeconds(): number | null {
    if (this.rollouts.length === 0) {
      return Math.max(...this.estate.services.map((_, service) => this.expectedLeadSeconds(service)));
    }
    const leads = this.rollouts.flatMap(({ startedMs, finishedMs }) =>
      finishedMs === null ? [] : [(finishedMs - startedMs) / 1000],
    );
    return leads.length === 0 ? null : leads.reduce((sum, lead) => sum + lead, 0) / leads.length;
  }

  /** The share of the services that a new version of one service restarts, at worst, 0 to 1. */
  restartedShare(): number {
    const { services, plan } = this.estate;
    const counts = services.map((_, service) => {
      if (plan.hotDeploy) return 1;
      return new Set(this.groupsFor(service).flatMap((group) => group.plan.services)).size;
    });
    return Math.max(...counts) / services.length;
  }

  private expectedLeadSeconds(service: number): number {
    const { plan, services } = this.estate;
    const rollout: Rollout = { service, steps: [], startedMs: 0, finishedMs: null };
    const leads = this.groupsFor(service).map((group) => {
      const step: Step = { index: -1, rollout, group, state: 'waiting' };
      return (
        this.copySeconds(step) +
        (plan.hotDeploy ? (services[service]?.startSeconds ?? 0) : group.startMs / 1000)
      );
    });
    return plan.deployOrder === 'rolling' ? leads.reduce((sum, lead) => sum + lead, 0) : Math.max(...leads);
  }

  private groupsFor(service: number): Group[] {
    const { groups, plan } = this.estate;
    if (plan.deployScope === 'everything') return [...groups];
    return groups.filter((group) => group.plan.services.includes(service));
  }

  /** The instances whose version changes. */
  private replacedIn({ group, rollout }: Step): Instance[] {
    if (this.estate.plan.deployScope === 'everything') return group.instances;
    return group.instances.filter((instance) => instance.service === rollout.service);
  }

  private copySeconds(step: Step): number {
    const { plan, services } = this.estate;
    const mebibytes = this.replacedIn(step).reduce(
      (sum, { service }) => sum + (services[service]?.artefactMiB ?? 0),
      0,
    );
    return mebibytes / plan.copyMiBPerSecond;
  }

  private startSeconds(step: Step): number {
    return this.replacedIn(step).reduce(
      (sum, { service }) => sum + (this.estate.services[service]?.startSeconds ?? 0),
      0,
    );
  }

  private copy(step: Step): void {
    const { events, nowMs } = this.estate.kernel;
    step.state = 'copying';
    events.schedule(nowMs + this.copySeconds(step) * 1000, event.artefactCopied, step.index);
  }

  private replace(step: Step): void {
    step.state = 'starting';
    for (const process of step.group.processes) this.lifecycle.replace(process);
  }

  private groupRuns(group: Group): void {
    if (this.estate.plan.hotDeploy) return;
    for (const step of this.steps) if (step.group === group && step.state === 'starting') this.finish(step);
  }

  private finish(step: Step): void {
    const { kernel, plan, services } = this.estate;
    const { rollout } = step;
    step.state = 'done';
    const next = rollout.steps.find(({ state }) => state === 'waiting');
    if (next !== undefined && plan.deployOrder === 'rolling') this.copy(next);
    if (rollout.steps.some(({ state }) => state !== 'done')) return;
    rollout.finishedMs = kernel.nowMs;
    const leadSeconds = (kernel.nowMs - rollout.startedMs) / 1000;
    const subject = services[rollout.service]?.name ?? '';
    kernel.log.add({ atMs: kernel.nowMs, kind: 'deploy-finished', subject, detail: { leadSeconds } });
  }
}
