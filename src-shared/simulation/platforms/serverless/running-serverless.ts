import type { CostParts } from '../../costs.ts';
import type { MetricTree } from '../../metrics.ts';
import type { Kernel, PlatformInput, PlatformSeries, RunningPlatform } from '../../platform.ts';
import type { TopologySnapshot } from '../../topology.ts';
import { AliasDeployments } from './alias-deployments.ts';
import { CallerMemory } from './caller-memory.ts';
import { Cloud } from './cloud.ts';
import { CloudFaults } from './cloud-faults.ts';
import { EventQueue } from './event-queue.ts';
import { event } from './events.ts';
import { Gateway } from './gateway.ts';
import { type Failure, Invocations, type Invokers } from './invocations.ts';
import type { RunningFunction, Version } from './running-function.ts';
import { serverlessMetrics, serverlessSeries } from './serverless-metrics.ts';
import type { ServerlessPlatform } from './serverless-parameters.ts';
import { serverlessSnapshot } from './serverless-snapshot.ts';
import { Slowdowns } from './slowdowns.ts';
import { Streams } from './streams.ts';

/** Functions in one run: who invokes them, and how. */
export class RunningServerless implements RunningPlatform, Invokers {
  private readonly kernel: Kernel;
  private readonly cloud: Cloud;
  private readonly callers: CallerMemory;
  private readonly gateway: Gateway;
  private readonly queue: EventQueue;
  private readonly streams: Streams;
  private readonly invocations: Invocations;
  private readonly faults: CloudFaults;
  private readonly deployments: AliasDeployments;

  constructor(input: PlatformInput<ServerlessPlatform>, kernel: Kernel) {
    this.kernel = kernel;
    this.cloud = new Cloud(kernel, input.platform, input.services);
    this.callers = new CallerMemory(kernel, input.platform.callers);
    this.gateway = new Gateway(this.cloud);
    this.queue = new EventQueue(this.cloud);
    this.streams = new Streams(this.cloud);
    this.invocations = new Invocations(this.cloud, this.callers, this.gateway, this);
    const slowdowns = new Slowdowns(this.cloud, this.invocations, this.gateway);
    this.faults = new CloudFaults(this.cloud, this.invocations, slowdowns, input.faults);
    this.deployments = new AliasDeployments(this.cloud, input.deployments);
  }

  arrive(request: number): void {
    const fn = this.functionOf(request);
    this.callers.arrive(fn.index, request);
    switch (fn.plan.trigger) {
      case 'direct':
        return this.call(fn, request);
      case 'api-gateway':
        return this.gateway.arrive(request);
      case 'stream':
      case 'table':
        return this.streams.arrive(fn, request, this.invocations);
      case 'storage':
      case 'mail':
      case 'schedule':
        return this.queue.arrive(fn, request, this.invocations);
    }
  }

  isAwaited(service: number): boolean {
    return this.cloud.functions[service]?.isSynchronous ?? true;
  }

  handle(kind: number, subject: number): void {
    const { cloud } = this;
    switch (kind) {
      case event.workEnds:
        return this.invocations.workEnds(subject);
      case event.environmentStarted:
        cloud.putIdle(subject);
        return this.deployments.warmed(cloud.versionOf(subject));
      case event.idleExpires:
        return cloud.expireIdle(cloud.versions[subject] as Version);
      case event.gatewayPassed:
        this.gateway.passed(this.functionOf(subject), subject);
        return this.call(this.functionOf(subject), subject);
      case event.gatewayGivesUp:
        return this.gateway.givesUp(subject);
      case event.eventTriedAgain:
        return this.queue.triedAgain(this.functionOf(subject), subject, this.invocations);
      case event.shardPolled:
        return this.streams.polled(subject, this.invocations);
      case event.faultStarts:
        return this.faults.start(subject);
      case event.faultEnds:
        return this.faults.end(subject);
      case event.deployStarts:
        return this.deployments.start(subject);
      case event.versionPublished:
        return this.deployments.published(subject);
      case event.canaryOver:
        return this.deployments.canaryOver(subject);
      default:
        throw new Error(`no event of functions is of kind ${kind}`);
    }
  }

  answered(_fn: RunningFunction, request: number): void {
    this.kernel.serve(request);
  }

  failed(fn: RunningFunction, request: number, kind: Failure): void {
    if (fn.isSynchronous) this.kernel.fail(request, kind);
    else this.queue.failed(fn, request, kind);
  }

  recordDone(row: number): number {
    return this.streams.recordDone(row);
  }

  batchAnswered(row: number): void {
    this.streams.batchAnswered(row);
  }

  batchFailed(row: number): void {
    this.streams.batchFailed(row);
  }

  batchOver(shard: number): void {
    this.streams.batchOver(shard, this.invocations);
  }

  openWindow(): void {
    const { nowMs } = this.kernel;
    this.cloud.total.startWindow(nowMs);
    this.cloud.waiting.startWindow(nowMs);
    for (const fn of this.cloud.functions) fn.openWindow(nowMs);
    this.cloud.bill.openWindow();
    this.callers.openWindow();
  }

  metrics(): MetricTree {
    return serverlessMetrics(this.cloud, this.deployments, this.callers);
  }

  costParts(): CostParts {
    return this.cloud.bill.parts();
  }

  series(): PlatformSeries {
    return serverlessSeries(this.cloud);
  }

  snapshot(): TopologySnapshot {
    return serverlessSnapshot(this.cloud);
  }

  /** A caller that waits for the answer is told at once where it cannot be worked on. */
  private call(fn: RunningFunction, request: number): void {
    const admission = this.invocations.invoke(fn, request, -1);
    if (admission !== 'begun') this.kernel.fail(request, admission);
  }

  private functionOf(request: number): RunningFunction {
    return this.cloud.functions[this.kernel.requests.service[request] as number] as RunningFunction;
  }
}
