import { expect, type Page } from 'playwright/test';

/** Whatever is cut off, sticks out of its box, or makes the page scroll sideways. */
async function overflows(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) found.push(`page: ${root.scrollWidth} > ${root.clientWidth} px`);
    const nameOf = (element: Element) =>
      `${element.tagName.toLowerCase()}.${[...element.classList].filter((name) => !name.startsWith('svelte-')).join('.')} “${(element.textContent ?? '').trim().replace(/\s+/g, ' ').slice(0, 60)}”`;
    const scrolls = (element: Element) => ['auto', 'scroll'].includes(getComputedStyle(element).overflowX);
    const isInScroller = (element: Element): boolean => {
      for (let at: Element | null = element; at && at !== document.body; at = at.parentElement) {
        if (scrolls(at)) return true;
      }
      return false;
    };
    for (const element of document.body.querySelectorAll<HTMLElement>('*')) {
      // What is drawn in a chart has no text that could be cut off but that of its axes.
      if (element.closest('svg, .plot, .visually-hidden, .skip, option') || !element.checkVisibility())
        continue;
      const style = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      if (box.width === 0 || box.height === 0 || style.opacity === '0') continue;
      if (box.right > root.clientWidth + 1 && !isInScroller(element)) {
        found.push(`beyond the edge by ${Math.round(box.right - root.clientWidth)} px: ${nameOf(element)}`);
      }
      if (style.display === 'inline' || element.matches('input, select, textarea, progress')) continue;
      // Dots tell that a line goes on; the whole of it is elsewhere.
      if (style.textOverflow === 'ellipsis') continue;
      if (!scrolls(element) && element.scrollWidth > element.clientWidth + 1) {
        found.push(
          `wider than its box by ${element.scrollWidth - element.clientWidth} px: ${nameOf(element)}`,
        );
      }
      if (['hidden', 'clip'].includes(style.overflowY) && element.scrollHeight > element.clientHeight + 1) {
        found.push(`cut off by ${element.scrollHeight - element.clientHeight} px: ${nameOf(element)}`);
      }
    }
    return found;
  });
}

export const sizes = [
  { name: 'wide', width: 1280, height: 800, textSizePercent: 100, density: 'comfortable' },
  { name: 'tablet, compact', width: 820, height: 1180, textSizePercent: 100, density: 'compact' },
  // What fits here with much room between fits with less: 320 px is what WCAG asks for (1.4.10).
  { name: 'phone, spacious', width: 320, height: 640, textSizePercent: 100, density: 'spacious' },
  { name: 'large text', width: 1280, height: 800, textSizePercent: 200, density: 'comfortable' },
] as const;

export type Size = (typeof sizes)[number];

export async function expectNothingOverflows(page: Page, at: string): Promise<void> {
  expect(await overflows(page), `what does not fit (${at})`).toEqual([]);
}
