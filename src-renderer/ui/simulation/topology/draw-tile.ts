import type { GroupSnapshot } from '#shared/simulation/simulate.ts';
import type { Box, TileBox } from './boxes.ts';
import type { Brush } from './brush.ts';
import { busyOf, isDefective, waitingOf } from './group-words.ts';
import type { Labels } from './labels.ts';
import type { ColorName, HatchName } from './palette.ts';

/** How each state besides running looks: stripes, border and sign, so that none is told by colour alone. */
const looks: Readonly<
  Record<
    Exclude<GroupSnapshot['state'], 'running'>,
    {
      readonly hatch: HatchName | null;
      readonly color: ColorName;
      readonly dash: readonly number[];
      readonly sign: string;
    }
  >
> = {
  starting: { hatch: 'starting', color: 'warn', dash: [5, 3], sign: '…' },
  draining: { hatch: null, color: 'warn', dash: [2, 3], sign: '↓' },
  paused: { hatch: 'paused', color: 'warn', dash: [], sign: '‖' },
  killed: { hatch: 'gone', color: 'bad', dash: [5, 3], sign: '×' },
  restarting: { hatch: 'gone', color: 'bad', dash: [5, 3], sign: '↻' },
};

/** One group: its memory as a level, its CPU as a bar at its edge, its requests as dots, and what state it is in. */
export function drawTile(brush: Brush, labels: Labels, tile: TileBox, hostCores: number): void {
  const { group } = tile;
  const { em } = brush;
  const seam = Math.min(1.5, tile.width / 8, tile.height / 8);
  const box = {
    x: tile.x + seam,
    y: tile.y + seam,
    width: tile.width - 2 * seam,
    height: tile.height - 2 * seam,
  };
  const radius = Math.min(em * 0.35, box.width / 5, box.height / 5);
  const look = group.state === 'running' ? null : looks[group.state];
  const { context } = brush;
  context.save();
  context.beginPath();
  context.roundRect(box.x, box.y, box.width, box.height, radius);
  context.clip();
  brush.fill(box, 'surface');
  drawMemory(brush, group, box);
  if (look?.hatch) {
    context.globalAlpha = 0.45;
    brush.fill(box, { hatch: look.hatch });
    context.globalAlpha = 1;
  }
  if (group.state === 'killed') brush.cross(box, 'bad', Math.max(1.5, em * 0.14));
  const bar = drawCpu(brush, group, box, hostCores);
  context.restore();
  const thick = group.kind === 'process-group' ? 3 : look ? 2 : 1.25;
  brush.frame(box, look?.color ?? (group.provisioned ? 'accent' : 'line-strong'), {
    width: Math.min(thick, box.width / 6),
    dash: look?.dash ?? [],
    radius,
  });
  if (group.kind === 'process-group' && box.width > em * 2)
    brush.frame({ x: box.x + 4, y: box.y + 4, width: box.width - 8, height: box.height - 8 }, 'line', {
      radius,
    });
  const inner = {
    x: box.x + bar + em * 0.25,
    y: box.y + em * 0.15,
    width: box.width - bar - em * 0.5,
    height: box.height - em * 0.3,
  };
  drawWords(brush, labels, group, inner, look?.sign ?? '');
}

/** As high as the share of its memory that is in use; what leaks lies on top of the rest. */
function drawMemory(brush: Brush, group: GroupSnapshot, box: Box): void {
  const all = Math.max(group.memoryMiB, group.reservedMiB);
  if (all <= 0) return;
  const used = (group.memoryMiB / all) * box.height;
  const leaked = (Math.min(group.leakedMiB, group.memoryMiB) / all) * box.height;
  const bottom = box.y + box.height;
  brush.fill({ ...box, y: bottom - used, height: used }, 'accent-soft');
  if (leaked <= 0) return;
  const band = { ...box, y: bottom - used, height: leaked };
  brush.fill(band, 'hull-soft');
  brush.fill(band, { hatch: 'leak' });
  brush.line(
    [
      [box.x, band.y + leaked],
      [box.x + box.width, band.y + leaked],
    ],
    'hull',
    1,
  );
}

/** Returns how much of the width the bar takes. */
function drawCpu(brush: Brush, group: GroupSnapshot, box: Box, hostCores: number): number {
  const width = Math.min(brush.em * 0.5, box.width * 0.18);
  if (width < 1.5) return 0;
  const most = group.cpuLimitCores ?? hostCores;
  const share = Math.min(1, most > 0 ? group.cpuCores / most : 0);
  brush.fill({ ...box, width }, 'surface-sunken');
  if (group.throttled) {
    brush.fill({ ...box, width }, 'hull-soft');
    brush.fill({ ...box, width }, { hatch: 'throttled' });
  }
  const height = box.height * share;
  brush.fill(
    { x: box.x, y: box.y + box.height - height, width, height },
    group.throttled ? 'hull' : 'accent',
  );
  brush.line(
    [
      [box.x + width, box.y],
      [box.x + width, box.y + box.height],
    ],
    'line',
    1,
  );
  return width;
}

