import { describe, expect, it } from 'vitest';
import { functionRuntimeNames, functionRuntimes } from '#shared/simulation/catalogue/function-runtimes.ts';
import { serverlessPricing } from '#shared/simulation/catalogue/serverless-pricing.ts';
import { randomStream } from '#shared/simulation/engine/random.ts';
import {
  ConcurrencyLimits,
  sharedPlaces,
} from '#shared/simulation/platforms/serverless/concurrency-limits.ts';
import { cpuShare, workSpeed } from '#shared/simulation/platforms/serverless/cpu-share.ts';
import { initLawOf } from '#shared/simulation/platforms/serverless/init-time.ts';
import { coldStartProbability } from '#shared/simulation/platforms/serverless/keep-alive.ts';
import {
  billedMs,
  functionBillUsd,
  gbSeconds,
  invocationBill,
} from '#shared/simulation/platforms/serverless/lambda-billing.ts';
import {
  errorBackoffSeconds,
  throttleBackoffSeconds,
} from '#shared/simulation/platforms/serverless/retry-backoff.ts';
import { TokenBucket } from '#shared/simulation/platforms/serverless/token-bucket.ts';
import { WarmStack } from '#shared/simulation/platforms/serverless/warm-stack.ts';
import { LawSampler } from '#shared/simulation/workload/laws.ts';

const x86 = {
  perMillionRequestsUsd: 0.2,
  perGbSecondUsd: 0.0000166667,
  perMillionGatewayRequestsUsd: 1,
  roundingMs: 1,
  initBilled: true,
  provisionedPerGbSecondUsd: 0.0000041667,
  provisionedRunningPerGbSecondUsd: 0.0000097222,
};

describe('the bill of functions', () => {
  it.each([
    { requests: 10e6, durationMs: 200, memoryMiB: 512, usd: 18.67 },
    { requests: 30e6, durationMs: 120, memoryMiB: 1024, usd: 66.0 },
  ])('$requests x $durationMs ms x $memoryMiB MB = $usd USD', ({ usd, ...use }) => {
    const { perMillionRequestsUsd, perGbSecondUsd, roundingMs } = serverlessPricing['aws-x86-2026'];
    const prices = {
      perMillionRequestsUsd: perMillionRequestsUsd.value,
      perGbSecondUsd: perGbSecondUsd.value,
      roundingMs: roundingMs.value,
    };
    expect(functionBillUsd(use, prices)).toBeCloseTo(usd, 2);
  });

  it('rounds up to whole units, and not for the noise of a clock', () => {
    expect([billedMs(1.2, 1), billedMs(200, 1), billedMs(200.00000003, 1), billedMs(200.001, 1)]).toEqual([
      2, 200, 200, 201,
    ]);
    expect([billedMs(1, 100), billedMs(100, 100), billedMs(101, 100), billedMs(0, 1)]).toEqual([
      100, 100, 200, 0,
    ]);
  });

  it('counts 1024 MB as a GB', () => {
    expect(gbSeconds(512, 200)).toBe(0.1);
    expect(gbSeconds(1024, 1000)).toBe(1);
  });

  it('of one invocation is the sum of its parts', () => {
    const bill = invocationBill({ initMs: 100.4, cpuMs: 30, waitingMs: 20.3 }, 2048, x86, false);
    expect(bill.billedMs).toBe(151);
    expect(bill.gbSeconds).toBeCloseTo(0.302, 12);
    expect(bill.requestUsd + bill.initUsd + bill.workUsd + bill.waitingUsd).toBeCloseTo(bill.usd, 18);
    expect(bill.usd).toBeCloseTo(0.2e-6 + 0.302 * 0.0000166667, 15);
    expect(bill.initUsd / bill.workUsd).toBeCloseTo(100.4 / 30, 9);
  });

  it('leaves the init out where it is free, and is lower for work in what is kept ready', () => {
    const times = { initMs: 500, cpuMs: 100, waitingMs: 0 };
    const free = invocationBill(times, 1024, { ...x86, initBilled: false }, false);
    expect([free.billedMs, free.initUsd]).toEqual([100, 0]);
    const kept = invocationBill({ ...times, initMs: 0 }, 1024, x86, true);
    expect(kept.workUsd).toBeCloseTo(0.1 * 0.0000097222, 15);
  });

  it('of no time is the price of the request', () => {
    const bill = invocationBill({ initMs: 0, cpuMs: 0, waitingMs: 0 }, 128, x86, false);
    expect([bill.usd, bill.workUsd]).toEqual([bill.requestUsd, 0]);
    expect(bill.requestUsd).toBeCloseTo(0.2e-6, 18);
  });
});

describe('CPU by memory', () => {
  it('is one vCPU at 1769 MB', () => {
    expect(cpuShare(1769, 1769)).toBe(1);
    expect(cpuShare(512, 1769)).toBeCloseTo(0.28943, 5);
    expect(cpuShare(10_240, 1769)).toBeCloseTo(5.7886, 4);
  });

  it('stretches work below one core and never speeds it up above', () => {
    expect(workSpeed(0.25)).toBe(0.25);
    expect(workSpeed(5.8)).toBe(1);
  });

  it('is shared with endless loops', () => {
    expect(workSpeed(1, 1)).toBe(0.5);
    expect(workSpeed(4, 3)).toBe(1);
    expect(workSpeed(2, 3)).toBe(0.5);
  });
});

