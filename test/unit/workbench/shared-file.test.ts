import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFileText, writeFileText } from '#shared/simulation/file-text.ts';
import { parseSimulationFile, platformKinds } from '#shared/simulation/simulate.ts';
import { withValue } from '../../../src-renderer/features/lab/workbench/edit-file.ts';
import { presets } from '../../../src-renderer/features/lab/workbench/presets.ts';
import { readSharedFile } from '../../../src-renderer/features/lab/workbench/shared-file.ts';
import { startingFile } from '../../../src-renderer/features/lab/workbench/starting-file.ts';

describe('a configuration as text', () => {
  it('is the same configuration when it is read again, whatever is in it', () => {
    // As JSON has it: nothing in a file tells a negative zero from zero.
    const values = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as unknown);
    fc.assert(
      fc.property(values, (value) => {
        expect(readFileText(writeFileText(value))).toEqual({ ok: true, value });
      }),
      { numRuns: 500 },
    );
  });

  it('keeps numbers to the last bit, and names that look like something else', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 }), fc.string(), (rate, name) => {
        const file = { rate, name, list: [name, 'yes', 'null', '1e3', '0x10', '2001-01-01', '名字'] };
        expect(readFileText(writeFileText(file))).toEqual({ ok: true, value: file });
      }),
    );
  });

  it('is read as JSON too', () => {
    const file = startingFile();
    expect(readSharedFile(JSON.stringify(file))).toEqual({ ok: true, file });
  });

  it.each([
    ['platform: {kind: queue', 1],
    ['platform:\n  kind: queue\n bad: [', 3],
    ['a: 1\na: 2', 2],
  ])('says where %j cannot be read', (text, line) => {
    const read = readSharedFile(text);
    expect(read).toMatchObject({ ok: false, why: 'unreadable', line });
    expect(read).not.toMatchObject({ message: expect.stringMatching(/ at line/) as unknown });
  });

  it('cannot make a small text into a huge value', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefg'.split('').map((name, i) => {
        const before = 'abcdef'[i];
        return `${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(',')}]`;
      }),
    ].join('\n');
    expect(readSharedFile(bomb)).toMatchObject({ ok: false, why: 'unreadable' });
  });

  it('that cannot run is refused with the path of each problem', () => {
    const wrong = withValue(withValue(startingFile(), 'platform.servers', 0), 'run.horizonSeconds', -1);
    const read = readSharedFile(writeFileText(wrong));
    expect(read).toMatchObject({ ok: false, why: 'problems' });
    const paths = !read.ok && read.why === 'problems' ? read.problems.map(({ path }) => path) : [];
    expect(paths).toEqual(expect.arrayContaining(['platform.servers', 'run.horizonSeconds']));
    const { platform, ...rest } = startingFile();
    expect(readSharedFile(writeFileText({ ...rest, compare: [platform] }))).toEqual({
      ok: false,
      why: 'comparison',
    });
  });
});

describe('the situations to start from', () => {
  it('are there for every platform, under names of their own', () => {
    expect(Object.keys(presets).sort()).toEqual([...platformKinds].sort());
    const all = Object.values(presets).flat();
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    for (const list of Object.values(presets)) expect(list.length).toBeGreaterThanOrEqual(3);
  });

  it.each(Object.entries(presets).flatMap(([kind, list]) => list.map((preset) => ({ kind, ...preset }))))(
    '$kind: $id can run, and comes through text unharmed',
    ({ kind, file }) => {
      expect(parseSimulationFile(file)).toMatchObject({ ok: true, file: { platform: { kind } } });
      expect(readSharedFile(writeFileText(file))).toEqual({ ok: true, file });
    },
  );
});
