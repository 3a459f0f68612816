import { ok } from '#shared/contract/result.ts';
import type { FeatureHandlers } from '../port.ts';
import { writeSettings } from './store.ts';

export const settingsHandlers: FeatureHandlers<'settings'> = {
  'settings.get': (_input, { settings }) => ok(settings()),

  'settings.set': (patch, { database, settings, settingsChanged }) => {
    writeSettings(database, patch);
    settingsChanged();
    return ok(settings());
  },
};
