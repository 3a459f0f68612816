import { join, resolve } from 'node:path';
import { app, dialog, type BrowserWindow } from 'electron';
import { errorText } from '#shared/contract/errors.ts';
import { linkIn, linkScheme, routeOfLink } from '#shared/deep-link.ts';
import type { Settings } from '#shared/contract/settings.ts';
import { closestLanguage } from '#shared/languages/languages.ts';
import { defaultDataDir, findAppFolder } from '#main/core/app-folder.ts';
import { createCore, type Core } from '#main/core/create-core.ts';
import { fileLog } from '#main/core/file-log.ts';
import { errorTexts, menuTexts } from '#main/core/host-texts.ts';
import { systemClock } from '#main/core/system-clock.ts';
import { connectCore } from './ipc.ts';
import { installMenu } from './menu.ts';
import { registerAppScheme, serveInterface } from './protocol.ts';
import { denyPermissions, hardenApp } from './security.ts';
import { openWindow } from './window.ts';

const flag = app.commandLine.getSwitchValue('data-dir');
const dataDir = flag ? resolve(flag) : defaultDataDir();
const log = fileLog(dataDir);
const preloadDir = join(import.meta.dirname, '..', 'preload');
let window: BrowserWindow | null = null;
/** Where the next window is to open. */
let route = routeOf(linkIn(process.argv));

function routeOf(link: string | null): string {
  return (link === null ? null : routeOfLink(link)) ?? '/';
}

function showWindow(): void {
  if (!window || window.isDestroyed()) {
    window = openWindow(dataDir, preloadDir, log, route);
    route = '/';
    return;
  }
  if (window.isMinimized()) window.restore();
  window.focus();
}

function followLanguage(core: Core): void {
  let spoken = '';
  const install = ({ language }: Pick<Settings, 'language'>) => {
    const wanted = language === 'system' ? closestLanguage(app.getLocale()) : language;
    if (wanted === spoken) return;
    spoken = wanted;
    menuTexts(wanted).then(
      // Of two changes that overtake each other the later one counts.
      (texts) => wanted === spoken && installMenu(texts, (command) => core.emit('menu.chosen', { command })),
      (error: unknown) => log.error(`There is no menu in ${wanted}`, error),
    );
  };
  const current = core.call('settings.get', {});
  install(current.ok ? (current.value as Settings) : { language: 'system' });
  core.on((event, payload) => {
    if (event === 'settings.changed') install(payload as Settings);
  });
}

/** Leads to a link of ours that was opened elsewhere; one that is malformed only brings the window to the front. */
function follow(link: string | null, core: Core): void {
  const wanted = link === null ? null : routeOfLink(link);
  if (window && !window.isDestroyed() && wanted) core.emit('link.opened', { route: wanted });
  else route = wanted ?? route;
  showWindow();
}

async function start(): Promise<void> {
  // On a Mac a link comes as an event, possibly before there is anything to show.
  const early = (event: { preventDefault(): void }, link: string) => {
    event.preventDefault();
    route = routeOf(link);
  };
  app.on('open-url', early);
  await app.whenReady();
  const folder = findAppFolder(import.meta.dirname);
  const core = createCore({
    dataDir,
    contentDirs: [folder.contentDir],
    clock: systemClock,
    log,
    host: 'electron',
    version: folder.version,
  });
  if (!core.ok) {
    dialog.showErrorBox('Slipway', errorText(core.error, await errorTexts(closestLanguage(app.getLocale()))));
    app.exit(1);
    return;
  }
  core.value.announce({ pid: process.pid, host: 'electron' });
  app.on('will-quit', () => core.value.close());
  denyPermissions();
  serveInterface(folder.interfaceDir);
  connectCore(core.value, () => window);
  followLanguage(core.value);
  showWindow();
  app.on('activate', showWindow);
  app.off('open-url', early);
  app.on('open-url', (event, link) => {
    event.preventDefault();
    follow(link, core.value);
  });
  app.on('second-instance', (_event, args) => follow(linkIn(args), core.value));
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
}

if (app.isPackaged) app.setAsDefaultProtocolClient(linkScheme);
registerAppScheme();
hardenApp(log);
// Electron keeps its own files (cache, single-instance lock) beside the learner's data, one set for each data folder.
app.setPath('userData', dataDir);
app.setPath('sessionData', join(dataDir, 'electron'));
if (app.requestSingleInstanceLock()) {
  start().catch((error: unknown) => {
    log.error('Slipway could not start', error);
    dialog.showErrorBox('Slipway', error instanceof Error ? error.message : String(error));
    app.exit(1);
  });
} else {
  app.quit();
}
