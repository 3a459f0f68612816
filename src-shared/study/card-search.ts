import {
  fieldTerm,
  textTerm,
  wrong,
  type CardQuery,
  type ParsedCardSearch,
  type Test,
} from './card-search-terms.ts';

export { normaliseForSearch, type CardColumns, type CardSearchError } from './card-search-terms.ts';

/** Typed with a Chinese keyboard, a search has full-width signs. Keeps the length, for the places of errors. */
const halfWidth = (text: string): string =>
  text
    .replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[\u201c\u201d]/g, '"');

const lexemes = {
  space: /\s*/y,
  operator: /[<>!]=|[:<>=]/y,
  value: /[^\s()"]+/y,
  quoted: /"[^"]*"/y,
  or: /or(?![^\s()"])/iy,
};

/** What a lexeme finds right at a place; empty if nothing. */
function take(lexeme: keyof typeof lexemes, text: string, at: number): string {
  const pattern = lexemes[lexeme];
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

/** Looks for the end, since a pattern of the word itself overflows the stack of the engine on a very long one. */
function takeWord(text: string, at: number): string {
  const wordEnd = /[\s()":<>=]|!=/g;
  wordEnd.lastIndex = at;
  return text.slice(at, wordEnd.exec(text)?.index);
}

/** Reads a word, a phrase in quotation marks or a field with its value; `end` is where it ends. */
function readTerm(text: string, start: number): { readonly term: ParsedCardSearch; readonly end: number } {
  const name = takeWord(text, start);
  const operator = take('operator', text, start + name.length);
  const at = start + name.length + operator.length;
  if (name && !operator) return { term: textTerm(name), end: at };
  if (operator && !name) return { term: wrong('unexpected', start, operator), end: at };
  const isQuoted = text[at] === '"';
  const written = take(isQuoted ? 'quoted' : 'value', text, at);
  const end = at + written.length;
  const value = isQuoted ? written.slice(1, -1) : written;
  if (isQuoted && !written) return { term: wrong('unclosed-quote', at, '"'), end };
  if (!operator) return { term: textTerm(value), end };
  return { term: fieldTerm({ name, operator, value }, start), end };
}

function not({ cost, test }: CardQuery): CardQuery {
  return {
    cost,
    test: (today) => {
      const inner = test(today);
      return (columns, row) => !inner(columns, row);
    },
  };
}

/** All of the queries, or any of them; the cheap ones are tested first. */
function join(queries: readonly CardQuery[], any: boolean): CardQuery {
  const [only] = queries;
  if (only && queries.length === 1) return only;
  const cheapFirst = [...queries].sort((a, b) => a.cost - b.cost);
  return {
    cost: queries.reduce((sum, { cost }) => sum + cost, 0),
    test: (today) => {
      const tests = cheapFirst.map(({ test }) => test(today));
      return (columns, row) => {
        for (const test of tests) if (test(columns, row) === any) return any;
        return !any;
      };
    },
  };
}

/** A group in parentheses, or the whole search, while it is read. */
interface Group {
  readonly outer: Group | null;
  readonly depth: number;
  readonly at: number;
  readonly negated: boolean;
  /** What is joined by OR before the current branch. */
  readonly branches: CardQuery[];
  /** What is joined by AND since the last OR. */
  branch: CardQuery[];
  orAt: number;
}

const groupAt = (at: number, negated: boolean, outer: Group | null): Group => ({
  outer,
  depth: outer ? outer.depth + 1 : 0,
  at,
  negated,
  branches: [],
  branch: [],
  orAt: 0,
});

/** Groups within groups; no learner writes more, and each takes room on the stack. */
const deepestGroup = 50;

/** @param at where the group ends */
function closed(
  { outer, negated, branches, branch, orAt }: Group,
  text: string,
  at: number,
): ParsedCardSearch {
  if (branch.length === 0 && branches.length > 0)
    return wrong('unexpected', orAt, text.slice(orAt, orAt + 2));
  if (branch.length === 0 && outer) return wrong('unexpected', at, ')');
  const query = join([...branches, join(branch, false)], true);
  return { ok: true, query: negated ? not(query) : query };
}

/**
 * Reads a search such as `lesson:serverless (due<3 OR r<80%) -is:leech "cold start"`. Terms are joined by AND, which binds
 * closer than OR; `-` negates; an empty search finds everything.
 *
 * @returns the query, or the first thing that is wrong; never throws
 */
export function parseCardSearch(search: string): ParsedCardSearch {
  const text = halfWidth(search);
  let group = groupAt(0, false, null);
  let at = take('space', text, 0).length;
  while (at < text.length) {
    const negated = text[at] === '-';
    const start = negated ? at + 1 : at;
    const head = text[start] ?? ' ';
    const or = negated ? '' : take('or', text, at);
    let read: ParsedCardSearch | null = null;
    let end = start + 1;
    if (negated && /[\s)]/.test(head)) return wrong('unexpected', at, '-');
    if (or) {
      if (group.branch.length === 0) return wrong('unexpected', at, or);
      group.branches.push(join(group.branch, false));
      group.branch = [];
      group.orAt = at;
      end = at + or.length;
    } else if (head === '(') {
      if (group.depth === deepestGroup) return wrong('unexpected', start, head);
      group = groupAt(start, negated, group);
    } else if (head === ')') {
      if (!group.outer) return wrong('unexpected', start, head);
      read = closed(group, text, start);
      group = group.outer;
    } else {
      const { term, end: termEnd } = readTerm(text, start);
      read = term.ok && negated ? { ok: true, query: not(term.query) } : term;
      end = termEnd;
    }
    if (read && !read.ok) return read;
    if (read) group.branch.push(read.query);
    at = end + take('space', text, end).length;
  }
  return group.outer ? wrong('unclosed-group', group.at, '(') : closed(group, text, at);
}

/**
 * Makes the test that a search puts to each row. It reads the columns anew at each call, the cheap ones first.
 *
 * @param today number of the study day, for `due`, `is:due` and `rated`
 */
export function compileCardSearch(query: CardQuery, { today }: { readonly today: number }): Test {
  return query.test(today);
}
