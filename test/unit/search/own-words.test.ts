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

it('a note in a lesson is found by its words and by what it marks, and leads to its section', () => {
  const { call, core } = openTestCore();
  const lessonId = call('lessons.list', {})[0]?.id ?? '';
  const id = '00000000-0000-4000-8000-000000000001';
  const found = (search: string) =>
    call('search.find', { search, locale: 'en' }).hits.filter(({ id: hit }) => hit === `note:${id}`);
  const note = { id, lessonId, locale: 'en', anchor: '', prefix: '', suffix: '' } as const;
  call('notes.save', { ...note, quote: 'zebra crossing', body: '像斑马' });
  for (const search of ['zebra', '斑马'])
    expect(found(search)).toMatchObject([{ path: `/lessons/${lessonId}` }]);
  call('notes.save', { ...note, quote: 'zebra crossing', body: 'striped horse' });
  expect(found('斑马')).toEqual([]);
  expect(found('horse')).toHaveLength(1);
  call('notes.remove', { id });
  expect(found('zebra')).toEqual([]);
  core.close();
});

it('an interview is found by its name, and leads to the interviews', () => {
  const { call, core } = openTestCore();
  const id = '00000000-0000-4000-8000-000000000002';
  const found = (search: string) =>
    call('search.find', { search, locale: 'en' }).hits.filter(({ kind }) => kind === 'interview');
  const save = (name: string) =>
    call('interview.save', { id, name, day: 20_800, lessonIds: [], target: 0.9 });

  expect(found('zebra')).toEqual([]);
  save('Zebra Ltd 斑马公司');
  for (const search of ['zebra', '斑马'])
    expect(found(search)).toMatchObject([
      { id: `interview:${id}`, path: '/interviews', title: { text: 'Zebra Ltd 斑马公司' }, otherTitle: null },
    ]);
  save('Tiger Inc');
  expect(found('zebra')).toEqual([]);
  expect(found('tiger')).toHaveLength(1);
  call('interview.remove', { id });
  expect(found('tiger')).toEqual([]);
  core.close();
});

it('an empty search finds nothing, and signs alone are one', () => {
  const { call, core } = openTestCore();
  for (const search of ['', '   ', '，。！', '""'])
    expect(call('search.find', { search })).toEqual({ hits: [], total: 0 });
  core.close();
});
