import { mkdirSync, writeFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import type { Server } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { errorText, type AppError, type ErrorKind } from '#shared/contract/errors.ts';
import { contentSecurityPolicy, securityHeaders } from '#main/core/interface-files.ts';
import { startServer } from '#main/hosts/loopback/server.ts';
import { ask, askRaw, tryConnect, type Answer, type Ask } from '../support/raw-http.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const token = 'the-right-token';
const secret = 'what lies outside of the interface';
const call = vi.fn((_method: string, _input: unknown) => ({
  ok: true as const,
  value: 'a handler was reached',
}));
const listen = vi.fn(() => () => undefined);
const logged: string[] = [];
let server: Server;
let port = 0;

beforeAll(async () => {
  const root = temporaryFolder();
  const interfaceDir = join(root, 'interface');
  mkdirSync(join(interfaceDir, 'assets'), { recursive: true });
  mkdirSync(join(root, 'interface-beside'));
  writeFileSync(join(interfaceDir, 'index.html'), '<!doctype html><title>Slipway</title>');
  writeFileSync(join(interfaceDir, 'assets', 'page.js'), 'export {};');
  writeFileSync(join(interfaceDir, 'notes.txt'), 'a file of a kind that is not served');
  writeFileSync(join(root, 'package.json'), JSON.stringify({ secret }));
  writeFileSync(join(root, 'interface-beside', 'page.js'), secret);
  const started = await startServer(0, {
    core: { call, on: listen, emit: () => undefined, announce: () => undefined, close: () => undefined },
    interfaceDir,
    token,
    log: { info: () => undefined, error: (message) => logged.push(message) },
  });
  server = started.server;
  port = started.port;
});
afterAll(() => server.close());
afterEach(() => {
  call.mockClear();
  listen.mockClear();
  expect(logged.splice(0)).toEqual([]);
});

const ownHeaders = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };

/** A call as our own page makes it, with something about it changed. */
function post(changes: Partial<Ask> = {}): Promise<Answer> {
  const headers = { ...ownHeaders, ...(changes.headers as Record<string, string> | undefined) };
  return ask({ port, method: 'POST', path: '/api/settings.get', body: '{}', ...changes, headers });
}

function without(name: keyof typeof ownHeaders): Promise<Answer> {
  const headers = Object.fromEntries(Object.entries(ownHeaders).filter(([key]) => key !== name));
  return ask({ port, method: 'POST', path: '/api/settings.get', body: '{}', headers });
}

function expectHeaders({ headers }: Answer): void {
  for (const [name, value] of Object.entries(securityHeaders))
    expect(headers[name.toLowerCase()], name).toBe(value);
  expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
}

function expectRefusal(answer: Answer, status: number, kind: ErrorKind): void {
  expect(answer.status).toBe(status);
  const { ok, error } = JSON.parse(answer.text) as { ok: boolean; error: AppError };
  expect({ ok, kind: error.kind }).toEqual({ ok: false, kind });
  expect(error.message).toBe(errorText(error));
  expectHeaders(answer);
  expect(call).not.toHaveBeenCalled();
  expect(listen).not.toHaveBeenCalled();
}

