import type { Token } from 'marked';
import { lexInline } from '#shared/pack/markdown.ts';

const textOf = (token: Token): string =>
  'tokens' in token && token.tokens
    ? token.tokens.map(textOf).join('')
    : 'text' in token && typeof token.text === 'string'
      ? token.text
      : token.raw;

/** A short text as it reads, for names that take no marks: code without its backticks, emphasis without its stars. */
export function plainText(source: string): string {
  return lexInline(source).map(textOf).join('');
}
