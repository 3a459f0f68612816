/** Outline of a shape in its own coordinates, or null for an element that draws nothing itself. */
function outlineOf(element: SVGElement): Path2D | null {
  const outline = new Path2D();
  if (element instanceof SVGRectElement) {
    const { x, y, width, height, rx } = element;
    outline.roundRect(
      x.baseVal.value,
      y.baseVal.value,
      width.baseVal.value,
      height.baseVal.value,
      rx.baseVal.value,
    );
  } else if (element instanceof SVGCircleElement) {
    const { cx, cy, r } = element;
    outline.arc(cx.baseVal.value, cy.baseVal.value, r.baseVal.value, 0, 2 * Math.PI);
  } else if (element instanceof SVGLineElement) {
    outline.moveTo(element.x1.baseVal.value, element.y1.baseVal.value);
    outline.lineTo(element.x2.baseVal.value, element.y2.baseVal.value);
  } else if (element instanceof SVGPathElement) {
    outline.addPath(new Path2D(element.getAttribute('d') ?? ''));
  } else return null;
  return outline;
}

function drawShape(context: CanvasRenderingContext2D, outline: Path2D, style: CSSStyleDeclaration): void {
  if (style.fill !== 'none') {
    context.fillStyle = style.fill;
    context.globalAlpha = Number(style.opacity) * Number(style.fillOpacity);
    context.fill(outline);
  }
  const width = parseFloat(style.strokeWidth);
  if (style.stroke === 'none' || !(width > 0)) return;
  context.strokeStyle = style.stroke;
  context.globalAlpha = Number(style.opacity) * Number(style.strokeOpacity);
  context.lineWidth = width;
  context.lineCap = style.strokeLinecap as CanvasLineCap;
  context.setLineDash(
    style.strokeDasharray === 'none' ? [] : style.strokeDasharray.split(/[, ]+/).map(parseFloat),
  );
  context.stroke(outline);
}

function drawText(
  context: CanvasRenderingContext2D,
  text: SVGTextContentElement,
  style: CSSStyleDeclaration,
) {
  if (text.getNumberOfChars() === 0) return;
  const { x, y } = text.getStartPositionOfChar(0);
  context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  context.fillStyle = style.fill;
  context.globalAlpha = Number(style.opacity) * Number(style.fillOpacity);
  context.fillText((text.textContent ?? '').trim().replace(/\s+/g, ' '), x, y);
}

/**
 * Draws what an SVG on the page shows, at the origin: shapes and texts in the colours and fonts that they are shown in. An SVG
 * that a browser draws as an image knows neither the page's styles nor its fonts, and Chinese would be empty boxes.
 *
 * @param scale pixels of the canvas for one of the page
 */
export function drawSvg(context: CanvasRenderingContext2D, svg: SVGSVGElement, scale: number): void {
  const origin = svg.getBoundingClientRect();
  const base = context.getTransform();
  for (const element of svg.querySelectorAll<SVGElement>('*')) {
    const matrix = element instanceof SVGGraphicsElement ? element.getScreenCTM() : null;
    const style = getComputedStyle(element);
    if (!matrix || style.visibility === 'hidden' || style.display === 'none' || element.closest('defs'))
      continue;
    context.setTransform(
      base.multiply(
        new DOMMatrix([scale, 0, 0, scale, -origin.x * scale, -origin.y * scale]).multiply(
          DOMMatrix.fromMatrix(matrix),
        ),
      ),
    );
    const isLine = element instanceof SVGTextContentElement && element.querySelector('tspan') === null;
    const outline = outlineOf(element);
    if (outline) drawShape(context, outline, style);
    else if (isLine) drawText(context, element, style);
  }
  context.setTransform(base);
  context.globalAlpha = 1;
}
