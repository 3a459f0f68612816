import { describe, expect, it } from 'vitest';
import { createSimulation, parseSimulationFile, type SimulationFile } from '#shared/simulation/simulate.ts';
import { FlowMeter, hostKey } from '../../../src-renderer/ui/simulation/topology/flow.ts';

function fileOf(platform: object, extra: object = {}): SimulationFile {
  const parsed = parseSimulationFile({
    platform,
    workload: {
      services: [
        {
          name: 'a',
          arrivals: { kind: 'constant', perSecond: 40 },
          cpu: { kind: 'deterministic', meanMs: 10 },
        },
      ],
    },
    run: { horizonSeconds: 60, seeds: [1] },
    ...extra,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.file;
}

describe.each([
  { kind: 'monolith', servers: 2 },
  { kind: 'shared-host', hosts: 2, instancesPerService: 2 },
  { kind: 'vm', instances: 2, instanceType: 'm5.large' },
  { kind: 'container', nodes: 2 },
  { kind: 'serverless', memoryMiB: 1769 },
])('flows on $kind', (platform) => {
  it('account for every request, and come to the rate at which they come', () => {
    const simulation = createSimulation(fileOf(platform), 1);
    const meter = new FlowMeter();
    let arrived = 0;
    let taken = 0;
    let flow = meter.next(simulation.snapshot(), 33);
    for (let i = 1; i <= 600; i++) {
      simulation.advance({ untilMs: i * 33 });
      flow = meter.next(simulation.snapshot(), 33);
      arrived += flow.arrived;
      for (const count of flow.taken.keys())
        if (!count.startsWith('host ')) taken += flow.taken.get(count) ?? 0;
    }
    const { counters, waiting, hosts } = simulation.snapshot();
    expect(arrived).toBe(counters.arrived);
    // On their way through the network, at most.
    expect(counters.arrived - waiting - taken).toBeLessThan(3);
    expect(Math.abs(flow.perSecond.arrived - 40)).toBeLessThan(2);
    const rate = hosts.reduce((sum, { id }) => sum + (flow.takenPerSecond.get(hostKey(id)) ?? 0), 0);
    expect(Math.abs(rate - 40)).toBeLessThan(2);
  });
});

describe('a look at another moment', () => {
  it('is no flow', () => {
    const file = fileOf({ kind: 'monolith', servers: 1 });
    const late = createSimulation(file, 1);
    late.advance({ untilMs: 30_000 });
    const early = createSimulation(file, 1);
    early.advance({ untilMs: 10_000 });
    const meter = new FlowMeter();
    meter.next(late.snapshot(), 33);
    const flow = meter.next(early.snapshot(), 33);
    expect([flow.arrived, flow.served, flow.taken.size]).toEqual([0, 0, 0]);
    expect(flow.perSecond.arrived).toBeCloseTo(40, 0);
    // And the same moment once more changes nothing.
    expect(meter.next(early.snapshot(), 33)).toEqual(flow);
  });
});
