import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { test as base } from 'playwright/test';
import { projectRoot } from './host.ts';

/** Where Electron's binary is: the folder that is named for it, else the package's own, once it was fetched. */
function findBinary(): string | null {
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  const packageFolder = join(projectRoot, 'node_modules', 'electron');
  const names = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' } as const;
  const name =
    process.platform === 'darwin' || process.platform === 'win32' ? names[process.platform] : 'electron';
  const pathFile = join(packageFolder, 'path.txt');
  const own = existsSync(pathFile) ? join('dist', readFileSync(pathFile, 'utf8').trim()) : join('dist', name);
  const binary = folder ? join(folder, name) : join(packageFolder, own);
  return existsSync(binary) ? binary : null;
}

const binary = findBinary();

/** Why Electron cannot run here; null where it can. */
export function whyNoElectron(): string | null {
  if (binary === null) {
    const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
    const where = folder ? `ELECTRON_OVERRIDE_DIST_PATH names ${folder}` : 'npx install-electron fetches it';
    return `no Electron binary on this machine (${where})`;
  }
  // The window must be tried as it ships: with its sandbox.
  if (process.getuid?.() === 0) return 'Electron does not run with its sandbox as root';
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) {
    return 'no display for an Electron window (DISPLAY and WAYLAND_DISPLAY are not set)';
  }
  return null;
}

export interface Window {
  readonly electron: ElectronApplication;
  readonly page: Page;
}

/** Starts the built app as `electron .` does. */
export async function startElectron(dataDir: string): Promise<Window> {
  if (binary === null) throw new Error('no Electron binary');
  const electron = await _electron.launch({
    executablePath: binary,
    cwd: projectRoot,
    args: ['.', `--data-dir=${dataDir}`, '--lang=en-US'],
  });
  return { electron, page: await electron.firstWindow() };
}

interface Fixtures {
  readonly dataDir: string;
  /** Starts the app on the test's data folder; whatever still runs is closed at the end. */
  readonly start: () => Promise<Window>;
}

export const test = base.extend<Fixtures>({
  dataDir: async ({}, use) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'slipway-electron-'));
    await use(dataDir);
    rmSync(dataDir, { recursive: true, force: true });
  },
  start: async ({ dataDir }, use) => {
    const started: ElectronApplication[] = [];
    await use(async () => {
      const window = await startElectron(dataDir);
      started.push(window.electron);
      window.electron.on('close', () => started.splice(started.indexOf(window.electron), 1));
      return window;
    });
    for (const electron of [...started]) await electron.close();
  },
});
