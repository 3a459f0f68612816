import type { Prediction } from '#shared/pack/schema.ts';
import { valueAt } from '#shared/simulation/apply-changes.ts';
import { configure, type Configurable } from '#shared/simulation/configure.ts';
import type { Goal, Problem } from '#shared/simulation/simulate.ts';
import { isAbout } from './prediction/asked-prediction.ts';
import type { Command, Frame, Message, Outcome, Partial } from './protocol.ts';
import SimulationWorker from './simulation.worker.ts?worker';

export type Changes = Record<string, string | number | boolean>;

/** Simulated seconds that pass in one second of watching. */
export const speeds = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] as const;
const watchMs = 12_000;

/** What is simulated, and what is held against it. */
export interface Subject extends Configurable {
  readonly goals: readonly Goal[];
  readonly prediction?: Prediction | undefined;
}

/** One simulation on the screen: its worker, and what is known of the run. */
export class SimulationRun {
  status = $state<'ready' | 'playing' | 'paused' | 'finishing' | 'finished'>('ready');
  frame = $state.raw<Frame | null>(null);
  partial = $state.raw<Partial | null>(null);
  outcome = $state.raw<Outcome | null>(null);
  problems = $state.raw<readonly Problem[]>([]);
  /** The worker ended on an error; the next load starts another. */
  broken = $state(false);
  speedIndex = $state(4);
  seed = $state(1);
  /** Simulated time that the run is expected to take, or has taken once its end was seen. */
  durationMs = $state(0);
  /** Simulated time up to which it was seen. */
  reachedMs = $state(0);
  readonly #subject: Subject;
  readonly #onfinish: (outcome: Outcome, changes: Changes) => void;
  #worker: Worker | null = null;
  /** The number of the last load, and what it was loaded with. */
  #number = 0;
  #loaded: Changes = {};
  #speedChosen = false;
  /** A moment is being sought, and the one that is wanted after it. */
  #seeking = false;
  #wantedMs: number | null = null;

  constructor(subject: Subject, onfinish: (outcome: Outcome, changes: Changes) => void) {
    // Until the worker has answered, the seed that it is going to take.
    this.seed = Number(valueAt(subject.simulation, 'run.seeds[0]') ?? 1);
    this.#subject = subject;
    this.#onfinish = onfinish;
  }

  /** Gets ready with a configuration; whatever ran is over. */
  load(changes: Changes, seed: number | null): void {
    this.loadFile($state.snapshot(configure(this.#subject, changes)), seed, changes);
  }

  /** The same with a whole file in place of changes to the first one. */
  loadFile(raw: unknown, seed: number | null, changes: Changes = {}): void {
    const { goals } = this.#subject;
    const asked = this.#subject.prediction;
    const prediction = asked && isAbout(asked, this.#subject, changes) ? asked : null;
    // Nobody waits for results that are of another configuration.
    if (this.status === 'finishing') this.close();
    this.status = 'ready';
    this.outcome = null;
    this.partial = null;
    this.broken = false;
    this.reachedMs = 0;
    this.#stopSeeking();
    this.#loaded = { ...changes };
    this.#number += 1;
    this.#send({
      type: 'load',
      run: this.#number,
      raw,
      seed,
      goals: $state.snapshot(goals),
      options:
        prediction?.kind === 'choice' ? prediction.options.map(({ when }) => $state.snapshot(when)) : [],
      curve: prediction?.kind === 'curve' ? $state.snapshot(prediction.measured) : null,
    });
  }

  play(): void {
    this.#stopSeeking();
    this.status = 'playing';
    this.#send({ type: 'play', speed: speeds[this.speedIndex] ?? 1 });
  }

  pause(): void {
    this.#stopSeeking();
    this.status = 'paused';
    this.#send({ type: 'pause' });
  }

  step(): void {
    this.#stopSeeking();
    this.status = 'paused';
    this.#send({ type: 'step' });
  }

  finish(): void {
    this.#stopSeeking();
    this.status = 'finishing';
    this.#send({ type: 'finish' });
  }

  /** To a moment of the run in simulated time, and stays there. What came out of a run that is over stays known. */
  seek(toMs: number): void {
    if (this.status === 'finishing') return;
    this.status = 'paused';
    if (this.#seeking) {
      // Of all the moments that a slider is drawn over, the last counts.
      this.#wantedMs = toMs;
      return;
    }
    this.#seeking = true;
    this.#send({ type: 'seek', toMs: Math.max(0, toMs) });
  }

  /** On to the next notable event that nobody has seen yet. */
  seekEvent(): void {
    if (this.status === 'finishing' || this.#seeking) return;
    this.status = 'paused';
    this.#seeking = true;
    this.#send({ type: 'seek-event' });
  }

  setSpeed(index: number): void {
    this.speedIndex = Math.min(speeds.length - 1, Math.max(0, index));
    this.#speedChosen = true;
    if (this.status === 'playing') this.play();
  }

  /** Ends the worker; the screen is left. */
  close(): void {
    this.#worker?.terminate();
    this.#worker = null;
  }

  #stopSeeking(): void {
    this.#seeking = false;
    this.#wantedMs = null;
  }

  #sought(): void {
    const wantedMs = this.#wantedMs;
    this.#stopSeeking();
    if (wantedMs !== null) this.seek(wantedMs);
  }

  #show(frame: Frame): void {
    this.frame = frame;
    this.reachedMs = Math.max(this.reachedMs, frame.snapshot.atMs);
  }

  #send(command: Command): void {
    this.#worker ??= this.#startWorker();
    this.#worker.postMessage(command);
  }

  #startWorker(): Worker {
    const worker = new SimulationWorker();
    const broke = () => {
      if (worker === this.#worker) this.#break();
    };
    worker.addEventListener('message', ({ data }: MessageEvent<Message>) => this.#receive(data));
    worker.addEventListener('error', broke);
    worker.addEventListener('messageerror', broke);
    return worker;
  }

  #break(): void {
    this.close();
    this.status = 'ready';
    this.frame = null;
    this.partial = null;
    this.broken = true;
  }

  #receive(message: Message): void {
    // What is still said of an earlier load is of another configuration.
    if (message.run !== this.#number) return;
    switch (message.type) {
      case 'problems':
        this.problems = message.problems;
        this.frame = null;
        return;
      case 'loaded':
        this.problems = [];
        this.seed = message.seed;
        this.durationMs = message.durationMs;
        this.#show(message.frame);
        if (!this.#speedChosen) this.speedIndex = fittingSpeed(message.durationMs);
        return;
      case 'frame':
        this.#show(message.frame);
        return;
      case 'sought':
        // Its end may have come while the way back was already asked for.
        this.status = 'paused';
        this.#show(message.frame);
        this.#sought();
        return;
      case 'ended':
        this.status = 'finished';
        this.#show(message.frame);
        this.#sought();
        return;
      case 'partial':
        this.partial = message.partial;
        return;
      case 'finished':
        this.status = 'finished';
        this.#show(message.frame);
        this.durationMs = message.frame.snapshot.atMs;
        this.partial = message.partial;
        this.outcome = message.outcome;
        this.#onfinish(message.outcome, this.#loaded);
        this.#sought();
    }
  }
}

/** The speed at which a run takes about as long as one likes to watch. */
function fittingSpeed(durationMs: number): number {
  const wanted = durationMs / watchMs;
  const index = speeds.findIndex((speed) => speed >= wanted);
  return index < 0 ? speeds.length - 1 : index;
}
