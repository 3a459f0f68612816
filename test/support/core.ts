import type { EventName, Input, MethodName, Output } from '#shared/contract/contract.ts';
import type { Result } from '#shared/contract/result.ts';
import { createCore, type Core } from '#main/core/create-core.ts';
import { settableClock, type SettableClock } from './clock.ts';
import { contentDir } from './paths.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { valueOf } from './value-of.ts';

export interface TestCore {
  readonly core: Core;
  readonly clock: SettableClock;
  readonly dataDir: string;
  /** What the core logged as errors. */
  readonly errors: string[];
  /** Names of the events that the core sent, in order. */
  readonly events: EventName[];
  /** The value of a call that must succeed. */
  call<M extends MethodName>(method: M, input: Input<M>): Output<M>;
  /** The result of a call that may fail. */
  tryCall<M extends MethodName>(method: M, input: Input<M>): Result<Output<M>>;
}

export interface TestCoreOptions {
  readonly dataDir?: string;
  readonly contentDirs?: readonly string[];
  readonly clock?: SettableClock;
  readonly host?: 'electron' | 'loopback';
}

/** Opens a core on a folder of its own, with a clock that the test sets. */
export function openTestCore(options: TestCoreOptions = {}): TestCore {
  const dataDir = options.dataDir ?? temporaryFolder();
  const clock = options.clock ?? settableClock();
  const errors: string[] = [];
  const events: EventName[] = [];
  const core = valueOf(
    createCore({
      dataDir,
      contentDirs: options.contentDirs ?? [contentDir],
      clock,
      log: {
        info: () => undefined,
        error: (message, error) => errors.push(error === undefined ? message : `${message} ${String(error)}`),
      },
      host: options.host ?? 'loopback',
      version: '0.0.0-test',
    }),
  );
  core.on((event) => events.push(event));
  const tryCall = <M extends MethodName>(method: M, input: Input<M>) =>
    core.call(method, input) as Result<Output<M>>;
  return {
    core,
    clock,
    dataDir,
    errors,
    events,
    tryCall,
    call: (method, input) => valueOf(tryCall(method, input)),
  };
}
