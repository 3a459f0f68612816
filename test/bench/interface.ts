import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium, type Browser, type Page } from 'playwright';
import { chromiumLaunch } from '../e2e/support/chromium.ts';
import { startHost, type Host } from '../e2e/support/host.ts';
import { percentile, rounded } from './statistics.ts';

const rounds = 5;
const median = (values: number[]): number => rounded(percentile(values, 0.5));

/** Screens in the order in which they are gone through; each is met again in every round. */
const places = [
  '/lessons',
  '/review',
  '/lab',
  '/cards',
  '/progress',
  '/interviews',
  '/glossary',
  '/settings',
  '/',
];

/** Something of the first screen can be done: its title is there, and nothing of it is still being fetched. */
async function usable(page: Page): Promise<void> {
  await page.locator('[data-page-title]').waitFor();
  await page.waitForFunction(
    () => document.querySelectorAll('.loading').length === 0 && document.querySelectorAll('.card').length > 1,
  );
}

/** From the start of the host's process to the usable first screen, in a browser that runs. */
async function startToScreen(browser: Browser, dataDir: string): Promise<{ ms: number; gzipKiB: number }> {
  const startedMs = performance.now();
  const host = await startHost(dataDir);
  const context = await browser.newContext({ locale: 'en-US' });
  try {
    const page = await context.newPage();
    const scripts: Promise<Buffer>[] = [];
    page.on('response', (response) => {
      if (new URL(response.url()).pathname.endsWith('.js')) scripts.push(response.body());
    });
    await page.goto(host.url);
    await usable(page);
    const ms = performance.now() - startedMs;
    const bytes = (await Promise.all(scripts)).reduce((sum, body) => sum + gzipSync(body).length, 0);
    return { ms, gzipKiB: bytes / 1024 };
  } finally {
    await context.close();
    await host.end('SIGTERM');
  }
}

/** From the change of the address to the frame in which the other screen stands, with what it shows. */
function changeScreen(page: Page, path: string): Promise<number> {
  return page.evaluate(
    (hash) =>
      new Promise<number>((resolve) => {
        const old = document.querySelector('[data-page-title]');
        const startedMs = performance.now();
        const look = (): void => {
          const title = document.querySelector('[data-page-title]');
          const there = title !== null && title !== old && !document.querySelector('.loading');
          if (there) resolve(performance.now() - startedMs);
          else requestAnimationFrame(look);
        };
        location.hash = hash;
        requestAnimationFrame(look);
      }),
    `#${path}`,
  );
}

async function screenChanges(browser: Browser, host: Host): Promise<{ first: number[]; again: number[] }> {
  const page = await browser.newPage({ locale: 'en-US' });
  await page.goto(host.url);
  await usable(page);
  const first: number[] = [];
  const again: number[] = [];
  for (let round = 0; round <= rounds; round += 1)
    for (const place of places) (round === 0 ? first : again).push(await changeScreen(page, place));
  await page.close();
  return { first, again };
}

/** 20 nodes, 200 pods, 1,000 requests a second: 20 services of 50/s with ten replicas each. */
const crowded = `
workload:
  services:
    - name: service
      count: 20
      arrivals: { kind: poisson, perSecond: 50 }
      cpu: { kind: exponential, meanMs: 20 }
platform:
  kind: container
  nodes: 20
  pods: { replicas: 10, cpuRequest: 0.2 }
run:
  seeds: [1]
  horizonSeconds: 600
`;
const watchMs = 5_000;

/** From the press on "Run" to the first picture in which time has passed, of a simulation within a lesson that was just opened. */
async function firstRun(browser: Browser, host: Host): Promise<number> {
  const page = await browser.newPage({ locale: 'en-US' });
  await page.goto(host.url);
  await usable(page);
  await changeScreen(page, '/lessons/shared-host-trade-offs');
  const panel = page.locator('.simulation').first();
  await panel.scrollIntoViewIfNeeded();
  await panel.getByRole('radio').first().check();
  await panel.locator('.counters').waitFor();
  const ms = await panel.evaluate(
    (root) =>
      new Promise<number>((resolve) => {
        const clock = () => root.querySelector('.counters')?.textContent ?? '';
        const before = clock();
        const startedMs = performance.now();
        const look = (): void => {
          if (clock() !== before) resolve(performance.now() - startedMs);
          else requestAnimationFrame(look);
        };
        root.querySelector<HTMLButtonElement>('.transport button')?.click();
        requestAnimationFrame(look);
      }),
  );
  await page.close();
  return ms;
}

/** Frames a second while the crowded picture moves at the speed of the world. */
async function topologyFps(browser: Browser, host: Host): Promise<number> {
  const page = await browser.newPage({ locale: 'en-US', viewport: { width: 1280, height: 900 } });
  await page.goto(host.url);
  await usable(page);
  await changeScreen(page, '/lab/free/container');
  await page.getByRole('button', { name: 'Paste' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').fill(crowded);
  await dialog.locator('button[type=submit]').click();
  await dialog.waitFor({ state: 'detached' });
  await page.locator('.transport input[type=range]').fill('4');
  await page.locator('.transport button').first().click();
  await page.locator('.topology').scrollIntoViewIfNeeded();
  await page.waitForTimeout(1_500);
  const fps = await page.evaluate(
    (forMs) =>
      new Promise<number>((resolve) => {
        const startedMs = performance.now();
        let frames = 0;
        const count = (): void => {
          frames += 1;
          const ms = performance.now() - startedMs;
          if (ms < forMs) requestAnimationFrame(count);
          else resolve((frames / ms) * 1000);
        };
        requestAnimationFrame(count);
      }),
    watchMs,
  );
  await page.close();
  return fps;
}

/** How long the interface takes in Chromium: to the first screen, from screen to screen, to a simulation that runs. */
export async function benchInterface(): Promise<Record<string, number>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'slipway-bench-'));
  const browser = await chromium.launch(chromiumLaunch.launchOptions);
  try {
    const prepared = await startHost(dataDir);
    await prepared.call('settings.set', { welcomed: true });
    await prepared.end('SIGTERM');
    const starts: number[] = [];
    let gzipKiB = 0;
    for (let round = 0; round < rounds; round += 1) {
      const start = await startToScreen(browser, dataDir);
      starts.push(start.ms);
      ({ gzipKiB } = start);
    }
    const host = await startHost(dataDir);
    try {
      const { first, again } = await screenChanges(browser, host);
      const runs: number[] = [];
      for (let round = 0; round < rounds; round += 1) runs.push(await firstRun(browser, host));
      const fps: number[] = [];
      for (let round = 0; round < 3; round += 1) fps.push(await topologyFps(browser, host));
      return {
        'app.firstScreenMs': median(starts),
        'app.firstScreenJsKiBGzip': rounded(gzipKiB),
        'app.screenChangeMs': median(again),
        'app.firstScreenChangeMs': median(first),
        'app.firstRunMs': median(runs),
        'app.topologyFps': median(fps),
      };
    } finally {
      await host.end('SIGTERM');
    }
  } finally {
    await browser.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
