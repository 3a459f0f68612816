import { app, session, shell, type IpcMainInvokeEvent, type WebContents } from 'electron';
import type { Log } from '#main/core/port.ts';
import { appOrigin } from './protocol.ts';

/** Whether a message comes from the page that we serve, in the top frame. */
export function isOwnSender(event: Pick<IpcMainInvokeEvent, 'senderFrame'>): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame.parent === null && frame.url.startsWith(`${appOrigin}/`);
}

/** Links out of the app go to the system's browser, and only over https. */
export function isWebLink(url: string): boolean {
  return URL.canParse(url) && new URL(url).protocol === 'https:' && new URL(url).username === '';
}

function guardContents(contents: WebContents, log: Log): void {
  contents.setWindowOpenHandler(({ url }) => {
    if (isWebLink(url))
      shell.openExternal(url).catch((error: unknown) => log.error(`${url} could not be opened`, error));
    return { action: 'deny' };
  });
  const stayHere = (event: { readonly url: string; preventDefault(): void }) => {
    if (!event.url.startsWith(`${appOrigin}/`)) event.preventDefault();
  };
  contents.on('will-navigate', stayHere);
  contents.on('will-redirect', stayHere);
  contents.on('will-attach-webview', (event) => event.preventDefault());
}

/** Denies what the app never needs: other pages, new windows, permissions, devices, certificates that do not hold. */
export function hardenApp(log: Log): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents, log));
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, decide) => {
    event.preventDefault();
    decide(false);
  });
}

/** Call when the app is ready. */
export function denyPermissions(): void {
  // A configuration is copied as text by a button; nothing is ever read from the clipboard.
  const isCopying = (permission: string) => permission === 'clipboard-sanitized-write';
  session.defaultSession.setPermissionRequestHandler((_contents, permission, decide) =>
    decide(isCopying(permission)),
  );
  session.defaultSession.setPermissionCheckHandler((_contents, permission) => isCopying(permission));
  session.defaultSession.setDevicePermissionHandler(() => false);
}
