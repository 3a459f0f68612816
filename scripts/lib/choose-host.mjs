// Which of the two hosts `npm start` opens. Pure, so that every case can be tested on any machine.

/**
 * @typedef {object} StartFlags
 * @property {'electron' | 'loopback'} [host]
 * @property {number} [port]
 * @property {string} [dataDir]
 * @property {boolean} noOpen
 */

/**
 * @typedef {object} Machine
 * @property {string} platform `process.platform`
 * @property {boolean} isRoot
 * @property {boolean} hasDisplay whether a window can open at all; always true outside Linux
 */

/**
 * @typedef {{host: 'loopback', why?: string} | {host: 'electron', mustBe: boolean} | {error: string, exitCode: 1 | 2}} HostChoice
 * `mustBe`: the user named the host, so that another one in its place would be wrong.
 */

/**
 * Electron where it can run, the loopback host elsewhere, and a word on why.
 * @param {StartFlags} flags
 * @param {Machine} machine
 * @returns {HostChoice}
 */
export function chooseHost(flags, machine) {
  const loopbackFlags = [flags.port !== undefined ? '--port' : '', flags.noOpen ? '--no-open' : ''].filter(
    Boolean,
  );
  const obstacle = electronObstacle(machine);
  if (flags.host === 'loopback') return { host: 'loopback' };
  if (flags.host === 'electron') {
    if (loopbackFlags.length > 0) {
      return {
        error: `${loopbackFlags.join(' and ')} only make sense with --host loopback: Electron opens a window and no port.`,
        exitCode: 2,
      };
    }
    if (obstacle !== undefined) return { error: `${obstacle} Use --host loopback instead.`, exitCode: 1 };
    return { host: 'electron', mustBe: true };
  }
  if (loopbackFlags.length > 0) return { host: 'loopback' };
  if (obstacle !== undefined) return { host: 'loopback', why: obstacle };
  return { host: 'electron', mustBe: false };
}

/**
 * @param {Machine} machine
 * @returns {string | undefined} why Electron cannot run here
 */
function electronObstacle({ platform, isRoot, hasDisplay }) {
  if (!hasDisplay) return 'Electron needs a display, and neither DISPLAY nor WAYLAND_DISPLAY is set.';
  if (platform === 'linux' && isRoot) {
    return 'Electron’s sandbox does not run as root, and Slipway does not switch the sandbox off.';
  }
  return undefined;
}

/** @returns {Machine} the machine that this runs on */
export function thisMachine() {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  return {
    platform: process.platform,
    isRoot: process.getuid?.() === 0,
    hasDisplay: process.platform !== 'linux' || Boolean(DISPLAY) || Boolean(WAYLAND_DISPLAY),
  };
}
