// `npm test`: sets everything up, then checks, unit tests, browser tests and the packaging test.
// Its last line is the sum: N passed, N failed, N skipped.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runChecks } from './check.mjs';
import { describeFailure } from './lib/failure.mjs';
import { addOutcomes, lastLine, noOutcome, withRunnerFailure } from './lib/outcome.mjs';
import { commandScript, inProject, node24Path, projectEnvironment } from './lib/paths.mjs';
import { outcomeFileVariable as playwrightFile } from './lib/playwright-outcome.mjs';
import { endOnSignals, onExit, runShown } from './lib/processes.mjs';
import { say, secondsSince } from './lib/progress.mjs';
import { runScript } from './lib/script.mjs';
import { outcomeFileVariable as vitestFile } from './lib/vitest-outcome.mjs';
import { setUp, setUpChromium, setUpGallery } from './setup.mjs';

/** @typedef {import('./lib/outcome.mjs').Outcome} Outcome */

const scratch = mkdtempSync(join(tmpdir(), 'slipway-test-'));
onExit(() => rmSync(scratch, { recursive: true, force: true }));

/**
 * Runs a test runner that prints for people and writes its outcome to a file for us.
 * @param {string} part
 * @param {readonly string[]} args
 * @param {string} fileVariable
 * @param {Record<string, string>} [env]
 * @returns {Promise<Outcome>}
 */
async function runRunner(part, [command = '', ...args], fileVariable, env = {}) {
  const file = join(scratch, `${part.replaceAll(' ', '-')}.json`);
  const exitCode = await runShown(node24Path, [commandScript(command) ?? command, ...args], {
    env: projectEnvironment({ ...env, [fileVariable]: file }),
  });
  const outcome = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : noOutcome();
  return withRunnerFailure(outcome, part, exitCode);
}

/** @param {string} name */
const reporter = (name) => inProject('scripts', 'lib', name);

/** One test: that the packed app holds exactly what runs, and runs. @returns {Promise<Outcome>} */
async function checkPackage() {
  const exitCode = await runShown(node24Path, [inProject('scripts', 'package-check.mjs')], {
    env: projectEnvironment(),
  });
  return { passed: exitCode === 0 ? 1 : 0, failed: exitCode === 0 ? [] : ['package:check'], skipped: [] };
}

/** @type {Record<string, {title: string, run: (chromium: string) => Promise<Outcome>}>} */
const parts = {
  check: { title: 'Checks', run: () => runChecks() },
  unit: {
    title: 'Unit tests',
    // The layer test is one of the checks.
    run: () => {
      const reporters = ['--reporter=default', `--reporter=${reporter('vitest-outcome.mjs')}`];
      return runRunner(
        'unit tests',
        ['vitest', 'run', '--exclude', 'test/layers/**', ...reporters],
        vitestFile,
      );
    },
  },
  e2e: {
    title: 'Browser tests',
    run: (chromium) =>
      runRunner(
        'browser tests',
        ['playwright', 'test', `--reporter=list,${reporter('playwright-outcome.mjs')}`],
        playwrightFile,
        {
          SLIPWAY_CHROMIUM: chromium,
        },
      ),
  },
  package: { title: 'Packaging test', run: checkPackage },
};

/** @param {string[]} args */
function chosenParts(args) {
  const { values } = parseArgs({ args, options: { only: { type: 'string' } } });
  const names = values.only === undefined ? Object.keys(parts) : values.only.split(',');
  return names.map((name) => {
    const part = parts[name];
    if (part === undefined) throw new Error(`--only takes ${Object.keys(parts).join(', ')}, not "${name}"`);
    return { name, ...part };
  });
}

/**
 * @param {Outcome} all
 * @returns {number} the exit code
 */
function sumUp(all) {
  if (all.skipped.length > 0) {
    say(`\nSkipped:\n${all.skipped.map(({ name, reason }) => `  ${name}: ${reason}`).join('\n')}`);
  }
  if (all.failed.length > 0) say(`\nFailed:\n${all.failed.map((name) => `  ${name}`).join('\n')}`);
  say('');
  process.stdout.write(`${lastLine(all)}\n`);
  return all.failed.length === 0 ? 0 : 1;
}

endOnSignals();
await runScript(async () => {
  let chosen;
  try {
    chosen = chosenParts(process.argv.slice(2));
  } catch (error) {
    say(/** @type {Error} */ (error).message);
    return 2;
  }
  let chromium = '';
  try {
    await setUp({ build: true });
    if (chosen.some(({ name }) => name === 'e2e')) {
      await setUpGallery();
      chromium = await setUpChromium();
    }
  } catch (error) {
    say(describeFailure(error));
    return sumUp({ passed: 0, failed: ['set-up'], skipped: [] });
  }
  /** @type {Outcome[]} */
  const outcomes = [];
  for (const { title, run } of chosen) {
    const startedMs = performance.now();
    say(`\n── ${title}`);
    const outcome = await run(chromium);
    outcomes.push(outcome);
    say(`── ${title}: ${lastLine(outcome)} (${secondsSince(startedMs)})`);
  }
  return sumUp(addOutcomes(outcomes));
});
