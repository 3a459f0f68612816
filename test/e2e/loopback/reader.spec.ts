import type { Page } from 'playwright/test';
import { expect, go, restored, test, told, type App } from '../support/fixtures.ts';
import { sharedHostLesson } from '../support/review.ts';
import { panelOf } from '../support/simulation.ts';
import { scenarioOf } from '../support/pack.ts';

/** The reader: where the learner is, and stays. */

const scenarios = ['noisy-neighbour', 'one-leak-twelve-services'].map(scenarioOf);

/** Opens the lesson and waits until everything that arrives late is there. */
async function openLesson(app: App): Promise<void> {
  await go(app, `/lessons/${sharedHostLesson}`);
  await complete(app);
}

async function complete(app: App): Promise<void> {
  await expect(app.page.locator('.pretest')).toHaveCount(2);
  // Those of the pretest and those in the text.
  await expect(app.page.locator('.question')).toHaveCount(4);
  for (const scenario of scenarios) await expect(panelOf(app, scenario)).toBeVisible();
  await grownUp(app);
}

/** Panels and charts that start late on a busy machine make the page longer: no place can be measured before. */
async function grownUp({ page }: App): Promise<void> {
  const height = () => page.evaluate(() => document.documentElement.scrollHeight);
  let last = Number.NaN;
  let same = 0;
  await expect(async () => {
    const before = last;
    last = await height();
    same = last === before ? same + 1 : 0;
    expect(same).toBeGreaterThanOrEqual(4);
  }).toPass({ intervals: [250], timeout: 15_000 });
}

/** Share of a section above the line that is being read, as the learner sees it. */
async function offsetOf({ page }: App, anchor: string): Promise<number> {
  return page.locator(`[data-anchor="${anchor}"]`).evaluate((section) => {
    const { top, height } = section.getBoundingClientRect();
    return (120 - top) / height;
  });
}

/** How far the top of a section is from the top of the window, in pixels, once it moves no more. */
async function topOf({ page }: App, anchor: string): Promise<number> {
  const section = page.locator(`[data-anchor="${anchor}"]`);
  const top = () => section.evaluate((element) => element.getBoundingClientRect().top);
  let last = Number.NaN;
  await expect(async () => {
    const before = last;
    last = await top();
    expect(last).toBe(before);
  }).toPass({ intervals: [150], timeout: 5_000 });
  return last;
}

const progressOf = async (app: App) =>
  (await app.host.call('lessons.get', { id: sharedHostLesson })).progress;

test('a lesson that is only opened stays where it was, however often', async ({ app }) => {
  const { page } = app;
  await openLesson(app);
  // Into the middle of the section with the last simulation, with the wheel.
  const wanted = page.locator('[data-anchor]').filter({ has: panelOf(app, scenarios[1]!) });
  const anchor = (await wanted.getAttribute('data-anchor'))!;
  const saved = told(page, 'lessons.saveProgress', (input) => input['anchor'] === anchor);
  const way = await wanted.evaluate((section) => {
    const { top, height } = section.getBoundingClientRect();
    return top + height * 0.75 - 120;
  });
  await page.mouse.move(640, 400);
  await page.mouse.wheel(0, way);
  await saved;
  const top = await topOf(app, anchor);
  const offset = await offsetOf(app, anchor);
  expect(offset).toBeGreaterThan(0.2);
  await go(app, '/settings');
  const kept = await progressOf(app);
  expect(kept?.anchor).toBe(anchor);
  expect(kept?.offset).toBeCloseTo(offset, 1);

  for (let time = 0; time < 4; time += 1) {
    await openLesson(app);
    await expect.poll(() => topOf(app, anchor)).toBeCloseTo(top, -1);
    // Longer than the reader waits before it saves.
    await page.waitForTimeout(700);
    await go(app, '/settings');
    expect(await progressOf(app)).toEqual(kept);
  }
  await openLesson(app);
  await page.reload();
  await complete(app);
  await expect.poll(() => topOf(app, anchor)).toBeCloseTo(top, -1);
  await page.waitForTimeout(700);
  expect(await progressOf(app)).toEqual(kept);
});

