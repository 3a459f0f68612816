import type { Arrivals } from './arrivals.ts';

/** A stretch of time over which the rate of arrivals runs straight from one value to another. */
export interface RatePiece {
  readonly lengthMs: number;
  readonly fromPerMs: number;
  readonly toPerMs: number;
}

/** The rate of an arrival process over time. */
export interface RateProfile {
  readonly pieces: readonly RatePiece[];
  /** Whether it starts again after the last piece. */
  readonly repeats: boolean;
}

/** cos(2 pi k / 24), k = 0 to 23, to 17 digits; a constant, for engines differ in the last digit of theirs. */
const quarter = [1, 0.96592582628906829, 0.86602540378443865, 0.70710678118654752, 0.5, 0.25881904510252076];
const hourlyCosine = Array.from({ length: 24 }, (_, hour) => {
  const half = hour % 12;
  const value = half < 6 ? (quarter[half] ?? 0) : half === 6 ? 0 : -(quarter[12 - half] ?? 0);
  return hour < 12 ? value : -value;
});

const steady = (perSecond: number, lengthMs = Infinity): RatePiece => ({
  lengthMs,
  fromPerMs: perSecond / 1000,
  toPerMs: perSecond / 1000,
});

/** The expected rate of arrivals. Bursts of random length count with their mean lengths; a schedule counts as its mean rate. */
export function rateProfile(arrivals: Arrivals): RateProfile {
  switch (arrivals.kind) {
    case 'poisson':
    case 'constant':
      return { pieces: [steady(arrivals.perSecond)], repeats: false };
    case 'step':
      return {
        pieces: [steady(arrivals.perSecond, arrivals.atSeconds * 1000), steady(arrivals.thenPerSecond)],
        repeats: false,
      };
    case 'spike':
      return {
        pieces: [
          steady(arrivals.perSecond, arrivals.atSeconds * 1000),
          steady(arrivals.peakPerSecond, arrivals.forSeconds * 1000),
          steady(arrivals.perSecond),
        ],
        repeats: false,
      };
    case 'sawtooth':
      return {
        pieces: [
          {
            lengthMs: arrivals.periodSeconds * 1000,
            fromPerMs: arrivals.perSecond / 1000,
            toPerMs: arrivals.peakPerSecond / 1000,
          },
        ],
        repeats: true,
      };
    case 'day':
      return { pieces: dayPieces(arrivals), repeats: true };
    case 'bursts':
      return {
        pieces: [
          steady(arrivals.perSecond, arrivals.onSeconds * 1000),
          steady(arrivals.quietPerSecond, arrivals.offSeconds * 1000),
        ],
        repeats: true,
      };
    case 'schedule':
      return {
        pieces: [
          steady(0, arrivals.firstAtSeconds * 1000),
          steady(arrivals.requests / arrivals.everySeconds),
        ],
        repeats: false,
      };
    case 'trace': {
      const lengthMs = arrivals.intervalSeconds * 1000;
      const pieces = arrivals.perSecond.map((perSecond) => steady(perSecond, lengthMs));
      return arrivals.repeat ? { pieces, repeats: true } : { pieces: [...pieces, steady(0)], repeats: false };
    }
  }
}

function dayPieces({
  perSecond,
  peakPerSecond,
  peakHour,
  daySeconds,
}: Extract<Arrivals, { kind: 'day' }>): RatePiece[] {
  const middle = (perSecond + peakPerSecond) / 2;
  const swing = (peakPerSecond - perSecond) / 2;
  const perMsAt = (hour: number): number =>
    Math.max(0, middle + swing * (hourlyCosine[(hour - peakHour + 24) % 24] ?? 0)) / 1000;
  return Array.from({ length: 24 }, (_, hour) => ({
    lengthMs: (daySeconds * 1000) / 24,
    fromPerMs: perMsAt(hour),
    toPerMs: perMsAt(hour + 1),
  }));
}

/** Arrivals to expect in a stretch of a piece, from its start. */
function areaOf({ lengthMs, fromPerMs, toPerMs }: RatePiece, untilMs: number): number {
  const within = Math.min(lengthMs, untilMs);
  if (fromPerMs === toPerMs) return fromPerMs === 0 ? 0 : fromPerMs * within;
  return within * (fromPerMs + ((toPerMs - fromPerMs) * within) / (2 * lengthMs));
}

/** How long one round of all pieces takes, and how many arrivals to expect in it. */
export function cycleOf(pieces: readonly RatePiece[]): { readonly lengthMs: number; readonly area: number } {
  return {
    lengthMs: pieces.reduce((sum, piece) => sum + piece.lengthMs, 0),
    area: pieces.reduce((sum, piece) => sum + areaOf(piece, piece.lengthMs), 0),
  };
}

/** They come all at once, so the first of a long interval count at its beginning. */
function scheduledArrivals(
  { everySeconds, firstAtSeconds, requests }: Extract<Arrivals, { kind: 'schedule' }>,
  untilMs: number,
): number {
  const sinceFirst = untilMs / 1000 - firstAtSeconds;
  return sinceFirst < 0 ? 0 : (Math.floor(sinceFirst / everySeconds) + 1) * requests;
}

/** The number of arrivals to expect in the first `untilMs` milliseconds. */
export function expectedArrivals(arrivals: Arrivals, untilMs: number): number {
  if (arrivals.kind === 'schedule') return scheduledArrivals(arrivals, untilMs);
  const { pieces, repeats } = rateProfile(arrivals);
  let expected = 0;
  let leftMs = untilMs;
  if (repeats) {
    const { lengthMs, area } = cycleOf(pieces);
    const cycles = Math.floor(untilMs / lengthMs);
    if (!Number.isFinite(cycles)) return Infinity;
    expected = cycles * area;
    leftMs = untilMs - cycles * lengthMs;
  }
  for (const piece of pieces) {
    if (leftMs <= 0) break;
    expected += areaOf(piece, leftMs);
    leftMs -= piece.lengthMs;
  }
  return expected;
}

/** How often the rate changes in a stretch of time, and how often it may before a single request comes. */
export function expectedRateChanges(arrivals: Arrivals, untilMs: number): number {
  const { pieces, repeats } = rateProfile(arrivals);
  if (!repeats) return pieces.length;
  const { lengthMs, area } = cycleOf(pieces);
  const inTime = (untilMs / lengthMs) * pieces.length;
  // Rounds of random length have to be drawn one by one.
  return arrivals.kind === 'bursts' ? Math.max(inTime, pieces.length / area) : inTime;
}

/** Whether requests stop coming for good. */
export function runsDry(arrivals: Arrivals): boolean {
  const { pieces, repeats } = rateProfile(arrivals);
  if (repeats) return pieces.every(({ fromPerMs, toPerMs }) => fromPerMs === 0 && toPerMs === 0);
  return pieces.at(-1)?.toPerMs === 0;
}

/** When so many requests of several processes are expected to have come, in milliseconds. */
export function msUntilArrivals(processes: readonly Arrivals[], count: number): number {
  const until = (ms: number): number =>
    processes.reduce((sum, arrivals) => sum + expectedArrivals(arrivals, ms), 0);
  let high = 1;
  while (until(high) < count) {
    high *= 2;
    if (high > 1e15) return Infinity;
  }
  let low = 0;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (until(middle) < count) low = middle;
    else high = middle;
  }
  return high;
}
