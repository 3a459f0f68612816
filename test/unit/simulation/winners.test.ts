import { describe, expect, it } from 'vitest';
import type { Evaluation } from '#shared/simulation/side-by-side/evaluate-pattern.ts';
import { bestBy, winnersOf } from '#shared/simulation/side-by-side/winners.ts';

const measured = (mean: number, ci95: number | null = null) => ({ mean, ci95 });
const evaluation = (pattern: Evaluation['pattern'], more: Partial<Evaluation>): Evaluation => ({
  pattern,
  size: { steps: 1, machine: null, machines: null, memoryMiB: null, provisioned: null, platform: {} },
  meetsGoal: true,
  p50Ms: measured(10),
  p99Ms: measured(100),
  errorRate: measured(0),
  costPerMonthUsd: measured(100),
  utilisation: measured(0.5),
  isolation: { slowdown: 1, hurtShare: 0 },
  leadSeconds: 10,
  requests: 1000,
  ...more,
});

describe('who wins', () => {
  it('is the best of those that meet the goal, and nobody where none does', () => {
    const cheap = evaluation('monolith', { costPerMonthUsd: measured(50), meetsGoal: false });
    const dear = evaluation('vm', { costPerMonthUsd: measured(900) });
    expect(winnersOf([cheap, dear], 'cost')).toEqual(['vm']);
    expect(winnersOf([cheap], 'cost')).toEqual([]);
    expect(bestBy([cheap, dear], 'costPerMonthUsd')).toEqual(['vm']);
  });

  it('is shared by those that are too close to tell apart', () => {
    const one = evaluation('monolith', { costPerMonthUsd: measured(100) });
    const two = evaluation('container', { costPerMonthUsd: measured(104) });
    const three = evaluation('vm', { costPerMonthUsd: measured(106) });
    expect(winnersOf([one, two, three], 'cost')).toEqual(['monolith', 'container']);
  });

  it('has to keep a misbehaving service from the others where walls are asked for', () => {
    const open = evaluation('monolith', {
      costPerMonthUsd: measured(50),
      isolation: { slowdown: 4, hurtShare: 1 },
    });
    const silent = evaluation('shared-host', {
      isolation: { slowdown: null, hurtShare: 1 },
      costPerMonthUsd: measured(20),
    });
    const walled = evaluation('container', {});
    expect(winnersOf([open, silent, walled], 'isolated-cost')).toEqual(['container']);
    // With one service there is nobody to keep it from.
    const alone = [open, walled].map((one) => ({ ...one, isolation: null }));
    expect(winnersOf(alone, 'isolated-cost')).toEqual(['monolith']);
  });

  it('by a measure is everybody whose interval reaches the best', () => {
    const sure = evaluation('vm', { p99Ms: measured(100, 2) });
    const unsure = evaluation('serverless', { p99Ms: measured(150, 60) });
    const slow = evaluation('monolith', { p99Ms: measured(150, 3) });
    expect(bestBy([sure, unsure, slow], 'p99Ms')).toEqual(['vm', 'serverless']);
  });

  it('by utilisation is the fullest, by everything else the least', () => {
    const full = evaluation('container', { utilisation: measured(0.9), leadSeconds: 30 });
    const idle = evaluation('vm', { utilisation: measured(0.1), leadSeconds: null });
    expect(bestBy([full, idle], 'utilisation')).toEqual(['container']);
    expect(bestBy([full, idle], 'leadSeconds')).toEqual(['container']);
  });
});
