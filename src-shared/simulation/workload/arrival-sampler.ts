import { log } from '../engine/portable-math.ts';
import type { RandomStream } from '../engine/random.ts';
import type { Arrivals } from './arrivals.ts';
import { cycleOf, type RatePiece, rateProfile } from './rate-profile.ts';

/** Draws the moments of arrival, in order of time. */
export interface ArrivalSampler {
  /** The moment of the arrival that follows one at `nowMs`; Infinity where none does. */
  nextAfter(nowMs: number): number;
}

export function arrivalSampler(arrivals: Arrivals, stream: RandomStream): ArrivalSampler {
  return arrivals.kind === 'schedule' ? new ScheduledArrivals(arrivals) : new RateArrivals(arrivals, stream);
}

/** So many at each of its times. */
class ScheduledArrivals implements ArrivalSampler {
  private readonly everyMs: number;
  private readonly firstMs: number;
  private readonly requests: number;
  private drawn = 0;

  constructor({ everySeconds, firstAtSeconds, requests }: Extract<Arrivals, { kind: 'schedule' }>) {
    this.everyMs = everySeconds * 1000;
    this.firstMs = firstAtSeconds * 1000;
    this.requests = requests;
  }

  nextAfter(): number {
    return this.firstMs + Math.floor(this.drawn++ / this.requests) * this.everyMs;
  }
}

/**
 * By a rate that changes over time: inversion of the integrated rate, one number of the stream for each arrival
 * (Çinlar, Introduction to Stochastic Processes, 1975). Regular arrivals come where the integral passes whole numbers.
 */
class RateArrivals implements ArrivalSampler {
  private readonly stream: RandomStream;
  private readonly regular: boolean;
  private readonly randomLengths: boolean;
  private readonly pieces: readonly RatePiece[];
  private readonly repeats: boolean;
  private readonly cycle: { readonly lengthMs: number; readonly area: number };
  private next = 0;
  private startMs = 0;
  private piece: RatePiece;

  constructor(arrivals: Arrivals, stream: RandomStream) {
    const { pieces, repeats } = rateProfile(arrivals);
    this.stream = stream;
    this.regular = arrivals.kind === 'constant';
    this.randomLengths = arrivals.kind === 'bursts' && arrivals.lengths === 'exponential';
    this.pieces = pieces;
    this.repeats = repeats;
    this.cycle = cycleOf(pieces);
    this.piece = this.drawPiece();
  }

  nextAfter(nowMs: number): number {
    let toCome = this.regular ? 1 : -log(1 - this.stream.uniform());
    let fromMs = nowMs;
    for (;;) {
      const atMs = passes(this.piece, this.startMs, fromMs, toCome);
      const endMs = this.startMs + this.piece.lengthMs;
      if (atMs <= endMs) return atMs;
      if (this.repeats ? this.cycle.area === 0 : this.next >= this.pieces.length) return Infinity;
      toCome -= areaBetween(this.piece, this.startMs, fromMs, endMs);
      fromMs = Math.max(fromMs, endMs);
      this.startMs = endMs;
      if (this.next % this.pieces.length === 0 && !this.randomLengths) {
        // Whole rounds in which nothing comes are skipped at once: at a low rate there can be very many.
        const { lengthMs, area } = this.cycle;
        const rounds = Math.max(0, Math.floor(toCome / area));
        toCome -= rounds * area;
        this.startMs += rounds * lengthMs;
        fromMs = this.startMs;
      }
      this.piece = this.drawPiece();
    }
  }

  private drawPiece(): RatePiece {
    const piece = this.pieces[this.next++ % this.pieces.length] as RatePiece;
    if (!this.randomLengths) return piece;
    return { ...piece, lengthMs: -log(1 - this.stream.uniform()) * piece.lengthMs };
  }
}

function rateAt({ lengthMs, fromPerMs, toPerMs }: RatePiece, sinceMs: number): number {
  return fromPerMs === toPerMs ? fromPerMs : fromPerMs + ((toPerMs - fromPerMs) * sinceMs) / lengthMs;
}

function areaBetween(piece: RatePiece, startMs: number, fromMs: number, untilMs: number): number {
  if (untilMs <= fromMs) return 0;
  const mean = (rateAt(piece, fromMs - startMs) + rateAt(piece, untilMs - startMs)) / 2;
  return mean * (untilMs - fromMs);
}

/** When the integral of the rate since `fromMs` reaches `area`; Infinity if it does not within the piece. */
function passes(piece: RatePiece, startMs: number, fromMs: number, area: number): number {
  const rate = rateAt(piece, fromMs - startMs);
  if (piece.fromPerMs === piece.toPerMs) return rate > 0 ? fromMs + area / rate : Infinity;
  // The root of slope/2 t^2 + rate t = area that is ahead, in the form that loses no digits.
  const slope = (piece.toPerMs - piece.fromPerMs) / piece.lengthMs;
  const discriminant = rate * rate + 2 * slope * area;
  if (discriminant < 0) return Infinity;
  const sum = rate + Math.sqrt(discriminant);
  return sum > 0 ? fromMs + (2 * area) / sum : Infinity;
}
