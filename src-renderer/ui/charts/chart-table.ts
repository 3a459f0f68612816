import {
  formatCount,
  formatNumber,
  formatPercent,
  formatStudyDay,
  formatTime,
} from '../../i18n/format.svelte.ts';
import { t } from '../../i18n/i18n.svelte.ts';

/** How the values of a column are written: a share is 0-1, a time milliseconds, a day the number of a
 * study day; a measure may be of any size, and keeps its first digits. */
export type ColumnKind = 'text' | 'count' | 'number' | 'measure' | 'share' | 'time' | 'day';
/** Null where there is nothing to say, as of a share of no answers. */
export type Cell = string | number | null;

/** The numbers of a plot. The first column names the row. */
export interface ChartTable {
  readonly columns: readonly { readonly label: string; readonly kind: ColumnKind }[];
  readonly rows: readonly (readonly Cell[])[];
}

/** A cell as it is read on the screen. */
export function cellText(value: Cell, kind: ColumnKind): string {
  if (value === null) return '–';
  if (typeof value === 'string') return value;
  switch (kind) {
    case 'share':
      return formatPercent(value);
    case 'time':
      return formatTime(value);
    case 'day':
      return formatStudyDay(value, 'medium');
    case 'count':
      return formatCount(value);
    case 'measure':
      return formatNumber(value, { maximumFractionDigits: 20, maximumSignificantDigits: 4 });
    case 'number':
    case 'text':
      return formatNumber(value);
  }
}

const dayMs = 86_400_000;
const rounded = (value: number, places: number) => String(Number(value.toFixed(places)));

/** A cell as a spreadsheet reads it in any country: plain digits, percent, minutes, ISO days. */
function plainCell(value: Cell, kind: ColumnKind): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (kind === 'share') return rounded(value * 100, 2);
  if (kind === 'time') return rounded(value / 60_000, 2);
  if (kind === 'day') return new Date(value * dayMs).toISOString().slice(0, 10);
  if (kind === 'measure') return String(Number(value.toPrecision(12)));
  return rounded(value, 4);
}

function headOf({ label, kind }: ChartTable['columns'][number]): string {
  if (kind === 'share') return t('progress.inPercent', { label });
  return kind === 'time' ? t('progress.inMinutes', { label }) : label;
}

function quoted(text: string): string {
  // A text that starts like a formula would be run by a spreadsheet; titles come from packs that others write.
  const harmless = /^[=+@\t\r]|^-\D/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** The table as RFC 4180 writes it, with a mark of its encoding, without which Excel takes Chinese for something else. */
export function csvOf({ columns, rows }: ChartTable): string {
  const lines = [
    columns.map(headOf),
    ...rows.map((row) => row.map((cell, at) => plainCell(cell, columns[at]?.kind ?? 'text'))),
  ];
  return `\uFEFF${lines.map((line) => line.map(quoted).join(',')).join('\r\n')}\r\n`;
}
