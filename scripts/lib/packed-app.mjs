// Questions about a packed app: what is in its archive, how its fuses stand, does its core run.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { getCurrentFuseWire, FuseState, FuseV1Options } from '@electron/fuses';
import { listPackage } from '@electron/asar';
import { node24Path } from './paths.mjs';

/**
 * The files of an archive, with forward slashes, folders left out.
 * @param {string} archivePath
 * @returns {string[]}
 */
export function archivedFiles(archivePath) {
  const entries = listPackage(archivePath, { isPack: false }).map((path) =>
    path.replaceAll('\\', '/').slice(1),
  );
  const folders = new Set(entries.map((path) => path.slice(0, Math.max(0, path.lastIndexOf('/')))));
  return entries.filter((path) => !folders.has(path)).sort();
}

/**
 * How the fuses of an executable stand, by electron-builder's names (`runAsNode`, ...).
 * @param {string} executablePath
 * @returns {Promise<Record<string, boolean>>}
 */
export async function fusesOf(executablePath) {
  const wire = /** @type {Record<string, unknown>} */ (await getCurrentFuseWire(executablePath));
  const names = Object.entries(FuseV1Options).filter(([, index]) => typeof index === 'number');
  return Object.fromEntries(
    names.map(([name, index]) => [
      name.charAt(0).toLowerCase() + name.slice(1),
      wire[String(index)] === FuseState.ENABLE,
    ]),
  );
}

const readyLimitMs = 30_000;

/**
 * Starts the loopback host of an unpacked app, asks it one question, and ends it.
 * @param {string} appFolder what the archive holds, unpacked
 * @param {string} dataDir
 * @returns {Promise<unknown>} the answer to `settings.get`
 * @throws an Error that holds what the host printed, when it did not answer
 */
export async function askPackedCore(appFolder, dataDir) {
  const args = [
    join(appFolder, 'out', 'main', 'loopback.js'),
    '--port',
    '0',
    '--no-open',
    '--data-dir',
    dataDir,
  ];
  const host = spawn(node24Path, args, { cwd: dataDir, stdio: ['ignore', 'pipe', 'pipe'] });
  let errors = '';
  host.stderr.setEncoding('utf8').on('data', (chunk) => (errors += chunk));
  const ended = new Promise((resolve) => host.once('close', resolve));
  const killer = setTimeout(() => host.kill('SIGKILL'), readyLimitMs);
  try {
    for await (const line of createInterface({ input: host.stdout })) {
      const ready = /^Slipway is ready at (http:\/\/127\.0\.0\.1:\d+)\/#token=(.+)$/.exec(line);
      if (ready === null) continue;
      const answer = await fetch(`${ready[1]}/api/settings.get`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${ready[2]}`, 'Content-Type': 'application/json' },
        body: '{}',
        signal: AbortSignal.timeout(readyLimitMs),
      });
      return await answer.json();
    }
    throw new Error(`The packed core ended, or was not ready within ${readyLimitMs / 1000} s.\n${errors}`);
  } finally {
    clearTimeout(killer);
    host.kill('SIGTERM');
    await ended;
  }
}
