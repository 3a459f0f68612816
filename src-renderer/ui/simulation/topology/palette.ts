/** The colours of the tokens that the picture is drawn with, and its patterns. */
export interface Palette {
  readonly colors: Readonly<Record<ColorName, string>>;
  readonly font: string;
  /** Size of the small text, in pixels. */
  readonly em: number;
  readonly hatch: Readonly<Record<HatchName, CanvasPattern | string>>;
}

const colorNames = [
  'paper',
  'surface',
  'surface-sunken',
  'line',
  'line-strong',
  'ink',
  'ink-soft',
  'accent',
  'accent-soft',
  'hull',
  'hull-soft',
  'good',
  'bad',
  'bad-soft',
  'warn',
  'warn-soft',
  'chart-3',
] as const;
export type ColorName = (typeof colorNames)[number];

/** Stripes of one colour: which, how they lean, how far apart they are. */
const hatches = {
  starting: { color: 'warn', lean: 1, step: 7 },
  leak: { color: 'hull', lean: -1, step: 5 },
  gone: { color: 'bad', lean: 1, step: 7 },
  paused: { color: 'warn', lean: 0, step: 6 },
  throttled: { color: 'hull', lean: 1, step: 4 },
  os: { color: 'line', lean: -1, step: 5 },
} as const satisfies Record<string, { color: ColorName; lean: -1 | 0 | 1; step: number }>;
export type HatchName = keyof typeof hatches;

/** Reads the tokens as they hold for an element now. */
export function readPalette(element: HTMLElement): Palette {
  const style = getComputedStyle(element);
  const colors = Object.fromEntries(
    colorNames.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]),
  ) as Record<ColorName, string>;
  const hatch = Object.fromEntries(
    Object.entries(hatches).map(([name, { color, lean, step }]) => [
      name,
      stripes(colors[color], lean, step),
    ]),
  ) as Record<HatchName, CanvasPattern | string>;
  return { colors, font: style.fontFamily, em: Number.parseFloat(style.fontSize), hatch };
}

function stripes(color: string, lean: -1 | 0 | 1, step: number): CanvasPattern | string {
  const sharpness = 2;
  const tile = document.createElement('canvas');
  tile.width = tile.height = step * sharpness;
  const context = tile.getContext('2d');
  if (context === null) return color;
  context.scale(sharpness, sharpness);
  context.strokeStyle = color;
  context.lineWidth = 1.4;
  context.beginPath();
  // One stripe and the corners of its neighbours, so that tiles join.
  for (const shift of [-step, 0, step]) {
    if (lean === 0) {
      context.moveTo(step / 2, 0);
      context.lineTo(step / 2, step);
    } else {
      context.moveTo(shift - 1, lean === 1 ? step + 1 : -1);
      context.lineTo(shift + step + 1, lean === 1 ? -1 : step + 1);
    }
  }
  context.stroke();
  const pattern = context.createPattern(tile, 'repeat');
  pattern?.setTransform(new DOMMatrix().scale(1 / sharpness));
  return pattern ?? color;
}

/** Calls back whenever the tokens may have changed: another theme or contrast, another size of text. */
export function watchPalette(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true });
  const queries = ['(prefers-color-scheme: dark)', '(prefers-contrast: more)'].map((query) =>
    matchMedia(query),
  );
  for (const query of queries) query.addEventListener('change', changed);
  return () => {
    observer.disconnect();
    for (const query of queries) query.removeEventListener('change', changed);
  };
}
