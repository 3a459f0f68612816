import type { Note } from '#shared/contract/contract.ts';
import { fail, ok } from '#shared/contract/result.ts';
import { perform } from '#main/study/deeds.ts';
import { readNote, readNotes } from '#main/study/note-store.ts';
import { deedPort } from '../deed-port.ts';
import type { Context, FeatureHandlers } from '../port.ts';

/** Puts a note in the place of another, or of none: one thing to undo. */
function put(context: Context, id: string, before: Note | null, after: Note | null): void {
  const kind = before === null ? 'add-note' : after === null ? 'remove-note' : 'change-note';
  perform(deedPort(context), kind, (deed) => deed.setNote(id, before, after));
  context.emit('study.changed', null);
}

export const notesHandlers: FeatureHandlers<'notes'> = {
  'notes.list': ({ lessonId }, { database }) => ok(readNotes(database, lessonId)),

  'notes.save': (given, context) => {
    if (!context.library.lesson(given.lessonId)) return fail('not-found', { id: given.lessonId });
    const before = readNote(context.database, given.id);
    const now = context.clock.now();
    const after: Note = { ...given, createdAt: before?.createdAt ?? now, updatedAt: now };
    put(context, given.id, before, after);
    return ok(after);
  },

  'notes.remove': ({ id }, context) => {
    const before = readNote(context.database, id);
    if (!before) return fail('not-found', { id });
    put(context, id, before, null);
    return ok(null);
  },
};
