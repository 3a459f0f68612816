import type { TopologySnapshot } from '#shared/simulation/simulate.ts';
import { i18n } from '../../../i18n/i18n.svelte.ts';
import { type Box, holds, type HostBox, type Scene } from './boxes.ts';
import { Brush } from './brush.ts';
import { drawMoving, drawStill, type Moment } from './draw-scene.ts';
import { type Flow, FlowMeter, hostKey, stillFlow } from './flow.ts';
import { Labels } from './labels.ts';
import { readPalette, watchPalette } from './palette.ts';
import { layOut } from './scene.ts';
import { Travellers } from './travellers.ts';

/** Boxes come two thirds nearer to their places in about so much time. */
const glideMs = 90;
const pxPerSecond = 110;

/**
 * Two canvases that the topology is drawn on, one above the other: the lower one for every change, the upper one, with little
 * on it, in every frame while something moves.
 */
export class Stage {
  readonly #canvas: HTMLCanvasElement;
  readonly #overlay: HTMLCanvasElement;
  readonly #stopWatching: () => void;
  readonly #resizes: ResizeObserver;
  readonly #meter = new FlowMeter();
  readonly #travellers = new Travellers();
  readonly #boxes = new Map<string, Box>();
  #brushes: { readonly still: Brush; readonly moving: Brush } | null = null;
  /** Something has changed on the lower canvas. */
  #stale = true;
  #moment: Moment | null = null;
  #labels = new Labels();
  #snapshot: TopologySnapshot | null = null;
  #target: Scene | null = null;
  #flow: Flow = stillFlow;
  #width = 0;
  #height = 0;
  #playing = false;
  #still = false;
  #chosen: string | null = null;
  #shownMs = 0;
  #drawnMs = 0;
  #phasePx = 0;
  #request = 0;

