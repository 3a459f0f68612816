// Packs the app with a stand-in for Electron (everywhere, without a download) and proves of the result:
// its archive holds exactly what runs, its fuses are set, and its core runs from the packed files alone.
// Run under Node 24 by `npm run package:check`.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { extractAll } from '@electron/asar';
import { commandScript, inProject } from './lib/paths.mjs';
import { archivedFiles, askPackedCore, fusesOf, runPackedFit } from './lib/packed-app.mjs';
import { endOnSignals, onExit, runNode24 } from './lib/processes.mjs';
import { secondsSince } from './lib/progress.mjs';
import { runScript } from './lib/script.mjs';
import { makeStubElectron } from './lib/stub-electron.mjs';

/** The stand-in is a Linux one; the files and fuses are chosen the same way on every platform. */
const target = { platform: 'linux', arch: process.arch === 'arm64' ? 'arm64' : 'x64' };

/**
 * All files below a folder of the project, with forward slashes.
 * @param {string} folder
 */
const filesBelow = (folder) =>
  readdirSync(inProject(folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath.slice(inProject().length + 1)}/${entry.name}`.replaceAll('\\', '/'));

const sqlite = 'node_modules/better-sqlite3';
const optimiser = 'node_modules/@open-spaced-repetition/binding';
/** The binding's package for the target; it is installed where target and machine are the same. */
const optimiserOfTarget = `${optimiser}-${target.platform}-${target.arch}-gnu`;

/** The native modules, which must lie outside of the archive to be loaded. */
const natives = [
  `${sqlite}/prebuilds/${target.platform}-${target.arch}.node`,
  `${optimiserOfTarget}/fsrs-binding.${target.platform}-${target.arch}-gnu.node`,
];

/** What the archive has to hold, to the last file. */
function expectedFiles() {
  const library = filesBelow(`${sqlite}/lib`).filter(
    (path) => !/\/(linux|linuxmusl|darwin|win32)-[^/]+$/.test(path),
  );
  return [
    'package.json',
    ...['out/main', 'out/preload', 'out/renderer'].flatMap(filesBelow),
    ...filesBelow('content'),
    ...library,
    ...[sqlite, optimiser, optimiserOfTarget].map((module) => `${module}/package.json`),
    ...[sqlite, optimiser, optimiserOfTarget].map((module) => `${module}/LICENSE`),
    `${optimiser}/dist/index.cjs`,
    ...natives,
  ].sort();
}

/** Nothing of this may be in the archive, even if the two lists above agreed on it. */
const neverPacked =
  /\.(map|ts|svelte)$|^(src-|test|scripts|docs|node_modules\/(?!better-sqlite3\/|@open-spaced-repetition\/binding))|\.test\.|(^|\/)\./;

/** @param {string} folder */
async function pack(folder) {
  mkdirSync(join(folder, 'electron'));
  await makeStubElectron(join(folder, 'electron'));
  const { code, output } = await runNode24(
    [
      commandScript('electron-builder') ?? '',
      '--linux',
      '--dir',
      `--${target.arch}`,
      `--config.directories.output=${join(folder, 'dist')}`,
      `--config.electronDist=${join(folder, 'electron')}`,
    ],
    { env: { FORCE_COLOR: '0' } },
  );
  assert.equal(code, 0, `electron-builder failed:\n${output}`);
  const unpacked = readdirSync(join(folder, 'dist')).find((name) => name.endsWith('unpacked'));
  assert.ok(unpacked, `electron-builder made no unpacked folder:\n${output}`);
  return join(folder, 'dist', unpacked);
}

/** @param {string} name @param {() => Promise<string> | string} prove */
async function claim(name, prove) {
  const startedMs = performance.now();
  const found = await prove();
  process.stdout.write(`✓ ${name}: ${found} (${secondsSince(startedMs)})\n`);
}

endOnSignals();
await runScript(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-package-'));
  onExit(() => rmSync(folder, { recursive: true, force: true }));
  let packed = '';
  await claim('electron-builder packs the app', async () => {
    packed = await pack(folder);
    return `linux ${target.arch}, with a stand-in for Electron`;
  });
  const archive = join(packed, 'resources', 'app.asar');

  await claim('app.asar holds exactly what runs', () => {
    const files = archivedFiles(archive);
    assert.deepEqual(files, expectedFiles());
    assert.deepEqual(
      files.filter((path) => neverPacked.test(path)),
      [],
    );
    return `${files.length} files`;
  });

  await claim('the native modules, and nothing else, lie outside the archive', () => {
    const outside = readdirSync(`${archive}.unpacked`, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name).slice(`${archive}.unpacked/`.length))
      .map((path) => path.replaceAll('\\', '/'));
    assert.deepEqual(outside.sort(), [...natives].sort());
    return outside.map((path) => basename(path)).join();
  });

  await claim('the fuses are set', async () => {
    const wanted = JSON.parse(readFileSync(inProject('package.json'), 'utf8')).build.electronFuses;
    const { runAsNode, enableNodeOptionsEnvironmentVariable, enableNodeCliInspectArguments, ...rest } =
      wanted;
    assert.deepEqual(
      { runAsNode, enableNodeOptionsEnvironmentVariable, enableNodeCliInspectArguments },
      { runAsNode: false, enableNodeOptionsEnvironmentVariable: false, enableNodeCliInspectArguments: false },
    );
    assert.equal(rest.onlyLoadAppFromAsar && rest.enableEmbeddedAsarIntegrityValidation, true);
    const fuses = await fusesOf(join(packed, 'slipway'));
    for (const [name, on] of Object.entries(wanted)) assert.equal(fuses[name], on, `fuse ${name}`);
    return Object.entries(wanted)
      .map(([name, on]) => `${name} ${on ? 'on' : 'off'}`)
      .join(', ');
  });

  const app = join(folder, 'app');
  await claim('the core runs from the packed files', async () => {
    extractAll(archive, app);
    assert.ok(!existsSync(join(app, 'src-main')));
    const dataDir = join(folder, 'data');
    mkdirSync(dataDir);
    const answer = await askPackedCore(app, dataDir);
    assert.equal(/** @type {{ok?: unknown}} */ (answer).ok, true, JSON.stringify(answer));
    return 'settings.get answers ok';
  });

  await claim('the optimiser runs from the packed files', async () => {
    const answer = await runPackedFit(app);
    assert.equal(answer.kind, 'fitted', JSON.stringify(answer));
    assert.equal(answer.fit?.weights.length, 21);
    return `fit-worker.js fits ${answer.fit.weights.length} weights`;
  });
  return 0;
});
