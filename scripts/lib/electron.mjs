// Electron's binary: the npm package `electron` comes without it and fetches it on demand.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { explainOutput } from './failure.mjs';
import { inProject } from './paths.mjs';
import { runNode24 } from './processes.mjs';

/** How long a start waits for Electron (about 110 MB) before it takes the browser instead. */
const fetchLimitMs = 120_000;

const executable =
  process.platform === 'darwin'
    ? 'Electron.app/Contents/MacOS/Electron'
    : process.platform === 'win32'
      ? 'electron.exe'
      : 'electron';

const packagePath = (/** @type {string[]} */ ...parts) => inProject('node_modules', 'electron', ...parts);

/** Whether node_modules/electron/dist holds the package's own version, unpacked to the end. */
function ownDistIsWhole() {
  if (!existsSync(packagePath('path.txt')) || !existsSync(packagePath('dist', 'version'))) return false;
  const { version } = JSON.parse(readFileSync(packagePath('package.json'), 'utf8'));
  return readFileSync(packagePath('dist', 'version'), 'utf8').trim().replace(/^v/, '') === version;
}

/**
 * @returns {string | undefined} Electron's executable: in the folder that ELECTRON_OVERRIDE_DIST_PATH
 *   names, when it is set, else in the npm package
 */
export function findElectron() {
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (folder !== undefined && folder !== '') {
    const path = join(folder, executable);
    return existsSync(path) ? path : undefined;
  }
  const path = packagePath('dist', executable);
  return ownDistIsWhole() && existsSync(path) ? path : undefined;
}

/**
 * Fetches Electron's binary into its npm package.
 * @returns {Promise<{path: string} | {why: string}>} the executable, or why there is none, in plain words
 */
export async function fetchElectron() {
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (folder !== undefined && folder !== '') {
    return { why: `ELECTRON_OVERRIDE_DIST_PATH names ${folder}, which holds no ${executable}.` };
  }
  const { output, timedOut } = await runNode24([packagePath('install.js')], { timeoutMs: fetchLimitMs });
  const path = findElectron();
  if (path !== undefined) return { path };
  if (timedOut) return { why: `It was not there after ${fetchLimitMs / 1000} seconds.` };
  return { why: explainOutput(output, 'Its download ended with an error.').why };
}
