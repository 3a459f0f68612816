import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instanceTypes } from '#shared/simulation/catalogue/instance-types.ts';
import { billedSeconds, costOfInstance, priceOf } from '#shared/simulation/platforms/vm/instance-billing.ts';
import { leadSeconds, outAtOnce } from '#shared/simulation/platforms/vm/lead-time.ts';

const m5Large = instanceTypes['m5.large'].pricePerHourUsd.value;
const sum = (parts: object): number =>
  Object.values(parts).reduce((total: number, usd: unknown) => total + Number(usd), 0);

describe('the catalogue of instance types', () => {
  it.each([
    ['t3.micro', 2, 1, 0.0104],
    ['t3.medium', 2, 4, 0.0416],
    ['t3.large', 2, 8, 0.0832],
    ['m5.large', 2, 8, 0.096],
    ['m5.xlarge', 4, 16, 0.192],
    ['m5.4xlarge', 16, 64, 0.768],
    ['m7i.large', 2, 8, 0.1008],
  ] as const)('has %s with %i vCPUs, %i GiB and its price, each with a source', (name, vCpus, gib, price) => {
    const type = instanceTypes[name];
    expect([type.vCpus.value, type.memoryMiB.value / 1024, type.pricePerHourUsd.value]).toEqual([
      vCpus,
      gib,
      price,
    ]);
    for (const { source, date, unit } of Object.values(type))
      expect([source, date, unit].every((text) => text.length > 0)).toBe(true);
  });
});

describe('the bill of a VM', () => {
  it('is 70.08 USD for m5.large in a month of 730 hours', () => {
    expect(priceOf(billedSeconds(730 * 3600, 60), m5Large)).toBeCloseTo(70.08, 9);
  });

  it('is by the second, and for a minute at the least', () => {
    expect([0, 1, 59.2, 60, 60.1, 61, 3599.5].map((seconds) => billedSeconds(seconds, 60))).toEqual([
      60, 60, 60, 60, 61, 61, 3600,
    ]);
  });

  const vm = { pricePerHourUsd: 3.6, cores: 2, inServiceMs: 10_000, launchedMs: 0, terminatedMs: null };

  it('tells work, idleness and starting apart', () => {
    const parts = costOfInstance({ ...vm, busyCoreMs: 60_000 }, 0, 100_000, 60);
    // 0.001 USD a second: 10 s to start, 90 s in service of which 30 s' worth of both cores.
    expect(parts.starting).toBeCloseTo(0.01, 12);
    expect(parts.work).toBeCloseTo(0.03, 12);
    expect(parts.idle).toBeCloseTo(0.06, 12);
    expect(parts.minimum).toBe(0);
  });

  it('looks at the window only', () => {
    const parts = costOfInstance({ ...vm, busyCoreMs: 0 }, 4000, 100_000, 60);
    expect(parts.starting).toBeCloseTo(0.006, 12);
    expect(parts.idle).toBeCloseTo(0.09, 12);
    expect(sum(costOfInstance({ ...vm, terminatedMs: 70_000, busyCoreMs: 0 }, 80_000, 100_000, 60))).toBe(0);
  });

  it('charges the rest of the minute when a VM goes within its first', () => {
    const parts = costOfInstance({ ...vm, terminatedMs: 25_000, busyCoreMs: 0 }, 0, 100_000, 60);
    expect(parts.minimum).toBeCloseTo(0.035, 12);
    expect(sum(parts)).toBeCloseTo(0.06, 12);
    const unready = { ...vm, inServiceMs: null, terminatedMs: 5000, busyCoreMs: 0 };
    expect(costOfInstance(unready, 0, 100_000, 60)).toMatchObject({ idle: 0, work: 0 });
  });

  it('sums to what was billed, whatever happened to the VM', () => {
    const ms = fc.integer({ min: 0, max: 500_000 });
    fc.assert(
      fc.property(ms, ms, ms, ms, ms, fc.double({ min: 0, max: 1, noNaN: true }), (a, b, c, d, e, busy) => {
        const [launchedMs, inServiceMs, terminatedMs] = [a, b, c].sort((x, y) => x - y) as [
          number,
          number,
          number,
        ];
        const [fromMs, untilMs] = [Math.min(d, e), Math.max(d, e)];
        const inWindow = (from: number, until: number) =>
          Math.max(0, Math.min(until, untilMs) - Math.max(from, fromMs));
        const servedMs = inWindow(inServiceMs, terminatedMs);
        const parts = costOfInstance(
          { ...vm, launchedMs, inServiceMs, terminatedMs, busyCoreMs: servedMs * 2 * busy },
          fromMs,
          untilMs,
          60,
        );
        const ended = terminatedMs > fromMs && terminatedMs <= untilMs;
        const ranSeconds = (terminatedMs - launchedMs) / 1000;
        const addedSeconds = ended ? Math.max(60, Math.ceil(ranSeconds)) - ranSeconds : 0;
        const billed = inWindow(launchedMs, terminatedMs) / 1000 + addedSeconds;
        expect(sum(parts)).toBeCloseTo(billed * 0.001, 9);
        expect(Object.values(parts).every((usd) => usd >= 0)).toBe(true);
      }),
      { seed: 43, numRuns: 1000 },
    );
  });
});

describe('the lead time of a new version', () => {
  const lead = {
    bakeSeconds: 540,
    launchSeconds: 25.8,
    bootstrapSeconds: 10,
    size: 6,
    batchSize: 2,
    minHealthyShare: 0.5,
  };

  it('is bake, launch and bootstrap with a second fleet', () => {
    expect(leadSeconds({ ...lead, order: 'blue-green' })).toBeCloseTo(575.8, 9);
  });

  it('grows with the batches of a rolling deployment', () => {
    expect(leadSeconds({ ...lead, order: 'rolling' })).toBeCloseTo(540 + 3 * 35.8, 9);
    expect(leadSeconds({ ...lead, order: 'rolling', batchSize: 1 })).toBeCloseTo(540 + 6 * 35.8, 9);
    // A minimum of 84 % leaves nobody to take out: two are launched at a time before two go.
    expect(leadSeconds({ ...lead, order: 'rolling', minHealthyShare: 0.84 })).toBeCloseTo(540 + 3 * 35.8, 9);
  });

  it('takes out no more than a batch, and leaves the share that must go on answering', () => {
    expect(outAtOnce(6, 6, 2, 0.5)).toBe(2);
    expect(outAtOnce(6, 6, 6, 0.5)).toBe(3);
    expect(outAtOnce(6, 4, 6, 0.5)).toBe(1);
    expect(outAtOnce(6, 6, 6, 0)).toBe(6);
    expect(outAtOnce(10, 10, 5, 0.9)).toBe(1);
    expect(outAtOnce(2, 2, 1, 0.9)).toBe(0);
    expect(outAtOnce(6, 2, 6, 0.5)).toBe(0);
  });
});
