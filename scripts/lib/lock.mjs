// One set-up at a time in one clone. The lock is a file that only one process can create; it holds
// the process id, and its time is renewed while the holder lives, so that a lock which a crash or a
// power cut left behind is seen to be dead even when its process id was given to another program.
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { inProject } from './paths.mjs';
import { onExit } from './processes.mjs';
import { say } from './progress.mjs';

const pollMs = 500;
const heartbeatMs = 3000;
/** Looks without a sign of life from a holder whose process id is taken. Looks, not seconds: a laptop may sleep. */
const silentLooksUntilStale = 60;

/** @param {unknown} error */
const codeOf = (error) => /** @type {NodeJS.ErrnoException} */ (error).code;

/**
 * @param {string} lockPath
 * @param {string} owner
 * @returns {boolean} whether the lock is ours now
 */
function tryTake(lockPath, owner) {
  try {
    writeFileSync(lockPath, owner, { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/**
 * @param {string} lockPath
 * @returns {{owner: string, renewedMs: number} | undefined} undefined when nobody holds it
 */
function look(lockPath) {
  try {
    return { owner: readFileSync(lockPath, 'utf8'), renewedMs: statSync(lockPath).mtimeMs };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Whether the process that wrote the lock has surely ended. Another machine's cannot be asked.
 * @param {string} owner
 */
function ownerHasEnded(owner) {
  const [pid, host] = owner.split(' ');
  if (host !== hostname() || pid === undefined) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return codeOf(error) === 'ESRCH';
  }
}

/**
 * Takes a dead lock away. Two waiters may try at once, and the slower one would move the faster
 * one's new lock: what was moved is looked at, and put back when it is not the dead one.
 * @param {string} lockPath
 * @param {string} deadOwner
 */
function removeDead(lockPath, deadOwner) {
  const aside = `${lockPath}.${process.pid}`;
  try {
    renameSync(lockPath, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  const moved = readFileSync(aside, 'utf8');
  if (moved !== deadOwner) tryTake(lockPath, moved);
  rmSync(aside, { force: true });
}

/**
 * Does `work` while no other set-up of this clone is at work; waits for the other when there is one.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withSetupLock(work) {
  mkdirSync(inProject('.slipway'), { recursive: true });
  const lockPath = inProject('.slipway', 'setup.lock');
  const owner = `${process.pid} ${hostname()} ${Date.now()}`;
  let silentLooks = 0;
  let lastRenewedMs = 0;
  let toldOfWait = false;
  while (!tryTake(lockPath, owner)) {
    const holder = look(lockPath);
    if (holder === undefined) continue;
    silentLooks = holder.renewedMs === lastRenewedMs ? silentLooks + 1 : 0;
    lastRenewedMs = holder.renewedMs;
    if (ownerHasEnded(holder.owner) || silentLooks >= silentLooksUntilStale) {
      removeDead(lockPath, holder.owner);
      continue;
    }
    if (!toldOfWait) say('… Another set-up of this clone is at work; waiting for it');
    toldOfWait = true;
    await sleep(pollMs);
  }
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimesSync(lockPath, now, now);
  }, heartbeatMs);
  const release = onExit(() => rmSync(lockPath, { force: true }));
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    release();
  }
}
