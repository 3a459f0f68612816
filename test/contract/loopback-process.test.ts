import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { outcomeOf, spawnHost, startHost } from '../support/host-process.ts';
import { ask, tryConnect } from '../support/raw-http.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

// Each test starts programs, which takes long on a machine that is busy.
vi.setConfig({ testTimeout: 60_000 });

describe('the loopback host as a program', () => {
  it('prints one line when it is ready, answers from then on, and ends when it is asked to', async () => {
    const dataDir = join(temporaryFolder(), 'data');
    const host = await startHost({ dataDir });
    let more = '';
    host.child.stdout?.on('data', (chunk: Buffer) => (more += chunk.toString()));
    const { port, token } = host;
    expect((await ask({ port, path: '/readyz' })).status).toBe(200);
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(await tryConnect('127.0.0.2', port)).not.toBe('connected');
    expect((await ask({ port, method: 'POST', path: '/api/settings.get', body: '{}' })).status).toBe(401);
    const { ok } = await host.call('settings.set', { theme: 'dark' });
    expect(ok).toBe(true);
    // An open stream of events must not keep the program from ending.
    const listening = ask({ port, path: '/api/events', headers: { Authorization: `Bearer ${token}` } });
    listening.catch(() => undefined);
    expect(await host.stop('SIGTERM')).toBe(0);
    expect(more).toBe('');
    expect(existsSync(join(dataDir, 'slipway.sqlite-wal'))).toBe(false);

    const again = await startHost({ dataDir });
    expect(again.token).not.toBe(token);
    expect(await again.call('settings.get', {})).toMatchObject({ ok: true, value: { theme: 'dark' } });
    const taken = await outcomeOf(
      spawnHost({ dataDir: join(temporaryFolder(), 'other'), flags: ['--port', String(again.port)] }),
    );
    expect([taken.code, taken.stdout]).toEqual([1, '']);
    expect(taken.stderr).toContain(`Port ${again.port} cannot be used (EADDRINUSE)`);
    expect(await again.stop('SIGINT')).toBe(0);
  });

  it.each([
    [['--port', 'eighty'], 'not "eighty"'],
    [['--port', '65536'], 'not "65536"'],
    [['--colour', 'red'], "'--colour'"],
  ])('ends with 2 for %j', async (flags, words) => {
    const { code, stdout, stderr } = await outcomeOf(spawnHost({ dataDir: temporaryFolder(), flags }));
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(words);
  });
});