test('what arrives late does not pull back a learner who reads on', async ({ app }) => {
  const { page } = app;
  const held: (() => void)[] = [];
  let release = false;
  await page.route('**/api/library.scenario', async (route) => {
    if (!release) await new Promise<void>((resolve) => held.push(resolve));
    await route.continue();
  });
  await go(app, `/lessons/${sharedHostLesson}`);
  await expect(page.locator('.pretest')).toHaveCount(2);
  // After both simulations.
  const anchor = 'side-by-side';
  const section = page.locator(`[data-anchor="${anchor}"]`);
  const saved = told(page, 'lessons.saveProgress', (input) => input['anchor'] === anchor);
  const way = await section.evaluate((element) => element.getBoundingClientRect().top - 40);
  await page.mouse.move(640, 400);
  await page.mouse.wheel(0, way);
  await saved;
  const top = await topOf(app, anchor);
  release = true;
  for (const goOn of held) goOn();
  await complete(app);
  expect(await topOf(app, anchor)).toBeCloseTo(top, -1);
});

test('the focus is on the title of a lesson that was opened, and stays when it is finished', async ({
  app,
}) => {
  const { page, t } = app;
  await openLesson(app);
  await expect(page.locator('h1')).toBeFocused();
  const finish = page.getByRole('button', { name: t('lessons.finish') });
  await finish.focus();
  await page.keyboard.press('Enter');
  const unfinish = page.getByRole('button', { name: t('lessons.unfinish') });
  await expect(unfinish).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(finish).toBeFocused();
  // The page's first screen is read from its beginning.
  await page.reload();
  await complete(app);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: t('nav.skip') })).toBeFocused();
});

/** Selects the first paragraph of a section, as a learner does with the pointer. */
async function selectParagraph(page: Page, text: string): Promise<string> {
  return page.locator(`[data-text="${text}"]`).evaluate((section) => {
    const paragraph = [...section.querySelectorAll('p')].find((one) => !one.closest('.card, .callout'));
    if (!paragraph) throw new Error('a section without a paragraph');
    paragraph.scrollIntoView({ block: 'center' });
    const range = document.createRange();
    range.selectNodeContents(paragraph);
    getSelection()?.removeAllRanges();
    getSelection()?.addRange(range);
    document.dispatchEvent(new PointerEvent('pointerup'));
    return paragraph.textContent ?? '';
  });
}

/** The last section that has begun above the reading line. */
const sectionBeingRead = (page: Page) =>
  page.evaluate(
    () =>
      [...document.querySelectorAll<HTMLElement>('[data-anchor]')]
        .filter((section) => section.getBoundingClientRect().top <= 121)
        .at(-1)?.dataset['anchor'],
  );

const marks = (page: Page) =>
  page.evaluate(() => [...(CSS.highlights.get('slipway-note') ?? [])].map((range) => range.toString()));

