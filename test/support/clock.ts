import type { Clock } from '#main/core/port.ts';

/** A clock that stands still until it is set. */
export interface SettableClock extends Clock {
  /** Epoch milliseconds. */
  at: number;
  zone: string;
  advanceMinutes(minutes: number): void;
}

/** Noon in UTC, far from every change of day or season. */
export const someNoon = Date.UTC(2026, 4, 13, 12);

export function settableClock(at: number = someNoon, zone = 'UTC'): SettableClock {
  const clock: SettableClock = {
    at,
    zone,
    now: () => clock.at,
    timeZone: () => clock.zone,
    advanceMinutes: (minutes) => {
      clock.at += minutes * 60_000;
    },
  };
  return clock;
}
