import { ok } from '#shared/contract/result.ts';
import type { FeatureHandlers } from '../port.ts';
import { readSettings, writeSettings } from './store.ts';

export const settingsHandlers: FeatureHandlers<'settings'> = {
  'settings.get': (_input, { database }) => ok(readSettings(database)),

  'settings.set': (patch, { database, emit }) => {
    writeSettings(database, patch);
    const settings = readSettings(database);
    emit('settings.changed', settings);
    return ok(settings);
  },
};
