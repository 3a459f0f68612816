import { join } from 'node:path';
import { ok } from '#shared/contract/result.ts';
import { schemaVersion } from '#main/database/migrate.ts';
import { databaseFileName } from '#main/database/open.ts';
import { checkSums } from '#main/study/daily-sums.ts';
import { checkCards } from '#main/study/rebuild.ts';
import { lastLogId } from '#main/study/answered-store.ts';
import type { FeatureHandlers } from '../port.ts';

export const systemHandlers: FeatureHandlers<'system'> = {
  'system.info': (_input, { version, host, dataDir }) =>
    ok({ version, host, dataDir, databaseFile: join(dataDir, databaseFileName), schemaVersion }),

  'system.checkData': (_input, { database, cards }) =>
    ok({
      entries: lastLogId(database),
      cards: cards().length,
      cardDifferences: checkCards(database).length,
      sumDifferences: checkSums(database).length,
    }),
};
