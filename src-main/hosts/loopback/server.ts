import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { isMethodName } from '#shared/contract/contract.ts';
import { fail, type Result } from '#shared/contract/result.ts';
import type { Core } from '#main/core/create-core.ts';
import { readInterfaceFile, securityHeaders } from '#main/core/interface-files.ts';
import type { Log } from '#main/core/port.ts';
import { readBody, refuseForeign, refuseMediaType, refuseStranger } from './guard.ts';

export interface ServerOptions {
  readonly core: Core;
  readonly interfaceDir: string;
  readonly token: string;
  readonly log: Log;
}

const statusOfKind: Partial<Record<string, number>> = {
  'invalid-input': 400,
  'not-found': 404,
  'unknown-method': 404,
  'stale-answer': 409,
  internal: 500,
};

function send(response: ServerResponse, status: number, result: Result<unknown>): void {
  const body = JSON.stringify(result);
  response.writeHead(status, {
    ...securityHeaders,
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
    // What is refused may leave its body unread; the connection is of no more use.
    ...(status === 413 ? { Connection: 'close' } : {}),
  });
  response.end(body);
}

async function answerCall(
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
  options: ServerOptions,
): Promise<void> {
  const refusal = refuseStranger(request, options.token) ?? refuseMediaType(request);
  if (refusal) return send(response, refusal.status, { ok: false, error: refusal.error });
  if (!isMethodName(name)) return send(response, 404, fail('unknown-method', { method: name }));
  const body = await readBody(request);
  if (typeof body !== 'string') return send(response, body.status, { ok: false, error: body.error });
  let input: unknown;
  try {
    input = JSON.parse(body);
  } catch {
    return send(response, 400, fail('invalid-input', { details: 'the body is not valid JSON' }));
  }
  const result = options.core.call(name, input);
  send(response, result.ok ? 200 : (statusOfKind[result.error.kind] ?? 500), result);
}

/** Events as lines of JSON, for as long as the page stays. Read by fetch, so that the token travels in a header. */
function streamEvents(request: IncomingMessage, response: ServerResponse, options: ServerOptions): void {
  const refusal = refuseStranger(request, options.token);
  if (refusal) return send(response, refusal.status, { ok: false, error: refusal.error });
  response.writeHead(200, {
    ...securityHeaders,
    'Content-Type': 'application/x-ndjson',
    'Cache-Control': 'no-store',
  });
  response.flushHeaders();
  const stop = options.core.on((event, payload) => response.write(`${JSON.stringify({ event, payload })}\n`));
  response.on('close', stop);
}

async function answerFile(
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
  interfaceDir: string,
): Promise<void> {
  const file = await readInterfaceFile(interfaceDir, path);
  if (!file) {
    response
      .writeHead(404, { ...securityHeaders, 'Content-Type': 'text/plain; charset=utf-8' })
      .end('Not found\n');
    return;
  }
  response.writeHead(200, file.headers).end(request.method === 'HEAD' ? undefined : file.body);
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: ServerOptions & { port: number },
) {
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  const foreign = refuseForeign(request, options.port);
  if (foreign) return send(response, foreign.status, { ok: false, error: foreign.error });
  if (path.startsWith('/api/')) {
    const name = path.slice('/api/'.length);
    if (name === 'events' && request.method === 'GET') return streamEvents(request, response, options);
    if (request.method === 'POST') return answerCall(name, request, response, options);
  } else if (request.method === 'GET' || request.method === 'HEAD') {
    if (path === '/readyz') {
      response
        .writeHead(200, { ...securityHeaders, 'Content-Type': 'text/plain; charset=utf-8' })
        .end('ready\n');
      return;
    }
    return answerFile(path, request, response, options.interfaceDir);
  }
  const allowed = path.startsWith('/api/') ? 'POST' : 'GET, HEAD';
  response.setHeader('Allow', allowed);
  send(response, 405, fail('unknown-method', { method: `${request.method ?? ''} ${path}` }));
}

/** Listens on 127.0.0.1 only; port 0 takes a free one. */
export async function startServer(
  port: number,
  options: ServerOptions,
): Promise<{ server: Server; port: number }> {
  const server = createServer((request, response) => {
    const address = server.address();
    const ownPort = typeof address === 'object' && address ? address.port : port;
    answer(request, response, { ...options, port: ownPort }).catch((error: unknown) => {
      options.log.error(`${request.method ?? ''} ${request.url ?? ''}`, error);
      if (response.headersSent) response.destroy();
      else send(response, 500, fail('internal', { id: 'http' }));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  return { server, port: typeof address === 'object' && address ? address.port : port };
}
