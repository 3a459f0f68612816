import type { Stretch } from '#shared/reading/quote-anchor.ts';

/** Questions, simulations and other things to use are no text of the lesson. */
const notText = '.card, .simulation, [data-no-text]';

export const sectionNameOf = (locale: string, anchor: string): string => `${locale}/${anchor}`;

/** The element with the text of a section in a language, where it is on the screen. */
export function sectionElement(name: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-text="${CSS.escape(name)}"]`);
}

function textNodes(section: HTMLElement): Text[] {
  const nodes: Text[] = [];
  const walker = document.createTreeWalker(section, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!(node instanceof Text) || node.parentElement?.closest(notText)) continue;
    nodes.push(node);
  }
  return nodes;
}

/** The text of a section as one string: marks are kept by their place in it. */
export const textOf = (section: HTMLElement): string =>
  textNodes(section)
    .map(({ data }) => data)
    .join('');

/** What of a section lies within a selection; null where nothing does. */
export function stretchOf(section: HTMLElement, selected: Range): Stretch | null {
  let at = 0;
  let start: number | null = null;
  let end = 0;
  for (const node of textNodes(section)) {
    if (selected.intersectsNode(node)) {
      const from = node === selected.startContainer ? selected.startOffset : 0;
      const to = node === selected.endContainer ? selected.endOffset : node.length;
      if (to > from) {
        start ??= at + from;
        end = at + to;
      }
    }
    at += node.length;
  }
  return start === null ? null : { start, end };
}

/** The stretch as a range of the page. */
export function rangeOf(section: HTMLElement, { start, end }: Stretch): Range | null {
  const range = document.createRange();
  let at = 0;
  let begun = false;
  for (const node of textNodes(section)) {
    const next = at + node.length;
    if (!begun && start < next) {
      range.setStart(node, start - at);
      begun = true;
    }
    if (begun && end <= next) {
      range.setEnd(node, end - at);
      return range;
    }
    at = next;
  }
  return null;
}
