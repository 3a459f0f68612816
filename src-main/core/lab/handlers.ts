import { keptLabRuns } from '#shared/contract/lab-methods.ts';
import { fail, ok } from '#shared/contract/result.ts';
import { perform } from '#main/study/deeds.ts';
import {
  countLabRuns,
  dropOldLabRuns,
  readLabRun,
  readLabRuns,
  writeLabRun,
} from '#main/study/lab-run-store.ts';
import { deedPort } from '../deed-port.ts';
import type { FeatureHandlers } from '../port.ts';
import { recordOf } from './scenario-record.ts';
import { insertAttempt, noteHelp, noteMeasured, readAttempts, readScenarioSums } from './store.ts';

export const labHandlers: FeatureHandlers<'lab'> = {
  'lab.scenarios': (_input, { library }) => ok(library.scenarios),

  'lab.saveAttempt': (attempt, { database, library, clock }) => {
    if (!library.scenario(attempt.scenarioId)) {
      return fail('not-found', { id: attempt.scenarioId });
    }
    return ok(insertAttempt(database, { ...attempt, at: clock.now() }));
  },

  'lab.noteMeasured': ({ id, measured }, { database }) => {
    const attempt = noteMeasured(database, id, measured);
    return attempt ? ok(attempt) : fail('not-found', { id: String(id) });
  },

  'lab.attempts': ({ scenarioId, limit, beforeId }, { database }) =>
    ok(readAttempts(database, scenarioId, limit, beforeId)),

  'lab.overview': ({ scenarioId }, { library, database }) => {
    const sums = readScenarioSums(database);
    return ok(
      library.scenarios
        .filter(({ id }) => scenarioId === undefined || id === scenarioId)
        .map((scenario) => recordOf(scenario, sums.get(scenario.id))),
    );
  },

  'lab.noteHelp': ({ scenarioId, hintsShown, gaveUp }, { database, library, clock }) => {
    const scenario = library.scenario(scenarioId);
    if (!scenario) return fail('not-found', { id: scenarioId });
    noteHelp(database, { scenarioId, hintsShown, gaveUpAt: gaveUp ? clock.now() : null });
    return ok(recordOf(scenario, readScenarioSums(database).get(scenarioId)));
  },

  'lab.keepRun': (run, { database, clock, emit }) => {
    const known = readLabRun(database, run.id);
    if (known) return ok(known);
    const kept = { ...run, at: clock.now(), name: '' };
    database
      .transaction(() => {
        writeLabRun(database, run.id, kept);
        dropOldLabRuns(database, keptLabRuns);
      })
      .immediate();
    emit('study.changed', null);
    return ok(kept);
  },

  'lab.runs': ({ limit }, { database }) =>
    ok({ runs: readLabRuns(database, limit), total: countLabRuns(database) }),

  'lab.nameRun': ({ id, name }, context) => {
    const before = readLabRun(context.database, id);
    if (!before) return fail('not-found', { id });
    const after = { ...before, name };
    if (name !== before.name) {
      perform(
        deedPort(context),
        'name-run',
        (deed) => deed.setLabRun(id, before, after),
        () => ({ name: name || before.name }),
      );
      context.emit('study.changed', null);
    }
    return ok(after);
  },

  'lab.removeRun': ({ id }, context) => {
    const before = readLabRun(context.database, id);
    if (!before) return fail('not-found', { id });
    perform(deedPort(context), 'remove-run', (deed) => deed.setLabRun(id, before, null));
    context.emit('study.changed', null);
    return ok(null);
  },
};
