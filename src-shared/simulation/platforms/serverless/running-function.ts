import type { Defect } from '../../deployments/deployment-schema.ts';
import { Level } from '../../engine/level.ts';
import type { NotableKind } from '../../engine/notable-log.ts';
import type { RandomStream } from '../../engine/random.ts';
import type { Kernel } from '../../platform.ts';
import { LawSampler } from '../../workload/laws.ts';
import { workSpeed } from './cpu-share.ts';
import type { FunctionPlan } from './function-plan.ts';
import { TokenBucket } from './token-bucket.ts';
import { WarmStack } from './warm-stack.ts';

/** One version of a function, with its own environments. */
export interface Version {
  readonly index: number;
  readonly fn: RunningFunction;
  /** Counted from 1 in its function. */
  readonly number: number;
  /** null for a version as it should be. */
  readonly bad: Defect | null;
  /** Index of the fault that brought it, or null. */
  readonly fault: number | null;
  /** Idle and started for requests: these expire. */
  readonly idle: WarmStack;
  /** Idle and kept ready. */
  readonly ready: WarmStack;
  /** Environments to be kept ready, and those there are, started or not. */
  provisionedWanted: number;
  provisioned: number;
  /** Event of the next expiry, or -1. */
  expiry: number;
}

/** Memory that a fault makes an environment of a function keep. After that one has ended, the next to start begins again. */
export interface Leak {
  readonly fault: number;
  readonly mibPerMs: number;
  /** Environment that leaks now, or -1. */
  row: number;
}

/** Notes of one kind about one function come no more often. */
const noteEveryMs = 60_000;

export interface FunctionCounts {
  /** Tries to have a request or batch worked on. */
  attempts: number;
  throttled: number;
  /** Those that got an environment, and those of them for which one had to start. */
  invocations: number;
  coldStarts: number;
}

/** A function in one run: where its alias points, and what has become of its requests. */
export class RunningFunction {
  readonly index: number;
  readonly plan: FunctionPlan;
  readonly name: string;
  /** Whether its callers wait for the answer. */
  readonly isSynchronous: boolean;
  /** Speed of a request against a whole core while nothing else runs in its environment. */
  readonly plainSpeed: number;
  /** The same beside endless loops. */
  speed: number;
  loops = 0;
  /** Memory that an environment uses without leaks. A heap larger than the function is taken as cut to its size. */
  readonly heapMiB: number;
  readonly starts: TokenBucket;
  readonly environments: Level;
  readonly busy: Level;
  readonly leaks: Leak[] = [];
  /** Since the end of the warm-up. */
  readonly counts: FunctionCounts = { attempts: 0, throttled: 0, invocations: 0, coldStarts: 0 };
  /** Where requests go. */
  alias: Version;
  /** Where a share of the requests goes, or null. */
  canary: Version | null = null;

  private readonly kernel: Kernel;
  private readonly versions: Version[];
  private readonly canaryShare: number;
  private readonly chance: RandomStream;
  private readonly init: LawSampler;
  private readonly noted = new Map<NotableKind, { atMs: number; since: number }>();

  /** `versions` are those of all functions; a function adds its own. */
  constructor(
    kernel: Kernel,
    index: number,
    plan: FunctionPlan,
    versions: Version[],
    rates: { readonly scalingBurst: number; readonly scalingPerSecond: number; readonly canaryShare: number },
  ) {
    this.kernel = kernel;
    this.index = index;
    this.versions = versions;
    this.plan = plan;
    this.name = plan.service.name;
    this.isSynchronous = plan.trigger === 'direct' || plan.trigger === 'api-gateway';
    this.plainSpeed = workSpeed(plan.vcpus);
    this.speed = this.plainSpeed;
    this.heapMiB = Math.min(plan.service.memoryMiB, plan.memoryMiB);
    this.starts = new TokenBucket(rates.scalingBurst, rates.scalingPerSecond);
    this.environments = new Level(kernel.buckets);
    this.busy = new Level(kernel.buckets);
    this.canaryShare = rates.canaryShare;
    this.chance = kernel.stream(`alias:${this.name}`);
    this.init = new LawSampler(plan.initLaw, kernel.stream(`init:${this.name}`));
    this.alias = this.addVersion(null, null);
  }

  addVersion(bad: Defect | null, fault: number | null): Version {
    const version: Version = {
      index: this.versions.length,
      fn: this,
      number: this.versions.filter(({ fn }) => fn === this).length + 1,
      bad,
      fault,
      idle: new WarmStack(),
      ready: new WarmStack(),
      provisionedWanted: 0,
      provisioned: 0,
      expiry: -1,
    };
    this.versions.push(version);
    return version;
  }

  /** The version that the next request goes to. */
  route(): Version {
    if (this.canary === null) return this.alias;
    return this.chance.uniform() < this.canaryShare ? this.canary : this.alias;
  }

  /** Milliseconds that a new environment needs before its first request. */
  sampleInitMs(): number {
    return this.init.sample() + this.plan.packageInitMs;
  }

  setLoops(loops: number): void {
    this.loops = loops;
    this.speed = workSpeed(this.plan.vcpus, loops);
  }

  /** Tells of something that may happen many times a second, at most once a minute with the number of times. */
  note(kind: NotableKind): void {
    const { nowMs, log } = this.kernel;
    const last = this.noted.get(kind);
    if (last !== undefined && nowMs - last.atMs < noteEveryMs) {
      last.since++;
      return;
    }
    log.add({ atMs: nowMs, kind, subject: this.name, detail: { count: (last?.since ?? 0) + 1 } });
    this.noted.set(kind, { atMs: nowMs, since: 0 });
  }

  openWindow(nowMs: number): void {
    this.environments.startWindow(nowMs);
    this.busy.startWindow(nowMs);
    Object.assign(this.counts, { attempts: 0, throttled: 0, invocations: 0, coldStarts: 0 });
  }
}
