import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'playwright/test';
import { startElectron, test, whyNoElectron } from '../support/electron.ts';
import { translator } from '../support/messages.ts';
import { sharedHostLesson } from '../support/review.ts';

const t = translator('en');
const why = whyNoElectron();

test.describe('the Electron host', () => {
  // A machine without Electron says so for each of these tests by name.
  test.skip(why !== null, why ?? '');

  test('serves its page from app:// with the strict policy, sandboxed and isolated', async ({ start }) => {
    const { electron, page } = await start();
    await expect(page.getByRole('heading', { level: 1, name: t('today.title') })).toBeVisible();
    expect(page.url()).toMatch(/^app:\/\/slipway\//);
    const policy = await page.evaluate(async () =>
      (await fetch(location.href)).headers.get('content-security-policy'),
    );
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    const preferences = await electron.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
        getLastWebPreferences(): Record<string, unknown>;
      };
      const { sandbox, contextIsolation, nodeIntegration, webSecurity } = contents.getLastWebPreferences();
      return { sandbox, contextIsolation, nodeIntegration, webSecurity };
    });
    expect(preferences).toEqual({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
    });
  });

  test('gives the page no Node, and of the bridge only call and on', async ({ start }) => {
    const { page } = await start();
    const world = await page.evaluate(() => ({
      require: typeof (globalThis as Record<string, unknown>)['require'],
      process: typeof (globalThis as Record<string, unknown>)['process'],
      module: typeof (globalThis as Record<string, unknown>)['module'],
      buffer: typeof (globalThis as Record<string, unknown>)['Buffer'],
      bridge: Object.keys((globalThis as unknown as { slipway: object }).slipway).sort(),
    }));
    expect(world).toEqual({
      require: 'undefined',
      process: 'undefined',
      module: 'undefined',
      buffer: 'undefined',
      bridge: ['call', 'on'],
    });
    const refused = await page.evaluate(() =>
      (
        globalThis as unknown as { slipway: { call(method: string, input: unknown): Promise<unknown> } }
      ).slipway.call('settings.get', { not: 'expected' }),
    );
    expect(refused).toMatchObject({ ok: false, error: { kind: 'invalid-input' } });
  });

  test('stays where it is: no navigation, no new window, no permission', async ({ start }) => {
    const { electron, page } = await start();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    const url = page.url();
    // What would go to the system's browser is caught here.
    await electron.evaluate(({ shell }) => {
      const seen: string[] = [];
      Object.assign(globalThis, { openedOutside: seen });
      shell.openExternal = (address: string) => {
        seen.push(address);
        return Promise.resolve();
      };
    });
    await page.evaluate(() => {
      location.href = 'https://example.invalid/';
    });
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
    expect(page.url()).toBe(url);
    const opened = await page.evaluate(() =>
      ['https://example.invalid/a', 'http://example.invalid/b', 'file:///etc/passwd'].map(
        (address) => window.open(address) === null,
      ),
    );
    expect(opened).toEqual([true, true, true]);
    expect(electron.windows()).toHaveLength(1);
    const outside = await electron.evaluate(
      () => (globalThis as unknown as { openedOutside: string[] }).openedOutside,
    );
    expect(outside).toEqual(['https://example.invalid/a']);
    const permission = await page.evaluate(() => Notification.requestPermission());
    expect(permission).toBe('denied');
    const camera = await page.evaluate(() =>
      navigator.mediaDevices.getUserMedia({ video: true }).then(
        () => 'granted',
        (error: Error) => error.name,
      ),
    );
    expect(camera).not.toBe('granted');
  });

  test('runs once for a data folder', async ({ start, dataDir }) => {
    const { electron, page } = await start();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    // The second one ends without a window of its own.
    await expect(startElectron(dataDir)).rejects.toThrow();
    expect(electron.windows()).toHaveLength(1);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  });

  test('has a menu with the usual entries, which reach the page', async ({ start }) => {
    const { electron, page } = await start();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    const roles = await electron.evaluate(({ Menu }) =>
      (Menu.getApplicationMenu()?.items ?? []).flatMap(
        ({ submenu }) => submenu?.items.map(({ role }) => role) ?? [],
      ),
    );
    expect(roles).toEqual(
      expect.arrayContaining(['quit', 'undo', 'copy', 'paste', 'reload', 'togglefullscreen']),
    );
    await electron.evaluate(({ Menu }, label) => {
      const items = (Menu.getApplicationMenu()?.items ?? []).flatMap(({ submenu }) => submenu?.items ?? []);
      items.find((item) => item.label === label)?.click();
    }, t('nav.lab'));
    await expect(page.getByRole('heading', { level: 1, name: t('lab.title') })).toBeVisible();
  });

  test('finds window, lesson, answer and settings again after a restart', async ({ start, dataDir }) => {
    const first = await start();
    const { page } = first;
    await page.evaluate((hash) => {
      location.hash = hash;
    }, `#/lessons/${sharedHostLesson}`);
    await page.getByRole('button', { name: t('lessons.finish') }).click();
    await page.getByRole('link', { name: t('lessons.practise') }).click();
    await page.keyboard.press('0');
    await expect(page.getByRole('group', { name: t('review.gradeTitle') })).toBeVisible();
    await page.keyboard.press('3');
    await expect(page.getByRole('status').filter({ hasText: t('grade.3') })).toBeVisible();
    const bounds = { x: 40, y: 40, width: 1000, height: 700 };
    await first.electron.evaluate(({ BrowserWindow }, wanted) => {
      BrowserWindow.getAllWindows()[0]?.setBounds(wanted);
    }, bounds);
    await first.electron.close();
    expect(existsSync(join(dataDir, 'window.json'))).toBe(true);

    const second = await start();
    await expect(second.page.getByText(t('today.resumeHint', { count: 1 }))).toBeVisible();
    await second.page.evaluate(() => {
      location.hash = '#/lessons';
    });
    await expect(second.page.getByText(t('lessons.finished'), { exact: true })).toBeVisible();
    const size = await second.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.getBounds(),
    );
    expect(size).toMatchObject({ width: bounds.width, height: bounds.height });
  });
});
