import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { fail, ok, type Result } from '#shared/contract/result.ts';
import { sqlite, sqliteCode, storageError } from './open.ts';

/** Who has a data folder open; kept beside the database so that a second start finds the first. */
const ownerSchema = z.object({
  pid: z.int(),
  host: z.enum(['electron', 'loopback']),
  /** Where the loopback host answers, with its token. Only the folder's owner can read the file. */
  url: z.url().optional(),
});
export type FolderOwner = z.infer<typeof ownerSchema>;

export interface FolderLock {
  /** Tells a second start where this one answers. */
  announce(owner: FolderOwner): void;
  release(): void;
}

const ownerFile = (dataDir: string) => join(dataDir, 'running.json');

/** Who has the folder open, or null when that is not known. */
export function readOwner(dataDir: string): FolderOwner | null {
  let text: string;
  try {
    text = readFileSync(ownerFile(dataDir), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  try {
    return ownerSchema.parse(JSON.parse(text));
  } catch {
    // A file cut short by a kill says nothing about who runs.
    return null;
  }
}

/**
 * Takes the one writer's place in a data folder. The lock is an exclusive transaction on a small SQLite file: the system
 * lets go of it when the process ends, however it ends, so that no stale lock ever stays behind.
 */
export function lockFolder(dataDir: string): Result<FolderLock> {
  try {
    mkdirSync(dataDir, { recursive: true });
    const lock = new (sqlite())(join(dataDir, 'slipway.lock'), { timeout: 300 });
    try {
      lock.exec('BEGIN EXCLUSIVE');
    } catch (error) {
      lock.close();
      if (!sqliteCode(error)?.startsWith('SQLITE_BUSY')) throw error;
      const owner = readOwner(dataDir);
      const where = owner
        ? ` (${owner.host === 'electron' ? 'Electron' : new URL(owner.url ?? 'http://127.0.0.1').origin}, pid ${owner.pid})`
        : '';
      return fail('storage-in-use', { dataDir, where });
    }
    // Who was here before was killed; whoever asks now must not be sent there.
    rmSync(ownerFile(dataDir), { force: true });
    return ok({
      announce: (owner) => writeFileSync(ownerFile(dataDir), JSON.stringify(owner), { mode: 0o600 }),
      release: () => {
        rmSync(ownerFile(dataDir), { force: true });
        lock.close();
      },
    });
  } catch (error) {
    return { ok: false, error: storageError(error, dataDir) };
  }
}
