import { Level } from '../../engine/level.ts';
import type { Kernel } from '../../platform.ts';
import type { Service } from '../../workload/service.ts';
import { Bill } from './bill.ts';
import { ConcurrencyLimits } from './concurrency-limits.ts';
import { Environments, environmentState } from './environments.ts';
import { event } from './events.ts';
import { functionPlan, pricesOf } from './function-plan.ts';
import { RunningFunction, type Version } from './running-function.ts';
import type { ServerlessPlatform } from './serverless-parameters.ts';

/** What the provider runs: functions, their versions and environments, on hosts that nobody else sees. */
export class Cloud {
  readonly kernel: Kernel;
  readonly platform: ServerlessPlatform;
  readonly functions: readonly RunningFunction[];
  readonly versions: Version[] = [];
  readonly environments = new Environments();
  readonly limits: ConcurrencyLimits;
  readonly bill: Bill;
  /** Environments of all functions. */
  readonly total: Level;
  /** Requests that wait in the queues of events and streams. */
  readonly waiting: Level;
  /** For each host, how many losses it is under at present. */
  readonly losses: Int32Array;
  hostsUp: number;
  private nextHost = 0;

  constructor(kernel: Kernel, platform: ServerlessPlatform, services: readonly Service[]) {
    this.kernel = kernel;
    this.platform = platform;
    const rates = {
      scalingBurst: platform.scalingEnvironments,
      scalingPerSecond: platform.scalingEnvironments / platform.scalingPeriodSeconds,
      canaryShare: platform.canaryShare,
    };
    this.functions = services.map(
      (service, i) => new RunningFunction(kernel, i, functionPlan(platform, service), this.versions, rates),
    );
    this.limits = new ConcurrencyLimits(
      platform.concurrencyLimit,
      this.functions.map(({ plan }) => plan),
    );
    this.bill = new Bill(kernel, pricesOf(platform), this.functions);
    this.total = new Level(kernel.buckets);
    this.waiting = new Level(kernel.buckets);
    this.losses = new Int32Array(platform.workerHosts);
    this.hostsUp = platform.workerHosts;
    for (const fn of this.functions) this.keepReady(fn.alias, fn.plan.provisioned, true);
  }

  versionOf(row: number): Version {
    return this.versions[this.environments.version[row] as number] as Version;
  }

  /** Starts an environment; there must be a host that is up. What it is for is the caller's business. */
  start(version: Version, provisioned: boolean): number {
    const { environments, kernel } = this;
    const { fn } = version;
    const row = environments.take();
    environments.version[row] = version.index;
    environments.host[row] = this.pickHost();
    environments.provisioned[row] = provisioned ? 1 : 0;
    if (provisioned) version.provisioned++;
    this.count(fn, 1);
    for (const leak of fn.leaks) if (leak.row < 0) this.attach(leak, row);
    if (kernel.traced) this.traceEnvironment('environment-started', row);
    return row;
  }

  /** Keeps so many environments of a version ready: the missing ones start, those too many end when they are idle. */
  keepReady(version: Version, wanted: number, atOnce = false): void {
    version.provisionedWanted = wanted;
    const { fn } = version;
    let kept = 0;
    for (const other of this.versions) if (other.fn === fn) kept += other.provisionedWanted;
    if (wanted > 0 || this.kernel.nowMs > 0) this.bill.keep(fn, kept);
    while (version.provisioned > wanted && version.ready.size > 0) this.end(version.ready.popNewest());
    this.startMissing(version, atOnce);
  }

  /** Starts environments that should be ready and are not there. */
  startMissing(version: Version, atOnce = false): void {
    const { environments, kernel } = this;
    while (version.provisioned < version.provisionedWanted && this.hostsUp > 0) {
      const row = this.start(version, true);
      if (atOnce) {
        this.putIdle(row);
      } else {
        environments.state[row] = environmentState.starting;
        const readyMs = kernel.nowMs + version.fn.sampleInitMs();
        environments.handle[row] = kernel.events.schedule(readyMs, event.environmentStarted, row);
      }
    }
  }

