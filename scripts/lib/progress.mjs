// One line for each step, on stderr: stdout belongs to the host's ready line and to tools' results.

/** @param {string} text */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

/** @param {number} startedMs A value of performance.now(). */
export const secondsSince = (startedMs) => `${((performance.now() - startedMs) / 1000).toFixed(1)} s`;

/**
 * Runs one step of set-up and prints one line with its time when it is done. On a terminal the line
 * stands there, with an ellipsis, while the step runs.
 * @template T
 * @param {{doing: string, done: string}} names "Installing packages", "Installed packages"
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step({ doing, done }, work) {
  const startedMs = performance.now();
  const clearLine = process.stderr.isTTY ? '\r\x1b[2K' : '';
  if (process.stderr.isTTY) process.stderr.write(`… ${doing}`);
  try {
    const result = await work();
    process.stderr.write(`${clearLine}✓ ${done} (${secondsSince(startedMs)})\n`);
    return result;
  } catch (error) {
    process.stderr.write(clearLine);
    throw error;
  }
}
