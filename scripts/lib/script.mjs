// What every script's beginning and end have in common.
import { realpathSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeFailure } from './failure.mjs';
import { say } from './progress.mjs';

/** The folder in which the user typed the command: npm itself runs scripts in the project's root. */
export const callerFolder = process.env['INIT_CWD'] ?? process.cwd();

/**
 * A path as the user meant it.
 * @param {string} path
 */
export const fromCaller = (path) => (isAbsolute(path) ? path : resolve(callerFolder, path));

/** @param {string} moduleUrl `import.meta.url` of the asking module */
export const isMainScript = (moduleUrl) =>
  process.argv[1] !== undefined && realpathSync(process.argv[1]) === realpathSync(fileURLToPath(moduleUrl));

/**
 * Runs a script's main function: its result is the exit code, and a failure is told in plain words.
 * @param {() => Promise<number>} main
 */
export async function runScript(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    say(describeFailure(error));
    process.exitCode = 1;
  }
}
