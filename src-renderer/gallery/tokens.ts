/** The tokens of the interface as the page has them now: read from the style sheet, so that a new one is shown too. */
export function tokenNames(): readonly string[] {
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
  const names = rules
    .filter((rule) => rule instanceof CSSStyleRule)
    .filter(({ selectorText }) => selectorText.startsWith(':root'))
    .flatMap(({ style }) => [...style].filter((name) => name.startsWith('--')));
  return [...new Set(names)];
}

/** What a token is worth on the page. */
export const valueOf = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim();

export const isColour = (value: string): boolean => CSS.supports('color', value);

let context: CanvasRenderingContext2D | null = null;

/** Red, green and blue, 0-255; null for a colour that lets something through. */
function rgbOf(colour: string): readonly [number, number, number] | null {
  context ??= document.createElement('canvas').getContext('2d');
  if (!context) return null;
  context.fillStyle = colour;
  const [, ...parts] = /^#(..)(..)(..)$/.exec(context.fillStyle) ?? [];
  const [red, green, blue] = parts.map((part) => parseInt(part, 16));
  return red === undefined || green === undefined || blue === undefined ? null : [red, green, blue];
}

/** As WCAG 2.2 defines it, 0-1. */
function luminance(rgb: readonly [number, number, number]): number {
  const [red, green, blue] = rgb.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The contrast of two colours, 1-21 (WCAG 2.2, 1.4.3); null where one of them lets something through. */
export function contrast(one: string, other: string): number | null {
  const [a, b] = [rgbOf(one), rgbOf(other)];
  if (!a || !b) return null;
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}
