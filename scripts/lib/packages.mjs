// The packages that package-lock.json names, installed again whenever it changed.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { explainOutput, saysUnreachable, stepFailure } from './failure.mjs';
import { readStamp } from './hash.mjs';
import { inProject } from './paths.mjs';
import { runNpm } from './processes.mjs';

const stampParts = ['node_modules', '.slipway-setup.json'];

const lockPath = () => inProject('package-lock.json');

/** What the stamp holds after a whole installation: a folder shared with another platform needs its own packages. */
function wantedStamp() {
  const lockHash = createHash('sha256').update(readFileSync(lockPath())).digest('hex');
  return JSON.stringify({ lockHash, platform: `${process.platform}-${process.arch}` });
}

/** Whether the installed packages are the lock file's. The stamp is written last, so a broken-off installation counts as none. */
export const packagesAreInstalled = () =>
  existsSync(lockPath()) && readStamp(...stampParts) === wantedStamp();

/** npm would quietly resolve anew what the lock file does not name: everybody gets the same packages, or none. */
function demandMatchingLock() {
  const advice =
    'Restore package-lock.json with git, or run `npm install` once and commit the lock file it writes.';
  if (!existsSync(lockPath())) {
    throw stepFailure({
      what: 'The packages were not installed.',
      why: 'package-lock.json is missing.',
      advice,
    });
  }
  const manifest = JSON.parse(readFileSync(inProject('package.json'), 'utf8'));
  const locked = JSON.parse(readFileSync(lockPath(), 'utf8')).packages?.[''] ?? {};
  for (const group of ['dependencies', 'devDependencies']) {
    if (isDeepStrictEqual(manifest[group] ?? {}, locked[group] ?? {})) continue;
    const why = `The ${group} of package.json and of package-lock.json differ.`;
    throw stepFailure({ what: 'The packages were not installed.', why, advice });
  }
}

/**
 * Without a network npm asks for each of some 500 packages, again and again, for many minutes: one
 * question beforehand tells it in seconds. A registry that cannot answer this question (a mirror) is no reason to stop.
 */
async function demandReachableRegistry() {
  const { code, output } = await runNpm(['ping', '--fetch-retries=1', '--fetch-retry-mintimeout=1000']);
  if (code !== 0 && saysUnreachable(output)) {
    const cause = explainOutput(output, 'The package registry did not answer.');
    throw stepFailure({ what: 'The packages could not be installed.', ...cause, output });
  }
}

/**
 * Runs `npm install` from the lock file. (`npm ci` would refuse it: the lock file lacks some
 * optional packages of other platforms.)
 * @throws a step failure with npm's cause in plain words
 */
export async function installPackages() {
  demandMatchingLock();
  await demandReachableRegistry();
  const lockBefore = readFileSync(lockPath());
  rmSync(inProject(...stampParts), { force: true });
  const { code, output } = await runNpm([
    'install',
    '--no-save',
    '--no-audit',
    '--no-fund',
    // NODE_ENV=production or `omit=dev` in a user's settings would leave the build tools out.
    '--include=dev',
    '--include=optional',
  ]);
  if (code !== 0) {
    const cause = explainOutput(output, 'npm install ended with an error.');
    throw stepFailure({ what: 'The packages could not be installed.', ...cause, output });
  }
  if (!readFileSync(lockPath()).equals(lockBefore)) {
    writeFileSync(lockPath(), lockBefore);
    throw stepFailure({
      what: 'The packages were not installed as locked.',
      why: 'npm wanted to change package-lock.json; the file was put back.',
      advice: 'Delete the folder node_modules and run the same command again.',
      output,
    });
  }
  writeFileSync(inProject(...stampParts), wantedStamp());
}
