import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { contentDir, projectRoot } from '../../support/paths.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { tinyPack, writePack } from '../../support/tiny-pack.ts';

// Each test starts a program, which takes long on a machine that is busy.
vi.setConfig({ testTimeout: 60_000 });

function packCheck(cwd: string, ...args: string[]) {
  const program = join(projectRoot, 'src-main', 'cli', 'pack-check.ts');
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe('npm run pack:check', () => {
  it('accepts a whole pack', () => {
    const { status, stdout, stderr } = packCheck(writePack(temporaryFolder(), tinyPack()), '.', '--quick');
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toBe('tiny 1.0.0: 1 lessons, 10 questions, 1 scenarios, 2 glossary terms; no problems\n');
  });

  it('prints problems so that an editor finds the place, and exits with 1', () => {
    const cwd = temporaryFolder();
    const files = tinyPack();
    files['glossary.yaml'] = files['glossary.yaml']!.replace('[other-term]', '[no-term]');
    files['lessons/only-lesson/en.md'] += '\n::question{nothing}\n';
    writePack(join(cwd, 'my pack'), files);
    const { status, stdout, stderr } = packCheck(cwd, 'my pack');
    expect([status, stderr]).toEqual([1, '']);
    expect(stdout.split('\n')).toEqual([
      `${join('my pack', 'lessons/only-lesson/en.md')}:17: there is no question "nothing"`,
      `${join('my pack', 'glossary.yaml')}:1: related: there is no glossary term "no-term"`,
      '2 problem(s)',
      '',
    ]);
  });

  it('proves what the app does not check: texts, numbers, simulations', () => {
    const files = tinyPack();
    files['lessons/only-lesson/en.md'] += '\nThe artefackt.\n';
    const { status, stdout } = packCheck(writePack(temporaryFolder(), files), '.');
    expect(status).toBe(1);
    expect(stdout).toContain('lessons/only-lesson/en.md: line 17: "artefackt" is in no dictionary');
    expect(stdout).toContain('scenarios/monolith.yaml: tiny-scenario: the start meets the goals');
  });

  it.each([
    ['no folder', [], 'Usage'],
    ['two folders', ['.', '.'], 'Usage'],
    ['a folder that is not there', ['not-there'], 'There is no folder not-there'],
  ])('exits with 2 for %s', (_, args, words) => {
    const { status, stdout, stderr } = packCheck(temporaryFolder(), ...args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(words);
  });

  it('says that a folder is no pack', () => {
    const { status, stdout } = packCheck(contentDir, '.');
    expect(status).toBe(1);
    expect(stdout).toContain('pack.yaml:1: the file is missing');
  });

  it('helps', () => {
    expect(packCheck(projectRoot, '--help')).toMatchObject({ status: 0, stderr: '' });
  });
});
