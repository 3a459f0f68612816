// The built app in out/, made again whenever something that goes into it changed.
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { stepFailure } from './failure.mjs';
import { fingerprint, readStamp } from './hash.mjs';
import { commandScript, inProject } from './paths.mjs';
import { runNode24 } from './processes.mjs';

/** Everything that the build reads. content/ is missing on purpose: it is read when the app runs. */
const sources = [
  'src-shared',
  'src-main',
  'src-renderer',
  'electron.config.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.base.json',
];

/** Files without which nothing can start, whatever the stamp says. */
const products = [
  'out/main/electron.js',
  'out/main/loopback.js',
  'out/preload/preload.cjs',
  'out/renderer/index.html',
];

const stampParts = ['out', '.build-hash'];

/** Whether out/ was built from the sources as they are now. */
export const buildIsFresh = () =>
  products.every((path) => existsSync(inProject(path))) && readStamp(...stampParts) === fingerprint(sources);

/** @throws a step failure with the build tool's last lines */
export async function buildApp() {
  rmSync(inProject(...stampParts), { force: true });
  // Taken before the build: what changes while it runs makes the stamp old at once, and is built next time.
  const builtFrom = fingerprint(sources);
  const script = commandScript('electron-vite') ?? '';
  const { code, output } = await runNode24([script, 'build', '-c', 'electron.config.ts'], {
    env: { NODE_ENV: 'production', FORCE_COLOR: '0' },
  });
  const missing = products.filter((path) => !existsSync(inProject(path)));
  if (code !== 0 || missing.length > 0) {
    throw stepFailure({
      what: 'The app could not be built.',
      why: code !== 0 ? 'A source file has an error.' : `The build left out ${missing.join(', ')}.`,
      advice: 'If you changed a source, mend what the output below names. Then run the same command again.',
      output,
    });
  }
  mkdirSync(inProject('out'), { recursive: true });
  writeFileSync(inProject(...stampParts), builtFrom);
}
