import { createSimulation, type Simulation, type SimulationFile } from '#shared/simulation/simulate.ts';
import type { Frame, Partial } from './protocol.ts';

/**
 * A run that can be looked at from any moment of it. There is no way back in a run; but it is the same each time, so going
 * back is running it again from the start.
 */
export class WatchedRun {
  readonly file: SimulationFile;
  readonly seed: number;
  simulation: Simulation;
  /** Simulated time up to which it has been seen. */
  reachedMs = 0;
  /** Its end has been seen. */
  ended = false;

  constructor(file: SimulationFile, seed: number) {
    this.file = file;
    this.seed = seed;
    this.simulation = createSimulation(file, seed);
  }

  /** Whether nothing of the run is known beyond this moment. */
  get atFront(): boolean {
    return !this.ended && this.simulation.nowMs >= this.reachedMs;
  }

  /** Goes on; see `Simulation.advance`. */
  advance(limits: { maxEvents?: number; untilMs?: number } = {}): void {
    const { simulation } = this;
    simulation.advance(limits);
    this.reachedMs = Math.max(this.reachedMs, simulation.nowMs);
    if (simulation.done) this.ended = true;
  }

  /**
   * Goes towards a moment of the run, forwards or backwards, by at most so many events. Returns whether it is there: at
   * the state with all that happens at that very time, or at the end of the run where that comes before.
   */
  seek(toMs: number, maxEvents: number): boolean {
    if (toMs < this.simulation.nowMs) this.simulation = createSimulation(this.file, this.seed);
    const { simulation } = this;
    const before = simulation.eventCount;
    this.advance({ untilMs: toMs, maxEvents });
    return simulation.done || simulation.eventCount - before < maxEvents;
  }

  /** Goes on to the next notable event, by at most so many events. Returns whether it is there, or the run is over. */
  seekEvent(maxEvents: number): boolean {
    const { simulation } = this;
    const before = this.#notable();
    for (let i = 0; i < maxEvents; i++) {
      if (simulation.done || this.#notable() > before) {
        // With all that happens at that very time.
        if (!simulation.done) this.advance({ untilMs: simulation.nowMs });
        return true;
      }
      this.advance({ maxEvents: 1 });
    }
    return false;
  }

  #notable(): number {
    const { entries, dropped } = this.simulation.log;
    return entries.length + dropped;
  }

  frame(): Frame {
    const { simulation } = this;
    const { entries, dropped } = simulation.log;
    return {
      snapshot: simulation.snapshot(),
      progress: simulation.progress,
      events: entries.length + dropped,
      lastEvent: entries.at(-1) ?? null,
    };
  }

  /** Everything so far. Worth keeping only where more is known than before. */
  partial(): Partial {
    const { series, log, logDropped } = this.simulation.result();
    return { series, log, logDropped };
  }
}
