import { join } from 'node:path';
import { ok } from '#shared/contract/result.ts';
import { schemaVersion } from '#main/database/migrate.ts';
import { databaseFileName } from '#main/database/open.ts';
import type { FeatureHandlers } from '../port.ts';

export const systemHandlers: FeatureHandlers<'system'> = {
  'system.info': (_input, { version, host, dataDir }) =>
    ok({ version, host, dataDir, databaseFile: join(dataDir, databaseFileName), schemaVersion }),
};
