import type { ProgressMastery } from '#shared/contract/contract.ts';
import { formatPercent, formatPercentRange } from '../../i18n/format.svelte.ts';
import { t, text } from '../../i18n/i18n.svelte.ts';
import { textLines } from '../../ui/charts/text-lines.ts';

type Lesson = ProgressMastery['lessons'][number];
type PatternMastery = ProgressMastery['patterns'][number];

interface Tile {
  readonly lesson: Lesson;
  readonly title: readonly string[];
  readonly note: readonly string[];
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Lane {
  readonly pattern: PatternMastery;
  readonly name: readonly string[];
  readonly note: string;
  readonly y: number;
  readonly tiles: readonly Tile[];
}

/** The share of a lesson or pattern with its interval; of what was not begun there is nothing to say. */
export function masteryInWords({ share, low, high, seen }: PatternMastery | Lesson): string {
  if (seen === 0) return t('progress.mastery.notBegun');
  return t('progress.mastery.shareOf', { share: formatPercent(share), range: formatPercentRange(low, high) });
}

export const titleRem = 0.8125;
export const noteRem = 0.75;
export const leadingRem = 1.15;
const insetRem = 0.6;
const gapRem = 0.5;
/** Room below the words, where the share ends and how far it may be off. */
const gaugeRem = 0.8;

/** A lane for each pattern in teaching order: its name, and its lessons beside it, or below where there is no room. */
export function courseMap(
  data: ProgressMastery,
  width: number,
  rem: number,
): { lanes: Lane[]; height: number } {
  const isWide = width > 44 * rem;
  const left = isWide ? 12 * rem : 0;
  const gap = gapRem * rem;
  const most = Math.max(
    ...data.patterns.map(({ pattern }) => data.lessons.filter((l) => l.pattern === pattern).length),
  );
  const perRow = Math.max(1, Math.min(most, Math.floor((width - left) / (13 * rem))));
  const tileWidth = (width - left - (perRow - 1) * gap) / perRow;
  const leading = leadingRem * rem;
  let y = 0;
  const lanes = data.patterns.map((pattern): Lane => {
    const name = textLines(t(`pattern.${pattern.pattern}`), isWide ? left - rem : width, 0.875 * rem, 650);
    const nameHeight = (name.length + 1) * leading;
    const top = y;
    let tileY = isWide ? y : y + nameHeight + 0.3 * rem;
    const lessons = data.lessons.filter((lesson) => lesson.pattern === pattern.pattern);
    const tiles: Tile[] = [];
    for (let from = 0; from < lessons.length; from += perRow) {
      const row = lessons.slice(from, from + perRow).map((lesson) => {
        const room = tileWidth - 2 * insetRem * rem;
        const title = textLines(text(lesson.title), room, titleRem * rem, 550);
        return { lesson, title, note: textLines(masteryInWords(lesson), room, noteRem * rem) };
      });
      const lines = Math.max(...row.map(({ title, note }) => title.length + note.length));
      const gauge = row.some(({ lesson }) => lesson.seen > 0) ? gaugeRem : 0;
      const height = lines * leading + (2 * insetRem + gauge) * rem;
      tiles.push(
        ...row.map((tile, at) => ({
          ...tile,
          x: left + at * (tileWidth + gap),
          y: tileY,
          width: tileWidth,
          height,
        })),
      );
      tileY += height + gap;
    }
    y = Math.max(tileY, isWide ? y + nameHeight : 0) + (isWide ? 0.4 : 0.8) * rem;
    return { pattern, name, note: masteryInWords(pattern), y: top, tiles };
  });
  return { lanes, height: Math.max(0, y - gap) };
}
