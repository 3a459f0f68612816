import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';

/** Serves the built interface, the same way to a browser and to Electron's `app://` protocol. */

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/**
 * Nothing from outside, no inline script. Inline styles stay allowed: components position by style attributes,
 * and a style cannot run code.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export const securityHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** What the system says of a path that no file of the interface has. */
const notThere: ReadonlySet<string> = new Set(['ENOENT', 'EISDIR', 'ENOTDIR', 'ENAMETOOLONG']);

export interface InterfaceFile {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** Reads a file of the interface by its URL path; null for what is not there, outside of the folder, or of an unknown type. */
export async function readInterfaceFile(
  interfaceDir: string,
  urlPath: string,
): Promise<InterfaceFile | null> {
  let path: string;
  try {
    path = decodeURIComponent(urlPath);
  } catch {
    // Not a path that a browser would ask for.
    return null;
  }
  const file = normalize(join(interfaceDir, path === '/' ? 'index.html' : path));
  const contentType = contentTypes[extname(file)];
  if (!file.startsWith(normalize(interfaceDir) + sep) || file.includes('\0') || contentType === undefined)
    return null;
  try {
    const body = await readFile(file);
    // Built files carry a hash in their names; the page itself must be fresh after an update.
    const cache = extname(file) === '.html' ? 'no-cache' : 'public, max-age=31536000, immutable';
    return { body, headers: { ...securityHeaders, 'Content-Type': contentType, 'Cache-Control': cache } };
  } catch (error) {
    if (error instanceof Error && 'code' in error && notThere.has(String(error.code))) return null;
    throw error;
  }
}
