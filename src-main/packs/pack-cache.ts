import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Pack } from '#shared/pack/schema.ts';
import { loadPack, type LoadedPack } from './load.ts';

/**
 * Packs that were whole when they were last loaded, kept as JSON. Reading and checking the YAML of a course takes a second
 * or two, which nobody wants to wait for at each start; reading what came out of it takes a few milliseconds.
 */
export interface PackCache {
  /** Where it is kept; made when it is first written to. */
  readonly folder: string;
  /** Told of what could not be read or kept. Nothing is lost by it but time. */
  readonly report: (message: string, error: unknown) => void;
}

/** Another build may check or keep packs otherwise: what this one is, as far as its file tells. */
function buildOf(): string {
  const { mtimeMs, size } = statSync(import.meta.filename);
  return `${import.meta.filename}:${mtimeMs}:${size}`;
}

/** A number for all that is in the files of a pack, and for the build that reads them. */
function fingerprintOf(packFolder: string): string {
  const hash = createHash('sha256').update(buildOf());
  const files = readdirSync(packFolder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of files) {
    const content = readFileSync(file);
    hash.update(`\0${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

interface Kept {
  readonly fingerprint: string;
  readonly pack: Pack;
}

const isKept = (value: unknown): value is Kept =>
  typeof value === 'object' && value !== null && 'fingerprint' in value && 'pack' in value;

function readKept(file: string, cache: PackCache): Kept | null {
  try {
    const kept: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return isKept(kept) ? kept : null;
  } catch (error) {
    const isNew = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!isNew) cache.report(`${file} could not be read; the pack is loaded from its own files`, error);
    return null;
  }
}

function keep(file: string, kept: Kept, cache: PackCache): void {
  try {
    mkdirSync(cache.folder, { recursive: true });
    // A program that is killed meanwhile leaves the file of before.
    const unfinished = `${file}.new`;
    writeFileSync(unfinished, JSON.stringify(kept));
    renameSync(unfinished, file);
  } catch (error) {
    cache.report(`${file} could not be written; the next start takes longer`, error);
  }
}

/** Loads a pack as `loadPack` does, or takes what came out of it the last time, where no file of it has changed since. */
export function loadCachedPack(packFolder: string, cache: PackCache): LoadedPack {
  const name = createHash('sha256').update(packFolder).digest('hex').slice(0, 16);
  const file = join(cache.folder, `${name}.json`);
  const fingerprint = fingerprintOf(packFolder);
  const kept = readKept(file, cache);
  if (kept?.fingerprint === fingerprint) return { pack: kept.pack, problems: [] };
  const loaded = loadPack(packFolder);
  if (loaded.pack) keep(file, { fingerprint, pack: loaded.pack }, cache);
  return loaded;
}
