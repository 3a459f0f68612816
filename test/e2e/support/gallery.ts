import { join } from 'node:path';
import { test as base, type Page } from 'playwright/test';
import { preview } from 'vite';
import { projectRoot } from './host.ts';

/** How the gallery is looked at; what is left out is as a new learner has it. */
export interface GalleryLook {
  readonly lang: 'en' | 'zh-CN';
  readonly theme: 'light' | 'dark';
  readonly contrast?: 'normal' | 'high';
  readonly density?: 'compact' | 'comfortable' | 'spacious';
  /** Text size in percent. */
  readonly size?: number;
}

interface Fixtures {
  /** Opens the gallery, and waits until all of it is drawn. */
  readonly openGallery: (look: GalleryLook) => Promise<Page>;
}

/** The built gallery of components, on a server of its own. It has no core. */
export const galleryTest = base.extend<Fixtures, { readonly galleryAddress: string }>({
  galleryAddress: [
    // Playwright reads from the pattern what a fixture needs: this one needs nothing.
    async ({}, use) => {
      const server = await preview({
        configFile: false,
        root: projectRoot,
        logLevel: 'error',
        build: { outDir: join('out', 'gallery') },
        preview: { host: '127.0.0.1', port: 0 },
      });
      await use(`${server.resolvedUrls?.local[0] ?? ''}gallery.html`);
      await server.close();
    },
    { scope: 'worker' },
  ],
  openGallery: async ({ galleryAddress, page }, use) => {
    await use(async (look) => {
      const query = new URLSearchParams(Object.entries(look).map(([name, value]) => [name, String(value)]));
      await page.goto(`${galleryAddress}?${query.toString()}`);
      // Every component in every state is a lot to draw, on a machine that does other things as well.
      await page.locator('#simulation').waitFor({ timeout: 20_000 });
      // Plots are drawn anew once their font is there.
      await page.evaluate(async () => {
        await document.fonts.ready;
        for (let frame = 0; frame < 3; frame += 1)
          await new Promise((resolve) => requestAnimationFrame(resolve));
      });
      return page;
    });
  },
});
