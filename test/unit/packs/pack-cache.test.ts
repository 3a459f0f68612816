import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadPack } from '#main/packs/load.ts';
import { loadCachedPack } from '#main/packs/pack-cache.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { tinyPack, writePack } from '../../support/tiny-pack.ts';

function cached() {
  const folder = join(temporaryFolder(), 'pack-cache');
  const reports: string[] = [];
  const packFolder = writePack(temporaryFolder(), tinyPack());
  const load = () => loadCachedPack(packFolder, { folder, report: (message) => reports.push(message) });
  const file = () => join(folder, readdirSync(folder)[0]!);
  return { folder, packFolder, reports, load, file };
}

describe('the cache of packs', () => {
  it('gives what the files give, the first time and later', () => {
    const { packFolder, load, reports } = cached();
    const expected = loadPack(packFolder);
    expect(load()).toEqual(expected);
    expect(load()).toEqual(expected);
    expect(reports).toEqual([]);
  });

  it('is read in place of the files while they stay the same', () => {
    const { load, file } = cached();
    load();
    writeFileSync(file(), readFileSync(file(), 'utf8').replace('"Tiny"', '"From the cache"'));
    expect(load().pack?.manifest.title.en).toBe('From the cache');
  });

  it.each(['pack.yaml', 'lessons/only-lesson/zh-CN.md'])('is not used once %s has changed', (changed) => {
    const { packFolder, load, file } = cached();
    load();
    writeFileSync(file(), readFileSync(file(), 'utf8').replace('"Tiny"', '"From the cache"'));
    const path = join(packFolder, changed);
    writeFileSync(path, `${readFileSync(path, 'utf8')}\n`);
    expect(load().pack?.manifest.title.en).toBe('Tiny');
  });

  it('never hides that a pack got broken', () => {
    const { packFolder, load } = cached();
    load();
    writeFileSync(join(packFolder, 'glossary.yaml'), '- id: 1\n');
    expect(load()).toMatchObject({ pack: null, problems: [{ file: 'glossary.yaml' }, {}, {}] });
  });

  it.each(['', '{"fingerprint": ', '[]', 'null'])('is passed over where it is damaged: %s', (content) => {
    const { load, file } = cached();
    load();
    writeFileSync(file(), content);
    expect(load().pack?.manifest.id).toBe('tiny');
    expect(load().problems).toEqual([]);
  });

  it('is done without where it cannot be written, and says so', () => {
    const { folder, load, reports } = cached();
    mkdirSync(join(folder, '..'), { recursive: true });
    writeFileSync(folder, 'a file where the folder should be');
    expect(load().pack?.manifest.id).toBe('tiny');
    expect(reports.join('\n')).toContain('could not be written');
  });
});
