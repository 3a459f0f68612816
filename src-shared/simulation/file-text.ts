import { parse, stringify, YAMLError } from 'yaml';

export type ReadText =
  | { readonly ok: true; readonly value: unknown }
  | {
      readonly ok: false;
      /** Where reading came to a halt, counted from 1; null where no one place is to blame. */
      readonly line: number | null;
      readonly column: number | null;
      /** What is wrong there, in English. */
      readonly message: string;
    };

/** Few aliases suffice for a file that a person writes; many make a small text into a huge value. */
const maxAliasCount = 100;

/** Reads a simulation file. JSON is YAML, so one parser reads both. Whether it can run is not looked at. */
export function readFileText(text: string): ReadText {
  try {
    return { ok: true, value: parse(text, { maxAliasCount, prettyErrors: true }) as unknown };
  } catch (error) {
    if (error instanceof YAMLError) {
      const [start] = error.linePos ?? [];
      // Its second line on shows the place, which the reader has before them.
      const message = (error.message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, '');
      return { ok: false, line: start?.line ?? null, column: start?.col ?? null, message };
    }
    // An alias without an anchor, or too many of them.
    if (error instanceof ReferenceError)
      return { ok: false, line: null, column: null, message: error.message };
    throw error;
  }
}

/** A simulation file as text that {@link readFileText} reads back to the same value. */
export function writeFileText(file: unknown): string {
  return stringify(file, { aliasDuplicateObjects: false, lineWidth: 0 });
}
