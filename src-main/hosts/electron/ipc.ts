import { ipcMain, type BrowserWindow } from 'electron';
import { fail } from '#shared/contract/result.ts';
import type { Core } from '#main/core/create-core.ts';
import { callChannel, eventChannel } from './channels.ts';
import { isOwnSender } from './security.ts';

/** Connects the page's `call` and `on` with the core. */
export function connectCore(core: Core, window: () => BrowserWindow | null): void {
  ipcMain.handle(callChannel, (event, method: unknown, input: unknown) => {
    if (!isOwnSender(event)) return fail('forbidden');
    return core.call(typeof method === 'string' ? method : '', input);
  });
  core.on((event, payload) => {
    const contents = window()?.webContents;
    if (contents && !contents.isDestroyed()) contents.send(eventChannel, event, payload);
  });
}
