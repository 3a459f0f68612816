import { resolve } from 'node:path';
import { defineConfig } from 'vite';
import app from './electron.config.ts';

const here = import.meta.dirname;

/** The gallery of components: built as the interface of the app is, into a folder that is not packed. */
export default defineConfig({
  ...app.renderer,
  root: resolve(here, 'src-renderer'),
  // Its dependencies are not those of `npm run dev`, which may run at the same time.
  cacheDir: resolve(here, 'node_modules/.vite-gallery'),
  build: {
    ...app.renderer?.build,
    outDir: resolve(here, 'out/gallery'),
    emptyOutDir: true,
    rollupOptions: { input: resolve(here, 'src-renderer/gallery.html') },
  },
});
