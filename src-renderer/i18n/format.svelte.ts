import { i18n, t } from './i18n.svelte.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

export function formatNumber(value: number, options: Intl.NumberFormatOptions = {}): string {
  return new Intl.NumberFormat(i18n.locale, { maximumFractionDigits: 2, ...options }).format(value);
}

export function formatPercent(share: number): string {
  return new Intl.NumberFormat(i18n.locale, { style: 'percent', maximumFractionDigits: 0 }).format(share);
}

export function formatDate(at: number): string {
  return new Intl.DateTimeFormat(i18n.locale, { dateStyle: 'medium', timeStyle: 'short' }).format(at);
}

export function formatWeekday(at: number): string {
  return new Intl.DateTimeFormat(i18n.locale, { weekday: 'short' }).format(at);
}

export function formatToday(at: number): string {
  return new Intl.DateTimeFormat(i18n.locale, { weekday: 'long', month: 'long', day: 'numeric' }).format(at);
}

/** How long a span is, in its largest fitting unit: `10 min`, `3 days`. */
export function formatSpan(spanMs: number): string {
  const unit = (value: number, name: string) =>
    new Intl.NumberFormat(i18n.locale, { style: 'unit', unit: name, unitDisplay: 'long' }).format(value);
  if (spanMs < minuteMs) return t('format.lessThanAMinute');
  if (spanMs < hourMs) return unit(Math.round(spanMs / minuteMs), 'minute');
  if (spanMs < dayMs) return unit(Math.round(spanMs / hourMs), 'hour');
  if (spanMs < 60 * dayMs) return unit(Math.round(spanMs / dayMs), 'day');
  if (spanMs < 730 * dayMs) return unit(Math.round(spanMs / (30.44 * dayMs)), 'month');
  return unit(Math.round((spanMs / (365.25 * dayMs)) * 10) / 10, 'year');
}
