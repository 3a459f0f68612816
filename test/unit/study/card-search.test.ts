import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cardPhases, type CardPhase } from '#shared/study/card.ts';
import {
  compileCardSearch,
  normaliseForSearch,
  parseCardSearch,
  type CardColumns,
} from '#shared/study/card-search.ts';

const today = 20_000;

const sample = {
  id: 'cold-start-first',
  lessonId: 'serverless-cold-starts',
  lessonTitles: 'Cold starts\n冷启动',
  packId: 'microservice-deployment',
  pattern: 'serverless',
  kind: 'single-choice',
  tags: ['cold-start', 'cost'] as readonly string[],
  facts: ['H1', 'P7'] as readonly string[],
  level: 3,
  text: 'What does a **cold start** cost?\n冷启动的代价是什么？',
  phase: 'review' as CardPhase,
  dueDay: today + 2,
  stability: 12.5,
  difficulty: 6.4,
  intervalDays: 12,
  reps: 5,
  lapses: 1,
  lastDay: today - 3,
  flag: 0,
  suspended: false,
  buried: false,
  recall: 0.85,
  drawn: false,
};
type Card = typeof sample;

function columnsOf(cards: readonly Card[]): CardColumns {
  const column =
    <K extends keyof Card>(name: K) =>
    (row: number): Card[K] =>
      cards[row]![name];
  return {
    length: cards.length,
    id: column('id'),
    lessonId: column('lessonId'),
    packId: column('packId'),
    pattern: column('pattern'),
    kind: column('kind'),
    tags: column('tags'),
    facts: column('facts'),
    level: column('level'),
    lessonTitles: (row) => normaliseForSearch(cards[row]!.lessonTitles),
    text: (row) => normaliseForSearch(cards[row]!.text),
    phase: column('phase'),
    dueDay: column('dueDay'),
    stability: column('stability'),
    difficulty: column('difficulty'),
    intervalDays: column('intervalDays'),
    reps: column('reps'),
    lapses: column('lapses'),
    lastDay: column('lastDay'),
    flag: column('flag'),
    suspended: column('suspended'),
    buried: column('buried'),
    recall: column('recall'),
    drawn: column('drawn'),
  };
}

/** Rows that a search finds. */
function rows(search: string, cards: readonly Card[]): number[] {
  const parsed = parseCardSearch(search);
  if (!parsed.ok) throw new Error(`${search}: ${JSON.stringify(parsed.error)}`);
  const test = compileCardSearch(parsed.query, { today });
  const columns = columnsOf(cards);
  return cards.map((_, row) => row).filter((row) => test(columns, row));
}

const finds = (search: string, card: Partial<Card> = {}) =>
  rows(search, [{ ...sample, ...card }]).length === 1;

function errorOf(search: string) {
  const parsed = parseCardSearch(search);
  return parsed.ok ? null : parsed.error;
}

const never: Partial<Card> = {
  phase: 'new',
  dueDay: 0,
  stability: 0,
  difficulty: 0,
  intervalDays: 0,
  reps: 0,
  lapses: 0,
  lastDay: NaN,
  recall: 0,
};

describe('words in a search for cards', () => {
  it('must all occur in the text, in either language and in any order', () => {
    for (const search of ['', '  ', 'cold', 'COST cold', '启动', '冷启动 cost', 'ｃｏｌｄ', '代价是什么?'])
      expect(finds(search), search).toBe(true);
    for (const search of ['hot', 'cold hot', '热启动']) expect(finds(search), search).toBe(false);
  });

  it('in quotation marks stand together', () => {
    expect(finds('"cold start"')).toBe(true);
    expect(finds('“Cold Start”')).toBe(true);
    expect(finds('"start cold"')).toBe(false);
    expect(finds('"or"')).toBe(false);
    expect(finds('"due<3"', { text: 'What does due<3 mean?' })).toBe(true);
  });

  it('do not mind case, full-width forms and ligatures', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const normalised = normaliseForSearch(text);
        expect(normaliseForSearch(normalised)).toBe(normalised);
      }),
    );
    expect(normaliseForSearch('ＡＢＣ ﬁle\nJ̌')).toBe('abc file\nǰ');
  });
});

