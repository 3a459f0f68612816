import type { HostSnapshot } from '#shared/simulation/simulate.ts';
import type { Box, HostBox } from './boxes.ts';
import type { Brush } from './brush.ts';
import { drawTile } from './draw-tile.ts';
import type { Labels } from './labels.ts';
import type { ColorName } from './palette.ts';

const frames: Readonly<
  Record<HostSnapshot['state'], { readonly color: ColorName; readonly dash: readonly number[] }>
> = {
  up: { color: 'line-strong', dash: [] },
  starting: { color: 'warn', dash: [7, 4] },
  draining: { color: 'warn', dash: [2, 4] },
  down: { color: 'bad', dash: [7, 4] },
};

/** One machine with everything on it. */
export function drawHost(brush: Brush, labels: Labels, box: HostBox, perSecond: number): void {
  const { host, body } = box;
  const { em } = brush;
  const { color, dash } = frames[host.state];
  brush.fill(box, host.state === 'down' ? 'bad-soft' : 'paper', em * 0.5);
  drawHeader(brush, labels, box, perSecond);
  drawCores(brush, box);
  brush.fill(body, 'surface-sunken', 3);
  if (host.state === 'starting') {
    brush.context.globalAlpha = 0.35;
    brush.fill(body, { hatch: 'starting' }, 3);
    brush.context.globalAlpha = 1;
  }
  drawOs(brush, labels, box);
  // Behind what lies on it, whose words stay readable.
  if (host.state === 'down') brush.cross(body, 'bad', Math.max(2, em * 0.2));
  for (const tile of box.tiles) drawTile(brush, labels, tile, host.cores);
  drawRemarks(brush, labels, box);
  brush.frame(box, color, { width: 2, dash, radius: em * 0.5 });
}

function drawHeader(brush: Brush, labels: Labels, box: HostBox, perSecond: number): void {
  const { host } = box;
  const { em } = brush;
  const y = box.y + em * 0.85;
  const left = box.cores.x;
  const room = box.cores.width;
  const state = labels.hostState(host);
  const figures = [perSecond >= 0.05 ? labels.perSecond(perSecond) : '', labels.percent(host.cpuUtilisation)];
  if (room < em * 4.5) {
    const share = labels.percent(host.cpuUtilisation);
    const taken = brush.text(labels.hostNumber(host), left, y, { bold: true, size: 0.9, width: room });
    if (room - taken > em * 2.6)
      brush.text(share, left + room, y, { align: 'right', size: 0.8, color: 'ink-soft' });
    return;
  }
  const nameWidth = brush.widthOf(labels.host(host), 1, true);
  let end = left + room;
  // From the right as many figures as there is room for besides the name.
  for (const figure of figures.reverse()) {
    const width = brush.widthOf(figure, 0.9);
    if (figure === '' || end - width - em < left + Math.min(nameWidth, room * 0.6)) continue;
    brush.text(figure, end, y, { align: 'right', size: 0.9, color: 'ink-soft' });
    end -= width + em * 0.7;
  }
  const named = brush.text(labels.host(host), left, y, { bold: true, width: end - left });
  if (state !== '')
    brush.text(state, left + named + em * 0.6, y, {
      size: 0.9,
      bold: true,
      color: host.state === 'down' ? 'bad' : 'warn',
      width: end - left - named - em * 0.6,
    });
}

/** Cores side by side, as full as they are busy. */
function drawCores(brush: Brush, { host, cores }: HostBox): void {
  const gap = 2;
  const count = host.elastic ? 1 : host.cores;
  const each = cores.width / count;
  const busy = host.elastic ? host.busyCores / Math.max(1, host.cores) : host.busyCores;
  if (each < 4) {
    brush.fill(cores, 'surface', 2);
    brush.fill({ ...cores, width: cores.width * Math.min(1, busy / count) }, 'accent', 2);
    brush.frame(cores, 'line-strong', { radius: 2 });
    return;
  }
  for (let core = 0; core < count; core++) {
    const cell = { ...cores, x: cores.x + core * each, width: each - (core < count - 1 ? gap : 0) };
    brush.fill(cell, 'surface', 2);
    const share = Math.min(1, Math.max(0, busy - core));
    if (share > 0) brush.fill({ ...cell, width: cell.width * share }, 'accent', 2);
    brush.frame(cell, 'line-strong', { radius: 2 });
  }
}

function drawOs(brush: Brush, labels: Labels, { host, os }: HostBox): void {
  if (os === null) return;
  const { em } = brush;
  brush.fill(os, 'surface');
  brush.fill(os, { hatch: 'os' });
  brush.line(
    [
      [os.x, os.y],
      [os.x + os.width, os.y],
    ],
    'line-strong',
    1,
  );
  if (os.height < em * 0.8 || os.width < em * 4) return;
  const words = labels.said(host.groups.some(({ kind }) => kind === 'vm') ? 'guestOs' : 'os');
  const size = Math.min(0.85, (os.height / em) * 0.9);
  const width = brush.widthOf(words, size) + em * 0.5;
  brush.fill({ x: os.x + os.width - width, y: os.y + 1, width, height: os.height - 1 }, 'surface');
  brush.text(words, os.x + os.width - em * 0.25, os.y + os.height / 2, {
    size,
    color: 'ink-soft',
    align: 'right',
  });
}

const overlaps = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** A torn edge: what is below it is left out. */
function drawTear(brush: Brush, { x, y, width, height }: Box): void {
  const step = 6;
  const points: [number, number][] = [];
  for (let i = 0; i * step <= width; i++) points.push([x + i * step, i % 2 === 0 ? y + height : y]);
  brush.line(points, 'paper', 4);
  brush.line(points, 'line-strong', 1.2);
}

function drawRemarks(brush: Brush, labels: Labels, box: HostBox): void {
  const { body, os, tiles, unseen, overfull, host, shownShare } = box;
  const { em } = brush;
  const bottom = os?.y ?? body.y + body.height;
  if (shownShare < 1 && host.memoryMiB !== null && !host.elastic)
    drawTear(brush, { ...body, y: bottom - 3, height: 4 });
  const right = body.x + body.width - em * 0.35;
  const width = body.width - em * 0.7;
  const y = bottom - em * 0.9;
  const words = overfull
    ? labels.said('overfull')
    : unseen > 0
      ? labels.more(unseen)
      : host.memoryMiB === null || host.elastic || host.state === 'down'
        ? ''
        : labels.free(host, (words) => brush.widthOf(words, 0.85) <= width);
  if (words === '') return;
  const label = Math.min(width, brush.widthOf(words, 0.85, overfull));
  const place = { x: right - label - em * 0.4, y: y - em * 0.65, width: label + em * 0.5, height: em * 1.2 };
  const covered = tiles.some((tile) => overlaps(tile, place));
  if (covered || width < em * 3 || place.y < body.y) {
    if (overfull) brush.frame(body, 'bad', { width: 3, dash: [3, 3] });
    return;
  }
  brush.text(words, right, y, {
    size: 0.85,
    align: 'right',
    width,
    color: overfull ? 'bad' : 'ink-soft',
    bold: overfull,
  });
}