  /** The environment has nothing to do. It waits for its next request, unless it is not wanted any longer. */
  putIdle(row: number): void {
    const { environments, kernel } = this;
    const version = this.versionOf(row);
    const { keepAliveMs } = version.fn.plan;
    environments.state[row] = environmentState.idle;
    environments.idleSinceMs[row] = kernel.nowMs;
    if (environments.provisioned[row] === 1) {
      if (version.provisioned > version.provisionedWanted) this.end(row);
      else version.ready.push(row);
    } else if (keepAliveMs === 0) {
      this.end(row);
    } else {
      version.idle.push(row);
      if (version.expiry < 0)
        version.expiry = kernel.events.schedule(kernel.nowMs + keepAliveMs, event.idleExpires, version.index);
    }
  }

  /** One event for a version is enough: whichever environment has been idle longest is the next to expire. */
  expireIdle(version: Version): void {
    const { environments, kernel } = this;
    const { keepAliveMs } = version.fn.plan;
    version.expiry = -1;
    while (version.idle.size > 0) {
      const row = version.idle.oldest;
      const expiresMs = (environments.idleSinceMs[row] as number) + keepAliveMs;
      if (expiresMs > kernel.nowMs) {
        version.expiry = kernel.events.schedule(expiresMs, event.idleExpires, version.index);
        return;
      }
      version.idle.dropOldest();
      this.end(row);
    }
  }

  /** The environment is gone. It must not be in a stack of idle ones. */
  end(row: number): void {
    const { environments, kernel } = this;
    const version = this.versionOf(row);
    if (kernel.traced) this.traceEnvironment('environment-ended', row);
    for (const leak of version.fn.leaks) if (leak.row === row) leak.row = -1;
    const provisioned = environments.provisioned[row] === 1;
    environments.release(row);
    this.count(version.fn, -1);
    if (!provisioned) return;
    version.provisioned--;
    this.startMissing(version);
  }

  /** Makes an environment leak from now on. */
  attach(leak: { row: number; readonly mibPerMs: number }, row: number): void {
    const { leakMiBPerMs } = this.environments;
    leak.row = row;
    leakMiBPerMs[row] = (leakMiBPerMs[row] as number) + leak.mibPerMs;
  }

  /** Environments of a function, the oldest first. */
  rowsOf(fn: RunningFunction): number[] {
    const { environments } = this;
    return this.rows()
      .filter((row) => this.versionOf(row).fn === fn)
      .sort((a, b) => (environments.serial[a] as number) - (environments.serial[b] as number));
  }

  /** All environments. */
  rows(): number[] {
    const { environments } = this;
    const found: number[] = [];
    for (let row = 0; row < environments.rows; row++)
      if (environments.state[row] !== environmentState.none) found.push(row);
    return found;
  }

  /** A host is under one loss more, or one less. */
  changeLosses(host: number, by: number): void {
    const before = this.losses[host] as number;
    this.losses[host] = before + by;
    if (before === 0) this.hostsUp--;
    else if (before + by === 0) this.hostsUp++;
  }

  private pickHost(): number {
    const { losses } = this;
    for (;;) {
      const host = this.nextHost;
      this.nextHost = (host + 1) % losses.length;
      if (losses[host] === 0) return host;
    }
  }

  private count(fn: RunningFunction, by: number): void {
    const { nowMs } = this.kernel;
    fn.environments.set(fn.environments.value + by, nowMs);
    this.total.set(this.total.value + by, nowMs);
  }

  private traceEnvironment(kind: string, row: number): void {
    const { kernel, environments } = this;
    const serial = environments.serial[row] as number;
    const service = this.versionOf(row).fn.name;
    kernel.trace({ atMs: kernel.nowMs, kind, subject: `env-${serial}`, detail: { service } });
  }
}
