import { describe, expect, it } from 'vitest';
import { activeChanges, configure, startValueOf } from '#shared/simulation/configure.ts';

const scenario = {
  simulation: { platform: 'machines', run: { seeds: [1, 2, 3] } },
  controls: [
    {
      path: 'platform',
      options: [
        { value: 'machines', is: { kind: 'vm', instances: 2 } },
        { value: 'functions', is: { kind: 'serverless', memoryMiB: 512 } },
      ],
    },
    { path: 'platform.instances', when: { platform: 'machines' } },
    { path: 'platform.memoryMiB', when: { platform: 'functions' } },
  ],
};
const [, instances, memory] = scenario.controls;

describe('a scenario with several platforms', () => {
  it('starts with the one that its simulation names', () => {
    expect(configure(scenario, {})).toMatchObject({ platform: { kind: 'vm', instances: 2 } });
  });

  it('puts the chosen one in its place before anything in it is changed, in whatever order', () => {
    expect(configure(scenario, { 'platform.memoryMiB': 1024, platform: 'functions' })).toMatchObject({
      platform: { kind: 'serverless', memoryMiB: 1024 },
    });
  });

  it('makes no change that has no meaning with the chosen one', () => {
    const changes = { platform: 'functions', 'platform.instances': 9 };
    expect(configure(scenario, changes)).toEqual({
      platform: { kind: 'serverless', memoryMiB: 512 },
      run: { seeds: [1, 2, 3] },
    });
    expect(activeChanges(scenario, changes)).toEqual({ platform: 'functions' });
  });

  it('lets two options have a control of the same path', () => {
    const both = {
      ...scenario,
      controls: [...scenario.controls, { path: 'platform.instances', when: { platform: 'functions' } }],
    };
    for (const platform of ['machines', 'functions'])
      expect(configure(both, { platform, 'platform.instances': 7 })).toMatchObject({
        platform: { instances: 7 },
      });
  });

  it('tells where a control starts, with the chosen one', () => {
    expect(startValueOf(scenario, scenario.controls[0]!, { platform: 'functions' })).toBe('machines');
    expect(startValueOf(scenario, instances!, { 'platform.instances': 5 })).toBe(2);
    expect(startValueOf(scenario, memory!, { platform: 'functions' })).toBe(512);
  });

  it('refuses an option that is not there', () => {
    expect(() => configure(scenario, { platform: 'balloons' })).toThrow(RangeError);
  });
});
