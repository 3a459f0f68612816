import type { z } from 'zod';
import { cardsMethods } from './cards-methods.ts';
import { labMethods } from './lab-methods.ts';
import { lessonsMethods } from './lessons-methods.ts';
import { libraryMethods } from './library-methods.ts';
import { method, nothing } from './method.ts';
import { notesMethods } from './notes-methods.ts';
import { planMethods, type Fitting } from './plan-methods.ts';
import { progressMethods } from './progress-methods.ts';
import type { Response } from './responses.ts';
import { reviewMethods } from './review-methods.ts';
import { searchMethods } from './search-methods.ts';
import { settingsPatchSchema, type Settings } from './settings.ts';

export type * from './cards-methods.ts';
export type * from './lab-methods.ts';
export type * from './lessons-methods.ts';
export type * from './library-methods.ts';
export type * from './notes-methods.ts';
export type * from './plan-methods.ts';
export type * from './progress-methods.ts';
export type * from './review-methods.ts';

/**
 * The API between the interface and the core: one table of methods, named `<feature>.<verb>`.
 * Inputs are checked against their schema by `dispatch`; outputs are types.
 */

export type { Response, Settings };

export interface SystemInfo {
  readonly version: string;
  readonly host: 'electron' | 'loopback';
  readonly dataDir: string;
  readonly databaseFile: string;
  readonly schemaVersion: number;
}

/** Whether what is derived from the review log is what the log says. */
export interface DataCheck {
  /** Rows of the log. */
  readonly entries: number;
  readonly cards: number;
  /** Fields of cards that differ from what the log gives; none in a sound file. */
  readonly cardDifferences: number;
  /** Daily sums that differ from a recount; none in a sound file. */
  readonly sumDifferences: number;
}

export const contract = {
  'settings.get': method<Settings>()(nothing),
  'settings.set': method<Settings>()(settingsPatchSchema),

  'system.info': method<SystemInfo>()(nothing),
  /** Counts and works out again, from the review log, all that follows from it. */
  'system.checkData': method<DataCheck>()(nothing),

  ...libraryMethods,
  ...lessonsMethods,
  ...notesMethods,
  ...reviewMethods,
  ...cardsMethods,
  ...planMethods,
  ...progressMethods,
  ...labMethods,
  ...searchMethods,
} as const;

export type Contract = typeof contract;
export type MethodName = keyof Contract;
/** What a client sends: defaults may be left out. */
export type Input<M extends MethodName> = z.input<Contract[M]['input']>;
/** What a handler receives: checked, defaults filled in. */
export type CheckedInput<M extends MethodName> = z.output<Contract[M]['input']>;
export type Output<M extends MethodName> = Contract[M] extends { readonly output?: infer O }
  ? Exclude<O, undefined>
  : never;

export function isMethodName(name: string): name is MethodName {
  return Object.hasOwn(contract, name);
}

/** What the core and its host tell every open window. */
export interface Events {
  'settings.changed': Settings;
  'study.changed': null;
  'lessons.changed': null;
  /** How far the fit of the parameters is. */
  'optimise.changed': Fitting;
  /** A link of ours was opened in another program; the route that it leads to. */
  'link.opened': { readonly route: string };
  /** A choice of the application menu. */
  'menu.chosen': {
    readonly command:
      | 'undo'
      | 'redo'
      | 'today'
      | 'lessons'
      | 'review'
      | 'lab'
      | 'cards'
      | 'progress'
      | 'interviews'
      | 'glossary'
      | 'settings'
      | 'keys'
      | 'search';
  };
}
export type EventName = keyof Events;
