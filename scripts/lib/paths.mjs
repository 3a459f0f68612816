// Where things are in a clone. Every script asks here, so that a move is one edit.
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root folder, wherever the caller stands. */
export const projectRoot = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/**
 * A path inside the project.
 * @param {...string} parts
 */
export const inProject = (...parts) => join(projectRoot, ...parts);

/** Node 24, which the npm package `node` brings: better-sqlite3 crashes under the Node 20 that a machine may have. */
export const node24Path = inProject(
  'node_modules',
  'node',
  'bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);

/** Packages whose command has another name than the package. */
const packageOfCommand = /** @type {Record<string, string>} */ ({
  tsc: 'typescript',
  asar: '@electron/asar',
});

/**
 * The JavaScript file behind a command of node_modules/.bin, read from the package itself:
 * the entries of .bin are shell scripts on Windows and cannot be handed to a chosen Node.
 * @param {string} command
 * @returns {string | undefined} undefined when no installed package brings the command
 */
export function commandScript(command) {
  const packageFolder = inProject('node_modules', packageOfCommand[command] ?? command);
  const manifestPath = join(packageFolder, 'package.json');
  if (!existsSync(manifestPath)) return undefined;
  const { bin } = JSON.parse(readFileSync(manifestPath, 'utf8'));
  const script = typeof bin === 'string' ? bin : bin?.[command];
  return script === undefined ? undefined : join(packageFolder, script);
}

/**
 * The caller's environment with Node 24 and the project's commands first on PATH, so that tools
 * which start `node` themselves get the same one.
 * @param {Record<string, string | undefined>} [extra]
 * @returns {NodeJS.ProcessEnv}
 */
export function projectEnvironment(extra = {}) {
  /** @type {NodeJS.ProcessEnv} */
  const environment = { ...process.env, ...extra };
  // Windows writes the name as `Path`, and two spellings side by side would hide each other.
  const pathName = Object.keys(environment).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  const folders = [dirname(node24Path), inProject('node_modules', '.bin'), environment[pathName] ?? ''];
  environment[pathName] = folders.filter(Boolean).join(delimiter);
  return environment;
}
