import type { Database } from 'better-sqlite3';
import type { CheckedInput, Events, EventName, MethodName, Output } from '#shared/contract/contract.ts';
import type { Settings } from '#shared/contract/settings.ts';
import type { Result } from '#shared/contract/result.ts';
import type { StudyCalendar } from '#shared/study/study-day.ts';
import type { Library } from '#main/packs/library.ts';
import type { CardIndex } from '#main/study/card-index.ts';
import type { Moment } from '#main/study/log-entry.ts';

/** Time as the core sees it, so that a test can set it. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** IANA name of the learner's zone; it may change while the app runs. */
  timeZone(): string;
}

export interface Log {
  info(message: string): void;
  error(message: string, error?: unknown): void;
}

/** What every handler works with. */
export interface Context {
  readonly database: Database;
  readonly library: Library;
  readonly clock: Clock;
  readonly log: Log;
  readonly dataDir: string;
  readonly host: 'electron' | 'loopback';
  readonly version: string;
  settings(): Settings;
  /** Settings were written: they are read again, and every window is told. */
  settingsChanged(): void;
  calendar(): StudyCalendar;
  /** All cards, their days counted in the learner's calendar of now. */
  cards(): CardIndex;
  /** The instant of now with its study day. */
  moment(): Moment;
  emit<E extends EventName>(event: E, payload: Events[E]): void;
}

export type Handler<M extends MethodName> = (input: CheckedInput<M>, context: Context) => Result<Output<M>>;

/** All methods of one feature. */
export type FeatureHandlers<Feature extends string> = {
  readonly [M in Extract<MethodName, `${Feature}.${string}`>]: Handler<M>;
};
