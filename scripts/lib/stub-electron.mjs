// A folder that electron-builder takes for an unpacked Electron, so that the package can be tested
// on machines that cannot download the real one. It holds what electron-builder reads and changes.
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPackage } from '@electron/asar';
import { inProject } from './paths.mjs';

/** What @electron/fuses looks for in the executable; the fuse wire stands behind it. */
const fuseSentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const fuseWireVersion = 1;
/** As Electron ships them: run-as-node, NODE_OPTIONS, --inspect, file:// privileges and Wasm trap handlers on. */
const factoryFuses = '101100011';

/** @param {string} folder an existing, empty folder */
export async function makeStubElectron(folder) {
  const { version } = JSON.parse(readFileSync(inProject('node_modules', 'electron', 'package.json'), 'utf8'));
  const executable = Buffer.concat([
    Buffer.from(`#!/bin/sh\necho "A stand-in for Electron ${version}" >&2\nexit 1\n`),
    Buffer.from(fuseSentinel),
    Buffer.from([fuseWireVersion, factoryFuses.length]),
    Buffer.from(factoryFuses),
  ]);
  writeFileSync(join(folder, 'electron'), executable);
  chmodSync(join(folder, 'electron'), 0o755);
  writeFileSync(join(folder, 'version'), version);
  mkdirSync(join(folder, 'resources'));
  const app = join(folder, 'default-app');
  mkdirSync(app);
  writeFileSync(join(app, 'package.json'), JSON.stringify({ name: 'electron', main: 'main.js' }));
  writeFileSync(join(app, 'main.js'), '');
  await createPackage(app, join(folder, 'resources', 'default_app.asar'));
}
