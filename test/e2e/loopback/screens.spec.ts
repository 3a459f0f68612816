import type { Page } from 'playwright/test';
import { locales, type Locale } from '#shared/locale.ts';
import { expectAccessible } from '../support/axe.ts';
import { expect, test, type App } from '../support/fixtures.ts';
import { expectOnly } from '../support/language.ts';
import { expectNothingOverflows, sizes, type Size } from '../support/layout.ts';
import { screens, type Screen } from '../support/screens.ts';

/** One learner meets so many screens one after the other: a start and a window for each would cost more than the looking. */
const together = 6;
const groups = Array.from({ length: Math.ceil(screens.length / together) }, (_, group) =>
  screens.slice(group * together, (group + 1) * together),
);

/** The frame in which a change of the page has been laid out. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  );
}

async function show(page: Page, { width, height, textSizePercent, density }: Size): Promise<void> {
  await page.setViewportSize({ width, height });
  await page.evaluate(
    ([percent, chosen]) => {
      document.documentElement.style.fontSize = `${percent}%`;
      document.documentElement.dataset['density'] = chosen;
    },
    [textSizePercent, density] as const,
  );
  await settled(page);
}

interface Theme {
  readonly colorScheme: 'light' | 'dark';
  readonly contrast: 'no-preference' | 'more';
}

/** The page follows the system in a frame of its own, so its colours are there only when it says so. */
async function theme(page: Page, wish: Theme): Promise<void> {
  await page.emulateMedia(wish);
  const root = page.locator(':root');
  await expect(root).toHaveAttribute('data-theme', wish.colorScheme);
  await expect(root).toHaveAttribute('data-contrast', wish.contrast === 'more' ? 'high' : 'normal');
}

async function look(page: Page, locale: Locale): Promise<void> {
  await test.step('one language', () => expectOnly(page, locale));
  // The colours are the same in every language, so each language sees to some of the themes; everything but the colours
  // is the same in every theme.
  if (locale === 'en') {
    await test.step('axe, light', () => expectAccessible(page, 'light'));
    await theme(page, { colorScheme: 'dark', contrast: 'no-preference' });
    await test.step('axe, dark', () => expectAccessible(page, 'dark', { only: ['color-contrast'] }));
  } else {
    await test.step('axe', () => expectAccessible(page, 'all but colours', { without: ['color-contrast'] }));
    for (const colorScheme of ['light', 'dark'] as const) {
      await theme(page, { colorScheme, contrast: 'more' });
      const name = `high contrast, ${colorScheme}`;
      await test.step(`axe, ${name}`, () =>
        expectAccessible(page, name, { only: ['color-contrast-enhanced'] }));
    }
  }
  for (const size of sizes) {
    await test.step(size.name, async () => {
      await show(page, size);
      await expectNothingOverflows(page, size.name);
    });
  }
}

/** Shows a screen and looks at it; says what is wrong with it, so that the others are looked at too. */
async function visit(app: App, screen: Screen): Promise<string[]> {
  const { page, problems, locale } = app;
  problems.allow(...(screen.complaints ?? []));
  try {
    await test.step(screen.name, async () => {
      await screen.open(app);
      await look(page, locale);
    });
    return [];
  } catch (error) {
    return [`${screen.name}: ${error instanceof Error ? error.message : String(error)}`];
  } finally {
    await theme(page, { colorScheme: 'light', contrast: 'no-preference' });
    await show(page, sizes[0]);
    await page.keyboard.press('Escape');
    await screen.leave?.(app);
  }
}

// What fails here is told with its place in the page; a trace of each would cost more than the test.
test.use({ trace: 'off' });

for (const locale of locales) {
  test.describe(`every screen in ${locale}`, () => {
    test.use({ locale, contextOptions: { reducedMotion: 'reduce' } });
    for (const group of groups) {
      const names = group.map(({ name }) => name).join(', ');
      test(`one language, axe in every theme, every size: ${names}`, async ({ app }) => {
        test.setTimeout(group.length * 60_000);
        const wrong: string[] = [];
        for (const screen of group) wrong.push(...(await visit(app, screen)));
        expect(wrong).toEqual([]);
      });
    }
  });
}
