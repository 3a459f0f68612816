import { defineConfig } from 'playwright/test';
import { chromiumLaunch } from './test/e2e/support/chromium.ts';

/** The browser tests: the built app with its real database, once in Chromium and once, where it can run, in Electron. */
export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  workers: 2,
  fullyParallel: true,
  // A test that passes only at the second try is a test that fails.
  retries: 0,
  forbidOnly: process.env['CI'] !== undefined,
  timeout: 60_000,
  expect: { timeout: 7_000 },
  reporter: 'list',
  use: {
    ...chromiumLaunch,
    viewport: { width: 1280, height: 800 },
    locale: 'en-US',
    trace: { mode: 'retain-on-failure', screenshots: false },
    actionTimeout: 7_000,
    navigationTimeout: 15_000,
  },
  projects: [
    { name: 'loopback', testDir: 'test/e2e/loopback' },
    { name: 'electron', testDir: 'test/e2e/electron' },
  ],
});
