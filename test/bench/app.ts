import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { percentile, rounded } from './statistics.ts';

const host = join(import.meta.dirname, '..', '..', 'out', 'main', 'loopback.js');
const rounds = 5;

/** Time from the start of the process until /readyz answers 200. */
async function startOnce(dataDir: string): Promise<number> {
  const startedMs = performance.now();
  const child = spawn(process.execPath, [host, '--data-dir', dataDir, '--no-open', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  try {
    const [line] = (await Promise.race([
      once(child.stdout, 'data'),
      ended.then(([code]) => Promise.reject(new Error(`the host ended with ${String(code)}`))),
    ])) as [Buffer];
    const { origin } = new URL(line.toString().replace('Slipway is ready at ', '').trim());
    const { status } = await fetch(`${origin}/readyz`);
    if (status !== 200) throw new Error(`/readyz answered ${status}`);
    return performance.now() - startedMs;
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}

/** How long the built loopback host takes to be ready: the first time in a data folder, and every other time (median of five). */
export async function benchApp(): Promise<Record<string, number>> {
  if (!existsSync(host)) throw new Error('the app is not built: "npm run bench" builds it first');
  const dataDir = mkdtempSync(join(tmpdir(), 'slipway-bench-'));
  try {
    // The first start also brings the program from the disk to the memory; it is told apart.
    const firstMs = await startOnce(dataDir);
    const timesMs: number[] = [];
    for (let round = 0; round < rounds; round += 1) timesMs.push(await startOnce(dataDir));
    return { 'app.readyMs': rounded(percentile(timesMs, 0.5)), 'app.firstReadyMs': rounded(firstMs) };
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}
