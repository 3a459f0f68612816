import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { appError } from '#shared/contract/result.ts';
import type { AppError } from '#shared/contract/errors.ts';

/** Largest body of a call. */
export const bodyLimitKiB = 1024;

export interface Refusal {
  readonly status: number;
  readonly error: AppError;
}

const digest = (text: string) => createHash('sha256').update(text).digest();

const refuse = (status: number, kind: AppError['kind'], params: AppError['params'] = {}): Refusal => ({
  status,
  error: appError(kind, params),
});

/**
 * Everything asked of this server must name this server: a page that has its own name resolve to 127.0.0.1 (DNS rebinding)
 * still sends its own name as Host, and a page elsewhere sends its own Origin.
 */
export function refuseForeign(request: IncomingMessage, port: number): Refusal | null {
  const ours = [`127.0.0.1:${port}`, `localhost:${port}`];
  const { host, origin } = request.headers;
  if (!host || !ours.includes(host)) return refuse(403, 'forbidden');
  if (origin !== undefined && !ours.some((name) => origin === `http://${name}`))
    return refuse(403, 'forbidden');
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return refuse(403, 'forbidden');
  return null;
}

/** Calls need the token of this run; compared in constant time. */
export function refuseStranger(request: IncomingMessage, token: string): Refusal | null {
  const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  return timingSafeEqual(digest(given), digest(token)) ? null : refuse(401, 'unauthorized');
}

/** Only JSON: a form or a simple cross-site post can never reach a handler. */
export function refuseMediaType(request: IncomingMessage): Refusal | null {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  return type === 'application/json' ? null : refuse(415, 'unsupported-media-type');
}

/** Reads a body up to the limit. */
export async function readBody(request: IncomingMessage): Promise<string | Refusal> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyLimitKiB * 1024) return refuse(413, 'too-large', { limitKiB: bodyLimitKiB });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
