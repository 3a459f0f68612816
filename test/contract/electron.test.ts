import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { MenuItemConstructorOptions } from 'electron';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { settingsSchema } from '#shared/contract/settings.ts';
import type { Result } from '#shared/contract/result.ts';
import { locales } from '#shared/locale.ts';
import { contentSecurityPolicy } from '#main/core/interface-files.ts';
import { callChannel } from '#main/hosts/electron/channels.ts';
import { connectCore } from '#main/hosts/electron/ipc.ts';
import { buildMenu, installMenu } from '#main/hosts/electron/menu.ts';
import { menuTexts } from '#main/core/host-texts.ts';
import { registerAppScheme, serveInterface } from '#main/hosts/electron/protocol.ts';
import { denyPermissions, hardenApp, isOwnSender, isWebLink } from '#main/hosts/electron/security.ts';
import { openWindow } from '#main/hosts/electron/window.ts';
import type { Bridge } from '../../src-renderer/api/bridge.ts';
import { openTestCore, type TestCore } from '../support/core.ts';
import {
  app,
  BrowserWindow,
  ipcMain,
  ipcRenderer,
  Menu,
  page,
  protocol,
  session,
  shell,
  WebContents,
  type Frame,
} from '../support/electron.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

vi.mock('electron', () => import('../support/electron.ts'));

const ownFrame: Frame = { url: 'app://slipway/', parent: null };
const log = { info: () => undefined, error: vi.fn() };

afterEach(() => {
  page.frame = ownFrame;
  expect(log.error).not.toHaveBeenCalled();
});

const foreignFrames: readonly [string, Frame | null][] = [
  ['a frame that is gone', null],
  ['a frame inside of our page', { url: 'app://slipway/', parent: ownFrame }],
  ['a web page', { url: 'https://evil.example/', parent: null }],
  ['a page whose name begins like ours', { url: 'app://slipway.evil.example/', parent: null }],
  ['a page with our name as its user', { url: 'app://slipway@evil.example/', parent: null }],
  ['another host of our scheme', { url: 'app://other/', parent: null }],
  ['a file', { url: 'file:///slipway/index.html', parent: null }],
  ['an empty page', { url: 'about:blank', parent: null }],
  ['no address', { url: '', parent: null }],
];

describe('calls over IPC', () => {
  let core: TestCore;
  let call: Bridge['call'];
  let spy: ReturnType<typeof vi.spyOn>;
  beforeAll(async () => {
    core = openTestCore({ host: 'electron' });
    spy = vi.spyOn(core.core, 'call');
    connectCore(core.core, () => null);
    await import('#main/hosts/electron/preload.ts');
    call = (page.world['slipway'] as Bridge).call;
    return () => {
      ipcMain.removeHandler(callChannel);
      core.core.close();
    };
  });
  afterEach(() => spy.mockClear());

  it('come from our own page', async () => {
    page.frame = { url: 'app://slipway/#/review', parent: null };
    expect(await call('settings.get', {})).toEqual({ ok: true, value: settingsSchema.parse({}) });
  });

  it.each(foreignFrames)('do not come from %s', async (_, frame) => {
    expect(isOwnSender({ senderFrame: frame } as never)).toBe(false);
    page.frame = frame;
    expect(await call('settings.get', {})).toMatchObject({ ok: false, error: { kind: 'forbidden' } });
    expect(spy).not.toHaveBeenCalled();
  });

  it('give the page one call and one way to listen, and nothing of Electron', () => {
    expect(Object.keys(page.world)).toEqual(['slipway']);
    expect(Object.keys(page.world['slipway'] as object).sort()).toEqual(['call', 'on']);
  });

  it('stop being listened to', () => {
    const { on } = page.world['slipway'] as Bridge;
    const stop = on(() => undefined);
    expect(ipcRenderer.listenerCount('slipway:event')).toBe(1);
    stop();
    expect(ipcRenderer.listenerCount('slipway:event')).toBe(0);
  });

  it('answer anything that a page can send with a proper Result', async () => {
    const sendable = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
      withSparseArray: true,
      withObjectString: true,
    });
    const method = fc.oneof(fc.constantFrom('settings.set', 'review.saveDraft', 'lab.saveAttempt'), sendable);
    await fc.assert(
      fc.asyncProperty(method, sendable, async (name, input) => {
        const result = (await call(name as string, input)) as Result<unknown>;
        expect(result.ok || ['invalid-input', 'unknown-method'].includes(result.error.kind)).toBe(true);
      }),
    );
    expect(core.errors).toEqual([]);
  });

  it.each([undefined, null, 4, ['settings.get'], { toString: 1, valueOf: 1 }, new Map()])(
    'have a name, not %j',
    async (name) => {
      expect(await call(name as never, {})).toMatchObject({ ok: false, error: { kind: 'unknown-method' } });
      expect(spy).not.toHaveBeenCalledWith('settings.get', {});
    },
  );

  it('answer what holds itself with a proper Result', async () => {
    const self: Record<string, unknown> = { a: 1 };
    self['self'] = self;
    self['again'] = [self, self];
    for (const [method, input] of [
      ['review.saveDraft', { questionId: 'some-question', basedOn: 0, draft: self }],
      ['settings.set', self],
      ['settings.get', self],
    ] as const) {
      expect(await call(method, input), method).toMatchObject({
        ok: false,
        error: { kind: 'invalid-input' },
      });
    }
  });
});

