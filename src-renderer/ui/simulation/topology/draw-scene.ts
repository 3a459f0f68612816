import type { TopologySnapshot } from '#shared/simulation/simulate.ts';
import type { Box, Scene } from './boxes.ts';
import type { Brush } from './brush.ts';
import { drawHost } from './draw-host.ts';
import { drawRequests } from './draw-tile.ts';
import { type Flow, hostKey } from './flow.ts';
import { waitingAtDoor } from './group-words.ts';
import type { Labels } from './labels.ts';
import type { ColorName } from './palette.ts';
import { layPipes, type Pipe } from './pipes.ts';
import { placeOf, type Travellers } from './travellers.ts';

export interface Moment {
  readonly snapshot: TopologySnapshot;
  readonly scene: Scene;
  readonly flow: Flow;
  readonly travellers: Travellers;
  /** How far the dots on the lines have moved on, in pixels. */
  readonly phasePx: number;
  /** Box of what is chosen. */
  readonly chosen: Box | null;
}

/** Everything that stays where it is until the next snapshot. */
export function drawStill(brush: Brush, labels: Labels, moment: Moment): void {
  const { scene, flow, chosen } = moment;
  clear(brush, scene);
  for (const { from, to, rate } of ways(moment))
    brush.line([from, to], 'line', Math.max(2, widthOf(rate) + 3));
  drawTop(brush, labels, moment);
  for (const box of scene.hosts)
    drawHost(brush, labels, box, flow.takenPerSecond.get(hostKey(box.host.id)) ?? 0);
  if (chosen) brush.frame(grown(chosen, 3), 'ink', { width: 3, radius: 5 });
}

/** Requests on their way: little enough to be drawn in every frame, on a canvas above the other. */
export function drawMoving(brush: Brush, moment: Moment): void {
  clear(brush, moment.scene);
  if (moment.travellers.crowded) drawFlow(brush, moment);
  drawTravellers(brush, moment);
}

/** The picture may have been higher before. */
const clear = ({ context }: Brush, { width }: Scene): void => {
  context.clearRect(0, 0, width + 4, context.canvas.height);
};

const grown = ({ x, y, width, height }: Box, by: number): Box => ({
  x: x - by,
  y: y - by,
  width: width + 2 * by,
  height: height + 2 * by,
});

/** All lines: their width says how much flows. */
function ways({ scene, flow }: Moment): readonly (Pipe & { readonly color: ColorName })[] {
  const { clients, door, exits } = scene;
  const { perSecond } = flow;
  const right = door.x + door.width;
  const at = (share: number): number => door.y + door.height * share;
  const level = (from: number, to: number, share: number, rate: number, color: ColorName) => ({
    from: [from, at(share)] as const,
    to: [to, at(share)] as const,
    rate,
    color,
  });
  return [
    level(clients.x + clients.width, door.x, 0.5, perSecond.arrived, 'accent'),
    level(right, exits.x, 0.3, perSecond.served, 'good'),
    level(right, exits.x, 0.7, perSecond.failed, 'bad'),
    ...layPipes(scene, flow.takenPerSecond).map((pipe) => ({ ...pipe, color: 'accent' as const })),
  ];
}

/** Dots that march along the lines, where the requests themselves are too many to be seen. */
function drawFlow(brush: Brush, moment: Moment): void {
  const { context } = brush;
  context.lineCap = 'round';
  context.lineDashOffset = -moment.phasePx;
  for (const { from, to, rate, color } of ways(moment)) {
    if (rate <= 0) continue;
    const wide = widthOf(rate);
    brush.line([from, to], color, wide, [0.1, Math.max(wide * 1.9, 22 - 5 * Math.log10(1 + rate))]);
  }
  context.lineDashOffset = 0;
  context.lineCap = 'butt';
}

const widthOf = (rate: number): number => Math.min(8, 2 + Math.log2(1 + rate) * 0.55);

function drawTop(brush: Brush, labels: Labels, { scene, snapshot, flow }: Moment): void {
  const { clients, door, exits } = scene;
  const { em } = brush;
  for (const box of [clients, door, exits]) {
    brush.fill(box, 'surface', em * 0.5);
    brush.frame(box, 'line-strong', { width: 1.5, radius: em * 0.5 });
  }
  const pad = em * 0.5;
  brush.text(labels.said('clients'), clients.x + pad, clients.y + em * 0.95, {
    bold: true,
    width: clients.width - 2 * pad,
  });
  brush.text(labels.perSecond(flow.perSecond.arrived), clients.x + pad, clients.y + em * 2.25, {
    width: clients.width - 2 * pad,
  });

  const kind = snapshot.hosts[0]?.elastic
    ? 'invoker'
    : snapshot.hosts[0]?.memoryMiB === null
      ? 'line'
      : 'door';
  const waiting = waitingAtDoor(snapshot.waiting, snapshot.hosts);
  const named = brush.text(labels.said(kind), door.x + pad, door.y + em * 0.95, {
    bold: true,
    width: door.width - 2 * pad,
  });
  if (waiting > 0)
    brush.text(labels.number(waiting), door.x + door.width - pad, door.y + em * 0.95, {
      bold: true,
      color: 'hull',
      align: 'right',
      width: door.width - 2.5 * pad - named,
    });
  drawRequests(brush, labels, 0, waiting, {
    x: door.x + pad,
    y: door.y + em * 1.6,
    width: door.width - 2 * pad,
    height: door.height - em * 1.8,
  });
  const { lost, failed, retrying } = snapshot.counters;
  drawExit(brush, exits, 0.3, '✓', labels.perSecond(flow.perSecond.served), 'good');
  const bad = lost + failed;
  const words = [bad > 0 ? labels.number(bad) : '0', retrying > 0 ? `↻ ${labels.number(retrying)}` : ''];
  drawExit(brush, exits, 0.7, '×', words.join(' ').trim(), bad > 0 || retrying > 0 ? 'bad' : 'ink-soft');
}

function drawExit(brush: Brush, exits: Box, at: number, sign: string, words: string, color: ColorName): void {
  const { em } = brush;
  const y = exits.y + exits.height * at;
  const signed = brush.text(sign, exits.x + em * 0.5, y, { bold: true, color, size: 1.1 });
  brush.text(words, exits.x + em * 0.9 + signed, y, { color, width: exits.width - em * 1.4 - signed });
}

function drawTravellers(brush: Brush, { travellers }: Moment): void {
  const { em } = brush;
  const radius = em * 0.26;
  for (const traveller of travellers.moving) {
    const place = placeOf(traveller);
    if (place === null) continue;
    const [x, y] = place;
    if (traveller.kind === 'failure') {
      brush.cross({ x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius }, 'bad', 2.2);
    } else {
      brush.dot(x, y, radius + 1.2, 'surface');
      brush.dot(x, y, radius, traveller.kind === 'answer' ? 'good' : 'accent');
    }
  }
}
