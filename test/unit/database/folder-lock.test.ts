import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { errorText } from '#shared/contract/errors.ts';
import { lockFolder, readOwner } from '#main/database/folder-lock.ts';
import { valueOf } from '../../support/value-of.ts';
import { outcomeOf, spawnHost, startHost } from '../../support/host-process.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { errorTextsIn } from '../../support/languages.ts';

describe('the lock of a data folder', () => {
  it('is held by one, and free again when that one lets go', () => {
    const dataDir = join(temporaryFolder(), 'new');
    const first = valueOf(lockFolder(dataDir));
    const second = lockFolder(dataDir);
    expect(second).toMatchObject({
      ok: false,
      error: { kind: 'storage-in-use', params: { dataDir, where: '' } },
    });
    first.release();
    valueOf(lockFolder(dataDir)).release();
  });

  it('tells where the first one answers, and keeps its token from other users', () => {
    const dataDir = temporaryFolder();
    const first = valueOf(lockFolder(dataDir));
    first.announce({ pid: 4711, host: 'loopback', url: 'http://127.0.0.1:5000/#token=secret' });
    const refused = lockFolder(dataDir);
    if (refused.ok) throw new Error('locked twice');
    for (const locale of ['en', 'zh-CN'] as const) {
      const text = errorText(refused.error, errorTextsIn(locale));
      expect(text).toContain(`${dataDir} (http://127.0.0.1:5000, pid 4711)`);
      expect(text).not.toContain('secret');
    }
    if (process.platform !== 'win32') expect(statSync(join(dataDir, 'running.json')).mode & 0o077).toBe(0);
    first.release();
    expect(readOwner(dataDir)).toBeNull();
  });

  it('names nobody who was killed', () => {
    const dataDir = temporaryFolder();
    writeFileSync(join(dataDir, 'running.json'), JSON.stringify({ pid: 1, host: 'electron' }), {
      mode: 0o644,
    });
    const first = valueOf(lockFolder(dataDir));
    expect(lockFolder(dataDir)).toMatchObject({ ok: false, error: { params: { where: '' } } });
    first.announce({ pid: 2, host: 'electron' });
    if (process.platform !== 'win32') expect(statSync(join(dataDir, 'running.json')).mode & 0o077).toBe(0);
    expect(lockFolder(dataDir)).toMatchObject({
      ok: false,
      error: { params: { where: ' (Electron, pid 2)' } },
    });
    first.release();
  });

  it.each(['', '{"pid":', '{"pid":"x"}', '[]', '{"pid":1,"host":"loopback","url":"nowhere"}'])(
    'holds whatever the file beside it says: %j',
    (text) => {
      const dataDir = temporaryFolder();
      const first = valueOf(lockFolder(dataDir));
      writeFileSync(join(dataDir, 'running.json'), text);
      expect(lockFolder(dataDir)).toMatchObject({
        ok: false,
        error: { kind: 'storage-in-use', params: { where: '' } },
      });
      first.release();
    },
  );
});

describe('a second host on the same data folder', () => {
  it('ends with a message that names the first; the first goes on, and a kill frees the folder', async () => {
    const dataDir = temporaryFolder();
    const first = await startHost({ dataDir });
    const [english, chinese] = await Promise.all([
      outcomeOf(spawnHost({ dataDir })),
      outcomeOf(spawnHost({ dataDir, env: { LC_ALL: 'zh_CN.UTF-8' } })),
    ]);
    for (const { code, stdout, stderr } of [english, chinese]) {
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toContain(dataDir);
      expect(stderr).toContain(`${first.origin}, pid ${first.child.pid}`);
      expect(stderr).not.toContain(first.token);
      expect(stderr.trim().split('\n')).toHaveLength(1);
    }
    expect(english.stderr).toContain('already running');
    expect(chinese.stderr).toContain('已在使用');
    expect(await first.call('settings.set', { newPerDay: 77 })).toMatchObject({ ok: true });

    await first.kill();
    expect(existsSync(join(dataDir, 'running.json'))).toBe(true);
    const second = await startHost({ dataDir });
    expect(await second.call('settings.get', {})).toMatchObject({ ok: true, value: { newPerDay: 77 } });
    expect(JSON.parse(readFileSync(join(dataDir, 'running.json'), 'utf8'))).toMatchObject({
      pid: second.child.pid,
    });
    expect(await second.stop()).toBe(0);
    expect(existsSync(join(dataDir, 'running.json'))).toBe(false);
  }, 60_000);

  it('does not take a database that it cannot read for a new one', async () => {
    const dataDir = temporaryFolder();
    writeFileSync(join(dataDir, 'slipway.sqlite'), 'a letter');
    const { code, stdout, stderr } = await outcomeOf(spawnHost({ dataDir }));
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(join(dataDir, 'slipway.sqlite'));
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(readFileSync(join(dataDir, 'slipway.sqlite'), 'utf8')).toBe('a letter');
  }, 60_000);
});
