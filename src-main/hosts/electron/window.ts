import { join } from 'node:path';
import { BrowserWindow, nativeTheme } from 'electron';
import type { Log } from '#main/core/port.ts';
import { appOrigin } from './protocol.ts';
import { keepWindowState, readWindowState } from './window-state.ts';

/**
 * Opens the one window at a route of the interface: sandboxed, isolated, without Node in the page.
 */
export function openWindow(dataDir: string, preloadDir: string, log: Log, route: string): BrowserWindow {
  const state = readWindowState(dataDir);
  const window = new BrowserWindow({
    width: 1280,
    height: 832,
    ...state?.bounds,
    minWidth: 320,
    minHeight: 480,
    show: false,
    title: 'Slipway',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#10171c' : '#f7f6f2',
    webPreferences: {
      preload: join(preloadDir, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
    },
  });
  if (state?.maximized) window.maximize();
  keepWindowState(window, dataDir, log);
  window.once('ready-to-show', () => window.show());
  window
    .loadURL(`${appOrigin}/#${route}`)
    .catch((error: unknown) => log.error('the window could not load its page', error));
  return window;
}
