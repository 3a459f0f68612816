// Starting other programs so that none is left behind: each runs in a process group of its own,
// and an interrupt of the script ends all groups before the script itself ends.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { constants } from 'node:os';
import { node24Path, projectEnvironment, projectRoot } from './paths.mjs';

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */

const isWindows = process.platform === 'win32';

/** How long a program may take to end after it was asked to, before it is killed. */
const graceMs = 8000;

/** @type {Set<ChildProcess>} */
const running = new Set();

/** @type {Set<() => void>} */
const cleanups = new Set();

/**
 * Starts a program in a group of its own and remembers it until it has ended.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 */
export function startProgram(command, args, options = {}) {
  // A detached child of Windows opens a console window; there `taskkill /t` finds the tree instead.
  const child = spawn(command, [...args], { cwd: projectRoot, detached: !isWindows, ...options });
  running.add(child);
  child.once('close', () => running.delete(child));
  child.once('error', () => running.delete(child));
  return child;
}

/**
 * @param {ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
export function signalProgram(child, signal) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  if (isWindows) {
    // A host that listens on the IPC channel ends cleanly by its closing; Windows knows no such signal.
    if (child.connected && signal !== 'SIGKILL') child.disconnect();
    else spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    // The group ended between the look and the signal, which is what was wanted.
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
  }
}

/** @param {ChildProcess} child */
const ended = (child) =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(undefined);
    else child.once('close', resolve);
  });

/**
 * Asks a program to end, and kills it when it does not.
 * @param {ChildProcess} child
 * @param {NodeJS.Signals} [signal]
 */
export async function endProgram(child, signal = 'SIGTERM') {
  signalProgram(child, signal);
  const killer = setTimeout(() => signalProgram(child, 'SIGKILL'), graceMs);
  await ended(child);
  clearTimeout(killer);
}

/**
 * Something that must be undone even when the script is interrupted (a lock file, a temporary folder).
 * @param {() => void} undo
 * @returns {() => void} does it now, and takes it off the list
 */
export function onExit(undo) {
  cleanups.add(undo);
  return () => {
    if (cleanups.delete(undo)) undo();
  };
}

process.once('exit', () => {
  for (const undo of cleanups) undo();
});

/** Signals by which a terminal, a shell or a supervisor ends a script. */
const endingSignals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

let interrupted = false;

/** Whether the script is on its way out because of a signal: no further step should start. */
export const wasInterrupted = () => interrupted;

/**
 * Ends every started program, then the script, when a signal asks for it.
 * @param {(signal: NodeJS.Signals) => number} [exitCode] 128 + the signal's number by default, as shells have it
 */
export function endOnSignals(exitCode = (signal) => 128 + constants.signals[signal]) {
  /** @param {NodeJS.Signals} signal */
  const end = (signal) => {
    // A second Ctrl-C is somebody who does not want to wait.
    if (interrupted) for (const child of running) signalProgram(child, 'SIGKILL');
    if (interrupted) return;
    interrupted = true;
    void Promise.all([...running].map((child) => endProgram(child, signal))).then(() =>
      process.exit(exitCode(signal)),
    );
  };
  for (const signal of endingSignals) process.on(signal, end);
  watchNpmShell(() => end('SIGTERM'));
}

/**
 * npm hands SIGTERM to the shell between it and the script, and that shell ends without a word to the
 * script. The script sees it by having another parent all of a sudden.
 * @param {() => void} onShellEnd
 */
function watchNpmShell(onShellEnd) {
  if (process.env['npm_lifecycle_event'] === undefined || isWindows) return;
  const shellPid = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === shellPid) return;
    clearInterval(watch);
    onShellEnd();
  }, 200);
  watch.unref();
}

/**
 * @typedef {object} CapturedRun
 * @property {number | null} code null when a signal ended it or it could not be started
 * @property {string} output stdout and stderr as they came
 * @property {boolean} timedOut
 */

/**
 * Runs a program to its end and keeps what it prints.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions & {timeoutMs?: number}} [options]
 * @returns {Promise<CapturedRun>}
 */
export function runCaptured(command, args, { timeoutMs, ...options } = {}) {
  return new Promise((resolve) => {
    const child = startProgram(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let timedOut = false;
    const timer =
      timeoutMs === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            signalProgram(child, 'SIGKILL');
          }, timeoutMs);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8');
      stream?.on('data', (chunk) => (output += chunk));
    }
    /** @param {number | null} code */
    const finish = (code) => {
      clearTimeout(timer);
      // After an interrupt nothing may go on from here: the script ends as soon as all programs have.
      if (!interrupted) resolve({ code, output, timedOut });
    };
    child.once('error', (error) => {
      output += `${error.message}\n`;
      finish(null);
    });
    child.once('close', finish);
  });
}

/**
 * Runs a program with this script's own stdin, stdout and stderr.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>} its exit code; 128 + number for a signal
 */
export function runShown(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = startProgram(command, args, { stdio: ['ignore', 'inherit', 'inherit'], ...options });
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (!interrupted) resolve(code ?? 128 + constants.signals[signal ?? 'SIGKILL']);
    });
  });
}

/**
 * Runs a JavaScript or TypeScript file under Node 24 and keeps what it prints.
 * @param {readonly string[]} args
 * @param {{env?: Record<string, string | undefined>, timeoutMs?: number}} [options]
 */
export function runNode24(args, { env = {}, ...options } = {}) {
  return runCaptured(node24Path, args, { ...options, env: projectEnvironment(env) });
}

/**
 * How npm is started: through the Node that runs this script where npm's own file is known, because
 * `npm` is a shell script on Windows.
 * @returns {{command: string, args: string[], shell: boolean}}
 */
export function npmCommand() {
  const binFolder = dirname(process.execPath);
  const candidates = [
    process.env['npm_execpath'] ?? '',
    join(binFolder, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(binFolder, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ];
  const script = candidates.find((path) => basename(path) === 'npm-cli.js' && existsSync(path));
  if (script !== undefined) return { command: process.execPath, args: [script], shell: false };
  return { command: isWindows ? 'npm.cmd' : 'npm', args: [], shell: isWindows };
}

/**
 * Runs npm in the project and keeps what it prints.
 * @param {readonly string[]} args
 */
export function runNpm(args) {
  const npm = npmCommand();
  return runCaptured(npm.command, [...npm.args, ...args], { shell: npm.shell });
}
