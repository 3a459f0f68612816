// `npm start`: sets the clone up, then opens Slipway in Electron, or in a browser where Electron cannot run.
import { parseArgs } from 'node:util';
import { chooseHost, thisMachine } from './lib/choose-host.mjs';
import { fetchElectron, findElectron } from './lib/electron.mjs';
import { runElectron, runLoopback } from './lib/hosts.mjs';
import { endOnSignals } from './lib/processes.mjs';
import { say } from './lib/progress.mjs';
import { fromCaller, runScript } from './lib/script.mjs';
import { setUp } from './setup.mjs';

/** @typedef {import('./lib/choose-host.mjs').StartFlags} StartFlags */

const help = `Opens Slipway. The first start sets everything up, which takes a minute or two.

  npm start                          Electron where it can run, else a browser window
  npm start -- --host loopback       a browser window
  npm start -- --host loopback --port 0 --data-dir DIR --no-open
                                     no window; the address is printed when it answers

  --host electron|loopback   the window Slipway opens in
  --port N                   the port on 127.0.0.1; 0 takes a free one (loopback)
  --data-dir DIR             the folder for everything you do in Slipway
  --no-open                  do not open a browser (loopback)
  --help                     this text

End it with Ctrl-C, or by closing the window.
`;

/**
 * @param {string[]} args
 * @returns {StartFlags | 'help'}
 * @throws an Error whose message names the flag and what was expected
 */
function readFlags(args) {
  const { values } = parseArgs({
    args,
    options: {
      host: { type: 'string' },
      port: { type: 'string' },
      'data-dir': { type: 'string' },
      'no-open': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return 'help';
  /** @type {StartFlags} */
  const flags = { noOpen: values['no-open'] };
  if (values.host !== undefined) {
    if (values.host !== 'electron' && values.host !== 'loopback') {
      throw new Error(`--host takes electron or loopback, not "${values.host}".`);
    }
    flags.host = values.host;
  }
  if (values.port !== undefined) {
    if (!/^\d{1,5}$/.test(values.port) || Number(values.port) > 65_535) {
      throw new Error(`--port takes a number from 0 to 65535, not "${values.port}".`);
    }
    flags.port = Number(values.port);
  }
  if (values['data-dir'] !== undefined) {
    if (values['data-dir'] === '') throw new Error('--data-dir takes the path of a folder.');
    flags.dataDir = fromCaller(values['data-dir']);
  }
  return flags;
}

/**
 * Electron's executable, fetched when it is not there.
 * @returns {Promise<{path: string} | {why: string}>}
 */
async function haveElectron() {
  const path = findElectron();
  if (path !== undefined) return { path };
  if (process.stderr.isTTY) say('… Fetching Electron (once, about 110 MB)');
  return fetchElectron();
}

/** @param {StartFlags} flags */
async function start(flags) {
  const choice = chooseHost(flags, thisMachine());
  if ('error' in choice) {
    say(choice.error);
    return choice.exitCode;
  }
  await setUp({ build: true });
  if (choice.host === 'loopback') {
    if (choice.why !== undefined) say(`${choice.why} Slipway opens in a browser instead.`);
    return runLoopback(flags);
  }
  const electron = await haveElectron();
  if ('path' in electron) {
    const ended = await runElectron(electron.path, flags);
    if (choice.mustBe || !ended.failedToOpen) return ended.exitCode;
    say(
      'Electron could not open a window here (its own words are above). Slipway opens in a browser instead.',
    );
    return runLoopback(flags);
  }
  if (choice.mustBe) {
    say(`✗ Electron is not here and could not be fetched. ${electron.why} Use --host loopback instead.`);
    return 1;
  }
  say(`Electron is not here and could not be fetched. ${electron.why} Slipway opens in a browser instead.`);
  return runLoopback(flags);
}

await runScript(async () => {
  let flags;
  try {
    flags = readFlags(process.argv.slice(2));
  } catch (error) {
    const { message } = /** @type {Error} */ (error);
    say(`${message.split('. To specify')[0]?.replace(/\.$/, '')}. \`npm start -- --help\` shows the flags.`);
    return 2;
  }
  if (flags === 'help') {
    process.stdout.write(help);
    return 0;
  }
  // Ctrl-C is how Slipway is ended, so it is no error.
  endOnSignals(() => 0);
  return start(flags);
});
