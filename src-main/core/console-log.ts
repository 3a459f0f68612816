import type { Log } from './port.ts';

/** To standard error: standard output is for the one ready line. */
export const consoleLog: Log = {
  info: (message) => process.stderr.write(`${message}\n`),
  error: (message, error) => {
    const detail = error instanceof Error ? `\n${error.stack ?? error.message}` : '';
    process.stderr.write(`${message}${detail}\n`);
  },
};
