import { readFileSync } from 'node:fs';
import { hashText } from '#shared/study/shuffle.ts';

/**
 * So many units in a row, a unit being a Han character or a word of letters and digits, are no chance: ten Chinese words
 * have some sixteen characters.
 */
const runLength = 14;

/** Hashes of all runs of a text, so that a text can be held against another that is not here. */
export function fingerprintOf(text: string): Map<number, string> {
  const units = text.normalize('NFKC').toLowerCase().match(/\p{Script=Han}|[\p{L}\p{N}]+?(?=\p{Script=Han}|[^\p{L}\p{N}]|$)/gu) ?? [];
  const runs = new Map<number, string>();
  for (let start = 0; start + runLength <= units.length; start += 1) {
    const run = units.slice(start, start + runLength).join(' ');
    runs.set(hashText(run), run);
  }
  return runs;
}

// `node test/content/fingerprint.ts ARTICLE > test/content/article-fingerprint.json`: writes the hashes of a text anew.
if (process.argv[1] === import.meta.filename) {
  const text = readFileSync(process.argv[2] ?? '', 'utf8');
  process.stdout.write(`${JSON.stringify([...fingerprintOf(text).keys()].sort((a, b) => a - b))}\n`);
}