describe('the guard of the loopback host', () => {
  it('lets our own page through', async () => {
    for (const headers of [
      {},
      { Origin: `http://127.0.0.1:${port}`, 'Sec-Fetch-Site': 'same-origin' },
      { Host: `localhost:${port}`, Origin: `http://localhost:${port}` },
      { 'Content-Type': 'application/json; charset=utf-8' },
    ]) {
      const answer = await post({ headers });
      expect([answer.status, answer.text]).toEqual([200, '{"ok":true,"value":"a handler was reached"}']);
      expectHeaders(answer);
    }
    expect(call).toHaveBeenCalledTimes(4);
  });

  it('listens on 127.0.0.1 and nowhere else', async () => {
    expect(server.address()).toMatchObject({ address: '127.0.0.1', family: 'IPv4' });
    expect(await tryConnect('127.0.0.1', port)).toBe('connected');
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .map(({ address, scopeid }) => (scopeid ? `${address}%${scopeid}` : address))
      .filter((address) => address !== '127.0.0.1' && !address.includes('%'));
    // The whole of 127.0.0.0/8 is this machine on Linux; elsewhere the address does not exist, which also connects to nothing.
    for (const address of ['127.0.0.2', '::1', ...others]) {
      expect(await tryConnect(address, port), address).not.toBe('connected');
    }
  });

  describe('the token', () => {
    it.each([
      '',
      'Bearer',
      'Bearer ',
      'Bearer wrong',
      `Bearer ${token}x`,
      `bearer-${token}`,
      `Basic ${token}`,
      token,
    ])('is not %j', async (authorization) => {
      expectRefusal(await post({ headers: { Authorization: authorization } }), 401, 'unauthorized');
    });

    it('is asked for', async () => {
      expectRefusal(await without('Authorization'), 401, 'unauthorized');
    });

    it('does not count in the address, where histories and logs would keep it', async () => {
      for (const query of [`?token=${token}`, `?authorization=Bearer%20${token}`, `#token=${token}`]) {
        const answer = await ask({
          port,
          method: 'POST',
          path: `/api/settings.get${query}`,
          body: '{}',
          headers: { 'Content-Type': 'application/json', Cookie: `token=${token}` },
        });
        expectRefusal(answer, 401, 'unauthorized');
      }
    });

    it('is asked for before events are told', async () => {
      expectRefusal(await ask({ port, path: '/api/events' }), 401, 'unauthorized');
      expectRefusal(
        await ask({ port, path: '/api/events', headers: { Authorization: 'Bearer wrong' } }),
        401,
        'unauthorized',
      );
    });
  });

  describe('other sites', () => {
    const foreignHosts = () => [
      'evil.example',
      `evil.example:${port}`,
      '127.0.0.1',
      'localhost',
      `127.0.0.1:${port + 1}`,
      `localhost.evil.example:${port}`,
      `127.0.0.1:${port}.evil.example`,
      `[::1]:${port}`,
      `0.0.0.0:${port}`,
    ];

    it('cannot have their name resolve to this server (DNS rebinding)', async () => {
      for (const host of foreignHosts()) {
        expectRefusal(await post({ headers: { Host: host } }), 403, 'forbidden');
        expectRefusal(await ask({ port, path: '/', headers: { Host: host } }), 403, 'forbidden');
        expectRefusal(await ask({ port, path: '/readyz', headers: { Host: host } }), 403, 'forbidden');
        expectRefusal(
          await ask({ port, path: '/api/events', headers: { Host: host, Authorization: `Bearer ${token}` } }),
          403,
          'forbidden',
        );
      }
      const nameless = await askRaw(port, 'GET /readyz HTTP/1.0\r\n\r\n');
      expect(nameless).toMatch(/^HTTP\/1\.1 403 /);
    });

    it('cannot call, whatever they call themselves', async () => {
      for (const origin of [
        'https://evil.example',
        'http://127.0.0.1',
        `https://127.0.0.1:${port}`,
        `http://127.0.0.1:${port + 1}`,
        `http://127.0.0.1:${port}.evil.example`,
        'null',
        'app://slipway',
        '',
      ]) {
        expectRefusal(await post({ headers: { Origin: origin } }), 403, 'forbidden');
      }
    });

    it.each(['cross-site', 'same-site', 'anything'])('cannot call with Sec-Fetch-Site: %s', async (site) => {
      expectRefusal(await post({ headers: { 'Sec-Fetch-Site': site } }), 403, 'forbidden');
    });

    it('get no permission from a preflight', async () => {
      const answer = await ask({
        port,
        method: 'OPTIONS',
        path: '/api/settings.get',
        headers: {
          Origin: 'https://evil.example',
          'Access-Control-Request-Method': 'POST',
          'Access-Control-Request-Headers': 'authorization,content-type',
        },
      });
      expectRefusal(answer, 403, 'forbidden');
    });
  });

  describe('the body of a call', () => {
    it.each([
      'text/plain',
      'text/plain; application/json',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/jsonp',
      'text/json',
      '',
    ])('is not %j', async (type) => {
      expectRefusal(await post({ headers: { 'Content-Type': type } }), 415, 'unsupported-media-type');
    });

    it('has a type', async () => {
      expectRefusal(await without('Content-Type'), 415, 'unsupported-media-type');
    });

    it.each(['', '{', '{"a":1}{', 'undefined', "{'a':1}", '\u0000', 'NaN'])(
      'is JSON, not %j',
      async (body) => {
        expectRefusal(await post({ body }), 400, 'invalid-input');
      },
    );

    it('is not larger than 1 MiB, said beforehand or not', async () => {
      const fits = JSON.stringify({ text: 'x'.repeat(1024 * 1024 - 11) });
      expect(Buffer.byteLength(fits)).toBe(1024 * 1024);
      expect((await post({ body: fits })).status).toBe(200);
      call.mockClear();
      expectRefusal(await post({ body: `${fits} ` }), 413, 'too-large');
      const chunk = 'x'.repeat(64 * 1024);
      expectRefusal(await post({ body: Array.from({ length: 17 }, () => chunk) }), 413, 'too-large');
      expectRefusal(await post({ body: Array.from({ length: 200 }, () => chunk) }), 413, 'too-large');
      expect((await post()).status).toBe(200);
    });

    it('is not read when the caller is a stranger', async () => {
      const body = Array.from({ length: 40 }, () => 'x'.repeat(64 * 1024));
      expectRefusal(await post({ body, headers: { Authorization: 'Bearer wrong' } }), 401, 'unauthorized');
    });
  });

  describe('a method', () => {
    it.each([
      '__proto__',
      'constructor',
      'toString',
      'hasOwnProperty',
      'settings.__proto__',
      'settings.erase',
      'settings.get/',
      'settings.get%00',
      'settings%2Eget',
      'events',
      '',
    ])('is not called %j', async (name) => {
      expectRefusal(await post({ path: `/api/${name}` }), 404, 'unknown-method');
    });

    it.each(['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])('does not answer to %s', async (method) => {
      const answer = await ask({ port, method, path: '/api/settings.get', headers: ownHeaders, body: '{}' });
      expectRefusal(answer, 405, 'unknown-method');
      expect(answer.headers.allow).toBe('POST');
    });
  });

  describe('files', () => {
    it('are those of the interface', async () => {
      for (const [path, type] of [
        ['/', 'text/html; charset=utf-8'],
        ['/index.html', 'text/html; charset=utf-8'],
        ['/assets/page.js', 'text/javascript; charset=utf-8'],
        ['/assets/../index.html?x=/../..', 'text/html; charset=utf-8'],
      ]) {
        const answer = await ask({ port, path: path! });
        expect([answer.status, answer.headers['content-type']], path).toEqual([200, type]);
        expectHeaders(answer);
      }
      const head = await ask({ port, path: '/', method: 'HEAD' });
      expect([head.status, head.text]).toEqual([200, '']);
    });

    it.each([
      '/../package.json',
      '/assets/../../package.json',
      '/%2e%2e/package.json',
      '/..%2fpackage.json',
      '/%2e%2e%2fpackage.json',
      '/..%5cpackage.json',
      '/..\\package.json',
      '/%252e%252e/package.json',
      '/assets/%2e%2e/%2e%2e/package.json',
      '/../interface-beside/page.js',
      '/..%2finterface-beside/page.js',
      '//package.json',
      '//',
      '///../package.json',
      '/index.html%00.js',
      '/%00',
      '/%',
      '/%c0%ae%c0%ae/package.json',
      '/assets',
      '/assets/',
      '/assets/page.js/',
      '/index.html/page.js',
      '/notes.txt',
      '/.html',
      `/${'a'.repeat(5000)}.js`,
      `/${'a/'.repeat(3000)}b.js`,
    ])('are not at %.60s', async (path) => {
      const answer = await askRaw(
        port,
        `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`,
      );
      expect(answer).toMatch(/^HTTP\/1\.1 404 /);
      expect(answer).toContain(contentSecurityPolicy);
      expect(answer).not.toContain(secret);
    });

    it('are not found by an absolute address either', async () => {
      for (const target of [
        'http://evil.example/package.json',
        `http://127.0.0.1:${port}/../package.json`,
        'file:///etc/passwd',
      ]) {
        const answer = await askRaw(
          port,
          `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`,
        );
        expect(answer, target).toMatch(/^HTTP\/1\.1 404 /);
        expect(answer).not.toContain('root:');
      }
    });

    it('are not written', async () => {
      for (const method of ['POST', 'PUT', 'DELETE']) {
        const answer = await ask({ port, method, path: '/index.html', headers: ownHeaders, body: '{}' });
        expectRefusal(answer, 405, 'unknown-method');
        expect(answer.headers.allow).toBe('GET, HEAD');
      }
    });
  });
});

describe('the content security policy', () => {
  const directives = new Map(
    contentSecurityPolicy.split(';').map((directive) => {
      const [name = '', ...sources] = directive.trim().split(/\s+/);
      return [name, sources] as const;
    }),
  );

  it('allows nothing by default and runs only our own scripts', () => {
    expect(directives.get('default-src')).toEqual(["'none'"]);
    expect(directives.get('script-src')).toEqual(["'self'"]);
    expect(directives.get('worker-src')).toEqual(["'self'"]);
    for (const name of ['base-uri', 'form-action', 'frame-ancestors'])
      expect(directives.get(name)).toEqual(["'none'"]);
  });

  it('names no other place and no evaluation', () => {
    const sources = new Set([...directives.values()].flat());
    expect([...sources].sort()).toEqual(["'none'", "'self'", "'unsafe-inline'", 'data:']);
    const inline = [...directives]
      .filter(([, list]) => list.includes("'unsafe-inline'"))
      .map(([name]) => name);
    expect(inline).toEqual(['style-src']);
  });
});