  constructor(canvas: HTMLCanvasElement, overlay: HTMLCanvasElement) {
    this.#canvas = canvas;
    this.#overlay = overlay;
    this.#stopWatching = watchPalette(() => {
      this.#brushes = null;
      this.#lay();
    });
    this.#resizes = new ResizeObserver(() => {
      this.#resize();
    });
    this.#resizes.observe(canvas);
  }

  close(): void {
    this.#stopWatching();
    this.#resizes.disconnect();
    cancelAnimationFrame(this.#request);
  }

  /** @param still nothing may move */
  show(snapshot: TopologySnapshot, playing: boolean, still: boolean): void {
    const nowMs = performance.now();
    const watchedMs = nowMs - this.#shownMs;
    if (this.#labels.language !== i18n.language) this.#labels = new Labels();
    const fresh = snapshot !== this.#snapshot;
    this.#snapshot = snapshot;
    this.#playing = playing;
    this.#still = still;
    this.#lay();
    if (!fresh) return;
    this.#shownMs = nowMs;
    this.#flow = this.#meter.next(snapshot, watchedMs);
    this.#stale = true;
    if (still || this.#target === null) this.#travellers.clear();
    else this.#travellers.add(this.#flow, this.#target, watchedMs);
  }

  choose(id: string | null): void {
    this.#chosen = id;
    this.#stale = true;
    this.#ask();
  }

  /** Id of the group, or key of the host, at a place of the canvas. */
  at(x: number, y: number): string | null {
    for (const host of this.#target?.hosts ?? []) {
      const tile = host.tiles.find((box) => holds(box, x, y));
      if (tile) return tile.group.id;
      if (holds(host, x, y)) return hostKey(host.host.id);
    }
    return null;
  }

  #resize(): void {
    const { clientWidth } = this.#canvas;
    if (clientWidth !== this.#width) {
      this.#width = clientWidth;
      this.#boxes.clear();
      this.#lay();
    }
    // Asked for after it was laid out: what is drawn must not be stretched to a height that comes a frame later.
    const { clientHeight } = this.#canvas;
    const sharpness = devicePixelRatio;
    const width = Math.round(clientWidth * sharpness);
    const height = Math.round(clientHeight * sharpness);
    for (const canvas of [this.#canvas, this.#overlay]) {
      if (width === canvas.width && height === canvas.height) continue;
      canvas.width = width;
      canvas.height = height;
    }
    this.#stale = true;
    this.#draw(performance.now());
  }

  #paint(): { readonly still: Brush; readonly moving: Brush } | null {
    if (this.#brushes === null) {
      const [still, moving] = [this.#canvas.getContext('2d'), this.#overlay.getContext('2d')];
      const palette = readPalette(this.#canvas);
      if (still && moving)
        this.#brushes = { still: new Brush(still, palette), moving: new Brush(moving, palette) };
    }
    return this.#brushes;
  }

  #lay(): void {
    const brushes = this.#paint();
    if (brushes === null || this.#snapshot === null || this.#width === 0) return;
    this.#stale = true;
    this.#target = layOut(this.#snapshot, this.#width, brushes.still.em);
    this.#fit(Math.ceil(this.#target.height));
    this.#ask();
  }

  /** As high as it ever was in this place: a page that jumps while one watches cannot be read. */
  #fit(height: number): void {
    if (height <= this.#height && height >= this.#height * 0.6) return;
    this.#height = height;
    for (const { style } of [this.#canvas, this.#overlay]) style.height = `${height}px`;
  }

  #ask(): void {
    if (this.#request === 0)
      this.#request = requestAnimationFrame((atMs) => {
        this.#request = 0;
        this.#draw(atMs);
      });
  }

  #draw(atMs: number): void {
    const brushes = this.#paint();
    if (brushes === null || this.#snapshot === null || this.#target === null) return;
    const passedMs = Math.min(100, Math.max(0, atMs - this.#drawnMs));
    this.#drawnMs = atMs;
    const moves = this.#playing && !this.#still;
    if (moves) this.#phasePx += (passedMs / 1000) * pxPerSecond;
    this.#travellers.pass(passedMs);
    const sharpness = devicePixelRatio;
    for (const { context } of Object.values(brushes)) context.setTransform(sharpness, 0, 0, sharpness, 0, 0);
    if (this.#stale || this.#moment === null) {
      const { scene, gliding } = this.#glide(this.#target, passedMs);
      this.#moment = {
        snapshot: this.#snapshot,
        scene,
        flow: this.#flow,
        travellers: this.#travellers,
        phasePx: this.#phasePx,
        chosen: boxOf(scene, this.#chosen),
      };
      this.#stale = gliding;
      drawStill(brushes.still, this.#labels, this.#moment);
    }
    drawMoving(brushes.moving, { ...this.#moment, phasePx: this.#phasePx });
    if (moves || this.#stale || this.#travellers.moving.length > 0) this.#ask();
  }

  /** Everything on its way from where it was drawn last to where it belongs. */
  #glide(target: Scene, passedMs: number): { readonly scene: Scene; readonly gliding: boolean } {
    const share = this.#still ? 1 : 1 - Math.exp(-passedMs / glideMs);
    let gliding = false;
    const known = new Set<string>();
    const move = <B extends Box>(key: string, box: B): B => {
      known.add(key);
      const before = this.#boxes.get(key) ?? box;
      const step = (from: number, to: number) =>
        Math.abs(to - from) < 0.4 ? to : from + (to - from) * share;
      const moved = {
        x: step(before.x, box.x),
        y: step(before.y, box.y),
        width: step(before.width, box.width),
        height: step(before.height, box.height),
      };
      if (moved.x !== box.x || moved.y !== box.y || moved.width !== box.width || moved.height !== box.height)
        gliding = true;
      this.#boxes.set(key, moved);
      return { ...box, ...moved };
    };
    const hosts = target.hosts.map((box): HostBox => {
      const key = hostKey(box.host.id);
      const frame = move(key, box);
      return {
        ...frame,
        cores: move(`${key} cores`, box.cores),
        body: move(`${key} body`, box.body),
        os: box.os && move(`${key} os`, box.os),
        tiles: box.tiles.map((tile) => move(tile.group.id, tile)),
      };
    });
    for (const key of this.#boxes.keys()) if (!known.has(key)) this.#boxes.delete(key);
    return { scene: { ...target, hosts }, gliding };
  }
}

function boxOf(scene: Scene, chosen: string | null): Box | null {
  if (chosen === null) return null;
  for (const host of scene.hosts) {
    if (hostKey(host.host.id) === chosen) return host;
    const tile = host.tiles.find(({ group }) => group.id === chosen);
    if (tile) return tile;
  }
  return null;
}
