import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Log } from '#main/core/port.ts';

/** Browsers that open a page as a window of its own (`--app`), by platform. */
const candidates: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: [
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    'microsoft-edge',
    'brave-browser',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

function isThere(command: string): boolean {
  if (process.platform !== 'linux') return existsSync(command);
  return spawnSync('which', [command], { stdio: 'ignore' }).status === 0;
}

/**
 * Opens the address in a Chromium-family browser where there is a display and a browser; otherwise the printed line says
 * where to go.
 *
 * @returns whether a browser was started
 */
export function openBrowser(url: string, log: Log): boolean {
  const display = process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'];
  if (!display) return false;
  const browser = candidates[process.platform]?.find(isThere);
  if (!browser) {
    log.info('No Chromium-family browser was found; open the address above in any browser.');
    return false;
  }
  const child = spawn(browser, [`--app=${url}`], { detached: true, stdio: 'ignore' });
  child.on('error', (error) =>
    log.error(`${browser} could not be started; open the address above in any browser`, error),
  );
  child.unref();
  return true;
}
