import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';

export interface AppFolder {
  readonly version: string;
  readonly contentDir: string;
  /** The built interface. */
  readonly interfaceDir: string;
}

const manifestSchema = z.object({ name: z.string(), version: z.string() });

/** Finds the program's own folder above a module of it: the project, or the packed app. */
export function findAppFolder(from: string): AppFolder {
  for (let folder = from; dirname(folder) !== folder; folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    if (!existsSync(file)) continue;
    const manifest = manifestSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    if (manifest.data?.name === 'slipway') {
      return {
        version: manifest.data.version,
        contentDir: join(folder, 'content'),
        interfaceDir: join(folder, 'out', 'renderer'),
      };
    }
  }
  throw new Error(`Slipway's own folder was not found above ${from}`);
}

/** Where the learner's data lies when nothing else is said: the same folder for both hosts. */
export function defaultDataDir(
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
  home: string = homedir(),
): string {
  if (platform === 'win32') return join(env['APPDATA'] || join(home, 'AppData', 'Roaming'), 'Slipway');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Slipway');
  return join(env['XDG_CONFIG_HOME'] || join(home, '.config'), 'Slipway');
}
