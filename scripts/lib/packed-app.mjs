// Questions about a packed app: what is in its archive, how its fuses stand, does its core run.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
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

/**
 * Lets the thread of an unpacked app fit weights to a small made-up log, with the app's own native module.
 * @param {string} appFolder what the archive holds, unpacked
 * @returns {Promise<{kind: string, fit?: {weights: number[]}}>} the last of what it says
 */
export async function runPackedFit(appFolder) {
  const cards = 40;
  const recallsEach = 11;
  const answers = cards * (recallsEach + 1);
  const worker = new Worker(join(appFolder, 'out', 'main', 'fit-worker.js'), {
    workerData: {
      packed: {
        starts: Int32Array.from({ length: cards + 1 }, (_, card) => (card * answers) / cards),
        grades: Uint8Array.from({ length: answers }, (_, place) => (place % 7 === 3 ? 1 : 3)),
        days: Int32Array.from({ length: answers }, (_, place) => 2 * (place % (recallsEach + 1))),
        recalls: cards * recallsEach,
      },
      current: [
        0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614,
        0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
      ],
      enableShortTerm: true,
      control: new Int32Array(new SharedArrayBuffer(8)),
    },
  });
  return new Promise((resolve, reject) => {
    worker.on('message', (message) => message.kind !== 'progress' && resolve(message));
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`The packed fit ended with code ${code} and no answer.`)));
  });
}
