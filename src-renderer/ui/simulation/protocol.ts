import type { CurvePoints, MeasuredCurve } from '#shared/simulation/curve.ts';
import type { RunExplanation } from '#shared/simulation/run-explanation.ts';
import type {
  Goal,
  GoalResult,
  NotableEvent,
  Problem,
  RunSeries,
  TopologySnapshot,
} from '#shared/simulation/simulate.ts';

/** What the page and the worker that simulates say to each other. */

export type Command =
  | {
      readonly type: 'load';
      /** Numbers the loads; everything said of this one carries its number. */
      readonly run: number;
      /** A simulation file, not yet checked. */
      readonly raw: unknown;
      /** The seed to watch; null takes the first of the file. */
      readonly seed: number | null;
      readonly goals: readonly Goal[];
      /** One list of predicates for each option of a prediction. */
      readonly options: readonly (readonly Goal[])[];
      /** What a drawn prediction is held against. */
      readonly curve: MeasuredCurve | null;
    }
  | { readonly type: 'play'; readonly speed: number }
  | { readonly type: 'pause' }
  /** The next event. */
  | { readonly type: 'step' }
  /** To a moment of the run, back or on, or on to the next notable event; and stays there. */
  | { readonly type: 'seek'; readonly sought: Sought }
  /** To the end, as fast as it goes. */
  | { readonly type: 'finish' };

/** A moment in simulated time, or the next notable event that nobody has seen yet. */
export type Sought = { readonly toMs: number } | 'event';

/** A way through the run that takes its time, and how far it is. */
export interface Search {
  readonly sought: Sought;
  readonly atMs: number;
}

/** How many points of the curve of a prediction are measured. */
export interface CurveProgress {
  readonly done: number;
  readonly of: number;
}

export interface Frame {
  readonly snapshot: TopologySnapshot;
  readonly progress: number;
  /** Notable events so far. */
  readonly events: number;
  readonly lastEvent: NotableEvent | null;
}

/** The run that is watched, so far. */
export interface Partial {
  readonly series: RunSeries;
  readonly log: readonly NotableEvent[];
  readonly logDropped: number;
}

/** What came out over all seeds of the file. */
export interface Outcome {
  /** Mean over the seeds, by dotted name. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly goals: readonly GoalResult[];
  /** For each option of the prediction, whether it held on every seed. */
  readonly optionsHeld: readonly boolean[];
  /** The curve of a drawn prediction, as it came out; null where there is none, or not yet. */
  readonly curve: CurvePoints | null;
  readonly explanation: RunExplanation;
  readonly seeds: readonly number[];
}

export type Answer =
  | { readonly type: 'problems'; readonly problems: readonly Problem[] }
  | { readonly type: 'loaded'; readonly seed: number; readonly durationMs: number; readonly frame: Frame }
  | { readonly type: 'frame'; readonly frame: Frame }
  | { readonly type: 'partial'; readonly partial: Partial }
  /** What is sought is some way off yet. */
  | { readonly type: 'seeking'; readonly search: Search }
  /** What was sought is there. */
  | { readonly type: 'sought'; readonly frame: Frame }
  /** The end once more, after a look back; what came out is known. */
  | { readonly type: 'ended'; readonly frame: Frame }
  | {
      readonly type: 'finished';
      readonly frame: Frame;
      readonly partial: Partial;
      readonly outcome: Outcome;
      /** The curve is still to be measured; what is found is told point by point. */
      readonly measuring: boolean;
    }
  | { readonly type: 'measuring'; readonly progress: CurveProgress }
  | { readonly type: 'measured'; readonly curve: CurvePoints };

export type Message = Answer & { readonly run: number };