function drawWords(brush: Brush, labels: Labels, group: GroupSnapshot, box: Box, sign: string): void {
  const { em } = brush;
  const line = em * 1.2;
  let { y, height } = box;
  const halo = group.state !== 'running' || group.leakedMiB > 0;
  if (height < em * 1.05 || box.width < em * 1.3) {
    // Room for one sign at most: the state, or how many requests.
    const requests = busyOf(group) + waitingOf(group);
    const shown = sign || (group.throttled ? '⚡' : requests > 0 ? labels.number(requests) : '');
    const size = Math.min(0.85, (height * 0.9) / em);
    if (size > 0.45 && brush.widthOf(shown, size) <= box.width + em * 0.3)
      brush.text(shown, box.x + box.width / 2, y + height / 2, { size, align: 'center', bold: true, halo });
    return;
  }
  const marked = labels.mark(group);
  const markWidth = marked === '' ? 0 : brush.widthOf(marked, 0.85, true) + em * 0.3;
  if (marked !== '' && markWidth <= box.width) {
    const color = isDefective(group) ? 'bad' : 'chart-3';
    brush.text(marked, box.x + box.width, y + line / 2, { color, size: 0.85, bold: true, align: 'right' });
  }
  const named = brush.text(labels.group(group), box.x, y + line / 2, {
    size: 0.9,
    halo,
    width: box.width - markWidth,
  });
  if (named > 0 || markWidth > 0) {
    y += line;
    height -= line;
  }
  const notes = labels.notes(group);
  for (const { words, color } of notes) {
    if (height < line) break;
    brush.text(words, box.x, y + line / 2, { size: 0.85, bold: true, color, halo, width: box.width });
    y += line;
    height -= line;
  }
  if (group.kind === 'process-group') drawShared(brush, labels, group, { ...box, y, height });
  else drawRequests(brush, labels, busyOf(group), waitingOf(group), { ...box, y, height });
}

/** The services of one process, each with its requests. */
function drawShared(brush: Brush, labels: Labels, group: GroupSnapshot, box: Box): void {
  const { instances } = group;
  const { em } = brush;
  if (box.height < em * 0.8) return;
  const columns = Math.max(1, Math.min(instances.length, Math.floor(box.width / (em * 5.5))));
  const rows = Math.ceil(instances.length / columns);
  const shown = Math.max(1, Math.min(rows, Math.floor(box.height / (em * 1.15))));
  const width = box.width / columns;
  const height = Math.min(box.height / shown, em * 3.2);
  const fit = shown < rows ? columns * shown - 1 : instances.length;
  instances.slice(0, fit).forEach((instance, i) => {
    const x = box.x + (i % columns) * width;
    const y = box.y + Math.floor(i / columns) * height;
    const cell = { x: x + 1, y: y + 1, width: width - 3, height: height - 2 };
    if (group.state === 'running') brush.fill(cell, 'surface', 3);
    brush.frame(cell, instance.state === 'running' ? 'line-strong' : 'warn', {
      dash: instance.state === 'running' ? [] : [4, 3],
      radius: 3,
    });
    const requests = labels.requests(instance.busy, instance.waiting);
    const room = cell.width - em * 0.6;
    const taken = brush.text(requests, cell.x + cell.width - em * 0.3, y + Math.min(height / 2, em * 0.7), {
      size: 0.85,
      bold: true,
      align: 'right',
      width: room,
    });
    brush.text(labels.instance(instance), cell.x + em * 0.3, y + Math.min(height / 2, em * 0.7), {
      size: 0.85,
      width: room - taken - em * 0.3,
    });
  });
  if (fit < instances.length)
    brush.text(
      labels.more(instances.length - fit),
      box.x + (fit % columns) * width + em * 0.3,
      box.y + (shown - 0.5) * height,
      {
        size: 0.85,
        color: 'ink-soft',
        width,
      },
    );
}

/** Full dots are worked on, rings wait. Where there is no room for all of them, a number says it. */
export function drawRequests(brush: Brush, labels: Labels, busy: number, waiting: number, box: Box): void {
  const { em } = brush;
  const count = busy + waiting;
  if (count === 0 || box.height < em * 0.5 || box.width < em * 0.5) return;
  const step = em * 0.62;
  const columns = Math.max(1, Math.floor(box.width / step));
  const rows = Math.max(1, Math.floor(box.height / step));
  if (count <= columns * rows) {
    for (let i = 0; i < count; i++) {
      const x = box.x + ((i % columns) + 0.5) * step;
      const y = box.y + (Math.floor(i / columns) + 0.5) * step;
      if (i < busy) brush.dot(x, y, step * 0.38, 'accent');
      else brush.ring(x, y, step * 0.4, 'hull');
    }
    return;
  }
  const words = labels.requests(busy, waiting);
  const textWidth = brush.widthOf(words, 0.9, true);
  if (box.height >= em && textWidth <= box.width) {
    brush.text(words, box.x, box.y + em * 0.55, { size: 0.9, bold: true });
    // The share that waits, as a bar below the number.
    const bar = {
      x: box.x,
      y: box.y + em * 1.15,
      width: box.width,
      height: Math.min(em * 0.4, box.height - em * 1.2),
    };
    if (bar.height > 2) {
      const working = (busy / count) * bar.width;
      brush.fill({ ...bar, width: working }, 'accent');
      brush.frame({ ...bar, x: bar.x + working, width: bar.width - working }, 'hull', { width: 1.5 });
    }
  }
}