describe('fields in a search for cards', () => {
  it.each([
    ['lesson:serverless', 'lesson:containers'],
    ['lesson:"Cold Starts"', 'lesson:"hot starts"'],
    ['lesson:冷启动', 'lesson:容器'],
    ['pack:microservice', 'pack:other'],
    ['pattern:serverless', 'pattern:vm'],
    ['kind:choice', 'kind:multiple-choice'],
    ['tag:cold', 'tag:col'],
    ['tag:cold-start', 'tag:start'],
    ['fact:h1', 'fact:H'],
    ['fact:P7', 'fact:P70'],
    ['id:start-first', 'id:second'],
    ['flag:0', 'flag:1'],
    ['is:review', 'is:learning'],
    ['is:review', 'is:relearning'],
    ['-is:new', 'is:new'],
    ['rated:4', 'rated:3'],
    ['level:3', 'level<3'],
    ['LESSON:Serverless', 'Is:Drawn'],
  ])('finds the card by %s and not by %s', (right, wrong) => {
    expect(finds(right)).toBe(true);
    expect(finds(wrong)).toBe(false);
  });

  it('takes a whole value as only itself', () => {
    expect(finds('kind:numeric', { kind: 'drawn-numeric' })).toBe(false);
    expect(finds('kind:drawn', { kind: 'drawn-numeric' })).toBe(true);
  });

  it('counts study days from today', () => {
    expect(finds('due<3')).toBe(true);
    expect(finds('due<2')).toBe(false);
    expect(finds('due:2')).toBe(true);
    expect(finds('due<=-4', { dueDay: today - 4 })).toBe(true);
    expect(finds('due<-4', { dueDay: today - 4 })).toBe(false);
    expect(finds('rated:1', { lastDay: today })).toBe(true);
    expect(finds('rated:1', { lastDay: today - 1 })).toBe(false);
    expect(finds('rated:9999', never)).toBe(false);
  });

  it('takes what is suspended or buried for not due', () => {
    expect(finds('is:due')).toBe(false);
    const dueCard = { dueDay: today };
    expect(finds('is:due', dueCard)).toBe(true);
    expect(finds('is:due', { ...dueCard, phase: 'learning' })).toBe(true);
    expect(finds('is:due', { ...dueCard, suspended: true })).toBe(false);
    expect(finds('is:due', { ...dueCard, buried: true })).toBe(false);
    expect(finds('is:suspended due<=0', { ...dueCard, suspended: true })).toBe(true);
    expect(finds('is:buried', { buried: true })).toBe(true);
    expect(finds('is:due', never)).toBe(false);
  });

  it('calls a card a leech from eight lapses', () => {
    expect([7, 8, 9, 12].map((lapses) => finds('is:leech', { lapses }))).toEqual([false, true, true, true]);
  });

  it('compares numbers', () => {
    for (const search of [
      'r<0.9',
      'r<=85%',
      'r>=0.85',
      'r>84.9%',
      's>12',
      'stability<13',
      'interval=12',
      'reps!=4',
    ])
      expect(finds(search), search).toBe(true);
    for (const search of ['r<85%', 'r>0.85', 's<=12', 'd>=6.5', 'difficulty<6', 'interval!=12', 'reps:4'])
      expect(finds(search), search).toBe(false);
  });

  it('takes numbers for equal as far as they are written', () => {
    expect([0.894, 0.8951, 0.9, 0.9049, 0.906].map((recall) => finds('r=90%', { recall }))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
    expect(finds('d=6.4', { difficulty: 6.4133 })).toBe(true);
    expect(finds('d!=6.4', { difficulty: 6.4133 })).toBe(false);
    expect(finds('d=6.41', { difficulty: 6.4164 })).toBe(false);
  });

  it('finds no new card by numbers that a new card does not have', () => {
    for (const field of ['due', 'r', 's', 'stability', 'd', 'difficulty', 'interval'])
      for (const operator of ['<', '<=', '>', '>=', '=', '!=', ':'])
        expect(finds(`${field}${operator}0`, never), `${field}${operator}0`).toBe(false);
    expect(finds('reps=0 lapses:0 level:3', never)).toBe(true);
  });
});

describe('joined terms in a search for cards', () => {
  it('binds AND closer than OR, and groups by parentheses', () => {
    expect(finds('is:review OR is:new flag:1')).toBe(true);
    expect(finds('(is:review or is:new) flag:1')).toBe(false);
    expect(finds('flag:1 OR (is:review (reps>9 OR lapses:1))')).toBe(true);
    expect(finds('-(flag:1 OR is:new)')).toBe(true);
    expect(finds('-(flag:0 OR is:new)')).toBe(false);
    expect(finds('-"hot start" -hot')).toBe(true);
    expect(finds('（is：new OR is：review）reps＞4')).toBe(true);
    expect(finds('orange OR oracle')).toBe(false);
  });
});

describe('a search for cards with a mistake', () => {
  it.each([
    ['https://example.com', 'unknown-field', 0, 'https'],
    ['cold 部署：容器', 'unknown-field', 5, '部署'],
    ['due<3 stabilty>4', 'unknown-field', 6, 'stabilty'],
    ['due<soon', 'bad-number', 4, 'soon'],
    ['due<', 'bad-number', 4, ''],
    ['r<80', 'bad-number', 2, '80'],
    ['s<80%', 'bad-number', 2, '80%'],
    ['rated:0', 'bad-number', 6, '0'],
    ['is:dew', 'unknown-value', 3, 'dew'],
    ['-is:', 'unknown-value', 4, ''],
    ['flag:5', 'unknown-value', 5, '5'],
    ['kind:essay', 'unknown-value', 5, 'essay'],
    ['lesson:', 'unknown-value', 7, ''],
    ['lesson:"cold', 'unclosed-quote', 7, '"'],
    ['cold "start', 'unclosed-quote', 5, '"'],
    ['cold (start', 'unclosed-group', 5, '('],
    ['cold start)', 'unexpected', 10, ')'],
    ['cold ()', 'unexpected', 6, ')'],
    ['OR cold', 'unexpected', 0, 'OR'],
    ['cold or', 'unexpected', 5, 'or'],
    ['(cold OR)', 'unexpected', 6, 'OR'],
    ['cold OR OR start', 'unexpected', 8, 'OR'],
    ['cold - start', 'unexpected', 5, '-'],
    ['lesson<cold', 'unexpected', 6, '<'],
    ['cold >3', 'unexpected', 5, '>'],
  ])('%s says so, and where', (search, kind, at, what) => {
    expect(errorOf(search)).toMatchObject({ kind, at, what });
  });

  it('names what could stand there', () => {
    expect(errorOf('https://example.com')?.known).toEqual(
      expect.arrayContaining([
        'lesson',
        'pack',
        'pattern',
        'kind',
        'tag',
        'fact',
        'id',
        'flag',
        'is',
        'rated',
        'due',
      ]),
    );
    expect(errorOf('is:dew')?.known).toEqual([...cardPhases, 'due', 'suspended', 'buried', 'leech', 'drawn']);
    expect(errorOf('flag:9')?.known).toEqual(['0', '1', '2', '3', '4']);
    expect(errorOf('kind:essay')?.known).toContain('drawn-choice');
  });

  it('never throws, and points into the search', () => {
    const pieces = fc.constantFrom(
      ...[
        '(',
        ')',
        '-',
        '"',
        ' ',
        '\u3000',
        'or',
        'OR ',
        ':',
        '<',
        '!=',
        '%',
        '“',
        '（',
        '冷',
        'due',
        'r<0.5',
        'is:',
      ],
      ...['is:new ', 'lesson:', '\ud800', '𝔸', '\u0000', '__proto__:1', 'constructor'],
    );
    const anySearch = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.string({ maxLength: 40 }),
      fc.array(pieces, { maxLength: 12 }).map((list) => list.join('')),
    );
    fc.assert(
      fc.property(anySearch, (search) => {
        const parsed = parseCardSearch(search);
        if (parsed.ok) {
          expect(compileCardSearch(parsed.query, { today })(columnsOf([sample]), 0)).toBeTypeOf('boolean');
        } else {
          expect(parsed.error.at).toBeGreaterThanOrEqual(0);
          expect(parsed.error.at + parsed.error.what.length).toBeLessThanOrEqual(search.length);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('bears a search of any length, and stops at groups too deep for the stack', () => {
    // Long enough to fill the stack of an engine that tries a pattern letter by letter.
    expect(errorOf(`id:${'a'.repeat(1e7)}`)).toBeNull();
    expect(errorOf('a'.repeat(1e7))).toBeNull();
    expect(errorOf('('.repeat(100_000))).toMatchObject({ kind: 'unexpected', what: '(' });
    expect(errorOf('-('.repeat(100_000))).toMatchObject({ kind: 'unexpected', what: '(' });
    expect(finds(`${'('.repeat(50)}cold${')'.repeat(50)}`)).toBe(true);
    expect(finds('cold '.repeat(20_000))).toBe(true);
  });
});

describe('the logic of a search for cards', () => {
  const anyCard: fc.Arbitrary<Card> = fc
    .record({
      phase: fc.constantFrom(...cardPhases),
      dueDay: fc.integer({ min: today - 5, max: today + 5 }),
      recall: fc.double({ min: 0, max: 1, noNaN: true }),
      lapses: fc.integer({ min: 0, max: 12 }),
      flag: fc.integer({ min: 0, max: 4 }),
      suspended: fc.boolean(),
      buried: fc.boolean(),
      text: fc.constantFrom('cold start', 'COLD', 'hot', '冷启动'),
      lastDay: fc.oneof(fc.constant(NaN), fc.integer({ min: today - 3, max: today })),
    })
    .map((card) => ({ ...sample, ...card }));
  const anyCards = fc.array(anyCard, { maxLength: 20 });
  const leaf = fc.constantFrom(
    ...['cold', '"cold start"', '冷', 'due<1', 'due!=0', 'r<50%', 'r=0.5', 'lapses>=8', 'flag:2', 'rated:2'],
    ...cardPhases.map((phase) => `is:${phase}`),
    ...['is:due', 'is:leech', 'is:suspended', 'is:buried', 'tag:cost', '-flag:0'],
  );
  const { query: anyQuery } = fc.letrec<{ query: string }>((tie) => ({
    query: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      fc.tuple(tie('query'), tie('query')).map(([a, b]) => `${a} ${b}`),
      fc.tuple(tie('query'), tie('query')).map(([a, b]) => `(${a} OR ${b})`),
      tie('query').map((query) => `-(${query})`),
    ),
  }));

  it('finds with a negation exactly what it does not find without', () => {
    fc.assert(
      fc.property(anyQuery, anyCards, (query, cards) => {
        const found = new Set(rows(query, cards));
        const rest = cards.map((_, row) => row).filter((row) => !found.has(row));
        expect(rows(`-(${query})`, cards)).toEqual(rest);
      }),
    );
  });

  it('finds with two queries what both find, and with OR what either finds', () => {
    fc.assert(
      fc.property(anyQuery, anyQuery, anyCards, (first, second, cards) => {
        const a = new Set(rows(first, cards));
        const b = new Set(rows(second, cards));
        const all = cards.map((_, row) => row);
        expect(rows(`(${first}) (${second})`, cards)).toEqual(all.filter((row) => a.has(row) && b.has(row)));
        expect(rows(`${first} OR ${second}`, cards)).toEqual(all.filter((row) => a.has(row) || b.has(row)));
      }),
    );
  });
});

describe('the order of the tests of a search for cards', () => {
  it('reads no text of a card that a number already rules out', () => {
    const parsed = parseCardSearch('cold lesson:serverless (start OR reps>99) due<1');
    if (!parsed.ok) throw new Error(parsed.error.kind);
    let read = 0;
    const columns = {
      ...columnsOf([sample]),
      text: () => {
        read += 1;
        return 'cold start';
      },
    };
    expect(compileCardSearch(parsed.query, { today })(columns, 0)).toBe(false);
    expect(read).toBe(0);
  });
});
