import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesBelow, importsOf, readProjectFile } from '../support/import-graph.ts';
import { projectRoot } from '../support/paths.ts';
import { earlyScriptViolations, findCycle, violationsOf, type Module } from './rules.ts';

const moduleOf = (path: string, text: string): Module => ({ path, text, imports: importsOf(path, text) });
const read = (path: string) => moduleOf(path, readProjectFile(path));

const program = ['src-shared', 'src-main', 'src-renderer']
  .flatMap((room) => filesBelow(room, ['.ts', '.svelte']))
  .map(read);

/** Scripts that something starts before the packages are there, with all that these import. */
function earlyScripts(): Module[] {
  const all = new Map(filesBelow('scripts', ['.mjs']).map((path) => [path, read(path)]));
  const reached = new Map<string, Module>();
  const visit = (path: string) => {
    const module = all.get(path);
    if (!module || reached.has(path)) return;
    reached.set(path, module);
    for (const { to } of module.imports) if (to !== null) visit(to);
  };
  for (const name of ['start', 'test', 'setup', 'check', 'run', 'dev', 'gallery', 'screens', 'package'])
    visit(`scripts/${name}.mjs`);
  return [...reached.values()];
}

describe('the import graph', () => {
  it('is the whole program, and every file that it names is there', () => {
    expect(program.length).toBeGreaterThan(120);
    const imports = program.flatMap((module) => module.imports);
    expect(imports.length).toBeGreaterThan(400);
    const missing = imports.filter(({ to }) => to !== null && !existsSync(join(projectRoot, to)));
    expect(missing).toEqual([]);
  });

  it('has the arrows of the design and no other', () => {
    expect(program.flatMap(violationsOf)).toEqual([]);
  });

  it('has no rings', () => {
    const importingTypesOnly = /^\s*import type\b/;
    // A type is gone when the program runs, so only what runs can go round in a ring.
    const running = program.map((module) => {
      const text = module.text
        .split(/(?<=;)\n/)
        .filter((statement) => !importingTypesOnly.test(statement))
        .join('\n');
      return moduleOf(module.path, text);
    });
    // A Svelte component may hold itself, as a list holds lists.
    expect(findCycle(running.filter(({ path }) => path.endsWith('.ts')))).toBeNull();
  });

  it('needs no package before the packages are installed', () => {
    const scripts = earlyScripts();
    expect(scripts.length).toBeGreaterThan(10);
    expect(scripts.flatMap(earlyScriptViolations)).toEqual([]);
  });
});

