import type { CostParts } from '../../costs.ts';
import { Level } from '../../engine/level.ts';
import type { Kernel } from '../../platform.ts';
import { gbSeconds, invocationBill, type FunctionPrices, type InvocationTimes } from './lambda-billing.ts';
import type { RunningFunction } from './running-function.ts';

/** What functions have cost since the end of the warm-up. An invocation is booked as a whole when it ends. */
export class Bill {
  private readonly kernel: Kernel;
  private readonly prices: FunctionPrices;
  private readonly functions: readonly RunningFunction[];
  /** Per function, in USD. */
  private readonly requestsUsd: Float64Array;
  private readonly initUsd: Float64Array;
  private readonly workUsd: Float64Array;
  private readonly waitingUsd: Float64Array;
  private readonly gbSeconds: Float64Array;
  /** Environments that are kept ready and paid for. */
  private readonly kept: readonly Level[];

  constructor(kernel: Kernel, prices: FunctionPrices, functions: readonly RunningFunction[]) {
    this.kernel = kernel;
    this.prices = prices;
    this.functions = functions;
    this.requestsUsd = new Float64Array(functions.length);
    this.initUsd = new Float64Array(functions.length);
    this.workUsd = new Float64Array(functions.length);
    this.waitingUsd = new Float64Array(functions.length);
    this.gbSeconds = new Float64Array(functions.length);
    this.kept = functions.map(() => new Level(kernel.buckets));
  }

  invocation(fn: RunningFunction, times: InvocationTimes, provisioned: boolean): void {
    const { kernel } = this;
    const { memoryMiB } = fn.plan;
    const bill = invocationBill(times, memoryMiB, this.prices, provisioned);
    add(this.requestsUsd, fn.index, bill.requestUsd);
    add(this.initUsd, fn.index, bill.initUsd);
    add(this.workUsd, fn.index, bill.workUsd);
    add(this.waitingUsd, fn.index, bill.waitingUsd);
    add(this.gbSeconds, fn.index, bill.gbSeconds);
    if (kernel.traced) {
      const detail = { ms: bill.billedMs, memoryMiB, provisioned: provisioned ? 1 : 0, usd: bill.usd };
      kernel.trace({ atMs: kernel.nowMs, kind: 'invocation-billed', subject: fn.name, detail });
    }
  }

  gatewayRequest(fn: RunningFunction): void {
    const { kernel } = this;
    const usd = this.prices.perMillionGatewayRequestsUsd / 1e6;
    add(this.requestsUsd, fn.index, usd);
    if (kernel.traced)
      kernel.trace({ atMs: kernel.nowMs, kind: 'gateway-request-billed', subject: fn.name, detail: { usd } });
  }

  /** From now on so many environments of a function are kept ready. */
  keep(fn: RunningFunction, environments: number): void {
    const { kernel } = this;
    this.kept[fn.index]?.set(environments, kernel.nowMs);
    if (kernel.traced) {
      const usdPerHour = environments * this.keptUsdPerHour(fn);
      const detail = { environments, memoryMiB: fn.plan.memoryMiB, usdPerHour };
      kernel.trace({ atMs: kernel.nowMs, kind: 'provisioned', subject: fn.name, detail });
    }
  }

  openWindow(): void {
    for (const column of [this.requestsUsd, this.initUsd, this.workUsd, this.waitingUsd, this.gbSeconds])
      column.fill(0);
    for (const level of this.kept) level.startWindow(this.kernel.nowMs);
  }

  partsOf({
    index,
  }: RunningFunction): Required<Pick<CostParts, 'requests' | 'init' | 'work' | 'waiting' | 'provisioned'>> {
    const { nowMs, windowStartMs } = this.kernel;
    const fn = this.functions[index] as RunningFunction;
    const hours = (nowMs - windowStartMs) / 3_600_000;
    return {
      requests: this.requestsUsd[index] as number,
      init: this.initUsd[index] as number,
      work: this.workUsd[index] as number,
      waiting: this.waitingUsd[index] as number,
      provisioned: (this.kept[index] as Level).mean(nowMs) * hours * this.keptUsdPerHour(fn),
    };
  }

  parts(): CostParts {
    const sum = { requests: 0, init: 0, work: 0, waiting: 0, provisioned: 0 };
    for (const fn of this.functions) {
      const own = this.partsOf(fn);
      sum.requests += own.requests;
      sum.init += own.init;
      sum.work += own.work;
      sum.waiting += own.waiting;
      sum.provisioned += own.provisioned;
    }
    return sum;
  }

  /** Billed for invocations; what is kept ready is not among them. */
  billedGbSecondsOf({ index }: RunningFunction): number {
    return this.gbSeconds[index] as number;
  }

  private keptUsdPerHour({ plan }: RunningFunction): number {
    return gbSeconds(plan.memoryMiB, 3_600_000) * this.prices.provisionedPerGbSecondUsd;
  }
}

function add(column: Float64Array, index: number, usd: number): void {
  column[index] = (column[index] as number) + usd;
}
