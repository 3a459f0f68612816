import { expect } from 'playwright/test';
import { expectAccessible } from '../support/axe.ts';
import { galleryTest as test, type GalleryLook } from '../support/gallery.ts';
import { expectNothingOverflows } from '../support/layout.ts';

// Each of the languages, themes, contrasts, densities and ends of the text size at least once; the screens see the rest.
const looks: readonly (GalleryLook & { readonly width: number })[] = [
  { lang: 'en', theme: 'light', width: 1280 },
  { lang: 'zh-CN', theme: 'dark', density: 'compact', size: 80, width: 820 },
  { lang: 'en', theme: 'light', contrast: 'high', size: 200, width: 1280 },
  { lang: 'zh-CN', theme: 'dark', contrast: 'high', density: 'spacious', width: 320 },
];

// What fails here is told with its place in the page; a trace of it would cost more than the test.
test.use({ trace: 'off', contextOptions: { reducedMotion: 'reduce' } });

/** All of axe in the first look; in the others nothing but the colours is another. */
function rulesOf(look: GalleryLook) {
  if (look.contrast === 'high') return { only: ['color-contrast-enhanced'] };
  if (look.theme === 'dark') return { only: ['color-contrast'] };
  // One component in several states is several regions of one name, here and nowhere else.
  return { without: ['landmark-unique'] };
}

for (const { width, ...look } of looks) {
  const name = `${Object.values(look).join(', ')}, ${width} px`;
  test(`every component in each of its states: ${name}`, async ({ page, openGallery }) => {
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.setViewportSize({ width, height: 900 });
    await openGallery(look);
    await expectNothingOverflows(page, name);
    await expectAccessible(page, name, rulesOf(look));
    await page.getByRole('button', { name: 'Open the long dialog' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectNothingOverflows(page, `${name}, a dialog`);
    expect(complaints, 'what the browser complained about').toEqual([]);
  });
}
