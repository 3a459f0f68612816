/** Prices as plain numbers, in USD. */
export interface FunctionPrices {
  readonly perMillionRequestsUsd: number;
  readonly perGbSecondUsd: number;
  /** For what comes through a gateway, on top. */
  readonly perMillionGatewayRequestsUsd: number;
  /** Durations are rounded up to a multiple of this, in milliseconds. */
  readonly roundingMs: number;
  /** Whether the initialisation of an environment that starts for a request is billed like its work. */
  readonly initBilled: boolean;
  /** For an environment kept ready, all the time. */
  readonly provisionedPerGbSecondUsd: number;
  /** In place of `perGbSecondUsd` for work in an environment kept ready. */
  readonly provisionedRunningPerGbSecondUsd: number;
}

/** Share of a unit of rounding that a clock of float64 milliseconds may be off and that must not cost a whole unit. */
const clockNoise = 1e-4;

/** A duration rounded up to what is billed, in milliseconds. */
export function billedMs(durationMs: number, roundingMs: number): number {
  return Math.max(0, Math.ceil(durationMs / roundingMs - clockNoise)) * roundingMs;
}

/**
 * Memory held for a time: GB-s = MB / 1024 x s.
 *
 * Source: AWS Lambda pricing: "the amount of memory you allocate", 1 GB being 1024 MB.
 */
export function gbSeconds(memoryMiB: number, ms: number): number {
  return ((memoryMiB / 1024) * ms) / 1000;
}

/**
 * What requests of one duration cost: n (price per request + GB-s x price per GB-s), each rounded up by itself.
 *
 * @returns USD; 10 million x 200 ms x 512 MB are $18.67 at 0.20 a million and 0.0000166667 a GB-s
 */
export function functionBillUsd(
  use: { readonly requests: number; readonly durationMs: number; readonly memoryMiB: number },
  prices: Pick<FunctionPrices, 'perMillionRequestsUsd' | 'perGbSecondUsd' | 'roundingMs'>,
): number {
  const held = gbSeconds(use.memoryMiB, billedMs(use.durationMs, prices.roundingMs));
  return use.requests * (prices.perMillionRequestsUsd / 1e6 + held * prices.perGbSecondUsd);
}

/** One invocation, by what its time went to. */
export interface InvocationTimes {
  /** Initialisation of an environment that started for it; 0 in a warm one. */
  readonly initMs: number;
  readonly cpuMs: number;
  /** Paid for and not worked: waits for others, pauses. */
  readonly waitingMs: number;
}

export interface InvocationBill {
  readonly billedMs: number;
  readonly gbSeconds: number;
  readonly usd: number;
  /** The bill taken apart; the four add up to `usd`. */
  readonly requestUsd: number;
  readonly initUsd: number;
  readonly workUsd: number;
  readonly waitingUsd: number;
}

/**
 * The bill of one invocation. What rounding adds is spread over its parts in proportion to them.
 *
 * Source: AWS Lambda pricing; initialisation: AWS Compute Blog, "AWS Lambda standardizes billing for INIT phase", 2025.
 */
export function invocationBill(
  times: InvocationTimes,
  memoryMiB: number,
  prices: FunctionPrices,
  provisioned: boolean,
): InvocationBill {
  const initMs = prices.initBilled ? times.initMs : 0;
  const durationMs = initMs + times.cpuMs + times.waitingMs;
  const rounded = billedMs(durationMs, prices.roundingMs);
  const held = gbSeconds(memoryMiB, rounded);
  const perGbSecond = provisioned ? prices.provisionedRunningPerGbSecondUsd : prices.perGbSecondUsd;
  const heldUsd = held * perGbSecond;
  const requestUsd = prices.perMillionRequestsUsd / 1e6;
  const perMs = durationMs > 0 ? heldUsd / durationMs : 0;
  return {
    billedMs: rounded,
    gbSeconds: held,
    usd: requestUsd + heldUsd,
    requestUsd,
    initUsd: initMs * perMs,
    workUsd: times.cpuMs * perMs,
    waitingUsd: times.waitingMs * perMs,
  };
}
