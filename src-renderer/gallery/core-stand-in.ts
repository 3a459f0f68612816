import { fail, ok, type Result } from '#shared/contract/result.ts';
import { settingsSchema } from '#shared/contract/settings.ts';
import type { Bridge } from '../api/bridge.ts';
import { lookOfAddress, showInAddress } from './look.ts';
import { glossarySample } from './samples/glossary.ts';

/** The gallery has no core behind it: the look is kept in the address, and the glossary has the terms of its own samples. */
let settings = settingsSchema.parse({ welcomed: true, ...lookOfAddress() });

const answers: Readonly<Record<string, (input: unknown) => Result<unknown>>> = {
  'settings.get': () => ok(settings),
  'settings.set': (patch) => {
    settings = settingsSchema.parse({ ...settings, ...(patch as object) });
    showInAddress(settings);
    return ok(settings);
  },
  'library.glossary': () => ok(glossarySample),
};

export const core: Bridge = {
  call: (method, input) => Promise.resolve(answers[method]?.(input) ?? fail('unreachable')),
  on: () => () => undefined,
};
