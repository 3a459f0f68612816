// Starting one of the two hosts and staying until it has ended.
import { inProject, node24Path, projectRoot } from './paths.mjs';
import { runShown } from './processes.mjs';

/** @typedef {import('./choose-host.mjs').StartFlags} StartFlags */

/** Electron that ends by itself with an error within this time never showed a window. */
const openingMs = 8000;

/** @param {StartFlags} flags */
const dataDirArgs = ({ dataDir }) => (dataDir === undefined ? [] : ['--data-dir', dataDir]);

/**
 * Runs the loopback host; it prints the ready line itself.
 * @param {StartFlags} flags
 * @returns {Promise<number>} its exit code
 */
export function runLoopback(flags) {
  const args = [
    '--import',
    new URL('./end-with-parent.mjs', import.meta.url).href,
    inProject('out', 'main', 'loopback.js'),
    ...(flags.port === undefined ? [] : ['--port', String(flags.port)]),
    ...dataDirArgs(flags),
    ...(flags.noOpen ? ['--no-open'] : []),
  ];
  return runShown(node24Path, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
}

/**
 * Opens the app in Electron.
 * @param {string} electronPath
 * @param {StartFlags} flags
 * @returns {Promise<{exitCode: number, failedToOpen: boolean}>}
 */
export async function runElectron(electronPath, flags) {
  const startedMs = performance.now();
  const env = { ...process.env };
  // Set by some editors' terminals; Electron would then behave as a plain Node and open nothing.
  delete env['ELECTRON_RUN_AS_NODE'];
  const exitCode = await runShown(electronPath, [projectRoot, ...dataDirArgs(flags)], { env });
  return { exitCode, failedToOpen: exitCode !== 0 && performance.now() - startedMs < openingMs };
}