describe('the checker', () => {
  const rulesBroken = (path: string, text: string) => [
    ...new Set(violationsOf(moduleOf(path, text)).map(({ rule }) => rule)),
  ];
  const room = 'arrows between rooms';

  it.each([
    [
      room,
      'src-renderer/features/today/Today.svelte',
      `<script lang="ts">\n  import { x } from '#main/core/x.ts';\n</script>`,
    ],
    [
      room,
      'src-renderer/features/today/Today.svelte',
      `<script module>import '#main/core/x.ts';</script><p>import 'y'</p>`,
    ],
    [room, 'src-renderer/api/x.ts', `import type { Core } from '#main/core/create-core.ts';`],
    [room, 'src-shared/pack/x.ts', `export { x } from '#main/packs/load.ts';`],
    [room, 'src-shared/pack/x.ts', `export * from '#main/packs/load.ts';`],
    [room, 'src-main/core/x.ts', `const x = await import('#main/hosts/loopback/server.ts');`],
    [room, 'src-main/core/lab/x.ts', `import '../../hosts/loopback/server.ts';`],
    [room, 'src-main/database/x.ts', `import { x } from '#main/core/port.ts';`],
    [room, 'src-main/hosts/loopback/x.ts', `import { x } from '#main/database/open.ts';`],
    [room, 'src-main/hosts/electron/x.ts', `import { x } from '../loopback/guard.ts';`],
    [room, 'src-main/packs/x.ts', `import { x } from '#main/core/port.ts';`],
    [room, 'src-main/core/x.ts', `import x from '../../test/support/core.ts';`],
    ['relative imports stay inside of a room', 'src-renderer/x.ts', `import '../src-main/core/port.ts';`],
    ['relative imports stay inside of a room', 'src-main/core/x.ts', `import '../../src-shared/locale.ts';`],
    [
      'features of the core leave the stores of others alone',
      'src-main/core/lab/handlers.ts',
      `import { x } from '../review/store.ts';`,
    ],
    [
      'features of the core leave the stores of others alone',
      'src-main/core/lab/handlers.ts',
      `import { x } from '#main/core/review/session-store.ts';`,
    ],
    [
      'features of the interface do not know each other',
      'src-renderer/features/lab/X.svelte',
      `<script>import Y from '../today/Y.svelte';</script>`,
    ],
    [
      'common parts of the interface know no feature',
      'src-renderer/ui/x.ts',
      `import '../features/lab/state.svelte.ts';`,
    ],
    [
      'common parts of the interface know no feature',
      'src-renderer/ui/x.ts',
      `new Worker(new URL('../features/lab/run.ts', import.meta.url));`,
    ],
    ['packages stay at home', 'src-main/core/x.ts', `import { app } from 'electron';`],
    ['packages stay at home', 'src-main/hosts/loopback/x.ts', `import { app } from 'electron/main';`],
    ['packages stay at home', 'src-shared/simulation/x.ts', `import { fsrs } from 'ts-fsrs';`],
    ['packages stay at home', 'src-main/core/review/x.ts', `const { fsrs } = await import('ts-fsrs');`],
    ['shared code is pure', 'src-shared/study/x.ts', `import { readFileSync } from 'node:fs';`],
    ['shared code is pure', 'src-shared/study/x.ts', `import { onMount } from 'svelte';`],
    ['shared code is pure', 'src-shared/study/x.ts', `import fs from 'fs';`],
    [
      'the privileged side imports what it is packed with',
      'src-main/core/x.ts',
      `import { onMount } from 'svelte';`,
    ],
    ['the interface has no Node', 'src-renderer/x.ts', `import { join } from 'node:path';`],
    ['the interface has no Node', 'src-renderer/x.ts', `import Sqlite from 'better-sqlite3';`],
    ['SQL is in stores only', 'src-main/core/lab/handlers.ts', `database.prepare('SELECT 1');`],
    ['SQL is in stores only', 'src-main/core/lab/handlers.ts', `database.prepare<[], Row>('SELECT 1');`],
    ['SQL is in stores only', 'src-main/core/lab/handlers.ts', `prepared(database, 'SELECT 1').get();`],
    ['SQL is in stores only', 'src-main/hosts/loopback/main.ts', `database.exec('DELETE FROM card');`],
    ['SQL is in stores only', 'src-main/core/x.ts', `database.pragma('user_version');`],
  ])('finds "%s" in %s: %s', (rule, path, text) => {
    expect(rulesBroken(path, text)).toContain(rule);
  });

  it.each([
    [
      'src-main/core/lab/handlers.ts',
      `import { x } from './store.ts';\nimport '#shared/locale.ts';\nimport '#main/database/open.ts';`,
    ],
    ['src-main/core/lessons/handlers.ts', `import { x } from '../review/answered.ts';`],
    ['src-main/core/create-core.ts', `import { x } from './settings/store.ts';`],
    ['src-main/core/lab/store.ts', `database.prepare('SELECT 1');`],
    ['src-main/core/lab/x.ts', `/abc/.exec('abc'); // import '#main/hosts/loopback/server.ts'`],
    [
      'src-renderer/features/lab/X.svelte',
      `<script>import '../../ui/Button.svelte'; import 'svelte'; import '#shared/locale.ts';</script>`,
    ],
    [
      'src-main/hosts/electron/x.ts',
      `import { app } from 'electron';\nimport { join } from 'node:path';\nimport '#main/core/port.ts';`,
    ],
  ])('finds nothing in %s: %s', (path, text) => {
    expect(rulesBroken(path, text)).toEqual([]);
  });

  it('finds a package in an early script', () => {
    const found = (text: string) => earlyScriptViolations(moduleOf('scripts/lib/x.mjs', text));
    expect(found(`import { x } from 'playwright';`)).toHaveLength(1);
    expect(found(`const x = await import('vite');`)).toHaveLength(1);
    expect(found(`import '../../src-main/core/port.ts';`)).toHaveLength(1);
    expect(found(`import { join } from 'node:path';\nimport './y.mjs';`)).toEqual([]);
  });

  it('finds a ring', () => {
    const ring = ['a', 'b', 'c'].map((name, index, all) =>
      moduleOf(`src-main/core/${name}.ts`, `import './${all[(index + 1) % 3]}.ts';`),
    );
    expect(findCycle(ring)).toHaveLength(4);
    expect(findCycle(ring.slice(0, 2))).toBeNull();
  });
});
