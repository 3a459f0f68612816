// The built app in out/, and the built gallery of its components, each made again whenever something that goes into it changed.
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { stepFailure } from './failure.mjs';
import { fingerprint, readStamp } from './hash.mjs';
import { commandScript, inProject } from './paths.mjs';
import { runNode24 } from './processes.mjs';

/**
 * @typedef {object} Build
 * @property {string} what What is built, as a sentence begins with it.
 * @property {readonly string[]} command
 * @property {readonly string[]} sources Everything that the build reads.
 * @property {readonly string[]} products Files without which nothing can start, whatever the stamp says.
 * @property {readonly string[]} stamp
 */

/** Without content/ on purpose: it is read when the app runs. */
const sourcesOfApp = [
  'src-shared',
  'src-main',
  'src-renderer',
  'electron.config.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.base.json',
];

/** @type {Build} */
export const app = {
  what: 'The app',
  command: ['electron-vite', 'build', '-c', 'electron.config.ts'],
  sources: sourcesOfApp,
  products: [
    'out/main/electron.js',
    'out/main/loopback.js',
    'out/preload/preload.cjs',
    'out/renderer/index.html',
  ],
  stamp: ['out', '.build-hash'],
};

/** For the tests and the pictures; no part of the app. @type {Build} */
export const gallery = {
  what: 'The gallery',
  command: ['vite', 'build', '--config', 'gallery.config.ts'],
  sources: [...sourcesOfApp.filter((path) => path !== 'src-main'), 'gallery.config.ts'],
  products: ['out/gallery/gallery.html'],
  stamp: ['out', '.gallery-hash'],
};

/** Whether it was built from the sources as they are now. @param {Build} build */
export const isFresh = ({ products, stamp, sources }) =>
  products.every((path) => existsSync(inProject(path))) && readStamp(...stamp) === fingerprint(sources);

/**
 * @param {Build} build
 * @throws a step failure with the build tool's last lines
 */
export async function make({ what, command: [tool = '', ...args], sources, products, stamp }) {
  rmSync(inProject(...stamp), { force: true });
  // Taken before the build: what changes while it runs makes the stamp old at once, and is built next time.
  const builtFrom = fingerprint(sources);
  const { code, output } = await runNode24([commandScript(tool) ?? '', ...args], {
    env: { NODE_ENV: 'production', FORCE_COLOR: '0' },
  });
  const missing = products.filter((path) => !existsSync(inProject(path)));
  if (code !== 0 || missing.length > 0) {
    throw stepFailure({
      what: `${what} could not be built.`,
      why: code !== 0 ? 'A source file has an error.' : `The build left out ${missing.join(', ')}.`,
      advice: 'If you changed a source, mend what the output below names. Then run the same command again.',
      output,
    });
  }
  mkdirSync(inProject('out'), { recursive: true });
  writeFileSync(inProject(...stamp), builtFrom);
}
