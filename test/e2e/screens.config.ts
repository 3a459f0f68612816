import { defineConfig } from 'playwright/test';
import { chromiumLaunch } from './support/chromium.ts';

/** `npm run screens`: every screen as a picture. */
export default defineConfig({
  testDir: 'screens',
  outputDir: '../../test-results/screens',
  workers: 2,
  fullyParallel: true,
  retries: 0,
  timeout: 240_000,
  expect: { timeout: 7_000 },
  reporter: 'list',
  use: { ...chromiumLaunch, actionTimeout: 7_000, navigationTimeout: 15_000 },
});
