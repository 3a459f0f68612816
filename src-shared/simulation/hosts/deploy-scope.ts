import type { Estate } from './estate.ts';
import type { Group, Instance } from './estate-parts.ts';

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

/** What a new version of a service comes to on hosts that stay, and how long its parts take. */
export class DeployScope {
  private readonly estate: Estate;
  private readonly plan: DeployPlan;

  constructor(estate: Estate, plan: DeployPlan) {
    this.estate = estate;
    this.plan = plan;
  }

  leadSecondsOf(service: number): number {
    const leads = this.groupsFor(service).map(
      (group) =>
        this.copySeconds(service, group) +
        (this.plan.hot ? (this.estate.services[service]?.startSeconds ?? 0) : group.startMs / 1000),
    );
    return this.plan.order === 'rolling' ? leads.reduce((sum, lead) => sum + lead, 0) : Math.max(0, ...leads);
  }

  groupsFor(service: number): Group[] {
    const { groups } = this.estate;
    if (this.plan.scope === 'everything') return [...groups];
    return groups.filter((group) => group.plan.services.includes(service));
  }

  /** The services that a new version of one restarts, if it comes to some groups. */
  touchedBy(service: number, groups: readonly Group[]): number[] {
    if (this.plan.hot) return [service];
    return [...new Set([service, ...groups.flatMap((group) => group.plan.services)])];
  }

  /** The instances whose artefact changes. */
  changedIn(service: number, { instances }: Group): Instance[] {
    return this.plan.scope === 'everything'
      ? instances
      : instances.filter((instance) => instance.service === service);
  }

  copySeconds(service: number, group: Group): number {
    const mebibytes = this.changedIn(service, group).reduce(
      (sum, instance) => sum + (this.estate.services[instance.service]?.artefactMiB ?? 0),
      0,
    );
    return mebibytes / this.plan.copyMiBPerSecond;
  }

  /** How long the instances take to start whose artefact changes, one after another. */
  startSeconds(service: number, group: Group): number {
    return this.changedIn(service, group).reduce(
      (sum, instance) => sum + (this.estate.services[instance.service]?.startSeconds ?? 0),
      0,
    );
  }
}
