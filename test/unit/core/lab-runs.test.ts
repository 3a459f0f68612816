import { describe, expect, it } from 'vitest';
import { keptLabRuns } from '#shared/contract/lab-methods.ts';
import { openTestCore } from '../../support/core.ts';
import { uuid } from '../../support/conversation.ts';

const run = (number: number) => ({
  id: uuid(number),
  platform: 'queue',
  seed: number,
  file: { platform: { kind: 'queue', servers: number } },
  metrics: { 'latencyMs.p95': number },
});

describe('the runs of free play', () => {
  it('are kept newest first, each once, and are brought back as they were', () => {
    const core = openTestCore();
    for (const number of [1, 2, 3, 3]) core.call('lab.keepRun', run(number));
    const { runs, total } = core.call('lab.runs', {});
    expect(total).toBe(3);
    expect(runs.map(({ seed }) => seed)).toEqual([3, 2, 1]);
    core.call('lab.nameRun', { id: uuid(2), name: ' two ' });
    core.call('lab.removeRun', { id: uuid(2) });
    expect(core.call('lab.runs', {}).total).toBe(2);
    core.call('review.undo', {});
    expect(core.call('lab.runs', {}).runs[1]).toEqual({ ...runs[1], name: 'two' });
    core.call('review.undo', {});
    expect(core.call('lab.runs', {}).runs).toEqual(runs);
    core.call('review.redo', {});
    core.call('review.redo', {});
    expect(core.call('lab.runs', {}).runs.map(({ seed }) => seed)).toEqual([3, 1]);
    core.core.close();
  });

  it('beyond their number go, the oldest first, unless they have a name', () => {
    const core = openTestCore();
    core.call('lab.keepRun', run(1));
    core.call('lab.nameRun', { id: uuid(1), name: 'kept' });
    for (let number = 2; number <= keptLabRuns + 2; number += 1) core.call('lab.keepRun', run(number));
    const { runs, total } = core.call('lab.runs', { limit: keptLabRuns });
    expect(total).toBe(keptLabRuns);
    expect(runs.map(({ seed }) => seed)).not.toContain(2);
    expect(runs.map(({ seed }) => seed)).toEqual(expect.arrayContaining([1, 4, keptLabRuns + 2]));
    core.core.close();
  });
});
