// All set-up of a clone, by Node's built-in modules only: `npm start` and `npm test` call it first.
// Run by itself: node scripts/setup.mjs [--tests]
import { app, gallery, isFresh, make } from './lib/build.mjs';
import { findChromium, installChromium } from './lib/chromium.mjs';
import { stepFailure } from './lib/failure.mjs';
import { withSetupLock } from './lib/lock.mjs';
import { fetchNode24, node24IsReady } from './lib/node24.mjs';
import { installPackages, packagesAreInstalled } from './lib/packages.mjs';
import { endOnSignals } from './lib/processes.mjs';
import { say, step } from './lib/progress.mjs';
import { isMainScript, runScript } from './lib/script.mjs';

const oldestNodeMajor = 20;

function demandUsableNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= oldestNodeMajor) return;
  throw stepFailure({
    what: 'Set-up did not start.',
    why: `This is Node ${process.versions.node}, and Slipway needs Node ${oldestNodeMajor} or newer.`,
    advice: 'Install a current Node from https://nodejs.org, then run the same command again.',
  });
}

/** A step that is looked at first, done only when needed, and looked at again once no other set-up is at work. */
async function doWhatIsNeeded(/** @type {boolean} */ withBuild) {
  if (!packagesAreInstalled()) {
    await step({ doing: 'Installing packages', done: 'Installed packages' }, installPackages);
  }
  if (!(await node24IsReady()))
    await step({ doing: 'Fetching Node 24', done: 'Fetched Node 24' }, fetchNode24);
  if (withBuild && !isFresh(app))
    await step({ doing: 'Building the app', done: 'Built the app' }, () => make(app));
}

/**
 * Brings the clone to where the app, or a tool of the project, can run. Says nothing when it is there already.
 * @param {{build: boolean}} wanted `build: false` for tools that read the sources
 * @throws a step failure
 */
export async function setUp({ build }) {
  demandUsableNode();
  if (packagesAreInstalled() && (await node24IsReady()) && (!build || isFresh(app))) return;
  await withSetupLock(() => doWhatIsNeeded(build));
}

/**
 * @returns {Promise<string>} the executable of a Chromium for the browser tests
 * @throws a step failure
 */
export async function setUpChromium() {
  const found = await findChromium();
  if (found !== undefined) return found;
  return withSetupLock(async () => {
    const installedMeanwhile = await findChromium();
    if (installedMeanwhile !== undefined) return installedMeanwhile;
    return step({ doing: 'Installing Chromium for the tests', done: 'Installed Chromium' }, installChromium);
  });
}

/** The gallery of components, for the browser tests and the pictures. @throws a step failure */
export async function setUpGallery() {
  if (isFresh(gallery)) return;
  await withSetupLock(async () => {
    if (isFresh(gallery)) return;
    await step({ doing: 'Building the gallery', done: 'Built the gallery' }, () => make(gallery));
  });
}

if (isMainScript(import.meta.url)) {
  endOnSignals();
  await runScript(async () => {
    await setUp({ build: true });
    if (process.argv.includes('--tests')) await setUpGallery();
    if (process.argv.includes('--tests')) say(`✓ The tests use ${await setUpChromium()}`);
    say('✓ Slipway is set up');
    return 0;
  });
}
