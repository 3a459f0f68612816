import type { Box } from './boxes.ts';
import type { ColorName, HatchName, Palette } from './palette.ts';

export interface TextStyle {
  readonly color?: ColorName;
  /** Of the small text. */
  readonly size?: number;
  readonly bold?: boolean;
  readonly align?: CanvasTextAlign;
  /** With an edge around it, to be read on stripes. */
  readonly halo?: boolean;
  /** The most pixels across; longer text is cut, and what has no room at all is left out. */
  readonly width?: number;
}

/** Draws with the palette on a canvas. Sizes are pixels of the page. */
export class Brush {
  readonly context: CanvasRenderingContext2D;
  readonly palette: Palette;
  readonly #cut = new Map<string, string>();

  constructor(context: CanvasRenderingContext2D, palette: Palette) {
    this.context = context;
    this.palette = palette;
  }

  get em(): number {
    return this.palette.em;
  }

  fill({ x, y, width, height }: Box, paint: ColorName | { readonly hatch: HatchName }, radius = 0): void {
    const { context, palette } = this;
    if (width <= 0 || height <= 0) return;
    context.fillStyle = typeof paint === 'string' ? palette.colors[paint] : palette.hatch[paint.hatch];
    if (radius === 0) {
      context.fillRect(x, y, width, height);
      return;
    }
    context.beginPath();
    context.roundRect(x, y, width, height, Math.min(radius, width / 2, height / 2));
    context.fill();
  }

  frame(box: Box, color: ColorName, { width = 1, dash = [] as readonly number[], radius = 0 } = {}): void {
    const { context, palette } = this;
    const inset = width / 2;
    if (box.width <= width || box.height <= width) return;
    context.strokeStyle = palette.colors[color];
    context.lineWidth = width;
    context.setLineDash([...dash]);
    context.beginPath();
    context.roundRect(box.x + inset, box.y + inset, box.width - width, box.height - width, radius);
    context.stroke();
    context.setLineDash([]);
  }

  line(
    points: readonly (readonly [number, number])[],
    color: ColorName,
    width = 1,
    dash: readonly number[] = [],
  ): void {
    const { context, palette } = this;
    context.strokeStyle = palette.colors[color];
    context.lineWidth = width;
    context.setLineDash([...dash]);
    context.beginPath();
    points.forEach(([x, y], i) => {
      if (i === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    });
    context.stroke();
    context.setLineDash([]);
  }

  /** A cross from corner to corner. */
  cross({ x, y, width, height }: Box, color: ColorName, thick: number): void {
    this.line(
      [
        [x, y],
        [x + width, y + height],
      ],
      color,
      thick,
    );
    this.line(
      [
        [x + width, y],
        [x, y + height],
      ],
      color,
      thick,
    );
  }

  dot(x: number, y: number, radius: number, color: ColorName): void {
    const { context, palette } = this;
    context.fillStyle = palette.colors[color];
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fill();
  }

  ring(x: number, y: number, radius: number, color: ColorName): void {
    const { context, palette } = this;
    context.strokeStyle = palette.colors[color];
    context.lineWidth = Math.max(1, radius * 0.5);
    context.beginPath();
    context.arc(x, y, radius - context.lineWidth / 2, 0, 2 * Math.PI);
    context.stroke();
  }

  /** Draws a line of text from its middle height on. Returns how wide it became. */
  text(words: string, x: number, y: number, style: TextStyle = {}): number {
    const { context, palette } = this;
    const { color = 'ink', size = 1, bold = false, align = 'left', width = Infinity, halo = false } = style;
    if (words === '') return 0;
    context.font = `${bold ? 600 : 400} ${palette.em * size}px ${palette.font}`;
    context.fillStyle = palette.colors[color];
    context.textAlign = align;
    context.textBaseline = 'middle';
    const shown = this.#fitting(words, width);
    if (shown === '') return 0;
    if (halo) {
      context.strokeStyle = palette.colors.surface;
      context.lineWidth = palette.em * 0.35;
      context.lineJoin = 'round';
      context.strokeText(shown, x, y);
    }
    context.fillText(shown, x, y);
    return this.#widthOf(shown);
  }

  widthOf(words: string, size = 1, bold = false): number {
    this.context.font = `${bold ? 600 : 400} ${this.palette.em * size}px ${this.palette.font}`;
    return this.#widthOf(words);
  }

  readonly #widths = new Map<string, number>();

  #widthOf(words: string): number {
    const key = `${this.context.font} ${words}`;
    let width = this.#widths.get(key);
    if (width === undefined) {
      // Numbers change all the time: what was measured long ago is not kept.
      if (this.#widths.size > 4000) this.#widths.clear();
      width = this.context.measureText(words).width;
      this.#widths.set(key, width);
    }
    return width;
  }

  #fitting(words: string, width: number): string {
    if (width === Infinity || this.#widthOf(words) <= width) return words;
    const key = `${this.context.font} ${Math.floor(width)} ${words}`;
    const known = this.#cut.get(key);
    if (known !== undefined) return known;
    if (this.#cut.size > 4000) this.#cut.clear();
    // What ends with a number is told from its like by its end.
    const numbered = /\d$/.test(words);
    const part = (length: number) =>
      numbered ? `…${words.slice(-length)}` : `${words.slice(0, length).trimEnd()}…`;
    let length = words.length - 1;
    while (length > 0 && this.#widthOf(part(length)) > width) length--;
    // One letter says nothing; a number does.
    const cut = length > (numbered ? 0 : 1) ? part(length) : '';
    this.#cut.set(key, cut);
    return cut;
  }
}
