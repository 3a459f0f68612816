import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { spellCheckDocument } from 'cspell-lib';
import type { Pack } from '#shared/pack/schema.ts';
import { placeOf, readable, termTextOf, textsOf, type Finding } from './pack-texts.ts';

/** The pack's own dictionary: a word a line, `#` begins a comment. */
function ownWords(folder: string): string[] {
  const file = join(folder, 'words.txt');
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((line) => line !== '');
}

/** English words that neither the dictionaries of British and technical English know, nor the pack's own `words.txt`. */
export async function checkSpelling(pack: Pack, folder: string): Promise<Finding[]> {
  const words = ownWords(folder);
  const termText = termTextOf(pack, 'en');
  const findings: Finding[] = [];
  for (const text of textsOf(pack).filter(({ locale }) => locale === 'en')) {
    const { issues } = await spellCheckDocument(
      {
        uri: 'file:///text.txt',
        text: readable(text.text, termText, { code: false }).replace(/https?:\S+/g, ''),
        languageId: 'plaintext',
        locale: 'en-GB',
      },
      { generateSuggestions: false, noConfigSearch: true },
      { language: 'en-GB', words, dictionaries: ['softwareTerms', 'aws', 'companies', 'docker', 'k8s'] },
    );
    for (const word of new Set(issues.map((issue) => issue.text)))
      findings.push({ ...placeOf(text, word), message: `"${word}" is in no dictionary` });
  }
  return findings;
}
