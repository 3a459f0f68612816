import type { Frame } from '../protocol.ts';

/** Who reads, or wants nothing to move, gets the next state no sooner. */
export interface Pace {
  /** Between two states, in milliseconds of watching. */
  readonly everyMs: number;
  /** A notable event is a new state at once, or at least after so much time. */
  readonly eventMs: number;
}

/** A run as a sequence of states: of the frames that come while it plays it shows one now and then, and each that follows an event. */
export class HeldFrame {
  readonly #pace: Pace;
  #held: Frame | null = null;
  #heldSinceMs = -Infinity;

  constructor(pace: Pace) {
    this.#pace = pace;
  }

  /** @param nowMs time of watching */
  next(frame: Frame | null, playing: boolean, nowMs: number): Frame | null {
    const held = this.#held;
    const heldMs = nowMs - this.#heldSinceMs;
    const due =
      !playing ||
      frame === null ||
      held === null ||
      // Back in time, or another run.
      frame.snapshot.atMs < held.snapshot.atMs ||
      heldMs >= this.#pace.everyMs ||
      (frame.events !== held.events && heldMs >= this.#pace.eventMs);
    if (due && frame !== held) {
      this.#held = frame;
      this.#heldSinceMs = nowMs;
    }
    return this.#held;
  }
}
