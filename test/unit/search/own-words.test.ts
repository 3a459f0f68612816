import { expect, it } from 'vitest';
import { openTestCore } from '../../support/core.ts';

it('what a learner wrote is found at once, as it is now, and leads to its card', () => {
  const { call, clock, core } = openTestCore();
  const [row] = call('cards.search', { search: '', limit: 1 }).rows;
  const id = row?.id ?? '';
  const notesFor = (search: string) =>
    call('search.find', { search, locale: 'en' }).hits.filter(({ kind }) => kind === 'note');
  const write = (text: string) => {
    clock.advanceMinutes(1);
    call('review.explain', { questionId: id, text });
  };

  expect(notesFor('zebra')).toEqual([]);
  write('Like a zebra 斑马 at a crossing.');
  for (const search of ['zebra', 'zeb', '斑马', '斑'])
    expect(notesFor(search)).toMatchObject([{ id: `note:${id}`, path: `/cards/${id}` }]);
  expect(notesFor('斑马')[0]?.snippet).toEqual({
    text: 'Like a zebra 斑马 at a crossing.',
    marks: [[13, 15]],
  });

  write('Like a tiger.');
  expect(notesFor('zebra')).toEqual([]);
  expect(notesFor('tiger')).toHaveLength(1);
  write('');
  expect(notesFor('tiger')).toEqual([]);
  core.close();
});

it('an empty search finds nothing, and signs alone are one', () => {
  const { call, core } = openTestCore();
  for (const search of ['', '   ', '，。！', '""'])
    expect(call('search.find', { search })).toEqual({ hits: [], total: 0 });
  core.close();
});
