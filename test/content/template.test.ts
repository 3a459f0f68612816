import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formsTable } from '#main/cli/list-forms.ts';
import { prove } from '#main/cli/proof/prove.ts';
import { loadPack } from '#main/packs/load.ts';

const docs = resolve(import.meta.dirname, '../../docs');

describe('the documentation for authors', () => {
  it('has a template that is a whole pack, and proved like the course', async () => {
    const folder = resolve(docs, 'pack-template');
    const { pack, problems } = loadPack(folder);
    expect(problems).toEqual([]);
    if (!pack) throw new Error('no pack');
    expect(await prove(pack, folder)).toEqual([]);
    expect(pack.questions).toHaveLength(3);
  }, 60_000);

  it('lists the closed forms as they are', () => {
    expect(readFileSync(resolve(docs, 'content-packs.md'), 'utf8')).toContain(formsTable());
  });
});
