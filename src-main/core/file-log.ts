import { appendFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { consoleLog } from './console-log.ts';
import type { Log } from './port.ts';

const largestBytes = 1024 * 1024;

/** Beside standard error, which a packaged app shows nobody: `slipway.log` in the data folder, and the one before it. */
export function fileLog(dataDir: string): Log {
  const file = join(dataDir, 'slipway.log');
  const write = (text: string) => {
    try {
      const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
      if (size > largestBytes) renameSync(file, `${file}.old`);
      appendFileSync(file, `${new Date().toISOString()} ${text}\n`, { mode: 0o600 });
    } catch (error) {
      // A disk that takes no log has said so on its own; the app goes on.
      consoleLog.error(`${file} cannot be written`, error);
    }
  };
  return {
    info: (message) => {
      consoleLog.info(message);
    },
    error: (message, error) => {
      consoleLog.error(message, error);
      write(error instanceof Error ? `${message}\n${error.stack ?? error.message}` : message);
    },
  };
}
