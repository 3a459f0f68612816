import fc from 'fast-check';
import type { Token } from 'marked';
import { describe, expect, it } from 'vitest';
import { lexInline, lexMarkdown, referencesIn, sectionsOf } from '#shared/pack/markdown.ts';

/** All tokens, those inside of others after them. */
function flat(tokens: readonly Token[]): Token[] {
  return tokens.flatMap((token) => {
    const inner = [
      ...('tokens' in token ? (token.tokens ?? []) : []),
      ...('items' in token && Array.isArray(token['items']) ? (token['items'] as Token[]) : []),
    ];
    return [token, ...flat(inner)];
  });
}
const typesIn = (text: string) => flat(lexMarkdown(text)).map(({ type }) => type);

describe('sections of a lesson', () => {
  it('begin at second-level headings and carry their anchors', () => {
    const sections = sectionsOf(
      'Before.\n\n## One & *two* {#one-two}\n\nText.\n\n### Below {#not-a-section}\n\nMore.\n\n##  Three   {#three}  \n\n## Four\n\n# Five {#five}\n',
    );
    expect(sections.map(({ anchor, title }) => [anchor, title])).toEqual([
      ['', ''],
      ['one-two', 'One & *two*'],
      ['three', 'Three'],
      ['', 'Four'],
    ]);
    expect(flat(sections[1]!.tokens).filter(({ type }) => type === 'heading')).toHaveLength(1);
  });

  it('are not made by headings inside of code', () => {
    expect(sectionsOf('```\n## Not {#a-heading}\n```\n').map(({ anchor }) => anchor)).toEqual(['']);
  });

  it('keep every token, whatever the text', () => {
    const lines = fc.constantFrom(
      '## A {#a}',
      '## B',
      '# C',
      'text',
      '',
      '- item',
      '::simulation{x}',
      ':::note N',
      ':::',
      '> quote',
      '```',
    );
    fc.assert(
      fc.property(fc.array(lines, { maxLength: 20 }), (list) => {
        const text = list.join('\n');
        const headings = lexMarkdown(text).filter(
          (token) => token.type === 'heading' && token['depth'] === 2,
        );
        const kept = sectionsOf(text).flatMap(({ tokens }) => tokens);
        expect(kept.length + headings.length).toBe(lexMarkdown(text).length);
      }),
    );
  });
});

describe('blocks of our own', () => {
  it('embed simulations and questions', () => {
    const tokens = lexMarkdown('Before\n\n::simulation{noisy-neighbour}\n::question{ q-1 }\n\nAfter');
    expect(tokens.filter(({ type }) => type === 'embed')).toMatchObject([
      { what: 'simulation', id: 'noisy-neighbour' },
      { what: 'question', id: 'q-1' },
    ]);
    expect(tokens.at(-1)).toMatchObject({ type: 'paragraph', text: 'After' });
  });

  it('follow a paragraph without a blank line between', () => {
    expect(lexMarkdown('Before\n::simulation{x}\nAfter').map(({ type }) => type)).toEqual([
      'paragraph',
      'embed',
      'paragraph',
    ]);
  });

  it.each([
    'Text ::simulation{x} in a line',
    '::simulation{x} and more',
    '::video{x}',
    '`::simulation{x}`',
    '    ::simulation{x}',
    '```\n::simulation{x}\n```',
  ])('are not what only looks like one: %j', (text) => {
    expect(typesIn(text)).not.toContain('embed');
    expect(referencesIn(text).simulations).toEqual([]);
  });

  it.each(['note', 'example', 'interview'])('call out a %s, with blocks and terms inside', (what) => {
    const [callout] = lexMarkdown(
      `:::${what}  A title \nText with a [[term-id]].\n\n- an item\n:::\n\nAfter`,
    );
    expect(callout).toMatchObject({ type: 'callout', what, title: 'A title' });
    const inside = flat((callout as { tokens: Token[] }).tokens).map(({ type }) => type);
    expect(inside).toContain('list');
    expect(inside).toContain('term');
    expect(typesIn(`:::${what}\nText\n:::\n`)).toContain('callout');
  });

  it('that were never closed stay text', () => {
    expect(typesIn(':::note Title\nText')).not.toContain('callout');
  });
});

describe('glossary terms', () => {
  it.each([
    ['plain', 'A [[term-id]].', ''],
    ['with a text of its own', 'A [[term-id|shown text]].', 'shown text'],
    ['in bold', '**A [[term-id]].**', ''],
    ['in emphasis', '*[[term-id]]*', ''],
    ['in a link', '[a [[term-id]]](https://example.org)', ''],
    ['in a list', '- one\n  - [[term-id]]', ''],
    ['in a table', '| a | b |\n| - | - |\n| c | [[term-id]] |', ''],
    ['in a quotation', '> [[term-id]]', ''],
    ['in a heading', '## [[term-id]] {#anchor}', ''],
    ['in a callout', ':::note\n**[[term-id]]**\n:::', ''],
    ['beside Chinese', '这是[[term-id]]。', ''],
  ])('%s are found', (_, source, shown) => {
    expect(referencesIn(source).terms).toEqual(['term-id']);
    if (shown)
      expect(flat(lexMarkdown(source)).find(({ type }) => type === 'term')).toMatchObject({ text: shown });
  });

  it.each([
    '`[[term-id]]`',
    '[[Term Id]]',
    '[[]]',
    '[[term-id',
    '[term-id]',
    '```\n[[term-id]]\n```',
    '[[a|]]',
  ])('are not %j', (source) => {
    expect(referencesIn(source).terms).toEqual([]);
  });

  it('are found in a text without blocks', () => {
    expect(flat(lexInline('**a [[term-id]]** b')).map(({ type }) => type)).toEqual([
      'strong',
      'text',
      'term',
      'text',
    ]);
  });
});

describe('raw HTML', () => {
  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<!-- a comment -->',
    '<iframe src="https://example.org"></iframe>',
  ])('stays a token with its source: %s', (html) => {
    for (const source of [html, `Text ${html} text`, `- ${html}`, `:::note\n${html}\n:::`]) {
      const found = flat(lexMarkdown(source)).filter(({ type }) => type === 'html');
      expect(found.length, source).toBeGreaterThan(0);
      expect(found.map(({ raw }) => raw).join('')).toContain(html.split('>')[0]!);
    }
    expect(flat(lexInline(html)).some(({ type }) => type === 'html')).toBe(true);
  });
});

describe('the lexer', () => {
  it('takes any text', () => {
    const piece = fc.constantFrom(
      '[[',
      ']]',
      '|',
      '::simulation{',
      '}',
      ':::note',
      '\n',
      ':::',
      '**',
      '`',
      '<',
      '>',
      '{#',
      '## ',
      'a',
      '词',
      '\\',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece, { maxLength: 40 }).map((list) => list.join('')),
        ),
        (text) => {
          sectionsOf(text);
          referencesIn(text);
          lexInline(text);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('does not choke on long lines of brackets', () => {
    const startedAt = performance.now();
    for (const piece of ['[[', '[[a|', '::simulation{', ':::note\n', '**[[a', '{#a} '])
      referencesIn(piece.repeat(600));
    expect(performance.now() - startedAt).toBeLessThan(5000);
  });
});
