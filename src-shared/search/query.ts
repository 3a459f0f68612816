import { fold } from './fold.ts';
import { canonicalOf, type Names } from './names.ts';
import { tokenise, type Token } from './tokens.ts';

/** One way in which a part of a search may be met: a word, or several in a row. Canonical. */
export interface Wanted {
  readonly text: string;
  /** One token, which is looked up; more are looked for in the texts. */
  readonly isWord: boolean;
  /** The last word is still being typed: it may go on. */
  readonly open: boolean;
  /** Another name of what was typed. */
  readonly isOtherName: boolean;
}

/** What has to be in a document, in one of these ways; the first is as it was typed. */
export interface Part {
  readonly ways: readonly Wanted[];
  /** Typed in quotation marks: what does not have it is not found at all. */
  readonly required: boolean;
}

export interface Query {
  readonly parts: readonly Part[];
  /** The whole search as a title could be. */
  readonly whole: string;
  /** Other names for the whole of it. */
  readonly otherNames: readonly string[];
  readonly open: boolean;
}

/** Words that say little, in questions such as "how does a container start" or 容器的隔离是什么. */
const fillers = new Set(
  (
    'a an and are by can do does for how in is it of on or that the this to was what when where which why with ' +
    '的 了 是 在 和 与 或 吗 呢 把 被 什么 怎么 怎样 如何 为什么 哪些 哪个'
  ).split(' '),
);

const quotes = /["“”„「」『』]/;
const words = new Intl.Segmenter('zh-CN', { granularity: 'word' });

const wanted = (text: string, isWord: boolean, open: boolean, isOtherName: boolean): Wanted => ({
  text,
  isWord,
  open,
  isOtherName,
});

const nameAsWanted = (name: string): Wanted => wanted(name, tokenise(name).tokens.length === 1, false, true);

/**
 * The words of a run of Chinese characters. Single characters side by side are rather a word that the dictionary does not have,
 * such as a name or the start of a word that is being typed.
 */
function chineseWords(run: string): string[] {
  const found: string[] = [];
  let singles = '';
  for (const { segment } of words.segment(run)) {
    if ([...segment].length === 1 && !fillers.has(segment)) {
      singles += segment;
      continue;
    }
    found.push(singles, segment);
    singles = '';
  }
  return [...found, singles].map(canonicalOf).filter(Boolean);
}

/** Runs of Chinese characters as words, each other word as it is. */
function ownParts(folded: string, tokens: readonly Token[], openAt: number): Wanted[] {
  const parts: Wanted[] = [];
  let index = 0;
  while (index < tokens.length) {
    const token = tokens[index];
    if (!token) break;
    if (!token.isCjk) {
      parts.push(wanted(folded.slice(token.start, token.end), true, token.end === openAt, false));
      index += 1;
      continue;
    }
    let end = index + 1;
    while (tokens[end]?.isCjk && tokens[end]?.start === tokens[end - 1]?.end) end += 1;
    const run = folded.slice(token.start, tokens[end - 1]?.end);
    for (const text of chineseWords(run))
      parts.push(wanted(text, tokenise(text).tokens.length === 1, false, false));
    index = end;
  }
  return parts;
}

/** The longest name that starts at a token. */
function nameAt(folded: string, tokens: readonly Token[], from: number, names: Names) {
  for (let to = Math.min(tokens.length, from + names.longest); to > from; to -= 1) {
    const text = canonicalOf(folded.slice(tokens[from]?.start, tokens[to - 1]?.end));
    const others = names.othersOf(text) ?? names.othersOf(text.replace(/s$/, ''));
    if (others) return { to, text, others };
  }
  return null;
}

/** Splits what is not in quotation marks: names of the glossary stay whole and bring their other names. */
function looseParts(folded: string, openAt: number, names: Names): Part[] {
  const { tokens } = tokenise(folded);
  const parts: Part[] = [];
  let plainFrom = 0;
  const addPlain = (to: number) => {
    for (const own of ownParts(folded, tokens.slice(plainFrom, to), openAt))
      parts.push({ ways: [own], required: false });
  };
  let index = 0;
  while (index < tokens.length) {
    const name = nameAt(folded, tokens, index, names);
    if (!name) {
      index += 1;
      continue;
    }
    addPlain(index);
    const span = tokens.slice(index, name.to);
    const own = span.every(({ isCjk }) => isCjk)
      ? [wanted(name.text, span.length === 1, false, false)]
      : ownParts(folded, span, openAt);
    const others = name.others.map(nameAsWanted);
    for (const way of own) parts.push({ ways: [way, ...others], required: false });
    index = name.to;
    plainFrom = index;
  }
  addPlain(tokens.length);
  return parts;
}

/** Whether nothing but what was typed fits: the words are all fillers then, or none is. */
function withoutFillers(parts: readonly Part[]): readonly Part[] {
  const telling = parts.filter(({ ways, required }) => required || !fillers.has(ways[0]?.text ?? ''));
  return telling.length > 0 ? telling : parts;
}

/** Reads what a learner typed; whatever it is, it can be searched for. */
export function parseQuery(text: string, names: Names): Query {
  const folded = fold(text);
  const open = !/[\s"”」』]$/.test(folded);
  const pieces = folded.split(quotes);
  const parts = pieces.flatMap((piece, index): Part[] => {
    const isLast = index === pieces.length - 1;
    const openAt = isLast && open ? piece.length : -1;
    if (index % 2 === 0) return looseParts(piece, openAt, names);
    const phrase = canonicalOf(piece);
    if (!phrase) return [];
    const isWord = tokenise(phrase).tokens.length === 1;
    return [{ ways: [wanted(phrase, isWord, openAt >= 0, false)], required: true }];
  });
  const whole = canonicalOf(folded.split(quotes).join(' '));
  return { parts: withoutFillers(parts), whole, otherNames: names.othersOf(whole) ?? [], open };
}
