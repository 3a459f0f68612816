import { isAbsolute } from 'node:path';
import type { BrowserWindow as ElectronWindow } from 'electron';
import { callChannel } from '#main/hosts/electron/channels.ts';
import { connectCore } from '#main/hosts/electron/ipc.ts';
import { startServer } from '#main/hosts/loopback/server.ts';
import type { Bridge } from '../../src-renderer/api/bridge.ts';
import { httpTransport, ipcTransport, type Transport } from '../../src-renderer/api/transport.ts';
import { openTestCore, type TestCore } from './core.ts';
import { BrowserWindow, ipcMain, page } from './electron.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A core with the page's own transport to it, over the real code of one of the hosts. */
export interface Wire {
  readonly transport: Transport;
  readonly core: TestCore;
  close(): Promise<void>;
}

export type WireName = 'http' | 'ipc';

async function overHttp(): Promise<Wire> {
  const core = openTestCore({ host: 'loopback' });
  const token = 'token-of-the-test';
  const { server, port } = await startServer(0, {
    core: core.core,
    interfaceDir: temporaryFolder(),
    token,
    log: {
      info: () => undefined,
      error: (message, error) => core.errors.push(`${message} ${String(error)}`),
    },
  });
  // The page asks its own origin; Node has no page to take the origin from.
  const nodeFetch = globalThis.fetch;
  globalThis.fetch = (path, init) => nodeFetch(new URL(String(path), `http://127.0.0.1:${port}`), init);
  return {
    transport: httpTransport(() => token),
    core,
    close: async () => {
      globalThis.fetch = nodeFetch;
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      core.core.close();
    },
  };
}

async function overIpc(): Promise<Wire> {
  const core = openTestCore({ host: 'electron' });
  const window = new BrowserWindow({ webPreferences: {} });
  connectCore(core.core, () => window as unknown as ElectronWindow);
  await import('#main/hosts/electron/preload.ts');
  return {
    transport: ipcTransport(page.world['slipway'] as Bridge),
    core,
    close: () => {
      window.webContents.destroyed = true;
      ipcMain.removeHandler(callChannel);
      core.core.close();
      return Promise.resolve();
    },
  };
}

/** The test file must mock 'electron' with `./electron.ts`. */
export const openWire: Readonly<Record<WireName, () => Promise<Wire>>> = { http: overHttp, ipc: overIpc };

/** An answer without what must differ between two cores: where their data lies, and which host they serve. */
export function comparable(value: unknown, { core }: Wire): unknown {
  if (typeof value === 'string' && isAbsolute(value)) return value.replace(core.dataDir, '<data>');
  if (Array.isArray(value)) return value.map((item) => comparable(item, { core } as Wire));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        key,
        key === 'host' ? '<host>' : comparable(item, { core } as Wire),
      ]),
    );
  }
  return value;
}
