import type { Token, Tokens } from 'marked';
import { lexInline, lexMarkdown } from './markdown.ts';

/** What stands for a term that is only pointed at. */
type TermText = (id: string) => string;

const inlineKinds = new Set([
  'text',
  'strong',
  'em',
  'del',
  'link',
  'codespan',
  'escape',
  'term',
  'html',
  'image',
]);

function cellsOf({ header, rows }: Tokens.Table, termText: TermText): string {
  return [header, ...rows]
    .map((row) => row.map(({ tokens }) => join(tokens, termText)).join(' · '))
    .join(' ');
}

function textOf(token: Token, termText: TermText): string {
  switch (token.type) {
    case 'embed':
    case 'space':
    case 'hr':
      return '';
    case 'br':
      return ' ';
    case 'term':
      return String(token['text'] || termText(String(token['id'])));
    case 'callout':
      return `${String(token['title'])} ${join(token['tokens'] as Token[], termText)}`;
    case 'table':
      return cellsOf(token as Tokens.Table, termText);
    case 'list':
      return join((token as Tokens.List).items, termText);
    default:
      if ('tokens' in token && token.tokens) return join(token.tokens, termText);
      return 'text' in token && typeof token.text === 'string' ? token.text : token.raw;
  }
}

/** Blocks have a space between them, what stands within a line has none of its own. */
function join(tokens: readonly Token[], termText: TermText): string {
  return tokens
    .map((token) => (inlineKinds.has(token.type) ? textOf(token, termText) : ` ${textOf(token, termText)} `))
    .join('');
}

const tidy = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Markdown as it reads, on one line: without its signs, without what is embedded in it. */
export const plainTokens = (tokens: readonly Token[], termText: TermText): string =>
  tidy(join(tokens, termText));

export const plainMarkdown = (source: string, termText: TermText): string =>
  plainTokens(lexMarkdown(source), termText);

/** As `plainMarkdown`, of a text without blocks. */
export const plainInline = (source: string, termText: TermText): string =>
  tidy(join(lexInline(source), termText));
