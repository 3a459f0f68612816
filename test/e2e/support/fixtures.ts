import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base, type Page } from 'playwright/test';
import { closestLanguage, courseLocale } from '#shared/languages/languages.ts';
import type { Locale } from '#shared/locale.ts';
import { startHost, type Host } from './host.ts';
import { translator, type Translate } from './messages.ts';
import { watchProblems, type Problems } from './problems.ts';

/** As the core names it. */
const packCacheFolder = 'pack-cache';

/** One learner at one window. */
export interface App {
  readonly page: Page;
  readonly host: Host;
  readonly problems: Problems;
  /** The language that the interface is in. */
  readonly locale: Locale;
  readonly t: Translate;
}

interface Fixtures {
  /** A fresh data folder, gone after the test. */
  readonly dataDir: string;
  readonly host: Host;
  readonly problems: Problems;
  /** A new learner's window, opened at the ready line's address. */
  readonly app: App;
}

interface Options {
  /** Whether the learner has been welcomed before the window opens; a test of the welcome says false. */
  readonly welcomed: boolean;
}

interface WorkerFixtures {
  /** The cache of packs that a first start made: a learner's second start is quick, and so are the tests. */
  readonly packCache: string;
}

export const test = base.extend<Fixtures & Options, WorkerFixtures>({
  welcomed: [true, { option: true }],
  packCache: [
    // Playwright reads from the pattern what a fixture needs: this one needs nothing.
    async ({}, use) => {
      const dataDir = mkdtempSync(join(tmpdir(), 'slipway-e2e-'));
      const host = await startHost(dataDir);
      await host.end('SIGTERM');
      await use(join(dataDir, packCacheFolder));
      rmSync(dataDir, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
  dataDir: async ({ packCache }, use) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'slipway-e2e-'));
    if (existsSync(packCache)) cpSync(packCache, join(dataDir, packCacheFolder), { recursive: true });
    await use(dataDir);
    rmSync(dataDir, { recursive: true, force: true });
  },
  host: async ({ dataDir, welcomed }, use) => {
    const host = await startHost(dataDir);
    if (welcomed) await host.call('settings.set', { welcomed });
    await use(host);
    await host.end('SIGTERM');
  },
  problems: async ({ context, host }, use) => {
    const problems = watchProblems(context);
    await use(problems);
    // While the host still runs: its end is no problem of the page.
    expect(problems.unexpected(), `what the browser complained about at ${host.origin}`).toEqual([]);
  },
  app: async ({ host, problems, page, locale }, use) => {
    const language = courseLocale(closestLanguage(locale));
    const app: App = { page, host, problems, locale: language, t: translator(language) };
    await open(app);
    await use(app);
  },
});

export { expect };

/** Opens the app at the address of the ready line. */
export async function open({ page, host, t }: Pick<App, 'page' | 'host' | 't'>): Promise<void> {
  await page.goto(host.url);
  const title = page.getByRole('heading', { level: 1 });
  await expect(title.and(page.locator('[data-page-title]'))).toBeVisible();
  await expect(title).toHaveText([new RegExp(`^(${t('today.title')}|${t('welcome.languageTitle')})$`)]);
}

/** Goes to a screen by its address within the page, such as `/lab`, and waits until it has what it shows. */
export async function go({ page }: Pick<App, 'page'>, path: string): Promise<void> {
  await page.evaluate((hash) => {
    const screenOf = (address: string) => address.split('/')[1];
    const left = screenOf(location.hash) !== screenOf(hash);
    if (left) document.querySelector('[data-page-title]')?.removeAttribute('data-page-title');
    location.hash = hash;
  }, `#${path}`);
  await expect(page.locator('[data-page-title]')).toBeVisible();
  await expect(page.locator('.loading')).toHaveCount(0);
}

/** Waits until the core has been told something by the page. */
export function told(
  page: Page,
  method: string,
  having?: (input: Record<string, unknown>) => boolean,
): Promise<unknown> {
  return page.waitForResponse(
    (response) =>
      response.url().endsWith(`/api/${method}`) &&
      response.ok() &&
      (having?.(response.request().postDataJSON() as Record<string, unknown>) ?? true),
    // Some of it is told only once a simulation has come to its end, which takes as long as the machine needs.
    { timeout: 20_000 },
  );
}

/** Waits until the reader has gone back to where the learner was: after the fonts and a frame. */
export async function restored(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    for (let frame = 0; frame < 3; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
  });
}
