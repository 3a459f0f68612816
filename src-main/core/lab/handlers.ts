import { fail, ok } from '#shared/contract/result.ts';
import type { FeatureHandlers } from '../port.ts';
import { insertAttempt, readAttempts } from './store.ts';

export const labHandlers: FeatureHandlers<'lab'> = {
  'lab.scenarios': (_input, { library }) => ok(library.scenarios),

  'lab.saveAttempt': (attempt, { database, library, clock }) => {
    if (!library.scenario(attempt.scenarioId)) {
      return fail('not-found', { id: attempt.scenarioId });
    }
    return ok(insertAttempt(database, { ...attempt, at: clock.now() }));
  },

  'lab.attempts': ({ scenarioId, limit }, { database }) => ok(readAttempts(database, scenarioId, limit)),
};
