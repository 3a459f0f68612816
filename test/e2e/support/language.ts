import { expect, type Page } from 'playwright/test';
import type { Locale } from '#shared/locale.ts';

/** Names that stay as they are in every language, each with its reason. */
const sameEverywhere: readonly RegExp[] = [
  // The title of the article that everything is taken from, and who wrote it: an attribution is quoted, not translated.
  /Choosing a Microservices Deployment Strategy( \(选择微服务部署策略\))?/g,
  /Chris Richardson; Chinese rendering in doocs\/advanced-java by its contributors/g,
  // Licences are named by their own short names.
  /CC[ -]BY-SA[ -]4\.0/g,
  // A Chinese text gives the English name of a term in brackets: interviews are held in both languages.
  /（[A-Za-z][A-Za-z'’ -]*(，[A-Z]+)?）/g,
  // A manual page is cited by its name.
  /systemd\.resource-control\(5\)/g,
];

/** Words of Latin letters in a row. */
const latinRun = /[A-Za-z][A-Za-z'’-]+(?:\s+[A-Za-z][A-Za-z'’-]+){2,}/g;
/**
 * Three words in a row are a phrase if two of them are written small; others are names, such as `Tomcat`, `hot deploy` or
 * `Google Container Engine`.
 */
const isLatinPhrase = (text: string): boolean =>
  (text.match(latinRun) ?? []).some(
    (run) => run.split(/\s+/).filter((word) => /^[a-z]/.test(word)).length >= 2,
  );
const cjk = /[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]/;

/**
 * Every text that is on the screen or read out by a screen reader, without code, and without what says by `lang` that it is in
 * the other language on purpose.
 */
async function textsOf(page: Page, locale: Locale): Promise<string[]> {
  return page.evaluate((shown) => {
    const elsewhere = `code, pre, script, style, [lang]:not(html):not([lang="${shown}"])`;
    const texts = [document.title];
    const isShown = (element: Element) =>
      element.closest(elsewhere) === null && element.checkVisibility({ visibilityProperty: true });
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement && isShown(node.parentElement)) texts.push(node.textContent ?? '');
    }
    for (const element of document.querySelectorAll(
      '[aria-label], [aria-valuetext], [title], [placeholder]',
    )) {
      if (!isShown(element)) continue;
      for (const name of ['aria-label', 'aria-valuetext', 'title', 'placeholder']) {
        texts.push(element.getAttribute(name) ?? '');
      }
    }
    return texts.map((text) => text.replace(/\s+/g, ' ').trim()).filter(Boolean);
  }, locale);
}

/** Fails on a sentence of the other language. */
export async function expectOnly(page: Page, locale: Locale): Promise<void> {
  const isForeign = locale === 'zh-CN' ? isLatinPhrase : (text: string) => cjk.test(text);
  const stray = (await textsOf(page, locale)).filter((text) =>
    isForeign(sameEverywhere.reduce((rest, name) => rest.replace(name, ''), text)),
  );
  expect(stray, `texts that are not in ${locale}`).toEqual([]);
}
