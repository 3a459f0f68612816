import { readFileText } from '#shared/simulation/file-text.ts';
import { parseSimulationFile, type Problem } from '#shared/simulation/simulate.ts';
import type { DraftFile } from './edit-file.ts';

/** What became of a text that was to be a simulation file. */
export type ReadFile =
  | { readonly ok: true; readonly file: DraftFile }
  /** It is neither YAML nor JSON. */
  | {
      readonly ok: false;
      readonly why: 'unreadable';
      readonly line: number | null;
      readonly column: number | null;
      readonly message: string;
    }
  /** It compares several platforms. */
  | { readonly ok: false; readonly why: 'comparison' }
  /** It cannot run. */
  | { readonly ok: false; readonly why: 'problems'; readonly problems: readonly Problem[] };

/** Reads what was pasted or opened. The file is kept as it was written: defaults are not filled in. */
export function readSharedFile(text: string): ReadFile {
  const read = readFileText(text);
  if (!read.ok) return { why: 'unreadable', ...read };
  const { value } = read;
  if (typeof value === 'object' && value !== null && 'compare' in value)
    return { ok: false, why: 'comparison' };
  const parsed = parseSimulationFile(value);
  return parsed.ok
    ? { ok: true, file: value as DraftFile }
    : { ok: false, why: 'problems', problems: parsed.problems };
}

/** A name for a file that the file system takes: `slipway-container.yaml`. */
export const fileNameOf = (platform: string): string => `slipway-${platform}.yaml`;
