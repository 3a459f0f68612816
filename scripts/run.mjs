// node scripts/run.mjs [--build] [--chromium] FILE.ts|COMMAND [args...]
// Sets the clone up (without a word when that is done), then runs a TypeScript file of the project
// or a command of node_modules/.bin under Node 24. A path among the arguments is meant as seen from
// where the user typed the command; npm runs this in the project's root.
import { existsSync } from 'node:fs';
import { extname } from 'node:path';
import { stepFailure } from './lib/failure.mjs';
import { commandScript, inProject, node24Path, projectEnvironment, projectRoot } from './lib/paths.mjs';
import { endOnSignals, runShown } from './lib/processes.mjs';
import { callerFolder, fromCaller, runScript } from './lib/script.mjs';
import { setUp, setUpChromium } from './setup.mjs';

/** @param {string} target */
function scriptOf(target) {
  const isFile = ['.ts', '.mts', '.js', '.mjs', '.cjs'].includes(extname(target));
  const script = isFile ? inProject(target) : commandScript(target);
  if (script !== undefined && existsSync(script)) return script;
  throw stepFailure({
    what: `${target} could not be run.`,
    why: isFile ? 'The project has no such file.' : 'No installed package brings a command of that name.',
    advice: 'Look at the "scripts" of package.json for what there is to run.',
  });
}

/** @param {string} argument */
function asSeenFromCaller(argument) {
  const isElsewhere = callerFolder !== projectRoot && !argument.startsWith('-');
  return isElsewhere && existsSync(fromCaller(argument)) ? fromCaller(argument) : argument;
}

endOnSignals();
await runScript(async () => {
  const args = process.argv.slice(2);
  const build = args[0] === '--build';
  if (build) args.shift();
  const withChromium = args[0] === '--chromium';
  if (withChromium) args.shift();
  const [target, ...rest] = args;
  if (target === undefined) {
    process.stderr.write('node scripts/run.mjs [--build] [--chromium] FILE.ts|COMMAND [args...]\n');
    return 2;
  }
  await setUp({ build });
  const chromium = withChromium ? { SLIPWAY_CHROMIUM: await setUpChromium() } : {};
  return runShown(node24Path, [scriptOf(target), ...rest.map(asSeenFromCaller)], {
    // A program in a group of its own would be stopped for reading from the terminal; a pipe it may read.
    stdio: [process.stdin.isTTY ? 'ignore' : 'inherit', 'inherit', 'inherit'],
    env: projectEnvironment(chromium),
  });
});
