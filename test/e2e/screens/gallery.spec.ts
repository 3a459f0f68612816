import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { locales } from '#shared/locale.ts';
import { galleryTest as test } from '../support/gallery.ts';
import { projectRoot } from '../support/host.ts';

const root = join(projectRoot, 'screens', 'gallery');
const colours = [
  { theme: 'light', contrast: 'normal' },
  { theme: 'dark', contrast: 'normal' },
  { theme: 'light', contrast: 'high' },
  { theme: 'dark', contrast: 'high' },
] as const;
/** Room is the same in every colour: the other two densities are seen in one of them. */
const looks = [
  ...colours.map((colour) => ({ ...colour, density: 'comfortable', width: 1280 }) as const),
  ...colours.map((colour) => ({ ...colour, density: 'spacious', width: 320 }) as const),
  { ...colours[0], density: 'compact', width: 1280 } as const,
  { ...colours[0], density: 'spacious', width: 1280 } as const,
];

test.use({ contextOptions: { reducedMotion: 'reduce' } });

for (const lang of locales) {
  for (const { theme, contrast, density, width } of looks) {
    const name = `${lang}-${theme}${contrast === 'high' ? '-high' : ''}-${density}-${width}`;
    test(`every section of the gallery as a picture: ${name}`, async ({ page, openGallery }) => {
      const folder = join(root, name);
      mkdirSync(folder, { recursive: true });
      await page.setViewportSize({ width, height: 900 });
      await openGallery({ lang, theme, contrast, density });
      for (const section of await page.locator('main > section').all()) {
        const path = join(folder, `${(await section.getAttribute('id')) ?? ''}.png`);
        // Some sections are many windows high.
        await section.screenshot({ path, animations: 'disabled', timeout: 60_000 });
      }
      for (const which of ['short', 'long']) {
        await page.getByRole('button', { name: `Open the ${which} dialog` }).click();
        await page.getByRole('dialog').waitFor();
        await page.screenshot({ path: join(folder, `dialog-${which}.png`), animations: 'disabled' });
        await page.keyboard.press('Escape');
      }
      // What has the focus of the keyboard.
      for (const id of ['buttons', 'choices', 'questions']) {
        const section = page.locator(`#${id}`);
        await section.locator('button, input:checked').first().focus();
        await section
          .locator('.state')
          .first()
          .screenshot({ path: join(folder, `${id}-focus.png`) });
      }
    });
  }
}
