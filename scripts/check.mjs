// `npm run check`: everything that a machine can say about the sources without running them.
import { commandScript } from './lib/paths.mjs';
import { endOnSignals, runNode24, wasInterrupted } from './lib/processes.mjs';
import { say, secondsSince } from './lib/progress.mjs';
import { isMainScript, runScript } from './lib/script.mjs';
import { setUp } from './setup.mjs';

/** @typedef {import('./lib/outcome.mjs').Outcome} Outcome */

/** The slowest first, so that the two that run side by side end together. */
const checks = [
  { name: 'eslint', args: ['eslint', '.', '--max-warnings', '0'] },
  {
    name: 'types of the renderer',
    args: [
      'svelte-check',
      '--tsconfig',
      'src-renderer/tsconfig.json',
      '--fail-on-warnings',
      '--output',
      'human',
    ],
  },
  { name: 'types of src-main, src-shared and test', args: ['tsc', '-p', 'tsconfig.json'] },
  { name: 'knip (unused files, exports and packages)', args: ['knip'] },
  { name: 'prettier', args: ['prettier', '--check', '--log-level', 'warn', '.'] },
  { name: 'types of src-shared without DOM and Node', args: ['tsc', '-p', 'src-shared/tsconfig.json'] },
  { name: 'types of scripts', args: ['tsc', '-p', 'scripts/tsconfig.json'] },
  { name: 'layers', args: ['vitest', 'run', 'test/layers'] },
];

const sideBySide = 2;

/** @param {{name: string, args: string[]}} check */
async function runCheck({ name, args: [command = '', ...args] }) {
  const startedMs = performance.now();
  const script = commandScript(command) ?? command;
  const { code, output } = await runNode24([script, ...args], { env: { FORCE_COLOR: '0', NO_COLOR: '1' } });
  say(`${code === 0 ? '✓' : '✗'} ${name} (${secondsSince(startedMs)})`);
  if (code !== 0) say(output.trim().replace(/^/gm, '    '));
  return { name: `check › ${name}`, passed: code === 0 };
}

/**
 * Runs all checks, whatever fails.
 * @returns {Promise<Outcome>} one test for each check
 */
export async function runChecks() {
  const waiting = [...checks];
  /** @type {{name: string, passed: boolean}[]} */
  const results = [];
  const worker = async () => {
    for (let check = waiting.shift(); check !== undefined && !wasInterrupted(); check = waiting.shift()) {
      results.push(await runCheck(check));
    }
  };
  await Promise.all(Array.from({ length: sideBySide }, worker));
  return {
    passed: results.filter(({ passed }) => passed).length,
    failed: results.filter(({ passed }) => !passed).map(({ name }) => name),
    skipped: [],
  };
}

if (isMainScript(import.meta.url)) {
  endOnSignals();
  await runScript(async () => {
    await setUp({ build: false });
    const { failed } = await runChecks();
    return failed.length === 0 ? 0 : 1;
  });
}
