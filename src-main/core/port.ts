import type { Database } from 'better-sqlite3';
import type { CheckedInput, Events, EventName, MethodName, Output } from '#shared/contract/contract.ts';
import type { Settings } from '#shared/contract/settings.ts';
import type { Result } from '#shared/contract/result.ts';
import type { StudyCalendar } from '#shared/study/study-day.ts';
import type { Library } from '#main/packs/library.ts';

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
  readonly dataDir: string;
  readonly host: 'electron' | 'loopback';
  readonly version: string;
  settings(): Settings;
  calendar(): StudyCalendar;
  emit<E extends EventName>(event: E, payload: Events[E]): void;
}

export type Handler<M extends MethodName> = (input: CheckedInput<M>, context: Context) => Result<Output<M>>;

/** All methods of one feature. */
export type FeatureHandlers<Feature extends string> = {
  readonly [M in Extract<MethodName, `${Feature}.${string}`>]: Handler<M>;
};
