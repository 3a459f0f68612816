import type { TopologySnapshot } from '#shared/simulation/simulate.ts';
import { i18n } from '../../../i18n/i18n.svelte.ts';
import { type Box, holds, type HostBox, type Scene } from './boxes.ts';
import { Brush } from './brush.ts';
import { drawScene } from './draw-scene.ts';
import { type Flow, FlowMeter, hostKey, stillFlow } from './flow.ts';
import { Labels } from './labels.ts';
import { readPalette, watchPalette } from './palette.ts';
import { layOut } from './scene.ts';
import { Travellers } from './travellers.ts';

/** Boxes come two thirds nearer to their places in about so much time. */
const glideMs = 90;
const pxPerSecond = 110;

/** The canvas that the topology is drawn on: draws once for every change, and in every frame only while something moves. */
export class Stage {
  readonly #canvas: HTMLCanvasElement;
  readonly #onheight: (height: number) => void;
  readonly #stopWatching: () => void;
  readonly #resizes: ResizeObserver;
  readonly #meter = new FlowMeter();
  readonly #travellers = new Travellers();
  readonly #boxes = new Map<string, Box>();
  #brush: Brush | null = null;
  #labels = new Labels();
  #snapshot: TopologySnapshot | null = null;
  #target: Scene | null = null;
  #flow: Flow = stillFlow;
  #width = 0;
  #playing = false;
  #still = false;
  #chosen: string | null = null;
  #shownMs = 0;
  #drawnMs = 0;
  #phasePx = 0;
  #request = 0;

  /** @param onheight told of the height that the picture needs, in pixels */
  constructor(canvas: HTMLCanvasElement, onheight: (height: number) => void) {
    this.#canvas = canvas;
    this.#onheight = onheight;
    this.#stopWatching = watchPalette(() => {
      this.#brush = null;
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
    if (this.#labels.locale !== i18n.locale) this.#labels = new Labels();
    const fresh = snapshot !== this.#snapshot;
    this.#snapshot = snapshot;
    this.#playing = playing;
    this.#still = still;
    this.#lay();
    if (!fresh) return;
    this.#shownMs = nowMs;
    this.#flow = this.#meter.next(snapshot, watchedMs);
    if (still || this.#target === null) this.#travellers.clear();
    else this.#travellers.add(this.#flow, this.#target, watchedMs);
  }

  choose(id: string | null): void {
    this.#chosen = id;
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
    const { clientWidth, clientHeight } = this.#canvas;
    const sharpness = devicePixelRatio;
    const width = Math.round(clientWidth * sharpness);
    const height = Math.round(clientHeight * sharpness);
    if (width !== this.#canvas.width || height !== this.#canvas.height) {
      this.#canvas.width = width;
      this.#canvas.height = height;
    }
    if (clientWidth !== this.#width) {
      this.#width = clientWidth;
      this.#boxes.clear();
      this.#lay();
    }
    this.#draw(performance.now());
  }

  #paint(): Brush | null {
    if (this.#brush === null) {
      const context = this.#canvas.getContext('2d');
      if (context) this.#brush = new Brush(context, readPalette(this.#canvas));
    }
    return this.#brush;
  }

  #lay(): void {
    const brush = this.#paint();
    if (brush === null || this.#snapshot === null || this.#width === 0) return;
    this.#target = layOut(this.#snapshot, this.#width, brush.em);
    this.#onheight(Math.ceil(this.#target.height));
    this.#ask();
  }

  #ask(): void {
    if (this.#request === 0)
      this.#request = requestAnimationFrame((atMs) => {
        this.#request = 0;
        this.#draw(atMs);
      });
  }

  #draw(atMs: number): void {
    const brush = this.#paint();
    if (brush === null || this.#snapshot === null || this.#target === null) return;
    const passedMs = Math.min(100, Math.max(0, atMs - this.#drawnMs));
    this.#drawnMs = atMs;
    const moves = this.#playing && !this.#still;
    if (moves) this.#phasePx += (passedMs / 1000) * pxPerSecond;
    this.#travellers.pass(passedMs);
    const { scene, gliding } = this.#glide(this.#target, passedMs);
    const sharpness = devicePixelRatio;
    brush.context.setTransform(sharpness, 0, 0, sharpness, 0, 0);
    drawScene(brush, this.#labels, {
      snapshot: this.#snapshot,
      scene,
      flow: this.#flow,
      travellers: this.#travellers,
      phasePx: this.#phasePx,
      chosen: boxOf(scene, this.#chosen),
    });
    if (moves || gliding || this.#travellers.moving.length > 0) this.#ask();
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
