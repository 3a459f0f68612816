import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { locales } from '#shared/locale.ts';
import { test } from '../support/fixtures.ts';
import { projectRoot } from '../support/host.ts';
import { screens } from '../support/screens.ts';

const sizes = [
  { width: 1280, height: 800 },
  { width: 820, height: 1180 },
] as const;
type Size = (typeof sizes)[number];
const root = join(projectRoot, 'screens');

/** The whole screen, as in a window that is high enough for it; or one window of it, where it is much longer than that. */
async function takePicture(
  page: Page,
  path: string,
  { width, height }: Size,
  oneWindow: boolean,
): Promise<void> {
  await page.mouse.move(0, 0);
  const whole = await page.evaluate(() => document.documentElement.scrollHeight);
  if (!oneWindow && whole > height) await page.setViewportSize({ width, height: whole });
  await page.screenshot({ path, animations: 'disabled' });
  await page.setViewportSize({ width, height });
}

for (const locale of locales) {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const viewport of sizes) {
      const name = `${locale}-${colorScheme}-${viewport.width}x${viewport.height}`;
      test.describe(name, () => {
        test.use({ locale, colorScheme, viewport, contextOptions: { reducedMotion: 'reduce' } });
        // One learner goes through all of them, so that the pictures show an app in use.
        test('every screen as a picture', async ({ app, problems }) => {
          const folder = join(root, name);
          mkdirSync(folder, { recursive: true });
          for (const screen of screens) {
            await test.step(screen.name, async () => {
              problems.allow(...(screen.complaints ?? []));
              await screen.open(app);
              await app.page.evaluate(() => document.fonts.ready.then(() => undefined));
              await takePicture(
                app.page,
                join(folder, `${screen.name}.png`),
                viewport,
                screen.oneWindow === true,
              );
              await app.page.keyboard.press('Escape');
              await screen.leave?.(app);
            });
          }
          process.stdout.write(`${screens.length} pictures in ${folder}\n`);
        });
      });
    }
  }
}
