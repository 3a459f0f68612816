import type { Page } from 'playwright/test';
import { locales } from '#shared/locale.ts';
import { expectAccessible } from '../support/axe.ts';
import { test } from '../support/fixtures.ts';
import { expectOnly } from '../support/language.ts';
import { expectNothingOverflows, sizes } from '../support/layout.ts';
import { screens } from '../support/screens.ts';

/** The frame in which a change of the page has been laid out. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  );
}

// What fails here is told with its place in the page; a trace of each would cost more than the test.
test.use({ trace: 'off' });

for (const locale of locales) {
  test.describe(`every screen in ${locale}`, () => {
    test.use({ locale, contextOptions: { reducedMotion: 'reduce' } });
    for (const screen of screens) {
      test(`${screen.name}: one language, axe in light and dark, every size`, async ({ app }) => {
        const { page, problems } = app;
        problems.allow(...(screen.complaints ?? []));
        await screen.open(app);
        await test.step('one language', () => expectOnly(page, locale));
        await test.step('axe, light', () => expectAccessible(page, 'light'));
        // In the dark nothing but the colours is another, and they are the same in every language.
        if (locale === 'en') {
          await page.emulateMedia({ colorScheme: 'dark' });
          await test.step('axe, dark', () => expectAccessible(page, 'dark', ['color-contrast']));
        } else {
          for (const theme of ['light', 'dark'] as const) {
            await page.emulateMedia({ colorScheme: theme, contrast: 'more' });
            await test.step(`axe, high contrast, ${theme}`, () =>
              expectAccessible(page, `high contrast, ${theme}`, ['color-contrast-enhanced']));
          }
        }
        for (const { name, width, height, textSizePercent, density } of sizes) {
          await test.step(name, async () => {
            await page.setViewportSize({ width, height });
            await page.evaluate(
              ([percent, chosen]) => {
                document.documentElement.style.fontSize = `${percent}%`;
                document.documentElement.dataset['density'] = chosen;
              },
              [textSizePercent, density] as const,
            );
            await settled(page);
            await expectNothingOverflows(page, name);
          });
        }
      });
    }
  });
}
