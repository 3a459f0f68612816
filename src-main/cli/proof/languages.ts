import { run } from 'zhlint';
import { walkMarkdown } from '#shared/pack/markdown.ts';
import type { Pack } from '#shared/pack/schema.ts';
import { placeOf, readable, termTextOf, textsOf, type Finding, type PackText } from './pack-texts.ts';

/** Full-width punctuation, and a space between Han characters and Latin letters or digits. */
const rules = {
  halfwidthPunctuation: '',
  // Round brackets are checked below: formulas have half-width ones.
  fullwidthPunctuation: '，。：；？！“”‘’',
  unifiedPunctuation: 'simplified',
  noSpaceBetweenFullwidthContent: true,
  spaceBetweenMixedwidthContent: true,
  noSpaceBeforePauseOrStop: true,
  spaceAfterHalfwidthPauseOrStop: true,
  noSpaceAfterFullwidthPauseOrStop: true,
  noSpaceInsideQuotation: true,
  noSpaceOutsideFullwidthQuotation: true,
  noSpaceInsideBracket: true,
  noSpaceOutsideFullwidthBracket: true,
  skipZhUnits: '',
} as const;

const ownRules: readonly (readonly [RegExp, string])[] = [
  [/\p{Script=Han}\([^()]*\p{Script=Han}[^()]*\)/u, 'expected full-width brackets'],
  [/\d,\d{3}(?!\d)/, 'expected a number without separators'],
  [/\p{Script=Han} ?-- ?|\.\.\./u, 'expected —— or ……'],
];

function chineseProblems(text: PackText, termText: (id: string) => string): Finding[] {
  // The full stop of .NET ends no sentence.
  const plain = readable(text.text, termText, { code: true }).replaceAll('.NET', 'DotNet');
  const { validations } = run(plain, { rules });
  const linted = validations.map(({ index, message }) => {
    const quote = plain.slice(Math.max(0, index - 6), index + 6).replace(/\s+/g, ' ');
    return { ...placeOf(text, plain.slice(index, index + 8)), message: `${message}: "${quote}"` };
  });
  const own = ownRules.flatMap(([pattern, message]) => {
    const found = pattern.exec(plain)?.[0];
    return found === undefined ? [] : [{ ...placeOf(text, found), message: `${message}: "${found}"` }];
  });
  return [...linted, ...own];
}

/** Words in a row, without code, that make an English sentence and no name. */
const englishSentence = /(?:\b[A-Za-z][a-z']*\b[ ,]+){6,}/;

function foreignProblems(text: PackText, termText: (id: string) => string): Finding[] {
  const plain = readable(text.text, termText, { code: false });
  if (text.locale === 'en') {
    const han = /\p{Script=Han}+/u.exec(plain)?.[0];
    return han === undefined
      ? []
      : [{ ...placeOf(text, han), message: `Chinese in the English text: "${han}"` }];
  }
  // Titles of sources are cited as they are.
  const sentence = englishSentence.exec(
    plain.replace(/[^\n]*\bCC BY-SA\b[^\n]*/g, '').replace(/\[[^\]]*\]/g, ''),
  )?.[0];
  return sentence === undefined
    ? []
    : [
        {
          ...placeOf(text, sentence),
          message: `an English sentence in the Chinese text: "${sentence.trim()}"`,
        },
      ];
}

/**
 * Marks that mark nothing and stand there as stars. By CommonMark's rules the closing stars of `**很快。**所以` close nothing,
 * since a full stop is before them and a letter after; `**很快**。所以` is right.
 */
function strayMarks(text: PackText): Finding[] {
  const findings: Finding[] = [];
  walkMarkdown(text.text, (token) => {
    if (token.type !== 'text' || ('tokens' in token && token.tokens)) return;
    const found = /\*\*[^*]+|\*\S[^*]*\*/.exec(token.raw)?.[0];
    if (found !== undefined)
      findings.push({ ...placeOf(text, found), message: `stars that mark nothing: "${found.slice(0, 40)}"` });
  });
  return findings;
}

/** Punctuation and spacing of the Chinese texts, and that each text is in the language it says. */
export function checkLanguages(pack: Pack): Finding[] {
  const terms = { en: termTextOf(pack, 'en'), 'zh-CN': termTextOf(pack, 'zh-CN') };
  return textsOf(pack).flatMap((text) => [
    ...(text.locale === 'zh-CN' ? chineseProblems(text, terms['zh-CN']) : []),
    ...foreignProblems(text, terms[text.locale]),
    ...strayMarks(text),
  ]);
}
