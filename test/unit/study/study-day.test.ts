import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startOfStudyDay, studyDay } from '#shared/study/study-day.ts';

const zones = [
  'UTC',
  'Asia/Shanghai',
  'America/New_York',
  'America/St_Johns',
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Africa/Casablanca',
  'Asia/Kathmandu',
];
const calendar = fc.record({
  timeZone: fc.constantFrom(...zones),
  dayStartHour: fc.integer({ min: 0, max: 23 }),
});
const instant = fc.integer({ min: Date.UTC(2001, 0, 1), max: Date.UTC(2039, 11, 31) });

describe('study days', () => {
  it('cover the time without a gap or an overlap', () => {
    fc.assert(
      fc.property(instant, calendar, (at, where) => {
        const day = studyDay(at, where);
        const start = startOfStudyDay(day, where);
        const end = startOfStudyDay(day + 1, where);
        expect(start).toBeLessThanOrEqual(at);
        expect(at).toBeLessThan(end);
        expect(studyDay(start, where)).toBe(day);
      }),
      { numRuns: 300 },
    );
  });

  it('last 24 hours, but for the days on which the clocks change', () => {
    fc.assert(
      fc.property(instant, calendar, (at, where) => {
        const day = studyDay(at, where);
        const hours = (startOfStudyDay(day + 1, where) - startOfStudyDay(day, where)) / 3_600_000;
        expect(hours).toBeGreaterThanOrEqual(where.timeZone === 'Pacific/Apia' ? 0 : 22);
        expect(hours).toBeLessThanOrEqual(48);
      }),
      { numRuns: 200 },
    );
  });

  it('put what is learned after midnight to the day before', () => {
    const shanghai = { timeZone: 'Asia/Shanghai', dayStartHour: 4 };
    const evening = Date.parse('2026-03-10T22:00:00+08:00');
    expect(studyDay(Date.parse('2026-03-11T03:59:59+08:00'), shanghai)).toBe(studyDay(evening, shanghai));
    expect(studyDay(Date.parse('2026-03-11T04:00:00+08:00'), shanghai)).toBe(studyDay(evening, shanghai) + 1);
  });

  it('start after the gap when daylight saving skips their hour', () => {
    const newYork = { timeZone: 'America/New_York', dayStartHour: 2 };
    // On 2026-03-08 the clocks of New York go from 02:00 to 03:00.
    const day = studyDay(Date.parse('2026-03-08T12:00:00-04:00'), newYork);
    expect(new Date(startOfStudyDay(day, newYork)).toISOString()).toBe('2026-03-08T07:00:00.000Z');
  });
});
