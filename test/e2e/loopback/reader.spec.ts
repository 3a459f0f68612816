import { expect, go, test, told, type App } from '../support/fixtures.ts';
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