test('a mark and a note stay with their words, through an update of the text and in both languages, until they are taken back', async ({
  app,
}) => {
  const { page, host, t } = app;
  await go(app, `/lessons/${sharedHostLesson}`);
  await restored(page);
  const marked = await selectParagraph(page, 'en/no-walls');
  await page
    .getByRole('toolbar', { name: t('notes.selection') })
    .getByRole('button', { name: t('notes.mark') })
    .click();
  await expect.poll(() => marks(page)).toEqual([marked]);

  // Words of one's own, by a click on the mark.
  await page.evaluate(() => {
    const [range] = [...(CSS.highlights.get('slipway-note') ?? [])] as Range[];
    const box = range?.getClientRects()[0];
    const at = { clientX: (box?.left ?? 0) + 4, clientY: (box?.top ?? 0) + 4, bubbles: true };
    range?.startContainer.parentElement?.dispatchEvent(new MouseEvent('click', at));
  });
  const dialog = page.getByRole('dialog', { name: t('notes.change') });
  await dialog.getByRole('textbox').fill('like flatmates');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  const list = page.getByRole('region', { name: t('notes.title') });
  await expect(list.getByRole('button', { name: 'like flatmates' })).toBeVisible();

  // The text has changed a little since: the mark is found by what it is most like.
  const [note] = await host.call('notes.list', {});
  expect(note).toMatchObject({
    anchor: 'no-walls',
    locale: 'en',
    quote: marked.trim(),
    body: 'like flatmates',
  });
  const { createdAt: _created, updatedAt: _updated, ...kept } = note!;
  await host.call('notes.save', { ...kept, quote: kept.quote.replace(/\w+/, 'Somewhat') });
  await expect.poll(() => marks(page)).toEqual([expect.stringContaining(marked.trim().slice(-40))]);
  // Of something else nothing is left to find; the note stays and says so.
  await host.call('notes.save', { ...kept, quote: 'zzzz '.repeat(12), prefix: '', suffix: '' });
  await expect(list.getByText(t('notes.placeless'))).toBeVisible();
  await host.call('review.undo', {});
  await host.call('review.undo', {});
  await expect.poll(() => marks(page)).toEqual([marked]);

  // Side by side: one section beside the other, the same one is read on, the mark in its own text.
  await page.locator('[data-anchor="no-walls"]').evaluate((section) => section.scrollIntoView());
  await page.mouse.move(500, 400);
  await page.mouse.wheel(0, 150);
  await expect.poll(() => sectionBeingRead(page)).toBe('no-walls');
  await page.keyboard.press('b');
  await expect(page.locator('[data-text="zh-CN/no-walls"]')).toBeVisible();
  await expect.poll(() => marks(page)).toEqual([marked]);
  await expect.poll(() => sectionBeingRead(page)).toBe('no-walls');
  await page.keyboard.press('b');
  await expect(page.locator('[data-text="zh-CN/no-walls"]')).toHaveCount(0);
  await expect.poll(() => sectionBeingRead(page)).toBe('no-walls');

  // All notes on one screen, from where each section is found again.
  await go(app, '/notes');
  await page.getByRole('link', { name: t('notes.goTo') }).click();
  await expect(page.locator('[data-anchor="no-walls"]')).toBeInViewport();
});

test('a lesson and the whole course come as pages, with their contents and without what cannot be used on paper', async ({
  app,
}) => {
  const { page, t } = app;
  await go(app, '/print');
  await expect(page.getByRole('navigation', { name: t('print.contents') }).getByRole('link')).toHaveCount(12);
  await expect(page.locator('article')).toHaveCount(12);
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('navigation', { name: t('nav.label') })).toBeHidden();
  await expect(page.getByRole('button', { name: t('print.print') })).toBeHidden();
  const pages = (pdf: Buffer) => pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  const course = pages(await page.pdf({ format: 'A4' }));
  await page.emulateMedia({ media: null });
  await go(app, `/print/${sharedHostLesson}`);
  await expect(page.locator('article')).toHaveCount(1);
  const one = pages(await page.pdf({ format: 'A4' }));
  expect(one).toBeGreaterThan(3);
  expect(course).toBeGreaterThan(8 * one);
});

test('a note that is being written outlives a reload and a step back, and the reading goes on where it was', async ({
  app,
}) => {
  const { page, host, t } = app;
  await go(app, `/lessons/${sharedHostLesson}`);
  await restored(page);
  const bodies = async () => (await host.call('notes.list', {})).map(({ body }) => body).sort();
  const dialog = page.getByRole('dialog', { name: t('notes.add') });
  const write = async (text: string) => {
    await page.keyboard.press('n');
    await dialog.getByRole('textbox').fill(text);
  };
  await write('before a reload');
  await page.reload();
  await expect.poll(bodies).toEqual(['before a reload']);
  await restored(page);
  // From the learner's own first move on nothing that arrives late leads back.
  await page.mouse.move(500, 400);
  await page.mouse.wheel(0, 150);
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBeGreaterThan(0);
  await page.locator('[data-anchor="no-walls"]').evaluate((section) => section.scrollIntoView());
  await expect.poll(() => sectionBeingRead(page)).toBe('no-walls');
  await write('on a section');
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toHaveCount(0);
  await expect(page.locator('#no-walls-title')).toBeFocused();
  await expect.poll(() => sectionBeingRead(page)).toBe('no-walls');
  await write('before a step back');
  await page.goBack();
  await expect(dialog).toHaveCount(0);
  await expect.poll(bodies).toEqual(['before a reload', 'before a step back', 'on a section']);
});
