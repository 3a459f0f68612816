import type { Pattern } from '#shared/pack/schema.ts';
import { t } from '../../i18n/i18n.svelte.ts';
import { textLines } from '../../ui/charts/text-lines.ts';
import { regionRows } from './region-rows.ts';

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What stands on the map: a lesson or a challenge, with what is written on it. */
export interface Place<T> {
  readonly item: T;
  readonly title: string;
  readonly note: string;
}
export interface PlacedPlace<T> extends Box {
  readonly item: T;
  readonly title: readonly string[];
  readonly note: readonly string[];
}

/** A pattern of the article, with its places. */
export interface Region<T> {
  readonly pattern: Pattern;
  readonly note: string;
  readonly places: readonly Place<T>[];
}
export interface PlacedRegion<T> extends Box {
  readonly pattern: Pattern;
  readonly name: readonly string[];
  readonly note: string;
  readonly places: readonly PlacedPlace<T>[];
}

/** All sizes in rem. */
const placeRem = 12;
const paddingRem = 0.75;
const gapRem = 0.5;
export const insetRem = 0.6;
export const titleRem = 0.8125;
export const noteRem = 0.75;
export const leadingRem = 1.15;

/** What is left free in each place: beside its words, and below them. */
interface Margins {
  readonly leftRem: number;
  readonly belowRem: number;
}

interface Frame {
  readonly rem: number;
  readonly margins: Margins;
}

function placeAll<T>(region: Region<T>, columns: number, box: Omit<Box, 'height'>, frame: Frame) {
  const { rem, margins } = frame;
  const padding = paddingRem * rem;
  const gap = gapRem * rem;
  const inner = box.width - 2 * padding;
  const width = (inner - (columns - 1) * gap) / columns;
  const room = width - (2 * insetRem + margins.leftRem) * rem;
  const name = textLines(t(`pattern.${region.pattern}`), inner, 0.9375 * rem, 650);
  let y = box.y + padding + (name.length + 1) * leadingRem * rem + gap;
  const places: PlacedPlace<T>[] = [];
  for (let from = 0; from < region.places.length; from += columns) {
    const row = region.places.slice(from, from + columns).map(({ item, title, note }) => ({
      item,
      title: textLines(title, room, titleRem * rem, 550),
      note: textLines(note, room, noteRem * rem),
    }));
    const lines = Math.max(...row.map(({ title, note }) => title.length + note.length));
    const height = (lines * leadingRem + 2 * insetRem + margins.belowRem) * rem;
    places.push(
      ...row.map((place, at) => ({ ...place, x: box.x + padding + at * (width + gap), y, width, height })),
    );
    y += height + gap;
  }
  const { pattern, note } = region;
  return { ...box, pattern, note, name, places, height: y - gap + padding - box.y };
}

/** A map of the course: its patterns as regions in teaching order, on each its places. */
export function courseRegions<T>(
  regions: readonly Region<T>[],
  width: number,
  rem: number,
  margins: Margins,
): { readonly regions: readonly PlacedRegion<T>[]; readonly height: number } {
  const columns = Math.max(1, Math.floor(width / (placeRem * rem)));
  const gap = gapRem * rem;
  const columnsOf = ({ places }: Region<T>) => Math.max(1, Math.min(columns, places.length));
  const placed: PlacedRegion<T>[] = [];
  let y = 0;
  for (const numbers of regionRows(
    regions.map(({ places }) => places.length),
    columns,
  )) {
    const row = numbers.flatMap((number) => regions[number] ?? []);
    const share = (width - (row.length - 1) * gap) / row.reduce((sum, region) => sum + columnsOf(region), 0);
    let x = 0;
    const boxes = row.map((region) => {
      const box = { x, y, width: share * columnsOf(region) };
      x += box.width + gap;
      return placeAll(region, columnsOf(region), box, { rem, margins });
    });
    const height = Math.max(...boxes.map((box) => box.height));
    placed.push(...boxes.map((box) => ({ ...box, height })));
    y += height + gap;
  }
  return { regions: placed, height: Math.max(0, y - gap) };
}
