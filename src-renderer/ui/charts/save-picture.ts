import { drawSvg } from './draw-svg.ts';
import { textLines } from './text-lines.ts';

/** Hands a file to the learner; nothing leaves the page. */
export function saveFile(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // The browser has to have taken it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

const scale = 2;
const marginPx = 24;
const titlePx = 20;
const leadPx = 14;
const gapPx = 6;

/** The plot with its title and what it says, as it is shown, in twice the pixels. */
function pictureOf(svg: SVGSVGElement, title: string, lead: string): HTMLCanvasElement {
  const { width, height } = svg.getBoundingClientRect();
  const titleLines = textLines(title, width, titlePx, 700);
  const leadLines = textLines(lead, width, leadPx);
  const headPx = titleLines.length * titlePx * 1.3 + leadLines.length * leadPx * 1.5 + gapPx + marginPx / 2;
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil((width + 2 * marginPx) * scale);
  canvas.height = Math.ceil((height + headPx + 2 * marginPx) * scale);
  const context = canvas.getContext('2d');
  if (!context) return canvas;
  const root = getComputedStyle(document.documentElement);
  context.fillStyle = root.getPropertyValue('--surface');
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.setTransform(scale, 0, 0, scale, 0, 0);
  let y = marginPx;
  const write = (
    lines: readonly string[],
    sizePx: number,
    weight: number,
    leading: number,
    colour: string,
  ) => {
    context.font = `${weight} ${sizePx}px ${root.fontFamily}`;
    context.fillStyle = root.getPropertyValue(colour);
    for (const line of lines) {
      context.fillText(line, marginPx, y + sizePx);
      y += sizePx * leading;
    }
  };
  write(titleLines, titlePx, 700, 1.3, '--ink');
  y += gapPx;
  write(leadLines, leadPx, 400, 1.5, '--ink-soft');
  context.setTransform(1, 0, 0, 1, marginPx * scale, (marginPx + headPx) * scale);
  drawSvg(context, svg, scale);
  return canvas;
}

export async function savePicture(
  name: string,
  svg: SVGSVGElement,
  title: string,
  lead: string,
): Promise<void> {
  await document.fonts.ready;
  const canvas = pictureOf(svg, title, lead);
  const content = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (content) saveFile(name, content);
}
