import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { fileLog } from '#main/core/file-log.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

it('keeps what went wrong in the data folder, with its place in the code, and does not grow without end', () => {
  const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const dataDir = temporaryFolder();
  const file = join(dataDir, 'slipway.log');
  const log = fileLog(dataDir);
  log.info('a quiet word');
  expect(existsSync(file)).toBe(false);
  log.error('internal error 1a2b', new Error('the cause'));
  expect(readFileSync(file, 'utf8')).toMatch(
    /^\d{4}-\d\d-\d\dT.* internal error 1a2b\nError: the cause\n {4}at /,
  );
  for (let kib = 0; kib < 3 * 1024; kib += 64) log.error('x'.repeat(64 * 1024));
  expect(statSync(file).size).toBeLessThan(1.2 * 1024 * 1024);
  expect(statSync(`${file}.old`).size).toBeLessThan(1.2 * 1024 * 1024);
  fileLog(join(dataDir, 'nowhere', 'at all')).error('still only said');
  expect(stderr).toHaveBeenCalled();
  stderr.mockRestore();
});
