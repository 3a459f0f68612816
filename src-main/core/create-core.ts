import { join } from 'node:path';
import type { EventName, Events } from '#shared/contract/contract.ts';
import type { Result } from '#shared/contract/result.ts';
import { lockFolder, type FolderOwner } from '#main/database/folder-lock.ts';
import { openDatabase } from '#main/database/open.ts';
import type { Settings } from '#shared/contract/settings.ts';
import { studyDay } from '#shared/study/study-day.ts';
import { openLibrary, type Library } from '#main/packs/library.ts';
import { CardIndex } from '#main/study/card-index.ts';
import { readCards } from '#main/study/card-store.ts';
import { bringSumsUpToDate } from '#main/study/daily-sums.ts';
import { dispatch } from './dispatch.ts';
import type { Clock, Context, Log } from './port.ts';
import { stopFit } from './optimise/handlers.ts';
import { readSettings } from './settings/store.ts';

export interface CoreOptions {
  readonly dataDir: string;
  readonly contentDirs: readonly string[];
  readonly clock: Clock;
  readonly log: Log;
  readonly host: 'electron' | 'loopback';
  readonly version: string;
  /** What can be learned, where it is not to be read from folders: a benchmark makes its own. */
  readonly library?: Library;
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
  const library =
    options.library ??
    openLibrary(options.contentDirs, {
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
  let known: Settings | null = null;
  const settings = () => (known ??= readSettings(database));
  // Asked of the system once in a call: it takes as long as reading a card a hundred times, and a page of cards asks for each.
  let timeZone: string | null = null;
  const calendar = () => ({
    timeZone: (timeZone ??= clock.timeZone()),
    dayStartHour: settings().dayStartHour,
  });
  // Not before they are asked for: a file with lost pages is told then, and what can still be read is read.
  let index: CardIndex | null = null;
  const cards = () => {
    if (!index) {
      bringSumsUpToDate(database);
      index = new CardIndex(library.questions, readCards(database), calendar());
    }
    index.follow(calendar());
    return index;
  };
  const context: Context = {
    database,
    library,
    clock,
    log,
    dataDir,
    host,
    version,
    settings,
    settingsChanged: () => {
      known = null;
      emit('settings.changed', settings());
    },
    calendar,
    cards,
    moment: () => {
      const at = clock.now();
      return { at, studyDay: studyDay(at, calendar()), calendar: calendar() };
    },
    emit,
  };
  return {
    ok: true,
    value: {
      call: (method, input) => {
        timeZone = null;
        return dispatch(method, input, context, log);
      },
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
        stopFit(database);
        database.close();
        lock.value.release();
      },
    },
  };
}
