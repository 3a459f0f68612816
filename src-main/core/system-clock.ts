import type { Clock } from './port.ts';

export const systemClock: Clock = {
  now: () => Date.now(),
  // Asked anew each time: a laptop travels.
  timeZone: () => new Intl.DateTimeFormat().resolvedOptions().timeZone,
};
