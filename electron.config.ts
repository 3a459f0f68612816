import { resolve } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';

const here = import.meta.dirname;

/** electron-vite reads this only when called with `-c electron.config.ts`. */
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      // Everything is bundled but the native modules, so that the packed app needs no other node_modules.
      externalizeDeps: {
        include: ['better-sqlite3', '@open-spaced-repetition/binding'],
        exclude: ['zod', 'yaml', 'marked', 'ts-fsrs', 'pure-rand'],
      },
      rollupOptions: {
        input: {
          electron: resolve(here, 'src-main/hosts/electron/main.ts'),
          loopback: resolve(here, 'src-main/hosts/loopback/main.ts'),
          // A thread has an entry of its own; fit-parameters.ts looks for this name.
          'fit-worker': resolve(here, 'src-main/study/fit-worker.ts'),
        },
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      rollupOptions: {
        input: { preload: resolve(here, 'src-main/hosts/electron/preload.ts') },
        // A sandboxed preload must be CommonJS.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src-renderer',
    base: './',
    plugins: [svelte()],
    worker: { format: 'es' },
    build: {
      outDir: 'out/renderer',
      target: 'chrome140',
      minify: true,
      // Fonts stay files of their own: the Content Security Policy does not allow data: fonts.
      assetsInlineLimit: 0,
      rollupOptions: { input: resolve(here, 'src-renderer/index.html') },
    },
  },
});
