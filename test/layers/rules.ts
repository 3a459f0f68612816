import type { Import } from '../support/import-graph.ts';

/** A module with its imports, as the rules below look at it. */
export interface Module {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

export interface Violation {
  readonly rule: string;
  readonly path: string;
  readonly what: string;
}

/** Says what is wrong with an import, or null. */
type ImportRule = (path: string, asked: Import) => string | null;

/** Rooms by the beginning of their paths; the longest that fits counts. */
const rooms = {
  'src-shared/': 'shared',
  'src-renderer/': 'renderer',
  'src-main/core/': 'core',
  'src-main/database/': 'database',
  'src-main/packs/': 'packs',
  'src-main/study/': 'study engine',
  'src-main/hosts/electron/': 'electron host',
  'src-main/hosts/loopback/': 'loopback host',
  'src-main/cli/': 'command line',
} as const;
type Room = (typeof rooms)[keyof typeof rooms];

const roomOf = (path: string): Room | undefined =>
  Object.entries(rooms).find(([beginning]) => path.startsWith(beginning))?.[1];

/** The arrows of the design; every room may also ask itself. */
const arrows: Readonly<Record<Room, readonly Room[]>> = {
  shared: [],
  renderer: ['shared'],
  core: ['shared', 'database', 'packs', 'study engine'],
  database: ['shared'],
  packs: ['shared'],
  'electron host': ['shared', 'core'],
  'loopback host': ['shared', 'core'],
  'study engine': ['shared', 'database', 'packs'],
  'command line': ['shared', 'packs', 'database', 'study engine'],
};

const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

const isPackage = ({ to, specifier }: Import) => to === null && !specifier.startsWith('node:');

/** The part of a path that names a feature, or undefined. */
const featureOf = (path: string, folder: string): string | undefined =>
  path.startsWith(folder) && path.slice(folder.length).includes('/')
    ? path.slice(folder.length).split('/')[0]
    : undefined;

/** Packages that only one place may import. */
const homes: Readonly<Record<string, (path: string) => boolean>> = {
  electron: (path) => path.startsWith('src-main/hosts/electron/'),
  'ts-fsrs': (path) => path.startsWith('src-shared/study/'),
  '@open-spaced-repetition/binding': (path) => path.startsWith('src-main/study/'),
};

/** Packages of each side; whatever is not here needs a thought first. */
const packagesOfShared = [
  'zod',
  'marked',
  'ts-fsrs',
  'pure-rand',
  'quickselect',
  'yaml',
  'approx-string-match',
];
const packagesOfMain = ['zod', 'yaml', 'better-sqlite3', '@open-spaced-repetition/binding', 'electron'];
/** The commands for authors are not packed. */
const packagesOfCommands = ['cspell-lib', 'mathjs', 'zhlint'];

const importRules: Readonly<Record<string, ImportRule>> = {
  'arrows between rooms': (path, { to, specifier }) => {
    const from = roomOf(path);
    if (!from || to === null) return null;
    const target = roomOf(to);
    if (!target) return `${specifier} is in no room of the design`;
    return target === from || arrows[from].includes(target) ? null : `${from} -> ${target}`;
  },

  'features of the core leave the stores of others alone': (path, { to }) => {
    const own = featureOf(path, 'src-main/core/');
    if (own === undefined || to === null || !to.endsWith('store.ts')) return null;
    const other = featureOf(to, 'src-main/core/');
    return other === undefined || other === own ? null : `${own} imports the store of ${other}`;
  },

  'features of the interface do not know each other': (path, { to }) => {
    const own = featureOf(path, 'src-renderer/features/');
    const other = to === null ? undefined : featureOf(to, 'src-renderer/features/');
    return own === undefined || other === undefined || own === other ? null : `${own} imports ${other}`;
  },

  'common parts of the interface know no feature': (path, { to }) => {
    const common = /^src-renderer\/(api|i18n|state|text|ui)\//.test(path);
    return common && to?.startsWith('src-renderer/features/') ? `imports ${to}` : null;
  },

  'packages stay at home': (path, asked) => {
    const home = isPackage(asked) ? homes[packageOf(asked.specifier)] : undefined;
    return home && !home(path) ? `imports ${asked.specifier}` : null;
  },

  'shared code is pure': (path, asked) => {
    if (!path.startsWith('src-shared/') || asked.to !== null) return null;
    return isPackage(asked) && packagesOfShared.includes(packageOf(asked.specifier))
      ? null
      : `imports ${asked.specifier}`;
  },

  'the privileged side imports what it is packed with': (path, asked) => {
    if (!path.startsWith('src-main/') || !isPackage(asked)) return null;
    const packages =
      roomOf(path) === 'command line' ? [...packagesOfMain, ...packagesOfCommands] : packagesOfMain;
    return packages.includes(packageOf(asked.specifier)) ? null : `imports ${asked.specifier}`;
  },

  'the interface has no Node': (path, asked) => {
    if (!path.startsWith('src-renderer/') || asked.to !== null) return null;
    const forbidden =
      !isPackage(asked) || ['better-sqlite3', 'electron', 'yaml'].includes(packageOf(asked.specifier));
    return forbidden ? `imports ${asked.specifier}` : null;
  },

  'relative imports stay inside of a room': (path, { specifier, to }) => {
    if (!specifier.startsWith('.') || to === null) return null;
    return to.split('/')[0] === path.split('/')[0] ? null : `imports ${specifier}; expected #shared or #main`;
  },
};

/** SQL outside of a feature's store and of the database. */
function sqlOutside({ path, text }: Module): string | null {
  if (!path.startsWith('src-main/') || path.startsWith('src-main/database/') || path.endsWith('store.ts'))
    return null;
  return /\.prepare\s*[<(]|\bprepared\s*[<(]|\.pragma\s*\(|\bdatabase\.exec\s*\(|\block\.exec\s*\(/.test(text)
    ? 'holds SQL'
    : null;
}

/** Everything that a module of the program does against the design. */
export function violationsOf(module: Module): Violation[] {
  const found = module.imports.flatMap((asked) =>
    Object.entries(importRules).flatMap(([rule, check]) => {
      const what = check(module.path, asked);
      return what === null ? [] : [{ rule, path: module.path, what }];
    }),
  );
  const sql = sqlOutside(module);
  return sql === null ? found : [...found, { rule: 'SQL is in stores only', path: module.path, what: sql }];
}

/** Scripts that run before anything is installed: only built-ins and each other. */
export function earlyScriptViolations(module: Module): Violation[] {
  const rule = 'scripts run before anything is installed';
  return module.imports
    .filter(({ specifier, to }) => !specifier.startsWith('node:') && !to?.startsWith('scripts/'))
    .map(({ specifier }) => ({ rule, path: module.path, what: `imports ${specifier}` }));
}

/** A ring of modules that import each other, or null. */
export function findCycle(modules: readonly Module[]): readonly string[] | null {
  const byPath = new Map(modules.map((module) => [module.path, module]));
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): readonly string[] | null => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    if (done.has(path)) return null;
    for (const { to } of byPath.get(path)?.imports ?? []) {
      const cycle = to === null ? null : visit(to, [...trail, path]);
      if (cycle) return cycle;
    }
    done.add(path);
    return null;
  };
  for (const { path } of modules) {
    const cycle = visit(path, []);
    if (cycle) return cycle;
  }
  return null;
}