describe('links out of the app', () => {
  it.each(['https://example.org', 'https://example.org:8443/a?b#c', 'HTTPS://EXAMPLE.ORG/'])(
    'may lead to %s',
    (url) => {
      expect(isWebLink(url)).toBe(true);
    },
  );

  it.each([
    'http://example.org',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,hello',
    'app://slipway/',
    'smb://server/share',
    'ms-settings:',
    'vbscript:x',
    'https://user@example.org',
    'https://user:secret@example.org',
    'https://',
    '//example.org',
    'example.org',
    '',
  ])('may not lead to %j', (url) => {
    expect(isWebLink(url)).toBe(false);
  });
});

describe('a hardened app', () => {
  let contents: WebContents;
  beforeAll(() => {
    hardenApp(log);
    denyPermissions();
    contents = new WebContents();
    app.emit('web-contents-created', {}, contents);
  });

  /** Whether an event of the window's contents is stopped. */
  const isStopped = (event: string, url: string) => {
    const preventDefault = vi.fn();
    contents.emit(event, { url, preventDefault });
    return preventDefault.mock.calls.length > 0;
  };

  it.each(['will-navigate', 'will-redirect'])('stays on its own page at %s', (event) => {
    for (const url of [
      'https://example.org',
      'file:///etc/passwd',
      'app://slipway.evil.example/',
      'app://other/',
      'data:text/html,x',
      '',
    ]) {
      expect(isStopped(event, url), url).toBe(true);
    }
    expect(isStopped(event, 'app://slipway/index.html')).toBe(false);
  });

  it('opens no window; a web link goes to the system browser, anything else nowhere', () => {
    for (const url of [
      'https://example.org/a',
      'http://example.org',
      'file:///etc/passwd',
      'app://slipway/',
      'about:blank',
    ]) {
      expect(contents.openHandler?.({ url }), url).toEqual({ action: 'deny' });
    }
    expect(shell.opened).toEqual(['https://example.org/a']);
  });

  it('holds no guest page', () => {
    expect(isStopped('will-attach-webview', 'https://example.org')).toBe(true);
  });

  it('grants no permission but that of copying text', () => {
    const { request, check, device } = session.defaultSession;
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'clipboard-read',
      'openExternal',
      'anything',
    ]) {
      const decide = vi.fn();
      request!(contents, permission, decide);
      expect(decide.mock.calls).toEqual([[false]]);
      expect(check!(contents, permission)).toBe(false);
    }
    const decide = vi.fn();
    request!(contents, 'clipboard-sanitized-write', decide);
    expect(decide.mock.calls).toEqual([[true]]);
    expect(device!({ deviceType: 'usb' })).toBe(false);
  });

  it('trusts no certificate that does not hold', () => {
    const decide = vi.fn();
    const preventDefault = vi.fn();
    app.emit('certificate-error', { preventDefault }, contents, 'https://example.org', 'expired', {}, decide);
    expect(decide.mock.calls).toEqual([[false]]);
    expect(preventDefault).toHaveBeenCalled();
  });
});

describe('the window', () => {
  const open = (dataDir: string, route = '/') => {
    openWindow(dataDir, '/preload', log, route);
    return BrowserWindow.opened.at(-1)!;
  };

  it('is sandboxed and isolated, and its page has no Node', () => {
    const { options, loaded } = open(temporaryFolder());
    expect(options.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      preload: join('/preload', 'preload.cjs'),
    });
    for (const name of [
      'nodeIntegrationInWorker',
      'nodeIntegrationInSubFrames',
      'webviewTag',
      'allowRunningInsecureContent',
      'experimentalFeatures',
      'enableBlinkFeatures',
    ]) {
      expect(options.webPreferences).not.toHaveProperty(name);
    }
    expect(loaded).toEqual(['app://slipway/#/']);
  });

  it('opens at the place that a link names', () => {
    const { loaded } = open(temporaryFolder(), '/lessons/a/b');
    expect(loaded).toEqual(['app://slipway/#/lessons/a/b']);
  });

  it('comes back where it was, maximised or not', () => {
    const dataDir = temporaryFolder();
    const first = open(dataDir);
    first.maximized = true;
    first.emit('close');
    const second = open(dataDir);
    expect(second.options).toMatchObject({ x: 40, y: 50, width: 900, height: 700 });
    expect(second.maximized).toBe(true);
  });

  it.each([
    ['on a screen that is gone', { bounds: { x: 5000, y: 50, width: 900, height: 700 }, maximized: false }],
    ['above every screen', { bounds: { x: 40, y: -800, width: 900, height: 700 }, maximized: false }],
    ['too small to see', { bounds: { x: 40, y: 50, width: 3, height: 3 }, maximized: false }],
    ['in a file cut short', '{"bounds":{"x":4'],
  ])('takes the usual place when the last one was %s', (_, state) => {
    const dataDir = temporaryFolder();
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(join(dataDir, 'window.json'), typeof state === 'string' ? state : JSON.stringify(state));
    const { options } = open(dataDir);
    expect(options).not.toHaveProperty('x');
    expect(options).toMatchObject({ width: 1280, height: 832 });
  });
});

