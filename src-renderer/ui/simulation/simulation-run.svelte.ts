import type { Prediction } from '#shared/pack/schema.ts';
import { valueAt } from '#shared/simulation/apply-changes.ts';
import type { CurvePoints } from '#shared/simulation/curve.ts';
import { configure, type Configurable } from '#shared/simulation/configure.ts';
import type { Goal, Problem } from '#shared/simulation/simulate.ts';
import { letMeasure } from './let-measure.ts';
import { isAbout } from './prediction/asked-prediction.ts';
import type { Command, CurveProgress, Frame, Message, Outcome, Partial, Search, Sought } from './protocol.ts';
import { SeekQueue } from './seek-queue.ts';
import SimulationWorker from './simulation.worker.ts?worker';
import { fittingSpeed, speeds } from './speeds.ts';

export type Changes = Record<string, string | number | boolean>;

/** What is simulated, and what is held against it. */
export interface Subject extends Configurable {
  readonly goals: readonly Goal[];
  readonly prediction?: Prediction | undefined;
}

/**
 * Told what came out at once. Where the prediction is a curve, which is measured by more runs, `whole` comes later with it, whatever is done
 * meanwhile.
 */
type OnFinish = (outcome: Outcome, changes: Changes, whole: Promise<Outcome> | null) => void;

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
  /** What is sought and takes its time; null while there is nothing to wait for. */
  search = $state.raw<Search | null>(null);
  /** The curve of the prediction is being measured; the outcome is there without it. */
  measuring = $state.raw<CurveProgress | null>(null);
  readonly #subject: Subject;
  readonly #onfinish: OnFinish;
  #worker: Worker | null = null;
  /** Takes the curve that is being measured; null while none is. */
  #onmeasured: ((curve: CurvePoints | null) => void) | null = null;
  /** The number of the last load, and what it was loaded with. */
  #number = 0;
  #loaded: Changes = {};
  #speedChosen = false;
  readonly #queue = new SeekQueue();

  constructor(subject: Subject, onfinish: OnFinish) {
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
    // Nobody waits for results that are of another configuration; a curve is measured to its end.
    if (this.status === 'finishing' || this.#onmeasured) this.close();
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
    // Nobody waits for the end of a long way that leads elsewhere.
    this.#seekOn(this.#queue.ask({ toMs: Math.max(0, toMs) }, { atOnce: this.search !== null }));
  }

  /** On to the next notable event that nobody has seen yet. */
  seekEvent(): void {
    if (this.status === 'finishing') return;
    this.#seekOn(this.#queue.ask('event'));
  }

  /** Simulated time at which it stands, or is going to once all that was asked for is there; infinite at an event not known yet. */
  get headedForMs(): number {
    return this.#queue.endsAtMs ?? this.frame?.snapshot.atMs ?? 0;
  }

  setSpeed(index: number): void {
    this.speedIndex = Math.min(speeds.length - 1, Math.max(0, index));
    this.#speedChosen = true;
    if (this.status === 'playing') this.play();
  }

  /** Ends the worker; the screen is left. One that still measures ends by itself: what was seen is kept with its curve. */
  close(): void {
    const [worker, onmeasured] = [this.#worker, this.#onmeasured];
    this.#worker = null;
    this.#onmeasured = null;
    this.measuring = null;
    if (worker && onmeasured) letMeasure(worker, onmeasured);
    else worker?.terminate();
    // Whatever it says is not of what is loaded next.
    this.#number += 1;
  }

  /** The outcome once its curve is measured, or has failed to be. */
  async #withCurve(outcome: Outcome): Promise<Outcome> {
    const curve = await new Promise<CurvePoints | null>((resolve) => (this.#onmeasured = resolve));
    return { ...outcome, curve };
  }

  #measured(curve: CurvePoints): void {
    this.#onmeasured?.(curve);
    this.#onmeasured = null;
    this.measuring = null;
    if (this.outcome) this.outcome = { ...this.outcome, curve };
  }

  #stopSeeking(): void {
    this.#queue.clear();
    this.search = null;
  }

  #seekOn(sought: Sought | null): void {
    if (sought === null) return;
    this.status = 'paused';
    this.#send({ type: 'seek', sought });
  }

  #sought(): void {
    this.search = null;
    this.#seekOn(this.#queue.arrive({ over: this.status === 'finished' }));
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
    this.#onmeasured?.(null);
    this.#onmeasured = null;
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
      case 'seeking':
        // Something else may have been done with the run since then.
        if (this.#queue.endsAtMs !== null) this.search = message.search;
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
      case 'measuring':
        this.measuring = message.progress;
        return;
      case 'measured':
        this.#measured(message.curve);
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
        this.#onfinish(
          message.outcome,
          this.#loaded,
          message.measuring ? this.#withCurve(message.outcome) : null,
        );
        this.#sought();
    }
  }
}
