import type { Localized } from '#shared/locale.ts';
import type { ChartTable } from '../../ui/charts/chart-table.ts';
import { longSentence, longWord, shortText } from './long-text.ts';

const both = (en: string, zhCN: string): Localized => ({ en, 'zh-CN': zhCN });

/** A few rows with names of an ordinary length, one alone, and names that no line holds. */
export const rowNames = {
  some: [both('Monolith', '单体'), both('Containers', '容器'), both('Serverless', '无服务器')],
  one: [both('Containers', '容器')],
  long: [longSentence, longWord, shortText],
} as const satisfies Record<string, readonly Localized[]>;
export type RowSet = keyof typeof rowNames;

export const partNames = {
  some: [both('Again', '重来'), both('Hard', '困难'), both('Good', '良好'), both('Easy', '简单')],
  long: [longSentence, longWord, shortText, both('Easy', '简单')],
};

export const shares = [0.92, 0.71, 0.34] as const;
export const counts = [
  [4, 9, 30, 12],
  [0, 1, 2, 0],
  [40, 0, 3, 1],
] as const;

/** Every kind of column, with what is missing and what is long. */
export const tableOf = (text: (localized: Localized) => string): ChartTable => ({
  columns: [
    { label: text(both('Lesson', '课程')), kind: 'text' },
    { label: text(both('Day', '日期')), kind: 'day' },
    { label: text(both('Reviews', '复习')), kind: 'count' },
    { label: text(both('Recalled', '记得')), kind: 'share' },
    { label: text(both('Time', '用时')), kind: 'time' },
    { label: text(longWord), kind: 'number' },
  ],
  rows: [
    [text(shortText), 20_000, 1234, 0.9, 3_600_000, 3.14159],
    [text(longSentence), 20_001, 0, null, null, null],
    [text(longWord), null, 1, 1, 59_000, 0],
  ],
});

/** A line with a gap, and one that has just begun; seconds. */
export const timeRows = Array.from({ length: 60 }, (_, at) => ({
  at,
  a: at > 20 && at < 26 ? null : 40 + 30 * Math.sin(at / 6),
  b: at < 40 ? null : at * 1.5,
}));
