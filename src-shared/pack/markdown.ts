import { Marked, type Token, type Tokens, type TokenizerAndRendererExtension } from 'marked';

/**
 * The Markdown of lessons: GFM, headings with `{#anchor}`, and Slipway's own blocks. Used by the reader and by the check of a pack.
 * Raw HTML is a token like any other; the reader shows it as text.
 */

/** `::simulation{scenario-id}` or `::question{question-id}` on a line of its own. */
export interface EmbedToken extends Tokens.Generic {
  readonly type: 'embed';
  readonly what: 'simulation' | 'question';
  readonly id: string;
}

/** `:::note Title` ... `:::`; also `example` and `interview`. */
export interface CalloutToken extends Tokens.Generic {
  readonly type: 'callout';
  readonly what: 'note' | 'example' | 'interview';
  readonly title: string;
  readonly tokens: Token[];
}

/** `[[term-id]]` or `[[term-id|shown text]]`. */
export interface TermToken extends Tokens.Generic {
  readonly type: 'term';
  readonly id: string;
  readonly text: string;
}

const embed: TokenizerAndRendererExtension = {
  name: 'embed',
  level: 'block',
  start: (source) => source.match(/^::(simulation|question)\{/m)?.index,
  tokenizer: (source) => {
    const match = /^::(simulation|question)\{([^}\n]*)\}[ \t]*(?:\n+|$)/.exec(source);
    return match ? { type: 'embed', raw: match[0], what: match[1], id: match[2]?.trim() ?? '' } : undefined;
  },
};

const callout: TokenizerAndRendererExtension = {
  name: 'callout',
  level: 'block',
  childTokens: ['tokens'],
  start: (source) => source.match(/^:::(note|example|interview)/m)?.index,
  tokenizer(source) {
    const match = /^:::(note|example|interview)[ \t]*([^\n]*)\n([\s\S]*?)\n:::[ \t]*(?:\n+|$)/.exec(source);
    if (!match) return undefined;
    const tokens: Token[] = [];
    this.lexer.blockTokens(match[3] ?? '', tokens);
    return { type: 'callout', raw: match[0], what: match[1], title: match[2]?.trim() ?? '', tokens };
  },
};

const term: TokenizerAndRendererExtension = {
  name: 'term',
  level: 'inline',
  start: (source) => {
    const index = source.indexOf('[[');
    return index < 0 ? undefined : index;
  },
  tokenizer: (source) => {
    const match = /^\[\[([a-z0-9-]+)(?:\|([^\]\n]+))?\]\]/.exec(source);
    return match ? { type: 'term', raw: match[0], id: match[1], text: match[2]?.trim() ?? '' } : undefined;
  },
};

const marked = new Marked({ gfm: true, extensions: [embed, callout, term] });

export function lexMarkdown(text: string): Token[] {
  return marked.lexer(text);
}

const headingAnchor = /\s*\{#([a-z0-9-]+)\}\s*$/;

export interface Section {
  /** '' for what comes before the first heading. */
  readonly anchor: string;
  readonly title: string;
  readonly tokens: readonly Token[];
}

/** Splits a lesson at its second-level headings. The anchor of a heading without one is ''. */
export function sectionsOf(text: string): Section[] {
  const sections: { anchor: string; title: string; tokens: Token[] }[] = [
    { anchor: '', title: '', tokens: [] },
  ];
  for (const token of lexMarkdown(text)) {
    if (token.type === 'heading' && (token as Tokens.Heading).depth === 2) {
      const heading = token as Tokens.Heading;
      const anchor = headingAnchor.exec(heading.text)?.[1] ?? '';
      sections.push({ anchor, title: heading.text.replace(headingAnchor, ''), tokens: [] });
    } else {
      sections.at(-1)?.tokens.push(token);
    }
  }
  return sections.filter(
    (section) => section.anchor !== '' || section.title !== '' || section.tokens.length > 0,
  );
}

/** Ids that a Markdown text refers to. */
export interface MarkdownReferences {
  readonly simulations: string[];
  readonly questions: string[];
  readonly terms: string[];
  /** Addresses of links, as they are written. */
  readonly links: string[];
}

/** Visits every token of a text, those inside of others included. */
export function walkMarkdown(text: string, visit: (token: Token) => void): void {
  void marked.walkTokens(lexMarkdown(text), visit);
}

export function referencesIn(text: string): MarkdownReferences {
  const found: MarkdownReferences = { simulations: [], questions: [], terms: [], links: [] };
  walkMarkdown(text, (token) => {
    if (token.type === 'embed')
      (token['what'] === 'simulation' ? found.simulations : found.questions).push(token['id']);
    if (token.type === 'term') found.terms.push(token['id']);
    if (token.type === 'link') found.links.push(token.href);
  });
  return found;
}

/** A short text without blocks, such as an option of a question. */
export function lexInline(text: string): Token[] {
  return marked.Lexer.lexInline(text, marked.defaults);
}
