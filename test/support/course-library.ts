import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openLibrary, type Library } from '#main/packs/library.ts';

/** The content that ships, as the app opens it. */
export function courseLibrary(): Library {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-library-'));
  try {
    return openLibrary([resolve(import.meta.dirname, '../../content')], {
      folder,
      report: (message, error) => {
        throw new Error(message, { cause: error });
      },
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
