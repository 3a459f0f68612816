import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Sought } from '../../../src-renderer/ui/simulation/protocol.ts';
import { SeekQueue } from '../../../src-renderer/ui/simulation/seek-queue.ts';

const moment = (toMs: number): Sought => ({ toMs });

/** Lets everything arrive; returns what was sought on the way. */
function rest(queue: SeekQueue): Sought[] {
  const all: Sought[] = [];
  for (let next = queue.arrive({ over: false }); next !== null; next = queue.arrive({ over: false }))
    all.push(next);
  return all;
}

describe('what is asked for while a run is on its way to something else', () => {
  it('counts every press for the next event', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), (presses) => {
        const queue = new SeekQueue();
        const sent = Array.from({ length: presses }, () => queue.ask('event'));
        expect(sent).toEqual(['event', ...Array.from({ length: presses - 1 }, () => null)]);
        expect(queue.endsAtMs).toBe(Infinity);
        expect(rest(queue)).toHaveLength(presses - 1);
        expect(queue.endsAtMs).toBeNull();
      }),
      { seed: 82 },
    );
  });

  it('goes to the last of many moments, and from there on to the events that were asked for after it', () => {
    const queue = new SeekQueue();
    expect(queue.ask(moment(10))).toEqual(moment(10));
    for (const toMs of [20, 30, 40]) expect(queue.ask(moment(toMs))).toBeNull();
    expect(queue.endsAtMs).toBe(40);
    queue.ask('event');
    expect(queue.endsAtMs).toBe(Infinity);
    expect(rest(queue)).toEqual([moment(40), 'event']);
  });

  it('lets go of events that were to come before another moment', () => {
    const queue = new SeekQueue();
    queue.ask('event');
    queue.ask('event');
    queue.ask(moment(5));
    expect(queue.endsAtMs).toBe(5);
    expect(rest(queue)).toEqual([moment(5)]);
  });

  it('gives up a way that takes its time for another one', () => {
    const queue = new SeekQueue();
    queue.ask(moment(10));
    queue.ask('event');
    expect(queue.ask(moment(20), { atOnce: true })).toEqual(moment(20));
    expect(queue.endsAtMs).toBe(20);
    expect(rest(queue)).toEqual([]);
  });

  it('seeks no events after the end of the run, but goes back from it', () => {
    const queue = new SeekQueue();
    for (let press = 0; press < 3; press += 1) queue.ask('event');
    expect(queue.arrive({ over: true })).toBeNull();
    expect(queue.endsAtMs).toBeNull();
    queue.ask('event');
    queue.ask(moment(7));
    expect(queue.arrive({ over: true })).toEqual(moment(7));
  });
});
