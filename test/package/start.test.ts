import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const startScript = join(import.meta.dirname, '..', '..', 'scripts', 'start.mjs');

/** No display, whatever the machine has: Electron must not open in a test. */
const headless = { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '' };

const start = (...args: string[]) =>
  spawnSync(process.execPath, [startScript, ...args], { encoding: 'utf8', env: headless });

describe('the flags of npm start', () => {
  it('shows its flags and touches nothing', () => {
    const { status, stdout } = start('--help');
    expect(status).toBe(0);
    for (const flag of ['--host', '--port', '--data-dir', '--no-open']) expect(stdout).toContain(flag);
  });

  it.each([
    [['--frobnicate'], '--frobnicate'],
    [['--port', 'eighty'], 'eighty'],
    [['--port', '65536'], '65536'],
    [['--host', 'firefox'], 'firefox'],
    [['--data-dir='], '--data-dir'],
    [['--host', 'electron', '--port', '0'], '--port'],
  ])('refuses %j and names what is wrong', (args, named) => {
    const { status, stdout, stderr } = start(...args);
    expect(status).toBe(2);
    expect(stderr).toContain(named);
    expect(stdout).toBe('');
  });

  it.runIf(process.platform === 'linux')('says why Electron cannot open without a display', () => {
    const { status, stderr } = start('--host', 'electron');
    expect(status).toBe(1);
    expect(stderr).toContain('DISPLAY');
  });
});

describe('the loopback host started by npm start', () => {
  let dataDir = '';
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'slipway-start-'));
  });
  afterEach(() => {
    rmSync(dataDir, { recursive: true, force: true });
  });

  async function startHost() {
    const args = [startScript, '--host', 'loopback', '--port', '0', '--no-open', '--data-dir', dataDir];
    const script = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], env: headless });
    const ended = new Promise<number | null>((resolve) => script.once('close', resolve));
    for await (const line of createInterface({ input: script.stdout })) {
      const address = /^Slipway is ready at (http:\/\/127\.0\.0\.1:\d+)\/#token=\S+$/.exec(line)?.[1];
      if (address === undefined) throw new Error(`stdout holds more than the ready line: ${line}`);
      script.stdout.resume();
      return { script, ended, address };
    }
    throw new Error('npm start ended before the host was ready');
  }

  const answers = async (address: string) => {
    try {
      return (await fetch(`${address}/readyz`)).status === 200;
    } catch (error) {
      // A refused connection is the answer of a host that has ended; anything else is not.
      if (error instanceof TypeError) return false;
      throw error;
    }
  };

  it('is ready when it says so, and ends cleanly when asked', async () => {
    const { script, ended, address } = await startHost();
    expect(await answers(address)).toBe(true);
    script.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(await answers(address)).toBe(false);
  });

  it('ends even when the script above it is killed', async () => {
    const { script, ended, address } = await startHost();
    script.kill('SIGKILL');
    await ended;
    await expect.poll(() => answers(address), { timeout: 10_000 }).toBe(false);
  });
}, 30_000);
