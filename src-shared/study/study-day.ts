/**
 * A study day starts at a local hour that the learner sets, so that a session past midnight belongs to the day before.
 * Study days are numbered like civil days since 1970-01-01.
 */
export interface StudyCalendar {
  /** IANA name, such as `Asia/Shanghai`. */
  readonly timeZone: string;
  /** 0-23. */
  readonly dayStartHour: number;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

const formatters = new Map<string, Intl.DateTimeFormat>();

function wallClockFormatter(timeZone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formatters.set(timeZone, formatter);
  }
  return formatter;
}

/** How far the clock on the wall is ahead of UTC at an instant, in milliseconds. */
function offsetAt(at: number, timeZone: string): number {
  const part: Record<string, number> = {};
  for (const { type, value } of wallClockFormatter(timeZone).formatToParts(at)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  const milliseconds = ((at % 1000) + 1000) % 1000;
  return Date.UTC(year, month - 1, day, hour, minute, second) + milliseconds - at;
}

/** Zone -> UTC day -> its offset, or null where the clock changes within that day: asking Intl costs microseconds. */
const offsetsOfDays = new Map<string, Map<number, number | null>>();

/** What the clock on the wall shows at an instant, as if it were UTC, in epoch milliseconds. */
function wallClockMs(at: number, timeZone: string): number {
  let offsets = offsetsOfDays.get(timeZone);
  if (!offsets) {
    offsets = new Map();
    offsetsOfDays.set(timeZone, offsets);
  }
  const day = Math.floor(at / dayMs);
  let offset = offsets.get(day);
  if (offset === undefined) {
    const atStart = offsetAt(day * dayMs, timeZone);
    offset = atStart === offsetAt((day + 1) * dayMs - 1, timeZone) ? atStart : null;
    offsets.set(day, offset);
  }
  return at + (offset ?? offsetAt(at, timeZone));
}

/** Hour on the clock on the wall at an instant, 0-23. */
export function hourOfDay(at: number, timeZone: string): number {
  const hour = Math.floor(wallClockMs(at, timeZone) / hourMs) % 24;
  return (hour + 24) % 24;
}

/**
 * An instant moved so that UTC calendar days are study days. ts-fsrs counts UTC days, so every instant goes to it in this form.
 */
export function toStudyTime(at: number, calendar: StudyCalendar): number {
  return wallClockMs(at, calendar.timeZone) - calendar.dayStartHour * hourMs;
}

/** Number of the study day that an instant (epoch milliseconds) lies in. */
export function studyDay(at: number, calendar: StudyCalendar): number {
  return Math.floor(toStudyTime(at, calendar) / dayMs);
}

/**
 * The first instant of a study day, in epoch milliseconds. Where daylight saving skips the starting hour,
 * the day starts with the first instant after the gap; where it repeats the hour, with the first time round.
 */
export function startOfStudyDay(day: number, calendar: StudyCalendar): number {
  // No zone is further than 15 h from UTC and no shift larger than 24 h (Samoa left out a whole day in 2011).
  let before = day * dayMs + calendar.dayStartHour * hourMs - 40 * hourMs;
  let after = before + 80 * hourMs;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (studyDay(middle, calendar) >= day) after = middle;
    else before = middle;
  }
  return after;
}
