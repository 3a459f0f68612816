import { z } from 'zod';
import { log } from '../engine/portable-math.ts';
import type { RandomStream } from '../engine/random.ts';
import { field } from '../field.ts';

const perSecond = z.number().min(0.000001).max(100_000);
const atSeconds = z.number().min(0).max(10_000_000);
const rate = field(perSecond, { en: 'Arrival rate', 'zh-CN': '到达率', unit: '1/s' });

/** When requests come. */
export const arrivalsSchema = z.discriminatedUnion('kind', [
  /** At random at a steady rate: the times between two are exponential. */
  z.strictObject({ kind: z.literal('poisson'), perSecond: rate }),
  /** Like a metronome. */
  z.strictObject({ kind: z.literal('constant'), perSecond: rate }),
  /** At random, at one rate and from a moment on at another. */
  z.strictObject({
    kind: z.literal('step'),
    perSecond: rate,
    thenPerSecond: field(perSecond, { en: 'Later arrival rate', 'zh-CN': '之后的到达率', unit: '1/s' }),
    atSeconds: field(atSeconds, { en: 'Moment of the step', 'zh-CN': '变化时刻', unit: 's' }),
  }),
  /** At random, with one stretch of a higher or lower rate. */
  z.strictObject({
    kind: z.literal('spike'),
    perSecond: rate,
    peakPerSecond: field(perSecond, { en: 'Arrival rate in the spike', 'zh-CN': '尖峰到达率', unit: '1/s' }),
    atSeconds: field(atSeconds, { en: 'Start of the spike', 'zh-CN': '尖峰开始', unit: 's' }),
    forSeconds: field(z.number().positive().max(10_000_000), {
      en: 'Length of the spike',
      'zh-CN': '尖峰时长',
      unit: 's',
    }),
  }),
]);
export type Arrivals = z.infer<typeof arrivalsSchema>;

/** A stretch of time with one rate. */
interface Piece {
  readonly untilMs: number;
  readonly perMs: number;
}

/** The rates of an arrival process, in order of time; the last piece never ends. */
export function ratePieces(arrivals: Arrivals): readonly Piece[] {
  const base = arrivals.perSecond / 1000;
  switch (arrivals.kind) {
    case 'poisson':
    case 'constant':
      return [{ untilMs: Infinity, perMs: base }];
    case 'step':
      return [
        { untilMs: arrivals.atSeconds * 1000, perMs: base },
        { untilMs: Infinity, perMs: arrivals.thenPerSecond / 1000 },
      ];
    case 'spike': {
      const startMs = arrivals.atSeconds * 1000;
      return [
        { untilMs: startMs, perMs: base },
        { untilMs: startMs + arrivals.forSeconds * 1000, perMs: arrivals.peakPerSecond / 1000 },
        { untilMs: Infinity, perMs: base },
      ];
    }
  }
}

/** The number of arrivals to expect in the first `untilMs` milliseconds. */
export function expectedArrivals(arrivals: Arrivals, untilMs: number): number {
  let expected = 0;
  let fromMs = 0;
  for (const piece of ratePieces(arrivals)) {
    expected += Math.max(0, Math.min(piece.untilMs, untilMs) - fromMs) * piece.perMs;
    fromMs = Math.min(piece.untilMs, untilMs);
  }
  return expected;
}

/**
 * Draws the moments of arrival. A Poisson process whose rate changes is drawn by inversion of its integrated rate, one
 * number of the stream for each arrival (Çinlar 1975).
 */
export class ArrivalSampler {
  private readonly stream: RandomStream;
  private readonly regular: boolean;
  private readonly pieces: readonly Piece[];
  private piece = 0;

  constructor(arrivals: Arrivals, stream: RandomStream) {
    this.stream = stream;
    this.regular = arrivals.kind === 'constant';
    this.pieces = ratePieces(arrivals);
  }

  /** The moment of the arrival that follows one at `nowMs`. Must be asked in order of time. */
  nextAfter(nowMs: number): number {
    let toCome = this.regular ? 1 : -log(1 - this.stream.uniform());
    let fromMs = nowMs;
    for (;;) {
      const { untilMs, perMs } = this.pieces[this.piece] as Piece;
      const atMs = fromMs + toCome / perMs;
      if (atMs <= untilMs) return atMs;
      toCome -= Math.max(0, untilMs - fromMs) * perMs;
      fromMs = Math.max(fromMs, untilMs);
      this.piece++;
    }
  }
}
