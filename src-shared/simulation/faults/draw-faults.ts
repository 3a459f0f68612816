import { log } from '../engine/portable-math.ts';
import type { RandomStream } from '../engine/random.ts';
import type { Fault, FaultOccurrence } from './fault-schema.ts';

/** The most times that one fault comes in a run. */
export const maxOccurrences = 200;

/** Beyond any number of places, so that a drawn place taken modulo their number is as good as even. */
const places = 2 ** 30;

/**
 * Gives every fault its moments and places. Times between random ones are exponential; each fault has a stream of its own,
 * so that adding one moves no other.
 *
 * @param untilMs how long the run lasts, or is expected to
 * @param streamOf the stream of a name
 */
export function drawFaults(
  faults: readonly Fault[],
  untilMs: number,
  streamOf: (name: string) => RandomStream,
): FaultOccurrence[] {
  return faults.flatMap((fault, i) => {
    const stream = streamOf(`fault:${i}:${fault.kind}`);
    return momentsOf(fault, untilMs, stream).map((atSeconds) => placed(fault, atSeconds, stream));
  });
}

function momentsOf(fault: Fault, untilMs: number, stream: RandomStream): number[] {
  if (fault.everySeconds === undefined) return [fault.atSeconds ?? 0];
  const moments: number[] = [];
  let at = 0;
  while (moments.length < maxOccurrences) {
    at += -log(1 - stream.uniform()) * fault.everySeconds;
    if (at * 1000 >= untilMs) break;
    moments.push(at);
  }
  return moments;
}

function placed(fault: Fault, atSeconds: number, stream: RandomStream): FaultOccurrence {
  const { atSeconds: _at, everySeconds: _every, ...rest } = fault;
  const number = (which: number | 'random'): number =>
    which === 'random' ? stream.below(places) + 1 : which;
  switch (rest.kind) {
    case 'leak':
    case 'cpu-hog':
    case 'crash':
    case 'pause':
      return { ...rest, atSeconds, instance: number(rest.instance) };
    case 'host-loss':
      return { ...rest, atSeconds, host: number(rest.host) };
    case 'zone-loss':
      return { ...rest, atSeconds, zone: number(rest.zone) };
    case 'bad-deploy':
    case 'dependency-slowdown':
    case 'retry-storm':
      return { ...rest, atSeconds };
  }
}