describe('the token bucket', () => {
  it('lets a burst through and then a steady rate', () => {
    const bucket = new TokenBucket(1000, 100);
    let burst = 0;
    while (bucket.take(0)) burst++;
    expect(burst).toBe(1000);
    expect(bucket.take(9.9)).toBe(false);
    expect(bucket.take(10)).toBe(true);
    expect(bucket.take(10)).toBe(false);
    let later = 0;
    for (let ms = 11; ms <= 5010; ms++) if (bucket.take(ms)) later++;
    expect(later).toBe(500);
  });

  it('never holds more than it can', () => {
    const bucket = new TokenBucket(3, 1);
    expect(bucket.levelAt(1e9)).toBe(3);
    expect([bucket.take(1e9), bucket.take(1e9), bucket.take(1e9), bucket.take(1e9)]).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });
});

describe('limits of concurrency', () => {
  const free = { reserved: null, provisioned: 0 };

  it('are of the account for all that have none of their own', () => {
    const limits = new ConcurrencyLimits(2, [free, free]);
    limits.take(0, false);
    expect(limits.hasRoom(1)).toBe(true);
    limits.take(1, false);
    expect([limits.hasRoom(0), limits.hasRoom(1)]).toEqual([false, false]);
    limits.giveBack(0, false);
    expect(limits.hasRoom(1)).toBe(true);
  });

  it('keep what is reserved from the others, and the owner to it', () => {
    const limits = new ConcurrencyLimits(5, [{ reserved: 2, provisioned: 0 }, free]);
    for (let i = 0; i < 3; i++) limits.take(1, false);
    expect([limits.hasRoom(0), limits.hasRoom(1)]).toEqual([true, false]);
    limits.take(0, false);
    limits.take(0, false);
    expect(limits.hasRoom(0)).toBe(false);
  });

  it('count what is kept ready as taken', () => {
    const limits = new ConcurrencyLimits(5, [{ reserved: null, provisioned: 3 }, free]);
    limits.take(1, false);
    limits.take(1, false);
    expect([limits.hasRoom(1), limits.hasProvisionedRoom]).toEqual([false, true]);
    limits.take(0, true);
    expect(limits.inUse).toBe(3);
    expect(
      sharedPlaces(5, [
        { reserved: 4, provisioned: 2 },
        { reserved: null, provisioned: 3 },
      ]),
    ).toBe(-2);
  });
});

describe('back-off', () => {
  it('doubles from a second to five minutes after throttling, whatever the number', () => {
    const waits = [1, 2, 3, 9, 10, 255].map((n) => throttleBackoffSeconds(n, 1, 300));
    expect(waits).toEqual([1, 2, 4, 256, 300, 300]);
  });

  it('is one minute and then two after errors', () => {
    expect([1, 2].map((n) => errorBackoffSeconds(n, 60))).toEqual([60, 120]);
  });
});

describe('idle environments', () => {
  it('give the one used last and grow old at the other end', () => {
    const stack = new WarmStack();
    for (let row = 0; row < 40; row++) stack.push(row);
    expect([stack.size, stack.oldest, stack.popNewest()]).toEqual([40, 0, 39]);
    for (let i = 0; i < 30; i++) stack.dropOldest();
    expect([stack.size, stack.oldest]).toEqual([9, 30]);
    // Room at the bottom is used again.
    for (let row = 100; row < 200; row++) stack.push(row);
    expect([stack.size, stack.oldest, stack.popNewest()]).toEqual([109, 30, 199]);
    stack.remove(31);
    stack.remove(12345);
    stack.dropOldest();
    expect([stack.size, stack.oldest]).toEqual([106, 32]);
  });
});

describe('init times', () => {
  it.each(functionRuntimeNames)('of %s have the median that was measured', (runtime) => {
    const sampler = new LawSampler(initLawOf(runtime), randomStream(7, runtime));
    const drawn = Float64Array.from({ length: 4001 }, () => sampler.sample()).sort();
    const median = drawn[2000] ?? NaN;
    // Standard error of the median of a lognormal law, cv 0.25: 1.2533 x 0.246 / sqrt(4001) = 0.5 %.
    expect(median / functionRuntimes[runtime].value).toBeCloseTo(1, 1);
    expect(Math.abs(median / functionRuntimes[runtime].value - 1)).toBeLessThan(0.02);
  });
});

describe('keep-alive', () => {
  it('P(cold) = exp(-lambda T)', () => {
    expect(coldStartProbability(6 / 3600, 600)).toBeCloseTo(0.3679, 4);
    expect(coldStartProbability(12 / 3600, 600)).toBeCloseTo(0.1353, 4);
    expect(coldStartProbability(1, 0)).toBe(1);
  });
});
