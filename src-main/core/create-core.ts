import { join } from 'node:path';
import type { EventName, Events } from '#shared/contract/contract.ts';
import type { Result } from '#shared/contract/result.ts';
import { lockFolder, type FolderOwner } from '#main/database/folder-lock.ts';
import { openDatabase } from '#main/database/open.ts';
import { openLibrary } from '#main/packs/library.ts';
import { dispatch } from './dispatch.ts';
import type { Clock, Context, Log } from './port.ts';
import { readSettings } from './settings/store.ts';

export interface CoreOptions {
  readonly dataDir: string;
  readonly contentDirs: readonly string[];
  readonly clock: Clock;
  readonly log: Log;
  readonly host: 'electron' | 'loopback';
  readonly version: string;
}

/** Who has a data folder open that this program was refused. */
export { readOwner } from '#main/database/folder-lock.ts';

export type EventListener = <E extends EventName>(event: E, payload: Events[E]) => void;

export interface Core {
  call(method: string, input: unknown): Result<unknown>;
  /** Returns the function that stops listening. */
  on(listener: EventListener): () => void;
  emit: EventListener;
  /** Tells a second start of Slipway where this one is. */
  announce(owner: FolderOwner): void;
  close(): void;
}

/** Opens a data folder and the content, as the folder's one writer. */
export function createCore(options: CoreOptions): Result<Core> {
  const { dataDir, clock, log, host, version } = options;
  const lock = lockFolder(dataDir);
  if (!lock.ok) return lock;
  const opened = openDatabase(dataDir);
  if (!opened.ok) {
    lock.value.release();
    return opened;
  }
  const database = opened.value;
  const library = openLibrary(options.contentDirs, {
    folder: join(dataDir, 'pack-cache'),
    report: (message, error) => log.error(message, error),
  });
  for (const pack of library.packs.filter(({ problems }) => problems.length > 0)) {
    log.error(`the pack in ${pack.folder} has ${pack.problems.length} problem(s)`);
  }

  const listeners = new Set<EventListener>();
  const emit: EventListener = (event, payload) => {
    for (const listener of listeners) listener(event, payload);
  };
  const settings = () => readSettings(database);
  const context: Context = {
    database,
    library,
    clock,
    dataDir,
    host,
    version,
    settings,
    calendar: () => ({ timeZone: clock.timeZone(), dayStartHour: settings().dayStartHour }),
    emit,
  };
  return {
    ok: true,
    value: {
      call: (method, input) => dispatch(method, input, context, log),
      on: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      emit,
      announce: (owner) => {
        try {
          lock.value.announce(owner);
        } catch (error) {
          // On a full disk a second start cannot name the first; the first works all the same.
          log.error('who has the data folder open could not be written down', error);
        }
      },
      close: () => {
        database.close();
        lock.value.release();
      },
    },
  };
}
