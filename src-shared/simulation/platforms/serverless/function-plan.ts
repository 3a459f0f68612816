import { gatewayPerMillionRequestsUsd, serverlessPricing } from '../../catalogue/serverless-pricing.ts';
import type { Law } from '../../workload/laws.ts';
import type { Service } from '../../workload/service.ts';
import { settingsOf } from '../service-settings.ts';
import { cpuShare } from './cpu-share.ts';
import { initLawOf } from './init-time.ts';
import type { FunctionPrices } from './lambda-billing.ts';
import type { Trigger } from './function-settings.ts';
import type { ServerlessPlatform } from './serverless-parameters.ts';

/** A service as a function: what holds for it, with what is set for all filled in. */
export interface FunctionPlan {
  readonly service: Service;
  readonly memoryMiB: number;
  /** vCPUs that come with its memory. */
  readonly vcpus: number;
  readonly initLaw: Law;
  /** What the size of its package adds to each init. */
  readonly packageInitMs: number;
  readonly keepAliveMs: number;
  readonly timeLimitMs: number;
  readonly trigger: Trigger;
  readonly reserved: number | null;
  readonly provisioned: number;
  readonly shards: number;
  readonly batchSize: number;
}

export function functionPlan(platform: ServerlessPlatform, service: Service): FunctionPlan {
  const own = settingsOf(platform, service);
  const memoryMiB = own.memoryMiB ?? platform.memoryMiB;
  // A runtime that is set for one function means more than an init law that is set for all.
  const initLaw =
    own.initMs ??
    (own.runtime === undefined ? platform.initMs : undefined) ??
    initLawOf(own.runtime ?? platform.runtime);
  return {
    service,
    memoryMiB,
    vcpus: cpuShare(memoryMiB, platform.memoryPerVcpuMiB),
    initLaw,
    packageInitMs: (own.packageMiB ?? platform.packageMiB) * platform.initMsPerPackageMiB,
    keepAliveMs: (own.keepAliveSeconds ?? platform.keepAliveSeconds) * 1000,
    timeLimitMs: (own.timeLimitSeconds ?? platform.timeLimitSeconds) * 1000,
    trigger: own.trigger ?? platform.trigger,
    reserved: own.reservedConcurrency ?? null,
    provisioned: own.provisionedConcurrency ?? platform.provisionedConcurrency,
    shards: own.shards ?? platform.shards,
    batchSize: own.batchSize ?? platform.batchSize,
  };
}

/** The prices of a platform: those of the named list, and what the file puts in their place. */
export function pricesOf({ pricing, prices }: ServerlessPlatform): FunctionPrices {
  const listed = serverlessPricing[pricing];
  const perGbSecondUsd = prices.perGbSecondUsd ?? listed.perGbSecondUsd.value;
  return {
    perMillionRequestsUsd: prices.perMillionRequestsUsd ?? listed.perMillionRequestsUsd.value,
    perGbSecondUsd,
    roundingMs: prices.roundingMs ?? listed.roundingMs.value,
    perMillionGatewayRequestsUsd: prices.perMillionGatewayRequestsUsd ?? gatewayPerMillionRequestsUsd.value,
    initBilled: prices.initBilled ?? listed.initBilled.value,
    provisionedPerGbSecondUsd:
      prices.provisionedPerGbSecondUsd ?? listed.provisionedPerGbSecondUsd?.value ?? 0,
    provisionedRunningPerGbSecondUsd:
      prices.provisionedRunningPerGbSecondUsd ??
      listed.provisionedRunningPerGbSecondUsd?.value ??
      perGbSecondUsd,
  };
}

/** Whether environments that are kept ready have a price. */
export function sellsProvisioned({ pricing, prices }: ServerlessPlatform): boolean {
  return (
    prices.provisionedPerGbSecondUsd !== undefined ||
    serverlessPricing[pricing].provisionedPerGbSecondUsd !== null
  );
}
