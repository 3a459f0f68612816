import { notesVersion, readNotes } from '#main/study/note-store.ts';
import { readInterviews } from '#main/study/plan-store.ts';
import type { SearchDocument } from '#shared/search/document.ts';
import type { Context } from '../port.ts';
import { courseDocuments } from './course-documents.ts';
import { ownWordsVersion, readAllOwnWords } from './store.ts';

/** Texts that change together and are searched. Each source has an index of its own, made anew when its version is another. */
export interface SearchSource {
  readonly name: string;
  /** Cheap to ask for; it is asked for at each search. */
  version(context: Context): unknown;
  documents(context: Context): readonly SearchDocument[];
}

const course: SearchSource = {
  name: 'course',
  version: ({ library }) => library,
  documents: ({ library }) => courseDocuments(library),
};

const ownWords: SearchSource = {
  name: 'own-words',
  version: ({ database }) => ownWordsVersion(database),
  documents: ({ database, library }) =>
    readAllOwnWords(database).flatMap(({ questionId, text }): SearchDocument[] => {
      const question = library.question(questionId);
      if (!question) return [];
      return [
        {
          id: `note:${questionId}`,
          kind: 'note',
          title: null,
          // In whichever language it is, it is shown as it was written.
          body: { en: text, 'zh-CN': text },
          keywords: [],
          context: question.lessonTitle,
          path: `/cards/${questionId}`,
        },
      ];
    }),
};

/** What a learner wrote in lessons; a mark alone is found by what is marked. */
const lessonNotes: SearchSource = {
  name: 'lesson-notes',
  version: ({ database }) => notesVersion(database),
  documents: ({ database, library }) =>
    readNotes(database).flatMap(({ id, lessonId, anchor, quote, body }): SearchDocument[] => {
      const lesson = library.lesson(lessonId);
      if (!lesson) return [];
      const text = [body, quote].filter(Boolean).join(' — ');
      return [
        {
          id: `note:${id}`,
          kind: 'note',
          title: null,
          body: { en: text, 'zh-CN': text },
          keywords: [],
          context: lesson.title,
          path: anchor ? `/lessons/${lessonId}/${anchor}` : `/lessons/${lessonId}`,
        },
      ];
    }),
};

/** The interviews that a learner plans, by the names they gave them. */
const interviews: SearchSource = {
  name: 'interviews',
  // There are few of them: all they are found by is looked at.
  version: ({ database }) => JSON.stringify(readInterviews(database).map(({ id, name }) => [id, name])),
  documents: ({ database }) =>
    readInterviews(database).map(({ id, name }) => ({
      id: `interview:${id}`,
      kind: 'interview',
      title: { en: name, 'zh-CN': name },
      body: { en: '', 'zh-CN': '' },
      keywords: [],
      context: null,
      path: '/interviews',
    })),
};

/** In the order in which hits that are as good stand. */
export const searchSources: readonly SearchSource[] = [course, ownWords, lessonNotes, interviews];
