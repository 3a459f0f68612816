// A failed step says what failed, why in plain words, and what to do; never a bare stack trace.
import { stripVTControlCharacters } from 'node:util';

/**
 * @typedef {object} FailureText
 * @property {string} what What failed: "The packages could not be installed."
 * @property {string} why The cause in plain words.
 * @property {string} advice What the reader can do now.
 * @property {string} [output] The tool's own output; its last lines are shown.
 */

/** @typedef {Error & {failure: FailureText}} StepFailure */

/**
 * @param {FailureText} text
 * @returns {StepFailure}
 */
export function stepFailure(text) {
  return Object.assign(new Error(`${text.what} ${text.why}`), { failure: text });
}

const shownOutputLines = 15;

/**
 * The end of a tool's output, without its colours and without the tool's own stack.
 * @param {string} output
 */
function lastLines(output) {
  const lines = stripVTControlCharacters(output)
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^\s+at /.test(line));
  return lines.slice(-shownOutputLines).join('\n');
}

/**
 * What is printed for an error that ends a script. An error that is no {@link StepFailure} is a bug
 * in the scripts, and keeps its stack.
 * @param {unknown} error
 */
export function describeFailure(error) {
  if (!(error instanceof Error)) return String(error);
  if (!('failure' in error)) return error.stack ?? error.message;
  const { what, why, advice, output } = /** @type {StepFailure} */ (error).failure;
  const tail = lastLines(output ?? '');
  const quoted = tail === '' ? '' : `\n\n  The last lines of its output:\n${tail.replace(/^/gm, '    ')}`;
  return `✗ ${what}\n  Why:  ${why}\n  Do:   ${advice}${quoted}`;
}

const unreachable =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET|socket hang up|Could not resolve|Temporary failure|fetch failed/i;

/** @param {string} output */
export const saysUnreachable = (output) => unreachable.test(output);

/** Causes that npm, apt and download tools name in their output; the first that matches is told. */
const knownCauses = [
  {
    sign: /ENOSPC|no space left on device/i,
    why: 'The disk is full.',
    advice: 'Free some space (about 2 GB are needed), then run the same command again.',
  },
  {
    sign: /EACCES|EPERM|permission denied|Permission non accordée|EROFS|read-only file system/i,
    why: 'This user may not write where it was needed.',
    advice:
      'Make the project folder (and npm’s cache folder, `npm config get cache`) yours, then run it again.',
  },
  {
    sign: /CERT_|certificate|SELF_SIGNED/i,
    why: 'The server’s certificate was not trusted, as happens behind a company proxy.',
    advice: 'Set NODE_EXTRA_CA_CERTS to your company’s certificate file, then run the same command again.',
  },
  {
    sign: /\bE401\b|\bE403\b|401 Unauthorized|403 Forbidden/i,
    why: 'The server refused to hand it out to this machine.',
    advice: 'Look at `npm config get registry` and at your login there, then run the same command again.',
  },
  {
    sign: /\bE404\b|ETARGET|404 Not Found|No matching version/i,
    why: 'The server does not have something that is needed.',
    advice: 'Look at `npm config get registry`: a mirror may lack packages. Then run the same command again.',
  },
  {
    sign: /EINTEGRITY|checksum/i,
    why: 'What came over the network is not what the lock file expects.',
    advice: 'Clear npm’s cache with `npm cache clean --force`, then run the same command again.',
  },
  {
    sign: unreachable,
    why: 'The server could not be reached: there is no network, or a proxy is in the way.',
    advice: 'Connect to the network (behind a proxy, set HTTPS_PROXY), then run the same command again.',
  },
];

/**
 * The cause that a tool's output names, in plain words.
 * @param {string} output
 * @param {string} otherwise The cause to tell when the output names none that is known.
 * @returns {{why: string, advice: string}}
 */
export function explainOutput(output, otherwise) {
  const cause = knownCauses.find(({ sign }) => sign.test(output));
  if (cause !== undefined) return { why: cause.why, advice: cause.advice };
  return {
    why: otherwise,
    advice: 'The output below says more. Mend what it names, then run the same command again.',
  };
}