describe('the app:// scheme', () => {
  it('is an origin like any other, and not one that goes around the policy', () => {
    registerAppScheme();
    const [{ scheme, privileges } = { scheme: '', privileges: {} }] = protocol.schemes;
    expect(scheme).toBe('app');
    expect(privileges).toMatchObject({ standard: true, secure: true });
    for (const name of ['bypassCSP', 'allowServiceWorkers', 'corsEnabled'])
      expect(privileges).not.toHaveProperty(name);
  });

  it('serves the interface with its policy, and nothing else', async () => {
    const root = temporaryFolder();
    const folder = join(root, 'interface');
    mkdirSync(folder);
    writeFileSync(join(folder, 'index.html'), '<title>Slipway</title>');
    writeFileSync(join(root, 'package.json'), '{}');
    serveInterface(folder);
    const get = async (url: string) => protocol.handlers.get('app')!(new Request(url));
    const ours = await get('app://slipway/');
    expect([ours.status, await ours.text()]).toEqual([200, '<title>Slipway</title>']);
    expect(ours.headers.get('Content-Security-Policy')).toBe(contentSecurityPolicy);
    for (const url of [
      'app://other/',
      'app://slipway/%2e%2e/package.json',
      'app://slipway/..%2fpackage.json',
      'app://slipway/missing.js',
    ]) {
      expect((await get(url)).status, url).toBe(404);
    }
  });
});

describe('the application menu', async () => {
  const flat = (items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
    items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])]);
  const texts = { en: await menuTexts('en'), 'zh-CN': await menuTexts('zh-CN') };
  const items = (locale: (typeof locales)[number], platform: NodeJS.Platform, choose = vi.fn()) =>
    flat(buildMenu(texts[locale], choose, platform)).filter(({ type }) => type !== 'separator');

  it.each(['linux', 'win32', 'darwin'] as const)('has the usual roles on %s', (platform) => {
    const roles = items('en', platform).flatMap(({ role }) => role ?? []);
    for (const role of [
      'undo',
      'redo',
      'cut',
      'copy',
      'paste',
      'selectAll',
      'reload',
      'resetZoom',
      'zoomIn',
      'zoomOut',
      'togglefullscreen',
      'minimize',
      'quit',
      'about',
    ]) {
      expect(roles, role).toContain(role);
    }
    expect(roles.includes('hide')).toBe(platform === 'darwin');
    expect(new Set(roles).size).toBe(roles.length);
  });

  it.each(['linux', 'darwin'] as const)('says everything in both languages on %s', (platform) => {
    const [en, zh] = locales.map((locale) => items(locale, platform).map(({ label }) => label ?? ''));
    expect(en!.length).toBe(zh!.length);
    en!.forEach((label, index) => {
      expect(label).toMatch(/^[A-Z][A-Za-z …]+$/);
      if (label !== 'Slipway') expect(zh![index], label).toMatch(/\p{Script=Han}/u);
    });
  });

  it('tells the page what was chosen, each command once', () => {
    const choose = vi.fn();
    for (const { click } of items('en', 'linux', choose)) (click as (() => void) | undefined)?.();
    const chosen = choose.mock.calls.map(([command]) => command as string);
    expect(chosen.sort()).toEqual([
      'cards',
      'glossary',
      'interviews',
      'keys',
      'lab',
      'lessons',
      'progress',
      'redo',
      'review',
      'search',
      'settings',
      'today',
      'undo',
    ]);
    const keys = items('en', 'linux').flatMap(({ accelerator }) => accelerator ?? []);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('is installed', () => {
    installMenu(texts['zh-CN'], () => undefined);
    expect(flat(Menu.installed as MenuItemConstructorOptions[]).map(({ label }) => label)).toContain('复习');
  });
});

describe('the page', () => {
  it('holds no inline script and names no other place', () => {
    const html = readFileSync(join(import.meta.dirname, '../../src-renderer/index.html'), 'utf8');
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)/);
    expect(html).not.toMatch(/https?:\/\//);
    expect(html).not.toMatch(/\son\w+=/);
  });
});
