import { randomUUID } from 'node:crypto';
import { contract, isMethodName, type MethodName } from '#shared/contract/contract.ts';
import { fail, type Result } from '#shared/contract/result.ts';
import { sqliteCode, storageError } from '#main/database/open.ts';
import { cardsHandlers } from './cards/handlers.ts';
import { notesHandlers } from './notes/handlers.ts';
import { interviewHandlers } from './interview/handlers.ts';
import { labHandlers } from './lab/handlers.ts';
import { lessonsHandlers } from './lessons/handlers.ts';
import { libraryHandlers } from './library/handlers.ts';
import { optimiseHandlers } from './optimise/handlers.ts';
import type { Context, Handler, Log } from './port.ts';
import { progressHandlers } from './progress/handlers.ts';
import { reviewHandlers } from './review/handlers.ts';
import { searchHandlers } from './search/handlers.ts';
import { settingsHandlers } from './settings/handlers.ts';
import { systemHandlers } from './system/handlers.ts';

const handlers: { readonly [M in MethodName]: Handler<M> } = {
  ...settingsHandlers,
  ...systemHandlers,
  ...libraryHandlers,
  ...lessonsHandlers,
  ...reviewHandlers,
  ...cardsHandlers,
  ...interviewHandlers,
  ...notesHandlers,
  ...optimiseHandlers,
  ...progressHandlers,
  ...labHandlers,
  ...searchHandlers,
};

/**
 * The one door of the core: checks the method's name and its input, runs the handler, and turns what went wrong with the
 * disk into an error for the learner. A bug is logged under an id that the learner sees; it never ends the program.
 */
export function dispatch(name: string, input: unknown, context: Context, log: Log): Result<unknown> {
  if (!isMethodName(name)) return fail('unknown-method', { method: name });
  try {
    const checked = contract[name].input.safeParse(input);
    if (!checked.success) {
      const details = checked.error.issues
        .map((issue) => (issue.path.length > 0 ? `${issue.path.join('.')}: ${issue.message}` : issue.message))
        .join('; ');
      return fail('invalid-input', { details });
    }
    // TypeScript cannot see that a method's name picks the schema and the handler that belong together.
    return (handlers[name] as Handler<MethodName>)(checked.data as never, context);
  } catch (error) {
    if (sqliteCode(error) && !sqliteCode(error)?.startsWith('SQLITE_CONSTRAINT')) {
      log.error(`${name}: the database failed`, error);
      return { ok: false, error: storageError(error, context.dataDir) };
    }
    const id = randomUUID().slice(0, 8);
    log.error(`${name}: internal error ${id}`, error);
    return fail('internal', { id });
  }
}
