import { i18n, t } from './i18n.svelte.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Formats of numbers by language and options: making one takes far longer than using it, and a screen shows hundreds of numbers. */
const numberFormats = new Map<string, Intl.NumberFormat>();

function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = i18n.language + JSON.stringify(options);
  const known = numberFormats.get(key) ?? new Intl.NumberFormat(i18n.language, options);
  numberFormats.set(key, known);
  return known;
}

export function formatNumber(value: number, options: Intl.NumberFormatOptions = {}): string {
  return numberFormat({ maximumFractionDigits: 2, ...options }).format(value);
}

export function formatPercent(share: number): string {
  return numberFormat({ style: 'percent', maximumFractionDigits: 0 }).format(share);
}

export function formatDate(at: number): string {
  return new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' }).format(at);
}

/** The name of a weekday, Sunday is 0. */
export function formatWeekdayName(weekday: number): string {
  // The first of 1970 was a Thursday.
  const at = ((weekday + 7 - 4) % 7) * dayMs;
  return new Intl.DateTimeFormat(i18n.language, { weekday: 'long', timeZone: 'UTC' }).format(at);
}

/** How long a span is, in its largest fitting unit: `10 min`, `3 days`. */
export function formatSpan(spanMs: number, unitDisplay: 'long' | 'short' = 'long'): string {
  const unit = (value: number, name: string) =>
    numberFormat({ style: 'unit', unit: name, unitDisplay }).format(value);
  if (spanMs < minuteMs) return t('format.lessThanAMinute');
  if (spanMs < hourMs) return unit(Math.round(spanMs / minuteMs), 'minute');
  if (spanMs < dayMs) return unit(Math.round(spanMs / hourMs), 'hour');
  if (spanMs < 60 * dayMs) return unit(Math.round(spanMs / dayMs), 'day');
  if (spanMs < 730 * dayMs) return unit(Math.round(spanMs / (30.44 * dayMs)), 'month');
  return unit(Math.round((spanMs / (365.25 * dayMs)) * 10) / 10, 'year');
}

/** How many days from today: `in 12 days`, `tomorrow`, `3 days ago`. */
export function formatInDays(days: number): string {
  return new Intl.RelativeTimeFormat(i18n.language, { numeric: 'auto' }).format(days, 'day');
}

const dayForms = {
  /** `Nov 27`, on an axis. */
  short: { month: 'short', day: 'numeric' },
  medium: { dateStyle: 'medium' },
  long: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  /** Without the year, of today. */
  today: { weekday: 'long', month: 'long', day: 'numeric' },
  month: { month: 'short' },
  year: { year: 'numeric', month: 'short' },
  weekday: { weekday: 'short' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** A study day by its number: days since 1970, whatever the time zone. */
export function formatStudyDay(studyDay: number, form: keyof typeof dayForms): string {
  const options = { ...dayForms[form], timeZone: 'UTC' };
  return new Intl.DateTimeFormat(i18n.language, options).format(studyDay * dayMs);
}

/** An hour of the day, 0-23. */
export function formatHour(hour: number): string {
  return new Intl.DateTimeFormat(i18n.language, { hour: 'numeric', timeZone: 'UTC' }).format(hour * hourMs);
}

export function formatCount(count: number): string {
  return formatNumber(count, { maximumFractionDigits: 0 });
}

/** Two shares with all between them, such as `84% – 92%`. */
export function formatPercentRange(low: number, high: number): string {
  const format = numberFormat({ style: 'percent', maximumFractionDigits: 0 });
  // Of equal ends Intl would say that they are about equal.
  return format.format(low) === format.format(high) ? format.format(low) : format.formatRange(low, high);
}

/** Time that was spent, to the minute: `3 hr 25 min`. */
export function formatTime(spentMs: number): string {
  const unit = (value: number, name: string) =>
    numberFormat({ style: 'unit', unit: name, unitDisplay: 'short' }).format(value);
  if (spentMs > 0 && spentMs < minuteMs) return t('format.lessThanAMinute');
  const minutes = Math.round(spentMs / minuteMs);
  const hours = Math.floor(minutes / 60);
  if (hours === 0) return unit(minutes, 'minute');
  const parts = [unit(hours, 'hour'), ...(minutes % 60 > 0 ? [unit(minutes % 60, 'minute')] : [])];
  return new Intl.ListFormat(i18n.language, { type: 'unit', style: 'narrow' }).format(parts);
}

/** The date of an instant, without the hour. */
export function formatDateOnly(at: number): string {
  return new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium' }).format(at);
}

/** How long an answer took: `24 sec`, `3 min`. */
export function formatAnswerTime(spentMs: number): string {
  const unit = (value: number, name: string) =>
    numberFormat({ style: 'unit', unit: name, maximumFractionDigits: 0 }).format(value);
  return spentMs < minuteMs ? unit(spentMs / 1000, 'second') : unit(spentMs / minuteMs, 'minute');
}
