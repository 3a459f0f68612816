/**
 * Limits a rate and lets bursts pass: up to `capacity` at once, and over time `perSecond`. A token is taken for each, and
 * tokens flow back evenly until the bucket is full. Nothing needs to happen in between: the level is worked out when asked.
 *
 * Source: J. S. Turner, New directions in communications, IEEE Communications Magazine 24 (1986) 8-15.
 */
export class TokenBucket {
  private readonly capacity: number;
  private readonly perMs: number;
  private tokens: number;
  private filledMs = 0;

  /** A full bucket at time 0. */
  constructor(capacity: number, perSecond: number) {
    this.capacity = capacity;
    this.perMs = perSecond / 1000;
    this.tokens = capacity;
  }

  /** Tokens there are. Must be asked in order of time. */
  levelAt(nowMs: number): number {
    this.tokens = Math.min(this.capacity, this.tokens + (nowMs - this.filledMs) * this.perMs);
    this.filledMs = nowMs;
    return this.tokens;
  }

  /** Takes one where there is a whole one. */
  take(nowMs: number): boolean {
    // Rounding must not cost a token that has just flowed back.
    if (this.levelAt(nowMs) < 1 - 1e-9) return false;
    this.tokens = Math.max(0, this.tokens - 1);
    return true;
  }
}
