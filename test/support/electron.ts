import { EventEmitter } from 'node:events';

/**
 * As much of Electron as Slipway's host uses, in memory. What crosses between page and main process is cloned by the
 * structured clone algorithm, as Electron does it. Use: `vi.mock('electron', () => import('../support/electron.ts'))`.
 */

type Handler = (event: { senderFrame: Frame | null }, ...args: unknown[]) => unknown;
type Listener = (...args: unknown[]) => void;

export interface Frame {
  readonly url: string;
  readonly parent: Frame | null;
}

/** What the tests see and set. */
export const page: { frame: Frame | null; world: Record<string, unknown> } = {
  frame: { url: 'app://slipway/', parent: null },
  world: {},
};

const handlers = new Map<string, Handler>();
const rendererEvents = new EventEmitter();

export const ipcMain = {
  handle: (channel: string, handler: Handler) => {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    handlers.set(channel, handler);
  },
  removeHandler: (channel: string) => handlers.delete(channel),
};

export const ipcRenderer = {
  invoke: async (channel: string, ...args: unknown[]): Promise<unknown> => {
    const handler = handlers.get(channel);
    if (!handler) throw new Error(`No handler registered for '${channel}'`);
    return structuredClone(await handler({ senderFrame: page.frame }, ...structuredClone(args)));
  },
  on: (channel: string, listener: Listener) => rendererEvents.on(channel, listener),
  off: (channel: string, listener: Listener) => rendererEvents.off(channel, listener),
  listenerCount: (channel: string) => rendererEvents.listenerCount(channel),
};

/** Functions cross as proxies whose arguments and results are cloned; everything else is cloned. */
function bridged(value: unknown): unknown {
  if (typeof value === 'function') {
    return (...args: unknown[]) => {
      const result: unknown = (value as Listener)(...args.map(bridged));
      return result instanceof Promise ? result.then(bridged) : bridged(result);
    };
  }
  if (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).some((item) => typeof item === 'function')
  ) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, bridged(item)]));
  }
  return structuredClone(value);
}

export const contextBridge = {
  exposeInMainWorld: (key: string, api: unknown) => {
    page.world[key] = bridged(api);
  },
};

export class WebContents extends EventEmitter {
  destroyed = false;
  openHandler: ((details: { url: string }) => { action: string }) | undefined;
  isDestroyed() {
    return this.destroyed;
  }
  send(channel: string, ...args: unknown[]) {
    rendererEvents.emit(channel, {}, ...structuredClone(args));
  }
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }) {
    this.openHandler = handler;
  }
}

export class BrowserWindow extends EventEmitter {
  static readonly opened: BrowserWindow[] = [];
  readonly webContents = new WebContents();
  readonly loaded: string[] = [];
  maximized = false;
  readonly options: Record<string, unknown> & { webPreferences: Record<string, unknown> };
  constructor(options: Record<string, unknown> & { webPreferences: Record<string, unknown> }) {
    super();
    this.options = options;
    BrowserWindow.opened.push(this);
  }
  loadURL(url: string) {
    this.loaded.push(url);
    return Promise.resolve();
  }
  maximize() {
    this.maximized = true;
  }
  isMaximized() {
    return this.maximized;
  }
  getNormalBounds() {
    return { x: 40, y: 50, width: 900, height: 700 };
  }
  show() {
    this.emit('shown');
  }
}

export const app = new EventEmitter();

type Decide = (allowed: boolean) => void;
export const session = {
  defaultSession: {
    request: undefined as ((contents: unknown, permission: string, decide: Decide) => void) | undefined,
    check: undefined as ((contents: unknown, permission: string) => boolean) | undefined,
    device: undefined as ((details: unknown) => boolean) | undefined,
    setPermissionRequestHandler(handler: (contents: unknown, permission: string, decide: Decide) => void) {
      this.request = handler;
    },
    setPermissionCheckHandler(handler: (contents: unknown, permission: string) => boolean) {
      this.check = handler;
    },
    setDevicePermissionHandler(handler: (details: unknown) => boolean) {
      this.device = handler;
    },
  },
};

export const shell = {
  opened: [] as string[],
  openExternal: (url: string) => {
    shell.opened.push(url);
    return Promise.resolve();
  },
};

export const protocol = {
  schemes: [] as { scheme: string; privileges: Record<string, boolean> }[],
  handlers: new Map<string, (request: Request) => Promise<Response>>(),
  registerSchemesAsPrivileged: (schemes: { scheme: string; privileges: Record<string, boolean> }[]) => {
    protocol.schemes.push(...schemes);
  },
  handle: (scheme: string, handler: (request: Request) => Promise<Response>) => {
    protocol.handlers.set(scheme, handler);
  },
};

export const nativeTheme = { shouldUseDarkColors: false };
export const screen = {
  getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }],
};
export const Menu = {
  installed: undefined as unknown,
  buildFromTemplate: (template: unknown) => template,
  setApplicationMenu: (menu: unknown) => {
    Menu.installed = menu;
  },
};
