// A Chromium for the browser tests: one that is there already, else the distribution's package
// (Debian as root), else the one that Playwright brings.
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { explainOutput, stepFailure } from './failure.mjs';
import { commandScript } from './paths.mjs';
import { runCaptured, runNode24 } from './processes.mjs';
import { say } from './progress.mjs';

/** @returns {string[]} where this platform usually keeps a Chromium-family browser */
function usualPaths() {
  if (process.platform === 'darwin') {
    const apps = [
      'Chromium.app/Contents/MacOS/Chromium',
      'Google Chrome.app/Contents/MacOS/Google Chrome',
      'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    ];
    return ['/Applications', join(homedir(), 'Applications')].flatMap((folder) =>
      apps.map((app) => join(folder, app)),
    );
  }
  if (process.platform === 'win32') {
    const programs = [
      'Chromium\\Application\\chrome.exe',
      'Google\\Chrome\\Application\\chrome.exe',
      'Microsoft\\Edge\\Application\\msedge.exe',
    ];
    const folders = [
      process.env['ProgramFiles'],
      process.env['ProgramFiles(x86)'],
      process.env['LOCALAPPDATA'],
    ];
    return folders.flatMap((folder) =>
      folder === undefined ? [] : programs.map((program) => join(folder, program)),
    );
  }
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
  return ['/usr/bin', '/usr/local/bin', '/snap/bin'].flatMap((folder) =>
    names.map((name) => join(folder, name)),
  );
}

/** Where Playwright keeps its own, if it was installed: the path does not tell whether the file exists. */
async function playwrightPath() {
  const question = "import { chromium } from 'playwright'; process.stdout.write(chromium.executablePath());";
  const { code, output } = await runNode24(['--input-type=module', '--eval', question], {
    timeoutMs: 30_000,
  });
  return code === 0 ? output.trim() : '';
}

/**
 * Whether a file is a browser that runs here: Ubuntu's /usr/bin/chromium-browser may be a note that
 * the snap is missing, and a Chromium may lack libraries.
 * @param {string} path
 */
async function runs(path) {
  if (!existsSync(path)) return false;
  // On Windows `--version` would open a window; there an existing file has to do.
  if (process.platform === 'win32') return true;
  const { code, output } = await runCaptured(path, ['--version'], { timeoutMs: 30_000 });
  return code === 0 && /chrom|edge/i.test(output);
}

/**
 * @returns {Promise<string | undefined>} the executable of a Chromium-family browser that runs here
 * @throws a step failure when SLIPWAY_CHROMIUM names something else
 */
export async function findChromium() {
  const named = process.env['SLIPWAY_CHROMIUM'];
  if (named !== undefined && named !== '') {
    if (await runs(named)) return named;
    throw stepFailure({
      what: 'The browser for the tests was not found.',
      why: `SLIPWAY_CHROMIUM names ${named}, which is no Chromium that runs here.`,
      advice: 'Point SLIPWAY_CHROMIUM at a Chromium or Chrome executable, or unset it.',
    });
  }
  for (const path of [await playwrightPath(), ...usualPaths()]) {
    if (path !== '' && (await runs(path))) return path;
  }
  return undefined;
}

function isDebianAsRoot() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get'))
    return false;
  return (
    existsSync('/etc/os-release') &&
    /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'))
  );
}

/** @returns {Promise<string>} what apt-get printed when it failed, or an empty string */
async function installDebianPackage() {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
    const { code, output } = await runCaptured('apt-get', args, { env });
    if (code !== 0) return output;
  }
  return '';
}

/**
 * @returns {Promise<string>} the executable
 * @throws a step failure when there is no way to one
 */
export async function installChromium() {
  let output = '';
  if (isDebianAsRoot()) {
    output = await installDebianPackage();
    const installed = await findChromium();
    if (installed !== undefined) return installed;
    say('  The distribution’s chromium package did not give a browser; trying Playwright’s own');
  }
  const download = await runNode24([commandScript('playwright') ?? '', 'install', 'chromium'], {
    timeoutMs: 600_000,
  });
  output += download.output;
  const installed = await findChromium();
  if (installed !== undefined) return installed;
  const cause =
    download.code === 0
      ? {
          why: 'A Chromium was downloaded, but libraries that it needs are missing on this machine.',
          advice: 'Run `npx playwright install-deps chromium` as an administrator, then run it again.',
        }
      : explainOutput(output, 'It could not be downloaded.');
  throw stepFailure({
    what: 'No Chromium for the browser tests could be set up.',
    why: cause.why,
    advice: `${cause.advice} Or install Chromium or Chrome yourself and set SLIPWAY_CHROMIUM to its executable.`,
    output,
  });
}
