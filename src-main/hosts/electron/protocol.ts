import { protocol } from 'electron';
import { readInterfaceFile } from '#main/core/interface-files.ts';

/** The one origin of the interface; there is no `file://` page. */
export const appOrigin = 'app://slipway';

/** Call before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

export function serveInterface(interfaceDir: string): void {
  protocol.handle('app', async (request) => {
    const url = new URL(request.url);
    const file = url.host === 'slipway' ? await readInterfaceFile(interfaceDir, url.pathname) : null;
    return file
      ? new Response(new Uint8Array(file.body), { headers: file.headers })
      : new Response('Not found', { status: 404 });
  });
}
