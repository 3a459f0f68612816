// Node 24, on which everything but these scripts runs. It comes as the npm package `node`, whose
// install script fetches the binary; install scripts are switched off in .npmrc, so it is run by name.
import { existsSync, readFileSync } from 'node:fs';
import { explainOutput, stepFailure } from './failure.mjs';
import { inProject, node24Path } from './paths.mjs';
import { runCaptured, runNpm } from './processes.mjs';

/** The version that package-lock.json names. */
const wantedVersion = () =>
  JSON.parse(readFileSync(inProject('node_modules', 'node', 'package.json'), 'utf8')).version;

/** @returns {Promise<boolean>} whether Node 24 is there and answers with the version of its package */
export async function node24IsReady() {
  if (!existsSync(node24Path)) return false;
  const { code, output } = await runCaptured(node24Path, ['--version'], { timeoutMs: 20_000 });
  return code === 0 && output.trim() === `v${wantedVersion()}`;
}

/** @throws a step failure when the binary cannot be fetched or does not run */
export async function fetchNode24() {
  const { code, output } = await runNpm([
    'rebuild',
    'node',
    '--ignore-scripts=false',
    '--fetch-retries=1',
    '--fetch-retry-mintimeout=1000',
  ]);
  if (code === 0 && (await node24IsReady())) return;
  const what = `Node ${wantedVersion()} could not be set up.`;
  if (code !== 0) {
    throw stepFailure({ what, ...explainOutput(output, 'Its install script ended with an error.'), output });
  }
  throw stepFailure({
    what,
    why: `The binary was fetched but does not run on this machine (${process.platform} ${process.arch}).`,
    advice: 'Slipway needs Linux with glibc 2.28 or newer, macOS 13.5 or newer, or Windows 10 or newer.',
    output,
  });
}
